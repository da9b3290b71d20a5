"""At which column the lines of a text are wrapped, here and there in it: a narrow text may stand below a wide head."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from chaptercast.document.formats.plain_text.line_joining import CLOSING, SENTENCE_ENDS, ends_sentence
from chaptercast.document.formats.plain_text.lines import Chunk, Line

WRAP = (32, 132)
"""Columns between which lines are wrapped by hand; longer ones are paragraphs of their own."""
WINDOW = 12
"""Columns by which wrapped lines fall short of the margin."""
SHORTEST = 30
"""Columns below which a line says nothing about where lines are wrapped."""
AROUND = 40
"""Lines before and after a chunk that tell where its lines are wrapped."""
REACHING = 0.4
"""Share of lines that come near the margin where lines are wrapped."""
MOSTLY = 0.6
"""Share of lines that end a sentence where a line is a paragraph."""
FEW = 2
"""Lines that go on in the next, from which on a chunk is wrapped although the lines of others are paragraphs."""
OWN = 4
"""Lines from which on a chunk tells its own margin."""


def margins(chunks: Sequence[Chunk]) -> list[int]:
    """The margin of each chunk; 0 where a line is a paragraph."""
    inner = [_inner(chunk) for chunk in chunks]
    lines = [line for found in inner for line in found]
    by_line = _by_line(lines)
    widths = [line.width for line in lines]
    whole = _margin(widths)
    ends = list(accumulate(map(len, inner)))
    return [
        0 if by_line and not _goes_on(chunk) else _of_chunk([line.width for line in own], widths, end, whole)
        for chunk, own, end in zip(chunks, inner, ends, strict=True)
    ]


def _goes_on(chunk: Chunk) -> bool:
    """Whether sentences plainly go on from line to line."""
    going = sum(not ends_sentence(a.text) and b.text[:1].islower() for a, b in pairwise(chunk.lines))
    return going >= max(FEW, 0.4 * (len(chunk.lines) - 1))


def _inner(chunk: Chunk) -> list[Line]:
    return [line for line in chunk.lines[:-1] if line.width >= SHORTEST]


def _by_line(lines: Sequence[Line]) -> bool:
    """Whether most lines end a sentence."""
    ending = sum(line.text.rstrip(CLOSING)[-1:] in SENTENCE_ENDS for line in lines)
    return ending > MOSTLY * len(lines)


def _of_chunk(own: Sequence[int], widths: Sequence[int], end: int, whole: int) -> int:
    if len(own) >= OWN:
        widest = max(own)
        if sum(width >= widest - WINDOW for width in own) >= 0.75 * len(own) and WRAP[0] <= widest <= WRAP[1]:
            return widest
    around = widths[max(0, end - len(own) - AROUND) : end + AROUND]
    return (_margin(around) if len(around) >= OWN else 0) or whole


def _margin(widths: Sequence[int]) -> int:
    """The column that enough lines come near to; 0 if there is none."""
    ordered = sorted((width for width in widths if width <= WRAP[1]), reverse=True)
    if len(ordered) < 0.5 * len(widths):
        return 0
    enough = max(1, len(ordered) // 10)
    start = 0
    for end, width in enumerate(ordered):
        while ordered[start] - width > WINDOW:
            start += 1
        if end - start + 1 >= enough:
            margin = ordered[start]
            reaching = sum(width >= margin - 2 * WINDOW for width in ordered)
            return margin if margin >= WRAP[0] and reaching >= REACHING * len(ordered) else 0
    return 0
