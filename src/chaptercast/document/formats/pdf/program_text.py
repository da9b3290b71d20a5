"""Recognises program text: whole lines in a monospaced font, in a document that otherwise has another font."""

from collections.abc import Sequence

from chaptercast.document.formats.pdf.blocks import Block
from chaptercast.document.formats.pdf.page import Line

_WIDTH = 0.6
"""Width in em of a letter in such a font, if a line is too short to measure it."""
_MOSTLY = 0.7
_APART = 1.7
"""Minimum distance in em from the line above to a heading."""
_NEAR = 3.5
"""Maximum distance in em from line to line within one listing: one empty line may stand between."""


def mark_code(blocks: Sequence[Block]) -> list[Block]:
    """Returns the blocks, with adjacent program text joined. If the whole document is monospaced, nothing is program text."""
    letters = sum(len(block.text) for block in blocks)
    coded = [block for block in blocks if not block.role and _is_listing(block)]
    if not coded or sum(len(block.text) for block in coded) > _MOSTLY * letters:
        return list(blocks)
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if block.role or not _is_listing(block):
            result.append(block)
        elif last is not None and last.role == "code" and _is_next(last, block):
            last.lines.extend(block.lines)
        else:
            block.role = "code"
            result.append(block)
    return result


def _is_listing(block: Block) -> bool:
    """Returns whether a block is program text. A bold line apart from what is above it is a heading with names in it."""
    return is_code(block) and not (block.bold and len(block.lines) == 1 and block.above >= _APART)


def is_code(block: Block) -> bool:
    """Returns whether all of a block is in a monospaced font."""
    return all(run.mono for line in block.lines for run in line.runs if run.text.strip())


def _is_next(last: Block, block: Block) -> bool:
    first, end = block.lines[0], last.lines[-1]
    return (last.page, last.column) == (block.page, block.column) and 0 <= first.y - end.y <= _NEAR * first.size


def listing(lines: Sequence[Line]) -> str:
    """Returns the text of a listing, with the indentation of its lines."""
    left = min(line.x0 for line in lines)
    longest = max(lines, key=lambda line: len(line.text))
    width = (longest.x1 - longest.x0) / len(longest.text) if len(longest.text) > 3 else _WIDTH * longest.size
    return "\n".join(" " * round((line.x0 - left) / max(width, 0.1)) + line.text.rstrip() for line in lines)
