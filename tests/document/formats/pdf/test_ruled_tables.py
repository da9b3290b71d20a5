"""Ruled tables and line numbers, from a few numbers and from whole files."""

from tests.document.formats.pdf.making import Sheet, pdf
from tests.document.formats.pdf.test_geometry import page, written

from chaptercast.document.block_text import texts
from chaptercast.document.formats.pdf.fragments import fragments_of
from chaptercast.document.formats.pdf.line_numbers import without_line_numbers
from chaptercast.document.formats.pdf.page import Box, Glyph
from chaptercast.document.formats.pdf.ruled_tables import ruled_tables
from chaptercast.document.model import Document, Reason, Table, plain
from chaptercast.document.read import read_bytes

XS, YS = (40, 140, 260, 340), (100, 130, 160, 190)


def rules(xs: tuple[int, ...] = XS, ys: tuple[int, ...] = YS) -> list[Box]:
    across = [Box(xs[0], y, xs[-1], y + 0.5) for y in ys]
    return [*across, *(Box(x, ys[0], x + 0.5, ys[-1]) for x in xs)]


def held(found: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in found)


def in_cells(*names: str) -> list[list[Glyph]]:
    """One word in each cell, row by row; none for an empty name."""
    places = [(x + 5, y + 18) for y in YS[:-1] for x in XS[:-1]]
    return [written(name, *place) for name, place in zip(names, places, strict=False) if name]


NAMES = ("Name", "Role", "Since", "Ann", "cook", "1904", "Bea", "cooper", "1905")


def test_cells_are_known_by_the_rules_between_them():
    rest, (table,) = ruled_tables(page(*in_cells(*NAMES), written("before", 40, 80)), rules())
    assert held(rest) == "before"
    assert {place: held(found) for place, found in table.cells.items()} == {
        (row, column): NAMES[3 * row + column] for row in range(3) for column in range(3)
    }


def test_a_cell_without_a_rule_above_or_before_goes_on():
    across = [Box(40, y, 340, y + 0.5) for y in (100, 130, 190)]
    low = Box(140, 160, 340, 160.5)
    down = [Box(x, 100, x + 0.5, 190) for x in (40, 140, 340)]
    shorter = Box(260, 130, 260.5, 190)
    _, (table,) = ruled_tables(page(*in_cells(*NAMES)), [*across, low, *down, shorter])
    assert held(table.cells[0, 1]) == "RoleSince"
    assert held(table.cells[1, 0]) == "AnnBea"
    assert (2, 0) not in table.cells


def test_a_frame_a_chart_and_a_layout_are_no_tables():
    glyphs = page(*in_cells(*NAMES))
    assert ruled_tables(glyphs, rules((40, 340), (100, 190)))[1] == []
    assert ruled_tables(page(*in_cells("5", "", "", "10")), rules())[1] == []
    long = [written("words " * 6, 45, 103 + 1.5 * n, 1.2) for n in range(17)]
    assert ruled_tables(page(*long, *in_cells(*NAMES)[1:]), rules())[1] == []


def test_several_rows_between_two_rules_are_left_to_their_places():
    rows = [written(f"{n} {n} {n}", x + 5, 110 + 12 * n, 8) for n in range(4) for x in XS[:-1]]
    assert ruled_tables(page(*in_cells("a", "b", "c"), *rows), rules(ys=(100, 106, 190)))[1] == []


def read(sheet: Sheet) -> Document:
    return read_bytes(pdf([sheet]), name="x.pdf")


def ruled_sheet() -> Sheet:
    sheet = Sheet()
    sheet.lines(40, 60, ["The people of the kitchen were these, as far as is known."])
    rows = [["Name", "Place"], ["Ann", "the har-", "bour house"], ["Bea", "the mill"]]
    for number, row in enumerate(rows):
        sheet.text(45, 118 + 40 * number, row[0])
        sheet.lines(145, 118 + 40 * number, row[1:])
    for y in (100, 140, 180, 220):
        sheet.rule(40, y, 300)
    for x in (40, 140, 300):
        sheet.operators.append(f"{x} {sheet.height - 100} m {x} {sheet.height - 220} l S")
    sheet.lines(40, 250, ["More is not known, and nobody has asked."])
    return sheet


def test_a_ruled_table_is_one_in_its_place_and_its_cells_may_have_several_lines():
    document = read(ruled_sheet())
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [[plain(cell.inlines) for cell in row] for row in table.rows] == [
        ["Name", "Place"],
        ["Ann", "the harbour house"],
        ["Bea", "the mill"],
    ]
    said = list(texts(document.blocks))
    assert said[0].startswith("The people")
    assert said[-1].startswith("More")


def test_a_path_of_several_lines_is_ruled_too():
    sheet = ruled_sheet()
    lines = [each.removesuffix(" S") for each in sheet.operators if each.endswith(" l S")]
    sheet.operators = [each for each in sheet.operators if not each.endswith(" l S")] + [" ".join(lines) + " S"]
    assert any(isinstance(block, Table) for block in read(sheet).blocks)


def test_line_numbers_are_named_and_not_spoken():
    sheet = Sheet()
    sentence = [
        "the",
        "above",
        "matter",
        "came",
        "on",
        "for",
        "argument",
        "and",
        "was",
        "heard",
        "before",
        "the",
        "court",
        "of",
        "the",
    ]
    for number, word in enumerate(sentence, 1):
        sheet.text(60 if number < 10 else 54.5, 60 + 20 * number, str(number))
        sheet.text(100, 60 + 20 * number, f"{word} words that go on from line to line")
    document = read(sheet)
    assert list(texts(document.blocks)) == [" ".join(f"{word} words that go on from line to line" for word in sentence)]
    assert [left.text for left in document.left_out if left.reason is Reason.PAGE] == [
        " ".join(str(n) for n in range(1, len(sentence) + 1))
    ]


def test_the_numbers_of_a_list_stay():
    lines = [(written(str(n), 40, 100 + 12 * n), written(f"Name{n} Place", 80, 100 + 12 * n)) for n in range(1, 10)]
    fragments = fragments_of(page(*(part for line in lines for part in line)))
    assert without_line_numbers(fragments) == (fragments, [])
