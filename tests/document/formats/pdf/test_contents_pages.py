"""Tables of contents, from their lines."""

from chaptercast.document.formats.pdf.contents_pages import contents_lines
from chaptercast.document.formats.pdf.page import Line, Run


def found(*texts: str) -> set[int]:
    return contents_lines([Line((Run(text),), 40, 200, 40 + 14 * n, 10) for n, text in enumerate(texts)])


ENTRIES = ("Salt 2", "Bread 5", "Oil 9", "Wine 12", "Water 20")


def test_what_stands_before_their_title_is_text_though_it_ends_in_a_number():
    assert found("How to cook, chapter 3", "Contents", *ENTRIES) == {1, 2, 3, 4, 5, 6}


def test_lines_that_end_in_numbers_are_text_without_a_title():
    assert found(*ENTRIES) == set()
