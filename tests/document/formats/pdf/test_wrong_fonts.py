"""Fonts whose letters in the file are not those on the page."""

import pytest

from chaptercast.document.formats.pdf.page import Glyph, Style
from chaptercast.document.formats.pdf.wrong_fonts import wrong_fonts


def glyphs(text: str, font: str = "Calibri", unmapped: bool = False) -> list[Glyph]:
    style = Style(10, font=font, unmapped=unmapped)
    return [Glyph(letter, 5.0 * i, 5.0 * i + 5, 10, style) for i, letter in enumerate(text) if letter != " "]


def test_signs_that_are_numbered_as_they_come_are_no_text():
    assert wrong_fonts([*glyphs('!"# $!"# %!"# &!"# \'!"#'), *glyphs("A chart", "Times")]) == {"Calibri"}


@pytest.mark.parametrize(
    "text", ["! Warning", "abcdefghijkl", "ABC", '!"#', "!\"# $%&' and letters", "0123456789", "Hello world"]
)
def test_other_texts_are_trusted(text: str):
    assert wrong_fonts(glyphs(text)) == set()


def test_a_doubted_font_with_signs_that_are_no_characters_is_not_trusted():
    assert wrong_fonts(glyphs("abc\x01defg", unmapped=True)) == {"Calibri"}
    assert wrong_fonts(glyphs("abc\x01defg")) == set()
