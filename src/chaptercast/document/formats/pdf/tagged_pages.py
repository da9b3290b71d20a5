"""Reads pages whose structure can be trusted: their leaves become blocks with roles."""

from collections.abc import Sequence
from itertools import groupby

from chaptercast.document.formats.pdf.blocks import MARKER, Block, Grid, blocks_of
from chaptercast.document.formats.pdf.page import Leaf, Line, Page
from chaptercast.document.formats.pdf.structure_elements import WHOLE
from chaptercast.document.model import Omission, Reason

_LEVELS = {"Title": 1, "H": 2, **{f"H{level}": level for level in range(1, 7)}}
_NOTES = ("Note", "FENote")


def tagged_blocks(page: Page, left_out: list[Omission]) -> list[Block]:
    """Returns the blocks of a page with a known structure."""
    lines: dict[int, list[Line]] = {}
    for line in page.lines:
        lines.setdefault(line.column, []).append(line)
    order = sorted(range(len(page.leaves)), key=lambda i: i)
    unknown = [i for i in order if page.leaves[i].numbers == (0,)]
    result: list[Block] = []
    for (table, cluster), group in groupby(
        [i for i in order if i not in unknown],
        key=lambda i: (page.leaves[i].within("Table"), page.leaves[i].within("LI")),
    ):
        members = [(page.leaves[i], lines.get(i, [])) for i in group]
        if table:
            last = result[-1] if result else None
            if last is not None and last.extra.get("table") == str(table) and last.grid is not None:
                _add_rows(last, members)
            else:
                result += _table(members, page.number, str(table))
        elif cluster:
            result += _item(members, page.number, left_out)
        else:
            for leaf, own in members:
                result += _blocks(leaf, own, page.number, left_out)
    for i in unknown:
        for block in blocks_of(lines.get(i, []), page.number):
            _insert(block, result)
    return result


def _insert(block: Block, blocks: list[Block]) -> None:
    first = block.lines[0]
    below = (
        index
        for index, other in enumerate(blocks)
        if other.lines and other.lines[0].y > first.y and other.lines[0].x0 < first.x1 and other.lines[0].x1 > first.x0
    )
    blocks.insert(next(below, len(blocks)), block)


def _blocks(leaf: Leaf, lines: Sequence[Line], page: int, left_out: list[Omission]) -> list[Block]:
    """Returns the blocks of one leaf: one for a paragraph, any number for an element that only contains others."""
    words = " ".join(line.text for line in lines)
    if leaf.kind in ("Figure", "Formula"):
        return _pictured(leaf, lines, page, left_out)
    if leaf.within("TOC") or leaf.within("TOCI"):
        left_out.append(Omission(words, Reason.BOILERPLATE))
        return []
    if not words.strip():
        return []
    whole = leaf.kind in WHOLE
    found = [Block(list(lines), page, lines[0].column)] if whole else blocks_of(lines, page)
    for block in found:
        block.tag = leaf.kind
        block.extra["language"] = leaf.language
        level = next((_LEVELS[kind] for kind in leaf.kinds if kind in _LEVELS), 0)
        if level:
            block.role, block.extra["level"] = "marked", str(level)
        elif any(leaf.within(kind) for kind in _NOTES):
            block.role = "note"
        elif leaf.within("Caption"):
            block.role = "caption"
        elif leaf.within("BlockQuote"):
            block.role = "quote"
    return found


def _pictured(leaf: Leaf, lines: Sequence[Line], page: int, left_out: list[Omission]) -> list[Block]:
    """Returns a picture, or a formula, as the words that stand for it. Its own words are reported if they are not said."""
    words = " ".join(line.text for line in lines)
    said = leaf.alt or leaf.actual
    if not said:
        if leaf.kind == "Formula" and words:
            return [Block(list(lines), page, lines[0].column)]
        if words:
            left_out.append(Omission(words, Reason.FIGURES))
        return []
    if words:
        left_out.append(Omission(words, Reason.FIGURES if leaf.kind == "Figure" else Reason.REPEATED))
    place = list(lines) or [Line((), 0, 0, 0, 10.0)]
    block = Block(place, page, place[0].column, role="pictured", alt=said)
    block.tag = leaf.kind
    return [block]


def _item(members: Sequence[tuple[Leaf, Sequence[Line]]], page: int, left_out: list[Omission]) -> list[Block]:
    """Returns a list item, with its label before its first line."""
    labels = [line for leaf, lines in members if leaf.within("Lbl") for line in lines]
    found: list[Block] = []
    for leaf, lines in members:
        if not leaf.within("Lbl"):
            found += _blocks(leaf, lines, page, left_out)
    label = " ".join(line.text.strip() for line in labels)
    if found:
        if label or MARKER.match(found[0].text) is None:
            found[0].extra["label"] = label or "•"
        if found[0].role == "":
            found[0].role = "item"
    elif labels:
        found = [Block(list(labels), page, labels[0].column)]
    return found


def _table(members: Sequence[tuple[Leaf, Sequence[Line]]], page: int, number: str) -> list[Block]:
    captions = [(leaf, lines) for leaf, lines in members if leaf.within("Caption") and lines]
    first = next((lines[0] for _, lines in members if lines), None)
    if first is None:
        return []
    block = Block([first], page, first.column, role="table", grid=Grid([], header=False))
    block.extra["table"] = number
    _add_rows(block, [member for member in members if not member[0].within("Caption")])
    result = [Block(list(lines), page, lines[0].column, role="caption") for _, lines in captions]
    return [*result, block]


def _add_rows(block: Block, members: Sequence[tuple[Leaf, Sequence[Line]]]) -> None:
    """Adds the cells of leaves to a table."""
    grid = block.grid
    if grid is None:
        return
    for row, cells in groupby(members, key=lambda member: member[0].within("TR")):
        texts: list[str] = []
        header = True
        for _, parts in groupby(cells, key=lambda member: member[0].within("TH") or member[0].within("TD")):
            own = list(parts)
            header = header and bool(own[0][0].within("TH"))
            texts.append(" ".join(part for leaf, lines in own if (part := leaf.alt or _words(lines))))
            block.lines.extend(line for _, lines in own for line in lines)
        if row and block.extra.get("row") == str(row) and grid.rows:
            grid.rows[-1] += texts
        else:
            grid.rows.append(texts)
            grid.header = header if len(grid.rows) == 1 else grid.header
        block.extra["row"] = str(row)


def _words(lines: Sequence[Line]) -> str:
    """Returns the text of a cell. A word that is split at the end of a line is joined."""
    text = ""
    for line in lines:
        part = line.text.strip()
        parted = text.endswith(("-", "\u00ad", "\u2010")) and part[:1].islower()
        text = text[:-1] + part if parted else f"{text} {part}".strip()
    return text
