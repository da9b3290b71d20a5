"""Decides whether a page is a scan: a picture of text."""

from collections.abc import Callable, Sequence

from chaptercast.document.formats.pdf.page import Box, Line

_PICTURE, _FEW = 0.5, 20
"""A page without known text is a scan if a picture covers this share of it and it has fewer glyphs than this."""
_WHOLE, _STAMP = 0.8, 250
"""A page is a stamped scan if pictures cover this share of it and it has at most this number of letters, all in its margins."""
_MARGIN, _LOWEST = 0.1, 300.0
"""Height of the upper and the lower margin, as a share of the page's, and minimum height of such a page in points."""


def is_scan(images: Sequence[Box], area: float, glyphs: int) -> bool:
    """Returns whether a page without known text is a picture of text. `area` is that of the page, `glyphs` counts all signs on it."""
    return glyphs < _FEW and any(image.area > _PICTURE * area for image in images)


def is_stamped_scan(lines: Sequence[Line], images: Callable[[], Sequence[Box]], width: float, height: float) -> bool:
    """Returns whether the only text on a scan are stamps that were put on it later: the number of a file, a page number, a sender."""
    if not lines or height < _LOWEST or sum(len(line.text) for line in lines) > _STAMP:
        return False
    if not all(line.y <= _MARGIN * height or line.y - 0.5 * line.size >= (1 - _MARGIN) * height for line in lines):
        return False
    return sum(_seen(image, width, height) for image in images()) >= _WHOLE * width * height


def _seen(image: Box, width: float, height: float) -> float:
    """Returns the area of the part of a picture that is on the page."""
    box = Box(max(image.x0, 0.0), max(image.y0, 0.0), min(image.x1, width), min(image.y1, height))
    return max(0.0, box.x1 - box.x0) * max(0.0, box.y1 - box.y0)
