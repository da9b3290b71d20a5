"""Tables: of data, or such as only lay out a page, which are read as their blocks (ECMA-376, 17.4)."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.document.block_text import texts
from chaptercast.document.formats.docx.block_assembly import assembled
from chaptercast.document.formats.docx.context import Context, text_of
from chaptercast.document.formats.docx.flow_items import Item
from chaptercast.document.formats.docx.qualified_names import Element, child, find, integer, is_on, name, value
from chaptercast.document.formats.docx.runs import State
from chaptercast.document.formats.html.layout_tables import LONG_CELL
from chaptercast.document.model import (
    Block,
    Cell,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    Paragraph,
    Quote,
    Reason,
    Span,
    Table,
    plain,
)

MOST_COLUMNS = 1000
"""Columns that one cell can span."""
_WRAPPERS = frozenset(
    {"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag", "mc:AlternateContent", "mc:Choice"}
)

ReadItems = Callable[[Iterable[Element]], list[Item]]
"""Reads paragraphs and tables."""


class _Cell(Struct, frozen=True):
    blocks: tuple[Block, ...]
    columns: int
    down: str = ""
    """`restart` and `continue` of a cell that spans rows."""
    bare: bool = False
    """Only fills the row up."""


class _Row(Struct, frozen=True):
    cells: tuple[_Cell, ...]
    header: bool = False


def read_table(table: Element, context: Context, state: State, read: ReadItems) -> list[Item]:
    """A table as one item, or as the items of its cells."""
    rows = [_row(row, context, state, read) for row in _within(table, "w:tr")]
    rows = [row for row in rows if row.cells]
    caption = _caption(table)
    if not (caption or any(row.header for row in rows[:1])) and _is_layout(rows):
        blocks = [block for row in rows for cell in row.cells for block in cell.blocks]
        return [Item(block) for block in ([Paragraph(caption)] if caption else []) + blocks]
    heads = _heads(table, rows, context)
    made = tuple(_cells(row, rows[number + 1 :], header=number < heads) for number, row in enumerate(rows))
    return [Item(Table(made, caption))] if any(cell.inlines for row in made for cell in row) else []


def _within(element: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table, the cells of a row, through content controls and the like around them."""
    for each in element:
        kind = name(each)
        if kind == wanted:
            yield each
        elif kind in _WRAPPERS:
            yield from _within(each, wanted)


def _row(row: Element, context: Context, state: State, read: ReadItems) -> _Row:
    properties = child(row, "w:trPr")
    deleted = child(properties, "w:del") is not None
    with state.silent(Reason.DELETED if deleted else None):
        cells = [_cell(cell, context, state, read) for cell in _within(row, "w:tc")]
    if deleted:
        return _Row(())
    before = integer(value(found)) if (found := child(properties, "w:gridBefore")) is not None else 0
    filled = [_Cell((), min(before, MOST_COLUMNS), bare=True)] if before > 0 else []
    return _Row(tuple(_merged([*filled, *cells])), is_on(child(properties, "w:tblHeader")))


def _cell(cell: Element, context: Context, state: State, read: ReadItems) -> _Cell:
    properties = child(cell, "w:tcPr")
    span = child(properties, "w:gridSpan")
    columns = 1 if span is None else min(max(integer(value(span), 1), 1), MOST_COLUMNS)
    down, across = child(properties, "w:vMerge"), child(properties, "w:hMerge")
    place = "" if down is None else value(down) or "continue"
    if place == "continue":  # nobody sees what stands in it
        context.leave_out(text_of(cell), Reason.HIDDEN)
        return _Cell((), columns, place)
    with state.silent(Reason.DELETED if child(properties, "w:cellDel") is not None else None):
        blocks = assembled(read(cell))
    beside = across is not None and (value(across) or "continue") == "continue"
    return _Cell(blocks, columns, "beside" if beside else place)


def _merged(cells: Sequence[_Cell]) -> list[_Cell]:
    """Cells that are the right half of the one before them are part of it."""
    merged: list[_Cell] = []
    for cell in cells:
        if cell.down == "beside" and merged:
            before = merged[-1]
            merged[-1] = replace(before, columns=before.columns + cell.columns, blocks=before.blocks + cell.blocks)
        else:
            merged.append(cell)
    return merged


def _is_layout(rows: Sequence[_Row]) -> bool:
    """One row, one column, tables or headings in cells, or columns of text."""
    cells = [cell for row in rows for cell in row.cells]
    if len(rows) < 2 or max(sum(not cell.bare for cell in row.cells) for row in rows) < 2:
        return True
    if any(isinstance(block, Table | Heading) for cell in cells for block in cell.blocks):
        return True
    return sum(len(text) for cell in cells for text in texts(cell.blocks)) > LONG_CELL * len(cells)


def _caption(table: Element) -> Inlines:
    """The alternative text of a table: its title and its description."""
    properties = child(table, "w:tblPr")
    found = (child(properties, each) for each in ("w:tblCaption", "w:tblDescription"))
    said = dict.fromkeys(" ".join(value(each).split()) for each in found if each is not None)
    text = ". ".join(part.rstrip(".") for part in said if part)
    return (Span(text),) if text else ()


def _heads(table: Element, rows: Sequence[_Row], context: Context) -> int:
    """How many rows at the top name columns: those that are marked so, or the first where it looks different."""
    marked = next((number for number, row in enumerate(rows) if not row.header), len(rows))
    if marked or not rows:
        return _reaching(rows, marked) if marked < len(rows) else 0
    look, style = find(table, "w:tblPr", "w:tblLook"), find(table, "w:tblPr", "w:tblStyle")
    flagged = look is not None and (
        is_on(look) if (value(look, "firstRow") or "") in ("1", "true") else _bits(value(look)) & 0x20 > 0
    )
    styled = style is not None and context.styles.get(value(style), "table").heads_first_row
    bold = _is_bold(rows[0]) and not any(map(_is_bold, rows[1:]))
    return _reaching(rows, 1) if bold or (flagged and styled) else 0


def _reaching(rows: Sequence[_Row], heads: int) -> int:
    """The same with the rows that cells of the last one reach down into."""
    reached = heads
    while reached + 1 < len(rows) and any(cell.down == "continue" for cell in rows[reached].cells):
        reached += 1
    return reached


def _bits(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0


def _is_bold(row: _Row) -> bool:
    """Whether all text of a row is bold, and every cell has some."""
    inlines = [_inlines(cell.blocks) for cell in row.cells if not cell.bare]
    return bool(inlines) and all(
        plain(each).strip() and all(span.strong for span in each if span.text.strip()) for each in inlines
    )


def _cells(row: _Row, below: Sequence[_Row], *, header: bool) -> tuple[Cell, ...]:
    made: list[Cell] = []
    column = 0
    for cell in row.cells:
        if cell.down != "continue":
            rows = 1 + _continued(below, column) if cell.down == "restart" else 1
            made.append(Cell(_inlines(cell.blocks), header, cell.columns, rows))
        column += cell.columns
    return tuple(made)


def _continued(rows: Sequence[_Row], column: int) -> int:
    """How many rows further down a cell goes on in that column."""
    count = 0
    for row in rows:
        at, goes_on = 0, False
        for cell in row.cells:
            goes_on = at == column and cell.down == "continue"
            if at >= column:
                break
            at += cell.columns
        if not goes_on:
            break
        count += 1
    return count


def _inlines(blocks: Iterable[Block]) -> Inlines:
    """The text of a cell: its blocks line by line."""
    lines = [line for block in blocks for line in _lines(block) if plain(line).strip()]
    joined: list[Span] = []
    for line in lines:
        joined += [*([Span("\n")] if joined else []), *line]
    return tuple(joined)


def _lines(block: Block) -> Iterator[Inlines]:
    if isinstance(block, Paragraph | Heading):
        yield block.inlines
    elif isinstance(block, ListBlock):
        for number, item in enumerate(block.items, block.start):
            for place, inner in enumerate(item):
                for line in _lines(inner):
                    yield (Span(f"{number}. "), *line) if block.ordered and place == 0 else line
    elif isinstance(block, Figure):
        yield from (each for each in ((Span(block.alt),), block.caption) if plain(each))
    elif isinstance(block, Quote):
        for inner in block.blocks:
            yield from _lines(inner)
    else:
        yield from ((Span(text),) for text in texts((block,)))
