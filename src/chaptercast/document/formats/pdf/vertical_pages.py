"""Finds the lines of pages set from top to bottom, which are rotated so that their columns are lines: see `page_rotation`.

Such pages often have two or more tiers: the upper one is read from right to left, then the lower one. And they may have lines from left
to right above or below the text: the head of a newspaper, with its date and number.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from chaptercast.document.formats.pdf.columns import Column, columns_of
from chaptercast.document.formats.pdf.fragments import Fragment, fragments_of
from chaptercast.document.formats.pdf.lines import lines_of
from chaptercast.document.formats.pdf.page import Glyph, Line

_TIER_GAP, _TIER_ROWS, _TIER_HEIGHT = 0.4, 3, 6.0
"""Minimum white between two tiers, in em, minimum number of rows in each, and its minimum height in em."""
_ALIGNED = 0.4
"""Minimum share of the rows of a tier that begin at one height."""
_LEVEL, _NEAREST, _FURTHEST = 0.3, 0.5, 3.0
"""Maximum difference in height of two glyphs beside one another, and their minimum and maximum distance, in em."""
_NARROW = 0.8
"""Maximum distance in em of two narrow glyphs side by side in a column."""
_FEWEST_ACROSS = 4
"""Minimum number of glyphs of a line across. Two or three digits may stand side by side in a column."""


def vertical_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Returns the lines of a page set from top to bottom, in reading order. Lines across it come before or after its text."""
    text, across = _parted(glyphs)
    _stack(text)
    columns = [column for tier in tiers_of(fragments_of(text)) for column in columns_of(tier)]
    lines = list(lines_of(columns))
    middle = median(glyph.x0 for glyph in text) if text else 0.0
    above, below = _across([g for g in across if g.x0 <= middle]), _across([g for g in across if g.x0 > middle])
    top, bottom = min((line.y for line in lines), default=0.0), max((line.y for line in lines), default=0.0)
    return [
        *(replace(line, y=top - 2 * line.size, column=0) for line in above),
        *(replace(line, column=line.column + 1) for line in lines),
        *(replace(line, y=bottom + 2 * line.size, column=len(columns) + 1) for line in below),
    ]


def tiers_of(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Returns the fragments of each tier, the upper one first. A tier ends at white from one side of the page to the other."""
    if not fragments:
        return []
    em = median(f.size for f in fragments)
    order = sorted(fragments, key=lambda f: f.x0)
    tiers: list[list[Fragment]] = [[]]
    end = order[0].x0
    for f in order:
        if f.x0 - end >= _TIER_GAP * em:
            tiers.append([])
        tiers[-1].append(f)
        end = max(end, f.x1)
    found = tiers[:1]
    for tier in tiers[1:]:
        if _is_tier(found[-1], em) and _is_tier(tier, em):
            found.append(tier)
        else:
            found[-1] = found[-1] + tier
    return found


def _is_tier(fragments: Sequence[Fragment], em: float) -> bool:
    starts = [f.x0 for f in {f.row: f for f in sorted(fragments, key=lambda f: -f.x0)}.values()]
    aligned = max(sum(abs(start - other) < 0.5 * em for other in starts) for start in starts)
    height = max(f.x1 for f in fragments) - min(starts)
    return len(starts) >= _TIER_ROWS and height >= _TIER_HEIGHT * em and aligned >= _ALIGNED * len(starts)


def _parted(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Returns the glyphs of columns, and those of lines from left to right, in which one is painted to the right of the other."""
    beside = [_is_beside(*pair) for pair in pairwise(glyphs)]
    across: set[int] = set()
    start = 0
    for index in range(len(glyphs)):
        if index == len(beside) or not beside[index]:
            if index + 1 - start >= _FEWEST_ACROSS:
                across.update(range(start, index + 1))
            start = index + 1
    below = [_is_below(*pair) for pair in pairwise(glyphs)]
    levels = [(glyphs[index].x0, glyphs[index].size) for index in across]
    for index, glyph in enumerate(glyphs):
        in_column = (index > 0 and below[index - 1]) or (index < len(below) and below[index])
        if not in_column and any(abs(glyph.x0 - x0) <= _LEVEL * size for x0, size in levels):
            across.add(index)
    return (
        [glyph for index, glyph in enumerate(glyphs) if index not in across],
        [glyph for index, glyph in enumerate(glyphs) if index in across],
    )


def _stack(glyphs: Sequence[Glyph]) -> None:
    """Places two or three digits or letters that stand side by side in a column below one another."""
    group: list[Glyph] = []
    for glyph in [*glyphs, None]:
        if (
            glyph is not None
            and group
            and glyph.text.isascii()
            and group[-1].text.isascii()
            and abs(glyph.x0 - group[-1].x0) <= _LEVEL * glyph.size
            and 0 < group[-1].y - glyph.y <= _NARROW * glyph.size
        ):
            group.append(glyph)
            continue
        for index, one in enumerate(group if len(group) > 1 else ()):
            start, step = group[0].x0, (group[0].x1 - group[0].x0) / len(group)
            one.y = group[0].y
            one.x0, one.x1 = start + index * step, start + (index + 1) * step
        group = [glyph] if glyph is not None else []


def _is_beside(first: Glyph, second: Glyph) -> bool:
    """Returns whether a glyph is to the right of another on the page as it is seen, where `y` counts from the right edge."""
    size = max(first.size, 1.0)
    return abs(second.x0 - first.x0) <= _LEVEL * size and _NEAREST * size <= first.y - second.y <= _FURTHEST * size


def _is_below(first: Glyph, second: Glyph) -> bool:
    size = max(first.size, 1.0)
    return abs(second.y - first.y) <= _LEVEL * size and 0 < second.x0 - first.x0 <= _FURTHEST * size


def _across(glyphs: Sequence[Glyph]) -> list[Line]:
    """Returns lines from left to right, at their places on the rotated page."""
    upright = [
        Glyph(
            glyph.text, -glyph.y, -glyph.y + glyph.size, glyph.x1, glyph.style, glyph.space, glyph.tag, glyph.hidden, 0,
            glyph.order,
        )
        for glyph in glyphs
    ]  # fmt: skip
    fragments = fragments_of(upright)
    left, right = min((g.x0 for g in glyphs), default=0.0), max((g.x1 for g in glyphs), default=0.0)
    column = Column(fragments, left, right)
    return [replace(line, x0=left, x1=right, cells=()) for line in lines_of([column])]
