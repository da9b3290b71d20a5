"""Rotates the glyphs of a page so that its text runs to the right, line below line: pages set sideways, vertical Japanese."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from chaptercast.document.formats.pdf.glyphs import Raw
from chaptercast.document.formats.pdf.page import Box, Glyph

_STRAIGHT = 20
"""Maximum deviation of a baseline, in degrees."""
VERTICAL = -1
"""Special value for an angle: upright signs below one another."""
_FEWEST_STEPS = 4
_STEPS = 0.5
"""A page is vertical if this share of the steps from sign to sign go down."""


def direction_of(glyph: Raw) -> int | None:
    """Returns 0, 90, 180 or 270 degrees, counter-clockwise; None for other angles."""
    turned = round(glyph.angle / 90) * 90
    return turned % 360 if abs(glyph.angle - turned) <= _STRAIGHT else None


def main_direction(raw: Sequence[Raw]) -> int:
    """Returns the direction of most of a page's glyphs."""
    counted = Counter(direction_of(glyph) for glyph in raw)
    counted.pop(None, None)
    found = counted.most_common(1)[0][0] if counted else 0
    return VERTICAL if found == 0 and _is_vertical(raw) else found or 0


def _is_vertical(raw: Sequence[Raw]) -> bool:
    down = steps = 0
    for first, second in pairwise(raw):
        size = max(first.style.size, 1)
        dx, dy = (second.x - first.x) / size, (second.y - first.y) / size
        if abs(dx) > 3 or abs(dy) > 3:
            continue
        steps += 1
        down += abs(dx) < 0.3 and -1.6 < dy < -0.5 and east_asian_width(first.text[0]) in "WF"
    return steps >= _FEWEST_STEPS and down > _STEPS * steps


def turned(raw: Raw, direction: int, width: float, height: float) -> Glyph:
    """Returns a glyph on the rotated page. `width` and `height` are those of the page before rotation."""
    box = turned_box(Box(raw.left, raw.bottom, raw.right, raw.top), direction, width, height)
    if direction == VERTICAL:
        return Glyph(raw.text, box.x0, box.x1, box.y1, raw.style, raw.space, raw.tag, raw.hidden)
    _, y = _point(raw.x, raw.y, direction, width, height)
    return Glyph(raw.text, box.x0, box.x1, y, raw.style, raw.space, raw.tag, raw.hidden)


def turned_box(box: Box, direction: int, width: float, height: float) -> Box:
    """Returns a box of the page (y upwards) on the rotated page (y downwards)."""
    x0, y0 = _point(box.x0, box.y0, direction, width, height)
    x1, y1 = _point(box.x1, box.y1, direction, width, height)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def turned_size(direction: int, width: float, height: float) -> tuple[float, float]:
    """Returns width and height of the rotated page."""
    return (width, height) if direction in (0, 180) else (height, width)


def _point(x: float, y: float, direction: int, width: float, height: float) -> tuple[float, float]:
    if direction == 90:
        return y, x
    if direction == 180:
        return width - x, y
    if direction in (270, VERTICAL):
        return height - y, width - x
    return x, height - y
