"""Lines that go on with a sentence, definitions in the margin, and the words of a figure: from a few lines."""

from chaptercast.document.formats.pdf.blocks import Block, blocks_of
from chaptercast.document.formats.pdf.captions import mark_captions
from chaptercast.document.formats.pdf.definitions import mark_definitions
from chaptercast.document.formats.pdf.headings import mark_title
from chaptercast.document.formats.pdf.page import Line, Run


def line(text: str, y: float, x0: float = 50, x1: float = 350, size: float = 10, *, bold: bool = False) -> Line:
    """A line in a column from 50 to 350."""
    return Line((Run(text, bold=bold),), x0, x1, y, size, 50, 350)


def texts(*lines: Line) -> list[str]:
    return [block.text for block in blocks_of(lines, 1)]


def test_a_sentence_goes_on_in_smaller_type():
    first = line("The harbour was built by the company (see", 100)
    assert len(texts(first, line("harbours.example, and the letters there) in a year.", 112, size=8))) == 1
    assert len(texts(first, line("Harbours of the north. All of them were small ones.", 112, size=8))) == 2


def test_a_sentence_goes_on_beside_a_picture():
    lines = [line("Ships came in the spring, and the people waited for", 100 + 12 * at) for at in range(3)]
    assert len(texts(*lines, *(line("the letters that they brought", 136 + 12 * at, x0=120) for at in range(3)))) == 1


def test_an_item_goes_on_below_its_bold_beginning():
    lines = line("• Keepers and captains,", 100, x1=160, bold=True), line("who read all letters.", 112, x0=60, x1=170)
    assert texts(*lines) == ["• Keepers and captains, who read all letters."]


def test_a_paragraph_of_one_full_line_ends_before_the_next():
    lines = [
        line("A paragraph that is as long as its only line is.", 100, x0=62),
        line("The next one begins with the same indent, and it goes on", 112, x0=62),
        line("in the line below, which has none.", 124, x1=200),
    ]
    assert texts(*lines) == [lines[0].text, f"{lines[1].text} {lines[2].text}"]


def margin() -> list[Block]:
    return blocks_of(
        [
            line("tidal range", 100, x1=110, size=9, bold=True),
            line("the distance between high and", 110, x1=160, size=8),
            line("low water.", 120, x1=100, size=8),
            line("Harbours of the north", 150, x1=160, size=9, bold=True),
            line("They are small, and closed in winter.", 160, x1=180, size=8),
        ],
        1,
    )


def test_a_bold_term_above_a_sentence_without_a_capital_is_a_definition():
    blocks = margin()
    mark_definitions(blocks, 11)
    assert [block.role for block in blocks] == ["term", "definition", "", ""]


def test_terms_beside_a_figure_are_not_words_of_it():
    blocks = [*margin()[:2], *blocks_of([line("Figure 3. Tides of a year", 140, size=9)], 1)]
    mark_definitions(blocks, 11)
    mark_captions(blocks, 11)
    assert [block.role for block in blocks] == ["term", "definition", "caption"]


def test_numbers_of_an_axis_are_part_of_the_figure():
    axis = line("0 2 4 6 8 10 12 14 16", 100, size=7)
    blocks = blocks_of([axis, line("Figure 3. Tides of a year", 140, size=9)], 1)
    mark_captions(blocks, 11)
    assert [block.role for block in blocks] == ["figure", "caption"]


def test_small_cells_below_the_caption_of_a_table_are_not_words_of_a_figure():
    blocks = blocks_of([line("Table 3. Tides of a year", 100, size=9), line("spring 4 m", 120, x1=100, size=7)], 1)
    mark_captions(blocks, 11)
    assert [block.role for block in blocks] == ["caption", ""]


def test_a_title_in_two_styles_is_one():
    lines = [line("How ships were built", 100, size=26, bold=True), line("Chapter 3, online", 130, size=26)]
    blocks = blocks_of([*lines, line("The first ship was small.", 200)], 1)
    mark_title(blocks, 10, 700)
    assert [(block.text, block.role) for block in blocks] == [
        ("How ships were built Chapter 3, online", "marked"),
        ("The first ship was small.", ""),
    ]
