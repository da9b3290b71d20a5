"""Texts that are printed over one another, and letters that are printed twice."""

from chaptercast.document.formats.pdf.columns import columns_of
from chaptercast.document.formats.pdf.fragments import fragments_of, without_doubles
from chaptercast.document.formats.pdf.lines import lines_of
from chaptercast.document.formats.pdf.page import Glyph, Style

STYLE = Style(10.0)


def text(letters: str, x: float) -> list[Glyph]:
    return [Glyph(letter, x + 5 * i, x + 5 * i + 5, 100.0, STYLE) for i, letter in enumerate(letters) if letter.strip()]


def said(*texts: list[Glyph]) -> str:
    glyphs = without_doubles(glyph for each in texts for glyph in each)
    return " ".join(line.text for line in lines_of(columns_of(fragments_of(glyphs))))


def test_a_text_that_runs_over_the_next_cell_and_the_number_in_it_are_read_one_after_the_other():
    assert said(text("bills131,132,141,145", 50), text("7642", 132), text("38", 180)) == "bills131,132,141,145 7642 38"


def test_a_digit_that_both_texts_have_in_one_place_is_not_a_double():
    assert said(text("bills131,132,141,145", 50), text("7942", 125.2)) == "bills131,132,141,145 7942"


def test_a_text_printed_twice_is_said_once():
    assert said(text("bold", 50), text("bold", 50.4)) == "bold"


def test_letters_each_printed_twice_are_said_once():
    twice = [glyph for pair in zip(text("bold", 50), text("bold", 50.4), strict=True) for glyph in pair]
    assert said(twice) == "bold"


def test_a_beginning_that_is_printed_again_with_the_rest_of_its_line_is_said_once():
    assert said(text("Note", 50), text("Note:more", 50.3)) == "Note:more"
