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


HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def table(*words: tuple[int, int, str]) -> str:
    """The table that Tesseract writes: the number of the line, the left edge, and the text of each word."""
    rows = [
        f"5\t1\t1\t1\t{line}\t1\t{left}\t{10 + 30 * line}\t40\t20\t{90 + line}\t{text}" for line, left, text in words
    ]
    return "\n".join([HEAD, "4\t1\t1\t1\t1\t0\t10\t40\t90\t20\t-1\t", *rows])


def test_the_table_of_tesseract_gives_its_lines():
    found = pieces_of_table(table((1, 10, "salt"), (1, 60, "sea"), (2, 10, "ice")))
    assert [each.text for each in found] == ["salt sea", "ice"]
    assert found[0].corners == ((10, 40), (100, 40), (100, 60), (10, 60))
    assert found[0].confidence == 0.91


def test_cells_of_a_table_are_not_joined():
    assert [each.text for each in pieces_of_table(table((1, 10, "salt"), (1, 200, "12")))] == ["salt", "12"]


def test_words_from_right_to_left_stay_in_their_order_and_chinese_gets_no_spaces():
    assert [each.text for each in pieces_of_table(table((1, 60, "שלום"), (1, 10, "עולם")))] == ["שלום עולם"]
    assert [each.text for each in pieces_of_table(table((1, 10, "春天"), (1, 52, "港口")))] == ["春天港口"]
