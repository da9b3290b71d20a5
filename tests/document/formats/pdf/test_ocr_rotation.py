"""Scans that lie on their side or on their head."""

import sys
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from chaptercast.document.formats.pdf.ocr_lines import Piece
from chaptercast.document.formats.pdf.ocr_process import Recogniser, rapid_recogniser, recognised_page, turns_told
from chaptercast.document.formats.pdf.ocr_rotation import Box, quarter_turns
from chaptercast.document.formats.pdf.page import Page

LINES = ["The first line of the page.", "The second line of the page.", "And this one is the last line."]
WIDTH, HEIGHT = 600, 800
BOXES: list[Box] = [(50, 100 + 40 * n, 50 + 14 * len(text), 120 + 40 * n) for n, text in enumerate(LINES)]
MARK = 255, 0, 0


def scanned(turns: int) -> tuple[Image.Image, list[Box]]:
    """A page that was turned to the right by some quarter turns, with a mark in what was its upper left corner; and its lines."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (255, 255, 255))
    picture.putpixel((0, 0), MARK)
    boxes, height = BOXES, HEIGHT
    for turn in range(turns):
        height = WIDTH if turn % 2 else HEIGHT
        boxes = [(height - y1, x0, height - y0, x1) for x0, y0, x1, y1 in boxes]
    return picture.rotate(-90 * turns, expand=True), boxes


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_page_is_turned_upright_and_recognised_once(turns: int) -> None:
    picture, boxes = scanned(turns)
    read: list[Image.Image] = []

    def pieces(upright: Image.Image) -> list[Piece]:
        read.append(upright)
        corners = [((x0, y0), (x1, y0), (x1, y1), (x0, y1)) for x0, y0, x1, y1 in BOXES]
        return [Piece(text, corner, 0.9) for text, corner in zip(LINES, corners, strict=True)]

    def sure(_box: Box, quarter: int) -> float:
        return 0.95 if quarter == turns else 0.4

    recogniser = Recogniser(pieces, lambda _picture: quarter_turns(boxes, sure))
    page = recognised_page(picture, Page(1, picture.width, picture.height), 1.0, recogniser)
    assert [line.text for line in page.lines] == LINES
    assert (page.width, page.height) == (WIDTH, HEIGHT)
    assert [(one.size, one.getpixel((0, 0))) for one in read] == [((WIDTH, HEIGHT), MARK)]


def test_one_line_is_enough_if_it_is_clear() -> None:
    asked: list[tuple[Box, int]] = []

    def sure(box: Box, quarter: int) -> float:
        asked.append((box, quarter))
        return 0.97 if quarter == 0 else 0.5

    assert quarter_turns(BOXES, sure) == 0
    assert len(asked) == 2


def test_a_page_is_not_turned_upside_down_without_need() -> None:
    assert quarter_turns(BOXES, lambda _box, quarter: 0.6 + 0.02 * quarter) == 0


def test_columns_of_signs_that_no_turn_makes_readable_are_left_as_they_are() -> None:
    assert quarter_turns(scanned(1)[1], lambda _box, _quarter: 0.3) == 0


def test_a_page_with_short_words_only_is_not_turned() -> None:
    assert quarter_turns([(10, 10, 40, 25), (50, 10, 75, 60)], lambda _box, quarter: quarter / 4) == 0


@pytest.mark.parametrize(("told", "turns"), [("0", 0), ("90", 3), ("180", 2), ("270", 1)])
def test_tesseract_tells_turns_to_the_right(told: str, turns: int) -> None:
    assert (
        turns_told(f"Page number: 0\nOrientation in degrees: 90\nRotate: {told}\nOrientation confidence: 9.1\n")
        == turns
    )


def test_a_picture_of_which_tesseract_tells_nothing_is_not_turned() -> None:
    assert turns_told("") == 0


class StickyEngine:
    """A stand-in for RapidOCR, which also keeps what the last call asked for. A second line runs up the page."""

    def __init__(self, **_: Any) -> None:
        self.asked = {"use_det": True, "use_cls": True, "use_rec": True}

    def __call__(self, picture: Any, **asked: float) -> SimpleNamespace:
        import numpy as np

        self.asked.update(asked)
        width = picture.shape[1]
        if not self.asked["use_det"]:
            return SimpleNamespace(boxes=None, txts=("From below.",), scores=(0.9,))
        boxes = np.array([[[40, 0], [width, 0], [width, 20], [40, 20]], [[0, 0], [20, 0], [20, 200], [0, 200]]])
        if not self.asked["use_rec"]:
            return SimpleNamespace(boxes=boxes, txts=None, scores=(1.0, 1.0))
        return SimpleNamespace(boxes=boxes, txts=("A whole page.", "Head over heels."), scores=(0.9, 0.3))


def test_all_pages_of_a_scan_are_recognised_alike_and_lines_on_their_side_in_their_direction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("numpy")
    monkeypatch.setitem(sys.modules, "rapidocr", SimpleNamespace(RapidOCR=StickyEngine))  # type: ignore[arg-type]
    recogniser = rapid_recogniser()
    pages = [
        recognised_page(Image.new("RGB", (600, 400)), Page(number, 600, 400), 1.0, recogniser) for number in (1, 2, 3)
    ]
    texts = [sorted(line.text for line in page.lines) for page in pages]
    assert texts == [["A whole page.", "From below."]] * 3
