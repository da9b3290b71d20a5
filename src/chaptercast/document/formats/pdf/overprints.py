"""Keeps two texts apart that are printed over one another: one that is too long for its cell, and the one in the next cell."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from chaptercast.document.formats.pdf.page import Glyph

_FEWEST, _SHARE = 2, 0.25
"""Minimum number of glyphs of a text that are printed over those of another, and minimum share of them."""
_EDGE = 0.05
"""How much of the width of a glyph, on both sides, may be printed over without doubt."""
_LEVEL, _STEP = 0.06, 1.0
"""Maximum difference in height between two glyphs of one text, and maximum white between them, in em."""
_NEAR = 40
"""How many glyphs before and after one are looked at."""


def is_over(glyphs: Sequence[Glyph], others: Sequence[Glyph]) -> bool:
    """Returns whether a text is printed over another on the same baseline."""
    over = sum(any(_covers(other, glyph) for other in others) for glyph in glyphs)
    return over >= _FEWEST and over >= _SHARE * len(glyphs)


def restored(doubles: Mapping[int, Glyph], glyphs: Sequence[Glyph]) -> set[int]:
    """Returns the orders of glyphs that seem to be printed twice, but are of another text that happens to have them there, too.

    `doubles` holds the glyphs over which they are printed, by their own orders; `glyphs` are all, in painting order.
    """
    found: set[int] = set()
    for text in _texts(glyphs) if doubles else ():
        twice = [glyph for glyph in text if glyph.order in doubles]
        rest = [glyph for glyph in text if glyph.order not in doubles]
        for glyph in twice:
            first = doubles[glyph.order]
            near = glyphs[max(0, first.order - _NEAR) : first.order + _NEAR]
            others = [other for other in near if not text[0].order <= other.order <= text[-1].order]
            if first.order < text[0].order and any(_covers(other, one) for one in rest for other in others):
                found.add(glyph.order)
    return found


def _covers(other: Glyph, glyph: Glyph) -> bool:
    edge = _EDGE * (other.x1 - other.x0)
    middle = (glyph.x0 + glyph.x1) / 2
    return other.x0 + edge < middle < other.x1 - edge and abs(other.y - glyph.y) <= _LEVEL * glyph.size


def _texts(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yields stretches of glyphs that are painted one after the other, to the right, on one baseline."""
    text = list(glyphs[:1])
    for last, glyph in pairwise(glyphs):
        if (
            abs(glyph.y - last.y) <= _LEVEL * glyph.size
            and 0 <= glyph.x0 - last.x0 <= (last.x1 - last.x0) + _STEP * glyph.size
        ):
            text.append(glyph)
        else:
            yield text
            text = [glyph]
    if text:
        yield text
