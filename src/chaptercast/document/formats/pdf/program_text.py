"""Program text: whole lines in a font whose letters are all of one width, among text that is not."""

from collections.abc import Sequence

from chaptercast.document.formats.pdf.blocks import Block
from chaptercast.document.formats.pdf.page import Line

_WIDTH = 0.6
"""Em that a letter of such a font is wide, if a line is too short to tell."""
_MOSTLY = 0.5
_NEAR = 3.5
"""Em from line to line within one listing; an empty line may stand between."""


def mark_code(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with neighbours that are program text as one; none is where the whole document is set so."""
    letters = sum(len(block.text) for block in blocks)
    coded = [block for block in blocks if not block.role and is_code(block)]
    if not coded or sum(len(block.text) for block in coded) > _MOSTLY * letters:
        return list(blocks)
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if block.role or not is_code(block):
            result.append(block)
        elif last is not None and last.role == "code" and _is_next(last, block):
            last.lines.extend(block.lines)
        else:
            block.role = "code"
            result.append(block)
    return result


def is_code(block: Block) -> bool:
    """Whether all of a block is set in letters of one width."""
    return all(run.mono for line in block.lines for run in line.runs if run.text.strip())


def _is_next(last: Block, block: Block) -> bool:
    first, end = block.lines[0], last.lines[-1]
    return (last.page, last.column) == (block.page, block.column) and 0 <= first.y - end.y <= _NEAR * first.size


def listing(lines: Sequence[Line]) -> str:
    """The text of a listing, its lines set in as they are."""
    left = min(line.x0 for line in lines)
    longest = max(lines, key=lambda line: len(line.text))
    width = (longest.x1 - longest.x0) / len(longest.text) if len(longest.text) > 3 else _WIDTH * longest.size
    return "\n".join(" " * round((line.x0 - left) / max(width, 0.1)) + line.text.rstrip() for line in lines)
