"""Recognises tables: rows of cells below one another."""

from collections.abc import Sequence

from chaptercast.document.formats.pdf.blocks import Block, Grid

_ROWS = 3
_ALIKE = 0.7
"""Share of the rows that must have an edge in common."""


def table_at(blocks: Sequence[Block], start: int) -> tuple[int, Grid] | None:
    """Returns the table that begins at a block, and where it ends; None if there is none."""
    if not _is_row(blocks[start]):
        return None
    end = start
    for index in range(start, len(blocks)):
        block = blocks[index]
        if (block.page, block.column) != (blocks[start].page, blocks[start].column) or block.role in (
            "heading",
            "note",
        ):
            break
        if _is_row(block):
            end = index + 1
        elif not _may_belong(blocks, index):
            break
    rows = [block for block in blocks[start:end] if _is_row(block)]
    if len(rows) < _ROWS:
        return None
    columns = _columns(rows)
    if len(columns) < 2 or not _aligned(rows, columns):
        return None
    return end, _grid(blocks[start:end], columns)


def _is_row(block: Block) -> bool:
    return len(block.lines) == 1 and len(block.lines[0].cells) > 1 and not block.role


def _may_belong(blocks: Sequence[Block], index: int) -> bool:
    """Returns whether a block without cells is one cell of a table: it is short, and another row follows soon."""
    block = blocks[index]
    short = len(block.lines) <= 3 and block.lines[0].x1 - block.lines[0].x0 < 0.6 * (
        block.lines[0].right - block.lines[0].left
    )
    return short and any(_is_row(other) for other in blocks[index + 1 : index + 3])


def _columns(rows: Sequence[Block]) -> list[tuple[float, float]]:
    """Returns the extent of each column. Overlapping cells are in one column."""
    spans = sorted((x0, x1) for block in rows for x0, x1, _ in block.lines[0].cells)
    most = max(len(block.lines[0].cells) for block in rows)
    full = [block.lines[0].cells for block in rows if len(block.lines[0].cells) >= max(2, most - 1)]
    spans = sorted((x0, x1) for cells in full for x0, x1, _ in cells)
    found: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if found and x0 < found[-1][1] - 1:
            found[-1] = found[-1][0], max(found[-1][1], x1)
        else:
            found.append((x0, x1))
    return found


def _aligned(rows: Sequence[Block], columns: Sequence[tuple[float, float]]) -> bool:
    """Returns whether the cells of most rows begin or end at the same place in each column but the first."""
    size = rows[0].size
    for left, right in columns[1:]:
        cells = [
            (x0, x1) for block in rows for x0, x1, _ in block.lines[0].cells if left - 1 <= (x0 + x1) / 2 <= right + 1
        ]
        if len(cells) < 2:
            continue
        begin = (sum(abs(a - x0) < 0.5 * size for a, _ in cells) for x0, _ in cells)
        end = (sum(abs(b - x1) < 0.5 * size for _, b in cells) for _, x1 in cells)
        middle = (sum(abs(a + b - x0 - x1) < size for a, b in cells) for x0, x1 in cells)
        best = max(*begin, *end, *middle)
        if best < _ALIKE * len(cells):
            return False
    return True


def _grid(blocks: Sequence[Block], columns: Sequence[tuple[float, float]]) -> Grid:
    rows: list[list[str]] = []
    lines = sorted((line for block in blocks for line in block.lines), key=lambda line: line.y)
    last_y = float("-inf")
    for line in lines:
        cells = line.cells or ((line.x0, line.x1, line.text),)
        places = [(_place(x0, x1, columns), text.strip()) for x0, x1, text in cells]
        goes_on = len(places) < len(columns) and places[0][0] > 0 and line.y - last_y < 1.35 * line.size
        wrapped = len(places) == 1 and rows and line.y - last_y < 1.25 * line.size
        if not (rows and (goes_on or wrapped)):
            rows.append([""] * len(columns))
        for place, text in places:
            rows[-1][place] = f"{rows[-1][place]} {text}".strip()
        last_y = line.y
    first = blocks[0]
    numbers = [sum(any(c.isdigit() for c in cell) for cell in row) for row in rows]
    header = first.bold or (numbers[0] == 0 and sum(numbers[1:]) >= len(rows) - 1)
    return Grid(rows, header)


def _place(x0: float, x1: float, columns: Sequence[tuple[float, float]]) -> int:
    return max(range(len(columns)), key=lambda i: min(x1, columns[i][1]) - max(x0, columns[i][0]))
