"""Joins paragraphs that continue in another column, on the next page, or below a picture."""

from collections.abc import Sequence

from chaptercast.document.formats.pdf.blocks import MARKER, Block
from chaptercast.document.formats.plain_text.hyphenation import SIGNS

_AHEAD = 60
"""Maximum number of blocks between the parts of a paragraph."""
_BETWEEN = frozenset({"caption", "figure", "table", "pictured", "code"})
"""Roles of the blocks that may stand between."""


def joined(blocks: Sequence[Block], body: float) -> list[Block]:
    """Returns the blocks with complete paragraphs. Blocks that stood between the parts come after the paragraph.

    `body` is the size of the document's text, in points.
    """
    result: list[Block] = []
    gone: set[int] = set()
    for index, block in enumerate(blocks):
        if index in gone:
            continue
        result.append(block)
        if block.role not in ("", "item"):
            continue
        at = index
        while not block.is_ended:
            found = _continuation(blocks, at, block, gone, body)
            if found is None:
                break
            if blocks[found].page != block_page(blocks, at):
                block.turns[len(block.lines)] = blocks[found].page
            block.lines.extend(blocks[found].lines)
            gone.add(found)
            at = found
    return result


def _continuation(blocks: Sequence[Block], at: int, block: Block, gone: set[int], body: float) -> int | None:
    """Returns the index of the block that continues a paragraph.

    Text of the document's size goes on behind whatever stands between. Other text, such as side notes, goes on in the next block only.
    """
    is_text = _is_text(block, body)
    for index in range(at + 1, min(at + 1 + _AHEAD, len(blocks))):
        other = blocks[index]
        if index in gone:
            continue
        if other.role == "heading" or other.page > block_page(blocks, at) + 1:
            return None
        apart = (other.page, other.column) != (blocks[at].page, blocks[at].column) or index > at + 1
        alike = abs(other.size - block.size) <= 0.05 * block.size and other.bold == block.bold
        if other.role in _BETWEEN or (not alike and is_text):
            continue
        return index if apart and other.role == "" and alike and _goes_on(block, other) else None
    return None


def _is_text(block: Block, body: float) -> bool:
    """Returns whether a block is set like most of the document."""
    return abs(block.size - body) <= 0.06 * body and not block.bold


def block_page(blocks: Sequence[Block], at: int) -> int:
    """Returns the page of a block."""
    return blocks[at].page


def _goes_on(block: Block, other: Block) -> bool:
    last, first = block.lines[-1], other.lines[0]
    text, following = last.text.rstrip(), first.text.lstrip()
    if not following or MARKER.match(following):
        return False
    if following[0].islower():
        return True
    full = last.x1 >= last.right - 2.5 * last.size
    indented = first.x0 > first.left + 0.8 * first.size
    long = len(block.text) > 60 and (len(other.text) > 40 or text[-1:] in SIGNS)
    return full and not indented and long
