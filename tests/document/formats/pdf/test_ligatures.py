"""Ligatures that a file maps to the letter f alone are mended by their widths."""

from chaptercast.document.formats.pdf.ligatures import mend_ligatures
from chaptercast.document.formats.pdf.page import Glyph, Style

STYLE = Style(10.0, font="Serif")
ADVANCE = {"f": 3.1, "i": 2.7, "l": 2.6}
LIGATURES = {"ﬁ": 5.6, "ﬂ": 5.4, "ﬀ": 5.7, "ﬃ": 8.3, "ﬄ": 8.3}
HANGING = "fﬀ"


def mended(text: str, widths: dict[str, float] = LIGATURES) -> str:
    """What is read of a text whose ligatures the file maps to the letter f."""
    glyphs: list[Glyph] = []
    x = 0.0
    for number, word in enumerate(text.split()):
        for place, sign in enumerate(word):
            advance = widths.get(sign) or ADVANCE.get(sign, 5.0)
            over = 0.8 if sign in HANGING else 0.0
            shown = "f" if sign in LIGATURES else sign
            glyphs.append(Glyph(shown, x, x + advance + over, 100.0, STYLE, 2 if place == 0 and number else 0))
            x += advance
        x += 3.0
    mend_ligatures(glyphs)
    return "".join((" " if glyph.space else "") + glyph.text for glyph in glyphs)


def test_each_width_of_a_font_is_one_ligature():
    text = "for after often the beneﬁts of ﬁles and ﬁelds in workﬂows oﬀ the oﬃce for diﬀerent baﬄes"
    assert mended(text) == text


def test_where_fi_and_fl_are_equally_wide_the_letters_around_them_tell():
    text = "for after of often the ﬁrst ﬂoor speciﬁed the inﬂuence in the ﬁeld"
    assert mended(text, {**LIGATURES, "ﬂ": 5.6}) == text


def test_a_file_that_has_all_letters_is_left_as_it_is():
    glyphs = [Glyph("f", 10.0 * at, 10.0 * at + 3.9, 100.0, STYLE) for at in range(5)]
    glyphs += [Glyph("f", 60.0, 65.6, 100.0, STYLE), Glyph("i", 62.8, 65.6, 100.0, STYLE)]
    mend_ligatures(glyphs)
    assert "".join(glyph.text for glyph in glyphs) == "ffffffi"


def test_plain_letters_are_no_ligatures_where_others_are_divided():
    places = [("f", 3.1, 0.0), ("i", 3.1, 3.1), ("n", 5.0, 6.2)]
    glyphs = [Glyph(text, 20 * at + x, 20 * at + x + wide, 100.0, STYLE) for at in range(4) for text, wide, x in places]
    glyphs += [
        Glyph(text, 100 + x, 104.3 + x, 100.0, STYLE) for text, x in (("f", 0), ("o", 3.7), ("f", 8.7), ("a", 12.4))
    ]
    mend_ligatures(glyphs)
    assert "".join(glyph.text for glyph in glyphs) == "fin" * 4 + "fofa"
