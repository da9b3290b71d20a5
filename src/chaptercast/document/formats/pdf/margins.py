"""Finds what stands in the margin of a page, outside of the column of text: numbers, names of a journal, marks of a change."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from chaptercast.document.formats.pdf.fragments import Fragment

_FEWEST_ROWS, _MOSTLY = 15, 0.6
"""Minimum number of rows of text on the page, and share of them that begin, or end, at its edge."""
_MOST, _LONGEST = 6, 24
"""Maximum number of parts in the margin, and of letters in each."""
_LEADING = 1.7
"""Maximum distance in em between two lines of the text."""
_NEAR = 3.0
"""Places at most so far apart, in points, are one."""
_STRIP = 1.5
"""Minimum width in em of the white between the text and the margin's parts."""


def margin_of(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Returns the fragments in the margins of a page with one column of text: few, short, and apart from all of it."""
    rows = {f.row for f in fragments}
    if len(rows) < _FEWEST_ROWS:
        return []
    sizes: Counter[float] = Counter()
    for f in fragments:
        sizes[f.size] += len(f.glyphs)
    size = sizes.most_common(1)[0][0]
    strip = _STRIP * size
    found: list[Fragment] = []
    left, count = _edge(f.x0 for f in fragments)
    if count >= _MOSTLY * len(rows):
        found += _apart(
            [f for f in fragments if f.x0 < left - _NEAR],
            [f.x1 <= left - strip for f in fragments if f.x0 < left - _NEAR],
        )
    right, count = _edge(f.x1 for f in fragments)
    if count >= _MOSTLY * len(rows):
        found += _apart(
            [f for f in fragments if f.x1 > right + _NEAR],
            [f.x0 >= right + strip for f in fragments if f.x1 > right + _NEAR],
        )
    beside = {id(f) for f in found}
    top, bottom = _text_from_to([f.y for f in fragments if id(f) not in beside], size)
    return found if all(top - 0.3 * size <= f.y <= bottom + 0.3 * size for f in found) else []


def _text_from_to(places: Iterable[float], size: float) -> tuple[float, float]:
    """Returns the places of the first and of the last line of the text; a head or foot of the page, far from it, does not count."""
    ys = sorted(set(places))
    near = [y for a, b in pairwise(ys) if b - a <= _LEADING * size for y in (a, b)]
    return (min(near), max(near)) if near else (0.0, -1.0)


def _edge(places: Iterable[float]) -> tuple[float, int]:
    """Returns the commonest place, and how often it comes."""
    counted = Counter(round(place / _NEAR) for place in places)
    place, _ = counted.most_common(1)[0]
    return _NEAR * place, sum(counted[place + near] for near in (-1, 0, 1))


def _apart(outside: list[Fragment], free: Sequence[bool]) -> list[Fragment]:
    """Returns the fragments outside of the text if all of them stand free, and they are few and short."""
    short = all(len(f.glyphs) <= _LONGEST for f in outside)
    return outside if outside and len(outside) <= _MOST and short and all(free) else []
