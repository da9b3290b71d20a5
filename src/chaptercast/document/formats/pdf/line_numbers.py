"""Finds the line numbers beside the lines of transcripts, bills and manuscripts."""

from collections.abc import Sequence
from itertools import pairwise

from chaptercast.document.formats.pdf.fragments import Fragment

_FEWEST = 8
"""Minimum number of line numbers on a page."""
_STEPS = frozenset({1, 2, 5, 10})
_REGULAR = 0.9
"""Share of the steps from number to number that must be the usual one: the others skip lines without a number."""
_RUNNING, _WHOLE = 0.15, 0.6
"""Share of the lines beside them that begin with a small letter, as lines within a sentence do, and that have one part, not cells."""


def without_line_numbers(fragments: Sequence[Fragment]) -> tuple[list[Fragment], list[Fragment]]:
    """Returns the fragments of a page without its line numbers, and the line numbers."""
    numbers = [f for f in fragments if len(f.glyphs) <= 4 and all(glyph.text.isdecimal() for glyph in f.glyphs)]
    others = [f for f in fragments if not all(glyph.text.isdecimal() for glyph in f.glyphs)]
    if len(numbers) < _FEWEST or len(others) < _FEWEST:
        return list(fragments), []
    left, right = min(f.x0 for f in others), max(f.x1 for f in others)
    for side in ([f for f in numbers if f.x1 <= left + f.size], [f for f in numbers if f.x0 >= right - f.size]):
        if _rise(side) and _run_beside(side, others):
            gone = {id(f) for f in side}
            return [f for f in fragments if id(f) not in gone], side
    return list(fragments), []


def _rise(numbers: list[Fragment]) -> bool:
    """Returns whether numbers count the lines, from top to bottom."""
    numbers.sort(key=lambda f: f.y)
    values = [int("".join(glyph.text for glyph in f.glyphs)) for f in numbers]
    steps = [b - a for a, b in pairwise(values)]
    usual = max(set(steps), key=steps.count, default=0)
    return (
        len(numbers) >= _FEWEST and usual in _STEPS and steps.count(usual) >= _REGULAR * len(steps) and min(steps) > 0
    )


def _run_beside(numbers: Sequence[Fragment], others: Sequence[Fragment]) -> bool:
    """Returns whether running text stands beside numbers, and not the rows of a list or a table."""
    rows: dict[int, list[Fragment]] = {}
    for f in others:
        rows.setdefault(f.row, []).append(f)
    beside = [sorted(rows[f.row], key=lambda f: f.x0) for f in numbers if f.row in rows]
    small = sum(row[0].glyphs[0].text.islower() for row in beside)
    return (
        bool(beside)
        and small >= _RUNNING * len(beside)
        and sum(len(row) == 1 for row in beside) >= _WHOLE * len(beside)
    )
