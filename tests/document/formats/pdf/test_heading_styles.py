"""Headings that are known by the type that they share: its size, weight, slant, font or colour."""

import pytest

from chaptercast.document.formats.pdf.block_assembly import assembled
from chaptercast.document.formats.pdf.blocks import Block, blocks_of
from chaptercast.document.formats.pdf.heading_styles import heading_styles, style_of
from chaptercast.document.formats.pdf.page import Facts, Line, Page, Run
from chaptercast.document.model import Document, Metadata, plain
from chaptercast.document.outline import headings, outline

TEXT = "The keeper of the spring counted each ship that came up the river in the year of the flood."
BLACK, BLUE = "Serif 000000", "Serif 2f5496"


def line(text: str, y: float, size: float = 10, *, look: str = BLACK, bold: bool = False, x0: float = 50) -> Line:
    return Line((Run(text, bold),), x0, x0 + 4.4 * len(text), y, size, 50, 470, look=look)


def text_with(*heads: str, look: str = BLUE, size: float = 10, bold: bool = False) -> list[Line]:
    """Two paragraphs below each head, with white above the heads."""
    lines: list[Line] = []
    y = 60.0
    for head in heads:
        lines += [line(head, y, size, look=look, bold=bold), line(TEXT, y + 16), line(TEXT, y + 38)]
        y += 70
    return lines


def found(lines: list[Line]) -> list[str]:
    page = Page(1, 520, 900, lines=tuple(lines))
    made = assembled([page], Facts(1))
    return [plain(each.inlines) for each in headings(outline(Document(Metadata(), tuple(made.blocks), "en")))]


def styles(lines: list[Line]) -> int:
    return len(heading_styles(blocks_of(lines, 1), 10))


HEADS = ("The upper river", "Ships and their loads", "Toll in the dry years")


def test_lines_in_a_colour_of_their_own_before_text_are_headings():
    assert found(text_with(*HEADS)) == list(HEADS)


@pytest.mark.parametrize("heads", [HEADS[:2], (HEADS[0],) * 3])
def test_two_in_another_colour_or_one_that_comes_again_are_not(heads: tuple[str, ...]):
    assert styles(text_with(*heads)) == 0


def test_lines_in_the_type_of_the_text_are_not():
    assert styles(text_with(*HEADS, look=BLACK, size=10)) == 0


def test_lines_without_white_above_them_are_not():
    lines: list[Line] = []
    for number, head in enumerate(HEADS):
        lines += [line(head, 60 + 24 * number, look=BLUE), line(TEXT, 72 + 24 * number)]
    assert styles(lines) == 0


def test_a_style_that_most_often_stands_within_text_is_none_of_headings():
    lines = text_with(*HEADS)
    more = [
        line(f"Sold to the mill, and carried there by hand, number {n},", 400 + 30 * n, look=BLUE) for n in range(4)
    ]
    assert styles([*lines, *more]) == 0


def test_the_first_section_below_the_title_is_a_heading_like_the_others():
    lines = [line("The river", 30, 20), *text_with("Overview", "Use", size=14, look=BLACK)]
    assert found(lines)[-2:] == ["Overview", "Use"]


def test_a_heading_in_another_colour_ends_before_its_text_at_the_usual_distance():
    lines = [line("The upper river", 60, look=BLUE), line(TEXT, 72), line(TEXT, 84), line(TEXT, 96)]
    assert blocks_of(lines, 1)[0].text == "The upper river"


def test_a_link_at_the_beginning_of_a_paragraph_is_not_parted_from_it():
    full = "the ledger of the upper river and of its many ships, with all tolls and the names of ship"
    lines = [line(full, 60, look=BLUE), line(TEXT, 72), line(TEXT, 84)]
    assert len(blocks_of(lines, 1)) == 1


def test_style_tells_slant_case_and_weight_apart():
    plain_line, slanted = line("The river", 60), Line((Run("The river", italic=True),), 50, 90, 60, 10, look=BLACK)
    blocks = [
        Block([each], 1, 0) for each in (plain_line, slanted, line("THE RIVER", 60), line("The river", 60, bold=True))
    ]
    assert len({style_of(block) for block in blocks}) == 4


def test_a_paragraph_with_double_space_between_its_lines_is_one():
    lines = [line(TEXT.rstrip("."), 60 + 23 * n) for n in range(5)]
    assert len(blocks_of(lines, 1)) == 1


def test_single_lines_far_apart_are_not_one_paragraph():
    lines = [line(f"Item {n}", 60 + 23 * n) for n in range(5)]
    assert len(blocks_of(lines, 1)) == 5


def test_lines_mostly_of_japanese_and_lines_mostly_of_latin_letters_are_one_paragraph():
    text = TEXT.rstrip(".")
    lines = [line(text, 60 + 16 * n, size) for n, size in enumerate((9.2, 10.0, 9.2, 10.0))]
    assert len(blocks_of(lines, 1)) == 1


def test_answers_far_below_one_another_that_leave_room_are_not_one_paragraph():
    lines = [
        line(text, 60 + 23 * n)
        for n, text in enumerate(("they came by boat", "they came by road", "nobody came at all"))
    ]
    lines += [line(TEXT.rstrip("."), 129 + 23 * n) for n in range(5)]
    assert len(blocks_of(lines, 1)) == 4


def test_a_heading_in_the_middle_ends_before_one_at_the_margin():
    lines = [
        line("Ships", 60, bold=True, x0=240),
        line("The upper river", 74, bold=True),
        *(line(TEXT, 90 + 12 * n) for n in range(9)),
    ]
    assert [block.text for block in blocks_of(lines, 1)][:2] == ["Ships", "The upper river"]


def test_a_heading_directly_above_one_in_another_type_of_its_size_is_kept():
    upper = "Serif-Oblique 000000"
    lines: list[Line] = []
    for number, (chapter, section) in enumerate((("Rivers", "Upper"), ("Roads", "Lower"), ("Mills", "Middle"))):
        y = 60 + 100 * number
        heads = [line(chapter, y, 14, look=upper, bold=True), line(section, y + 30, 14, bold=True)]
        lines += [*heads, line(TEXT, y + 50), line(TEXT, y + 72)]
    assert found(lines) == ["Rivers", "Upper", "Roads", "Lower", "Mills", "Middle"]


def test_bold_numbered_lines_that_end_with_a_colon_are_items_if_they_follow_one_another():
    items = [line(f"{number}. Count the ships:", 60 + 20 * number, bold=True) for number in (1, 2, 3)]
    made = assembled([Page(1, 520, 900, lines=(*items, line(TEXT, 160)))], Facts(1))
    assert [type(block).__name__ for block in made.blocks] == ["ListBlock", "Paragraph"]


def test_labels_that_count_are_no_headings():
    assert styles(text_with(*(f"Definition {number}" for number in range(1, 6)), look=BLACK, bold=True)) == 0


def test_small_bold_type_is_none_of_headings_but_small_capitals_are():
    assert styles(text_with(*HEADS, size=8.5, bold=True)) == 0
    assert styles(text_with(*(head.upper() for head in HEADS), size=8.5, bold=True)) == 1


def levels(*heads: tuple[str, float, str]) -> list[int]:
    """The levels of bold headings, given with their size and look, each above two paragraphs."""
    lines: list[Line] = []
    for number, (head, size, look) in enumerate(heads):
        y = 60 + 70.0 * number
        lines += [line(head, y, size, look=look, bold=True), line(TEXT, y + 16), line(TEXT, y + 38)]
    made = assembled([Page(1, 520, 900, lines=tuple(lines))], Facts(1))
    return [each.level for each in headings(outline(Document(Metadata(), tuple(made.blocks), "en")))]


def test_sections_without_numbers_around_numbered_ones_in_one_type_are_on_their_level():
    names = ("Abstract", "1 Rivers", "2 Ships", "3 Tolls", "Thanks", "Sources", "Notes")
    assert levels(*((name, 12, BLACK) for name in names)) == [2] * 7


def test_two_types_of_one_size_are_two_levels():
    slanted, upright = (14, "Serif-Oblique 000000"), (14, BLACK)
    heads = [("Rivers", *slanted), ("Upper", *upright), ("Lower", *upright), ("Roads", *slanted), ("Old", *upright)]
    assert levels(*heads) == [2, 3, 3, 2, 3]


def test_a_heading_above_a_bold_label_in_its_type_is_kept_and_the_label_is_none():
    lines: list[Line] = []
    for number, names in enumerate((("Water", "High water"), ("Cold", "Ice"), ("Wind", "Storm"))):
        y = 60 + 120 * number
        lines += [line(names[0], y, 14, bold=True), line(TEXT, y + 20)]
        lines += [line(names[1], y + 50, bold=True), line("What to do:", y + 70, bold=True), line(TEXT, y + 86)]
    assert found(lines) == ["Water", "High water", "Cold", "Ice", "Wind", "Storm"]
