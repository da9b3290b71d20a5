"""Scans that lie on their side or on their head."""

import pytest

from chaptercast.document.formats.pdf.ocr_lines import Piece, lines_of_pieces
from chaptercast.document.formats.pdf.ocr_rotation import Box, upright

LINES = ["The first line of the page.", "The second line of the page.", "And this one is the last line."]
WIDTH, HEIGHT = 600.0, 800.0


def scanned(turns: int) -> tuple[list[Piece], float, float]:
    """The lines of a page that was turned to the right by some quarter turns, as boxes from their upper left corner on."""
    pieces = []
    for number, text in enumerate(LINES):
        x0, y0, x1, y1 = 50.0, 100.0 + 40 * number, 50.0 + 14 * len(text), 120.0 + 40 * number
        width, height = WIDTH, HEIGHT
        for _ in range(turns):
            x0, y0, x1, y1 = height - y1, x0, height - y0, x1
            width, height = height, width
        pieces.append(Piece(text, ((x0, y0), (x1, y0), (x1, y1), (x0, y1)), 0.9))
    return pieces, width, height


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_the_lines_are_read_from_top_to_bottom(turns: int) -> None:
    pieces, width, height = scanned(turns)

    def sure(_box: Box, quarter: int) -> float:
        return 0.95 if quarter == turns else 0.4

    assert [line.text for line in lines_of_pieces(upright(pieces[::-1], width, height, sure), 1.0)] == LINES
