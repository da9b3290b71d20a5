"""Files with a structure: its order and its roles count, where it knows the page."""

from tests.document.formats.pdf.making import Sheet, Tag, pdf

from chaptercast.document.block_text import texts
from chaptercast.document.model import Document, Figure, Heading, ListBlock, Paragraph, Reason, Table, plain
from chaptercast.document.read import read_bytes


def read(sheet: Sheet, *kids: Tag) -> Document:
    return read_bytes(pdf([sheet], tree=Tag("Document", *kids)), name="x.pdf")


def test_the_order_of_the_structure_is_that_of_reading():
    sheet = Sheet()
    second = sheet.text(40, 100, "This is said in the second place.", tag="P")
    first = sheet.text(40, 300, "This is said in the first place.", tag="P")
    document = read(sheet, Tag("P", first), Tag("P", second))
    assert list(texts(document.blocks)) == ["This is said in the first place.", "This is said in the second place."]


def test_headings_lists_and_tables_are_what_the_structure_says():
    sheet = Sheet()
    title = sheet.text(40, 60, "Of salt", tag="H1")
    labels = [sheet.text(40, 100 + 20 * n, f"{n + 1}.", tag="Lbl") for n in range(2)]
    bodies = [sheet.text(60, 100 + 20 * n, text, tag="LBody") for n, text in enumerate(("Weigh it", "Boil it"))]
    cells = [
        sheet.text(40 + 90 * (n % 2), 200 + 20 * (n // 2), text, tag="TD")
        for n, text in enumerate(("Sea", "Salt", "Red", "41"))
    ]
    items = [Tag("LI", Tag("Lbl", label), Tag("LBody", body)) for label, body in zip(labels, bodies, strict=True)]
    head = Tag("TR", *(Tag("TH", cell) for cell in cells[:2]))
    row = Tag("TR", *(Tag("TD", cell) for cell in cells[2:]))
    document = read(sheet, Tag("H1", title), Tag("L", *items), Tag("Table", head, row))
    heading, numbered, table = document.blocks
    assert isinstance(heading, Heading)
    assert heading.level == 1
    assert isinstance(numbered, ListBlock)
    assert numbered.ordered
    assert list(texts([numbered])) == ["Weigh it", "Boil it"]
    assert isinstance(table, Table)
    assert [[plain(cell.inlines) for cell in cells] for cells in table.rows] == [["Sea", "Salt"], ["Red", "41"]]
    assert [cell.header for cell in table.rows[0]] == [True, True]


def test_the_text_for_an_image_is_read_and_the_words_in_it_are_named():
    sheet = Sheet()
    said = sheet.text(40, 100, "Here is a chart of the tides in this town, by month.", tag="P")
    inner = sheet.text(40, 200, "12 ft", tag="Figure")
    document = read(sheet, Tag("P", said), Tag("Figure", inner, more="/Alt(The tide is highest in May.)"))
    figure = document.blocks[1]
    assert isinstance(figure, Figure)
    assert figure.alt == "The tide is highest in May."
    assert [o.text for o in document.left_out if o.reason is Reason.FIGURES] == ["12 ft"]


def test_what_the_file_calls_no_part_of_the_text_is_left_out():
    sheet = Sheet()
    said = sheet.text(40, 100, "Only this is a part of the text.", tag="P")
    sheet.text(40, 30, "Harbour News", tag="Artifact")
    document = read(sheet, Tag("P", said))
    assert list(texts(document.blocks)) == ["Only this is a part of the text."]
    assert [o.text for o in document.left_out if o.reason is Reason.PAGE] == ["Harbour News"]


def test_what_the_structure_does_not_know_is_placed_by_where_it_stands():
    sheet = Sheet()
    long = "This is the text of the page, which the structure knows from its first word to its last one."
    first = sheet.text(40, 100, long, 8, tag="P")
    sheet.text(40, 150, "Me not.", 8)
    last = sheet.text(40, 200, long.replace("This", "And this"), 8, tag="P")
    document = read(sheet, Tag("P", first), Tag("P", last))
    assert list(texts(document.blocks))[1] == "Me not."


def test_a_structure_that_knows_half_of_a_page_is_not_gone_by():
    sheet = Sheet()
    known = sheet.text(40, 200, "The structure knows this.", tag="P")
    sheet.text(40, 100, "The structure knows nothing of this.")
    document = read(sheet, Tag("P", known))
    assert list(texts(document.blocks)) == ["The structure knows nothing of this.", "The structure knows this."]
    assert all(isinstance(block, Paragraph) for block in document.blocks)
