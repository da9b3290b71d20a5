"""Pages set from top to bottom: tiers, and lines across."""

from chaptercast.document.formats.pdf.page import Glyph, Style
from chaptercast.document.formats.pdf.vertical_pages import vertical_lines

EM = 10.0
STYLE = Style(EM)


def column(text: str, top: float, number: int) -> list[Glyph]:
    """A column, as it is on the rotated page: `top` is where it begins, `number` counts from the right."""
    y = 50.0 + 15 * number
    return [Glyph(sign, top + EM * i, top + EM * (i + 1), y, STYLE) for i, sign in enumerate(text)]


def across(text: str, top: float, left: float = 300.0) -> list[Glyph]:
    """A line from left to right; its distance from the right edge falls."""
    return [Glyph(sign, top, top + EM, left - EM * i, STYLE) for i, sign in enumerate(text)]


def said(*parts: list[Glyph]) -> list[str]:
    glyphs = [glyph for part in parts for glyph in part]
    for order, glyph in enumerate(glyphs):
        glyph.order = order
    return [line.text for line in vertical_lines(glyphs)]


UPPER = ["春天的港口很安静", "码头上没有人影了", "海鸥也都已飞走"]
LOWER = ["第二天早上下雨", "渔船都没有出海", "港口仍然安静着"]


def test_the_upper_tier_is_read_before_the_lower_one():
    painted = [column(text, top, n) for n in range(3) for text, top in ((UPPER[n], 60.0), (LOWER[n], 150.0))]
    assert said(*painted) == [*UPPER, *LOWER]


def test_a_space_in_columns_that_are_not_all_broken_makes_no_tiers():
    painted = [column(text, top, n) for n in range(3) for text, top in ((UPPER[n], 60.0), (LOWER[n], 150.0))]
    assert said(*painted, column("一二三四五六七八九十甲乙丙丁戊己", 60.0, 3))[0] == f"{UPPER[0]} {LOWER[0]}"


def test_the_head_of_a_page_is_one_line_before_its_columns():
    assert said(column(UPPER[0], 60.0, 0), across("四月日报", 40.0), column(UPPER[1], 60.0, 1)) == [
        "四月日报",
        *UPPER[:2],
    ]


def test_a_line_below_the_columns_comes_last():
    assert said(across("四月日报", 180.0), column(UPPER[0], 60.0, 0), column(UPPER[1], 60.0, 1)) == [
        *UPPER[:2],
        "四月日报",
    ]


def test_two_digits_side_by_side_in_a_column_stay_in_it():
    digits = [Glyph("1", 90.0, 100.0, 52.0, STYLE), Glyph("2", 90.0, 100.0, 47.0, STYLE)]
    lines = said(column("春天的", 60.0, 0), digits, column("日港口", 100.0, 0), column(UPPER[1], 60.0, 1))
    assert [line.replace(" ", "") for line in lines] == ["春天的12日港口", UPPER[1]]
