"""Turns the recognised lines of a page that was scanned sideways or upside down, so that they are read in their order.

The recogniser reads lines in any direction, but does not tell in which. Two or three lines show it, read in both directions.
"""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from chaptercast.document.formats.pdf.ocr_lines import Piece

_TALL = 1.5
"""The box of a line that runs up or down is this many times as high as wide."""
_LETTERS = 4
"""Shorter texts show no direction."""
_LINES = 3
"""How many lines are read again."""

Box = tuple[float, float, float, float]


def upright(pieces: Sequence[Piece], width: float, height: float, sure: Callable[[Box, int], float]) -> list[Piece]:
    """Returns the pieces of a picture in the coordinates of the picture turned upright.

    `sure` returns how sure the recogniser is of the text in a box, after a number of quarter turns to the left.
    """
    long = sorted((piece for piece in pieces if len(piece.text) >= _LETTERS), key=lambda piece: -len(piece.text))
    if not long:
        return list(pieces)
    letters = sum(len(piece.text) for piece in long)
    is_sideways = sum(len(piece.text) for piece in long if _is_tall(piece)) > letters / 2
    lines = [_box(piece) for piece in long if _is_tall(piece) == is_sideways][:_LINES]
    first = 1 if is_sideways else 0
    turns = max((first, first + 2), key=lambda quarter: sum(sure(box, quarter) for box in lines))
    return [replace(piece, corners=_turned(piece.corners, turns, width, height)) for piece in pieces]


def _is_tall(piece: Piece) -> bool:
    left, top, right, bottom = _box(piece)
    return bottom - top > _TALL * (right - left)


def _box(piece: Piece) -> Box:
    xs, ys = [x for x, _ in piece.corners], [y for _, y in piece.corners]
    return min(xs), min(ys), max(xs), max(ys)


def _turned(
    corners: tuple[tuple[float, float], ...], turns: int, width: float, height: float
) -> tuple[tuple[float, float], ...]:
    """Returns corners after quarter turns of the picture to the left, again from the upper left one, clockwise."""
    for _ in range(turns):
        corners = tuple((y, width - x) for x, y in corners)
        width, height = height, width
        corners = (*corners[1:], corners[0])
    return corners
