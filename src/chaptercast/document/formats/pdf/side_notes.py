"""Places small print beside and below the text: side notes after the paragraph that they stand beside, feet after the page's text."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from chaptercast.document.formats.pdf.blocks import Block

_SMALL = 0.93
"""Maximum size of a side note, as a share of the text's."""
_NARROW = 0.62
"""Maximum width of its column, as a share of the width of the column beside it."""
_MARGIN = 0.3
"""A column of at most this width is one of notes in the text's own size, too."""
_LOWER = 0.6
"""Small print is at the foot of a column if it begins below this share of the page's height."""
_FEWEST = 200
"""Minimum number of letters in the column beside it."""


class _Extent(Struct):
    """Where a column of a page stands, and how it is set."""

    blocks: list[Block]
    left: float
    right: float
    top: float
    bottom: float
    size: float
    letters: int


def with_side_notes(blocks: Sequence[Block], body: float) -> list[Block]:
    """Returns the blocks of a page, each side note after the block of text that begins beside or above it.

    `body` is the size of the document's text, in points.
    """
    columns: dict[int, list[Block]] = {}
    for block in blocks:
        columns.setdefault(block.column, []).append(block)
    if len(columns) < 2:
        return list(blocks)
    extents = [_extent(column) for column in columns.values()]
    result = list(blocks)
    for note in extents:
        beside = [text for text in extents if _is_beside(note, text, body)]
        if beside:
            text = max(beside, key=lambda each: each.letters)
            _place(note.blocks, text.blocks, result)
    return result


def with_feet_last(blocks: Sequence[Block], body: float, height: float) -> list[Block]:
    """Returns the blocks of a page, with small print at the foot of a column after the text of the columns beside it.

    `body` is the size of the document's text, `height` that of the page, both in points.
    """
    last = max((block.column for block in blocks if _is_text(block, body)), default=0)
    moved: list[Block] = []
    for column in sorted({block.column for block in blocks if block.column < last}):
        own = [block for block in blocks if block.column == column]
        foot = 0
        while foot < len(own) and not own[-1 - foot].role and _is_foot(own[-1 - foot], body, height):
            foot += 1
        if 0 < foot < len(own) and _is_text(own[-1 - foot], body):
            moved += own[-foot:]
    gone = {id(block) for block in moved}
    return [*(block for block in blocks if id(block) not in gone), *moved]


def _is_foot(block: Block, body: float, height: float) -> bool:
    return block.size <= _SMALL * body and block.lines[0].y > _LOWER * height and not block.bold


def _is_text(block: Block, body: float) -> bool:
    return abs(block.size - body) <= 0.08 * body


def _extent(blocks: list[Block]) -> _Extent:
    lines = [line for block in blocks for line in block.lines]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return _Extent(
        blocks,
        min(line.x0 for line in lines),
        max(line.x1 for line in lines),
        min(line.y - line.size for line in lines),
        max(line.y for line in lines),
        sizes.most_common(1)[0][0],
        sum(sizes.values()),
    )


def _is_beside(note: _Extent, text: _Extent, body: float) -> bool:
    """Returns whether a column is one of notes beside a column of text."""
    width = text.right - text.left
    return (
        note is not text
        and (note.size <= _SMALL * body or (note.right - note.left <= _MARGIN * width and not note.blocks[0].bold))
        and abs(text.size - body) <= 0.08 * body
        and text.letters >= max(_FEWEST, note.letters)
        and note.right - note.left <= _NARROW * width
        and (note.right <= text.left + 1 or note.left >= text.right - 1)
        and note.top < text.bottom
        and note.bottom > text.top
    )


def _place(notes: Sequence[Block], texts: Sequence[Block], result: list[Block]) -> None:
    """Moves notes behind the blocks of text that they stand beside. A note and what directly follows it stay together."""
    groups: list[list[Block]] = []
    for block in notes:
        last = groups[-1][-1].lines[-1] if groups else None
        first = block.lines[0]
        if last is not None and 0 < first.y - last.y <= 1.6 * max(first.size, last.size):
            groups[-1].append(block)
        else:
            groups.append([block])
    for group in groups:
        top = group[0].lines[0].y
        above = [text for text in texts if text.lines[0].y <= top + 0.5 * text.size]
        for block in group:
            result.remove(block)
        at = result.index(above[-1]) + 1 if above else result.index(texts[0])
        while above and at < len(result) and result[at].column == group[0].column and result[at].lines[0].y < top:
            at += 1
        result[at:at] = group
