"""Side notes, and paragraphs that go on past them, from a few lines."""

from chaptercast.document.formats.pdf.blocks import Block, blocks_of
from chaptercast.document.formats.pdf.page import Line, Run
from chaptercast.document.formats.pdf.paragraph_joining import joined
from chaptercast.document.formats.pdf.side_notes import with_feet_last, with_side_notes

FULL = "a line of the text that is as wide as its column, and on and on"


def line(text: str, x: float, y: float, size: float = 10, column: int = 0, *, bold: bool = False) -> Line:
    return Line((Run(text, bold),), x, x + 0.5 * size * len(text), y, size, x, x + 325, column)


def paragraph(*texts: str, y: float, column: int = 1) -> list[Line]:
    return [line(text, 200, y + 12 * number, column=column) for number, text in enumerate(texts)]


def said(blocks: list[Block]) -> list[str]:
    return [block.text.partition(" ")[0] for block in blocks]


def page_with_notes() -> list[Block]:
    notes = [
        line("glia", 40, 112, 8, bold=True),
        line("cells that feed", 40, 121, 7.5),
        line("synapse", 40, 190, 8, bold=True),
        line("gap between cells", 40, 199, 7.5),
    ]
    text = [*paragraph(f"One {FULL}", f"{FULL}.", y=100), *paragraph(f"Two {FULL}", FULL, f"{FULL}.", y=176)]
    return blocks_of([*notes, *text], 1)


def test_side_notes_come_after_the_paragraph_that_they_stand_beside():
    assert said(with_side_notes(page_with_notes(), 10)) == ["One", "glia", "cells", "Two", "synapse", "gap"]


def test_columns_of_one_size_are_no_side_notes():
    lines = [*(line(FULL, 40, 100 + 12 * n) for n in range(4)), *paragraph(FULL, FULL, FULL, FULL, y=100)]
    blocks = blocks_of(lines, 1)
    assert with_side_notes(blocks, 10) == blocks


def test_the_terms_of_side_notes_are_not_one_paragraph():
    blocks = joined(with_side_notes(page_with_notes(), 10), 10)
    assert said(blocks) == ["One", "glia", "cells", "Two", "synapse", "gap"]


def test_a_paragraph_goes_on_behind_the_side_notes_of_the_next_page():
    first = blocks_of(paragraph(f"One {FULL}", f"{FULL} and", y=100), 1)
    note = blocks_of([line("glia", 40, 100, 8, bold=True)], 2)
    second = blocks_of(paragraph(f"then {FULL}.", y=100), 2)
    (whole, after) = joined([*first, *note, *second], 10)
    assert whole.text == f"One {FULL} {FULL} and then {FULL}."
    assert after.text == "glia"


def test_a_title_in_large_type_may_have_two_sentences():
    lines = [line("This is the sea.", 40, 100, 16, bold=True), line("What will you do?", 40, 119, 16, bold=True)]
    body = [line(FULL, 40, 140 + 12 * n) for n in range(4)]
    assert blocks_of([*lines, *body], 1)[0].text == "This is the sea. What will you do?"


def test_questions_in_the_texts_own_size_are_not_one_title():
    lines = [line("Is it the sea?", 40, 100, bold=True), line("Is it the wind?", 40, 112, bold=True)]
    body = [line(FULL, 40, 140 + 12 * n) for n in range(4)]
    assert said(blocks_of([*lines, *body], 1)) == ["Is", "Is", "a"]


def test_small_print_at_the_foot_of_a_column_comes_after_the_text_of_the_next():
    lines = [line(f"One {FULL}", 40, 300), line(FULL, 40, 312), line("Permission to copy", 40, 500, 7)]
    beside = [line("Two words that are long enough.", 400, 300, column=1)]
    blocks = with_feet_last(blocks_of([*lines, *beside], 1), 10, 600)
    assert said(blocks) == ["One", "Two", "Permission"]


def items(*texts: str, left: float = 40) -> list[str]:
    lines = [line(text, left, 100 + 12 * number) for number, text in enumerate(texts)]
    return [block.text for block in blocks_of([*lines, line(FULL, 20, 300)], 1)][:-1]


def test_the_next_number_opens_an_item_though_the_one_before_has_no_end_mark():
    assert items("1. salt from the sea", "2. bread from the mill", "3. oil") == [
        "1. salt from the sea",
        "2. bread from the mill",
        "3. oil",
    ]


def test_a_number_in_a_sentence_opens_none():
    texts = ("1. salt of the year 1900 and of", "1905. And bread", "2. oil")
    assert items(*texts) == [" ".join(texts[:2]), "2. oil"]


def test_items_may_have_hyphens():
    assert items("- salt from the sea", "- bread") == ["- salt from the sea", "- bread"]


def with_cells(y: float, *cells: tuple[float, str]) -> Line:
    parts = tuple((x, x + 5 * len(text), text) for x, text in cells)
    text = " ".join(text for _, text in cells)
    return Line((Run(text),), cells[0][0], parts[-1][1], y, 10, 40, 400, cells=parts)


def test_a_wide_gap_after_the_name_of_a_paragraph_makes_no_row_of_cells():
    named = with_cells(100, (40, "Challenges"), (110, "to construct a road that goes on along the sea and"))
    lines = [named, line("then to the harbour where the road ends at last, and", 40, 112), line("is lost.", 40, 124)]
    assert len(blocks_of(lines, 1)) == 1


def test_rows_with_a_cell_at_the_same_place_stay_rows():
    rows = [with_cells(100 + 12 * n, (40, name), (200, "so many")) for n, name in enumerate(("Ann", "Bea", "Cleo"))]
    assert [len(block.lines[0].cells) for block in blocks_of(rows, 1)] == [2, 2, 2]


def test_half_a_word_goes_on_in_the_other_half_and_not_in_a_sentence_between():
    first = blocks_of(paragraph(f"One {FULL}", f"{FULL} ken-", y=100), 1)
    between = blocks_of([line("Dabei is a short one.", 200, 100, column=0)], 2)
    second = blocks_of(paragraph(f"ne {FULL}.", y=300), 2)
    assert said(joined([*first, *second, *between], 10)) == ["One", "Dabei"]
    assert said(joined([*first, *between], 10)) == ["One", "Dabei"]
