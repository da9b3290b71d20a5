"""Builds the lines of a page from recognised words and their positions in a picture."""

import math
from collections.abc import Sequence
from statistics import median

from msgspec import Struct

from chaptercast.document.formats.pdf.columns import columns_of
from chaptercast.document.formats.pdf.fragments import fragments_of
from chaptercast.document.formats.pdf.lines import lines_of
from chaptercast.document.formats.pdf.page import Glyph, Line, Page, Style

_ALIKE = 0.3
"""Boxes of text of one size differ in height by this share."""
_TYPE = 0.75
"""Font size as a share of the height of its box."""
_CLOSE = 0.15
"""Distance in em between two words that are placed as neighbours."""


class Piece(Struct, frozen=True):
    """A recognised text. Its corners are listed clockwise from the upper left one, in pixels."""

    text: str
    corners: tuple[tuple[float, float], ...]
    confidence: float


def page_of(pieces: Sequence[Piece], blank: Page, scale: float) -> Page:
    """Returns a page with the recognised lines. `scale` is the number of pixels per point."""
    found = [piece for piece in pieces if piece.text.strip()]
    if not found:
        return Page(blank.number, blank.width, blank.height, blank.label, way="empty")
    lines = lines_of_pieces(found, scale)
    letters = sum(len(piece.text) for piece in found)
    confidence = sum(piece.confidence * len(piece.text) for piece in found) / letters
    return Page(
        blank.number, blank.width, blank.height, blank.label, tuple(lines), glyphs=letters, confidence=confidence, way="OCR"
    )  # fmt: skip


def lines_of_pieces(pieces: Sequence[Piece], scale: float) -> list[Line]:
    """Returns the lines that the pieces make, in reading order."""
    angle = _skew(pieces)
    usual = median(_height(piece) for piece in pieces)
    glyphs = [_glyph(piece, angle, usual, scale) for piece in pieces]
    glyphs.sort(key=lambda glyph: (round(glyph.y / max(usual / scale, 1)), glyph.x0))
    for order, glyph in enumerate(glyphs):
        glyph.order = 2 * order  # no two are painted in direct succession
    return list(lines_of(columns_of(fragments_of(glyphs))))


def _skew(pieces: Sequence[Piece]) -> float:
    """Returns the rotation of the page in radians, as the median of its long lines."""
    long = [piece for piece in pieces if _width(piece) > 5 * _height(piece)]
    return median(_angle(piece) for piece in long) if long else 0.0


def _angle(piece: Piece) -> float:
    (x0, y0), (x1, y1) = piece.corners[0], piece.corners[1]
    return math.atan2(y1 - y0, x1 - x0)


def _width(piece: Piece) -> float:
    return math.dist(piece.corners[0], piece.corners[1])


def _height(piece: Piece) -> float:
    return math.dist(piece.corners[0], piece.corners[3])


def _glyph(piece: Piece, angle: float, usual: float, scale: float) -> Glyph:
    cosine, sine = math.cos(-angle), math.sin(-angle)
    points = [(x * cosine - y * sine, x * sine + y * cosine) for x, y in piece.corners]
    height = _height(piece)
    height = usual if abs(height - usual) <= _ALIKE * usual else round(height / (usual / 4)) * usual / 4
    left, right = min(x for x, _ in points) / scale, max(x for x, _ in points) / scale
    top, bottom = (points[0][1] + points[1][1]) / 2 / scale, (points[2][1] + points[3][1]) / 2 / scale
    middle = (top + bottom) / 2
    size = round(_TYPE * max(height, 1) / scale, 1)
    return Glyph(piece.text.strip(), left, max(right, left + 0.1), middle + 0.3 * size, Style(size), 2)
