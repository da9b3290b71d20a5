"""Words that were recognised, as lines: from their places alone."""

import math

from chaptercast.document.formats.pdf.ocr_lines import Piece, page_of
from chaptercast.document.formats.pdf.ocr_process import pieces_of_table
from chaptercast.document.formats.pdf.page import Page

BLANK = Page(1, 400, 560, "1")


def piece(text: str, x: float, y: float, width: float, height: float = 20, confidence: float = 0.9) -> Piece:
    return Piece(text, ((x, y), (x + width, y), (x + width, y + height), (x, y + height)), confidence)


def turned(found: Piece, angle: float) -> Piece:
    cosine, sine = math.cos(angle), math.sin(angle)
    return Piece(
        found.text, tuple((x * cosine - y * sine, x * sine + y * cosine) for x, y in found.corners), found.confidence
    )


def columns() -> list[Piece]:
    left = [piece(f"left line number {n}", 50, 100 + 30 * n, 300) for n in range(5)]
    right = [piece(f"right line number {n}", 420, 104 + 30 * n, 300) for n in range(5)]
    return [each for pair in zip(left, right, strict=True) for each in pair]


def test_columns_of_a_scan_are_read_one_after_the_other():
    found = page_of(columns(), BLANK, 2)
    assert [line.text for line in found.lines] == [
        *(f"left line number {n}" for n in range(5)),
        *(f"right line number {n}" for n in range(5)),
    ]
    assert found.way == "OCR"


def test_a_scan_that_lies_askew_is_read_like_one_that_does_not():
    askew = page_of([turned(each, 0.05) for each in columns()], BLANK, 2)
    assert [line.text for line in askew.lines] == [line.text for line in page_of(columns(), BLANK, 2).lines]


def test_confidence_counts_letters():
    found = page_of([piece("aaaaaa", 0, 0, 60, confidence=1.0), piece("bbb", 0, 40, 30, confidence=0.4)], BLANK, 1)
    assert math.isclose(found.confidence, 0.8)


def test_nothing_recognised_is_an_empty_page():
    assert page_of([], BLANK, 1).way == "empty"


def test_the_table_of_tesseract_gives_its_words():
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        "4\t1\t1\t1\t1\t0\t10\t10\t90\t20\t-1\t",
        "5\t1\t1\t1\t1\t1\t10\t10\t40\t20\t96.5\tsalt",
        "5\t1\t1\t1\t1\t2\t60\t10\t40\t20\t90\tsea",
    ]
    found = pieces_of_table("\n".join([head, *rows]))
    assert [each.text for each in found] == ["salt", "sea"]
    assert found[0].corners == ((10, 10), (50, 10), (50, 30), (10, 30))
    assert found[0].confidence == 0.965
