"""Where pages begin, what they are called, and how each was read."""

from tests.document.formats.pdf.making import Sheet, Tag, pdf

from chaptercast.document.model import Document, Figure, Heading, ListBlock, Paragraph, ReadBy, Span, plain
from chaptercast.document.read import read_bytes
from chaptercast.document.reading_options import Ocr, PdfOptions, ReadingOptions

LABELS = "/PageLabels<</Nums[0<</S/r>>2<</S/D/St 7>>]>>"


def sheets() -> list[Sheet]:
    first, second, third = Sheet(), Sheet(), Sheet()
    first.lines(
        40, 60, ["The ferry leaves at noon and it takes the letters", "that were written for the people of the har-"]
    )
    second.lines(40, 60, ["bour, who wait for them on the long stone quay."])
    second.lines(40, 120, ["• Bread and salt.", "• Lamp oil."])
    third.lines(40, 60, ["In the evening the boat comes back without them."])
    return [first, second, Sheet(), third]


def begun(document: Document) -> list[tuple[int, str]]:
    """Each page that begins, with the text with which it does."""
    spans: list[Span] = []
    for block in document.blocks:
        inner = [b for item in block.items for b in item] if isinstance(block, ListBlock) else [block]
        spans += [span for each in inner if isinstance(each, Paragraph) for span in each.inlines]
    return [(span.page, span.text) for span in spans if span.page]


def test_a_page_begins_with_its_first_whole_word():
    document = read_bytes(pdf(sheets(), catalog=LABELS), name="x.pdf")
    assert begun(document) == [
        (1, "The ferry leaves at noon and it takes the letters that were written for the people of the harbour, "),
        (2, "who wait for them on the long stone quay."),
        (4, "In the evening the boat comes back without them."),
    ]


def test_pages_have_the_numbers_in_print_and_say_how_they_were_read():
    document = read_bytes(pdf(sheets(), catalog=LABELS), name="x.pdf")
    assert [page.label for page in document.pages] == ["i", "ii", "7", "8"]
    assert [page.read_by for page in document.pages] == [ReadBy.LAYOUT, ReadBy.LAYOUT, ReadBy.EMPTY, ReadBy.LAYOUT]
    assert [page.sure is not None for page in document.pages] == [True, True, False, True]


def test_of_some_pages_the_first_is_the_first_that_is_read():
    document = read_bytes(pdf(sheets()), name="x.pdf", options=ReadingOptions(pdf=PdfOptions(first=2, last=4)))
    assert [page.label for page in document.pages] == ["2", "3", "4"]
    assert [number for number, _ in begun(document)] == [1, 3]


def test_chapters_of_pages_that_are_not_read_are_left_out():
    whole = pdf(sheets(), outline=[("Letters", 0), ("Bread", 1), ("Evening", 3)])
    document = read_bytes(whole, name="x.pdf", options=ReadingOptions(pdf=PdfOptions(first=2, last=3)))
    assert [plain(block.inlines) for block in document.blocks if isinstance(block, Heading)] == ["Bread"]


def test_what_is_on_every_page_is_read_if_it_is_all_there_is():
    tickets = [Sheet() for _ in range(6)]
    for number, ticket in enumerate(tickets):
        ticket.text(40, 60, f"Admit one to the boat, seat {number}")
    assert len(read_bytes(pdf(tickets), name="x.pdf").blocks) == 6


def test_a_page_that_shows_a_small_picture_or_curves_only_is_named_as_a_picture():
    small, curves, frame = Sheet(), Sheet(), Sheet()
    small.picture()
    small.operators = ["q 120 0 0 100 50 300 cm /Im Do Q"]
    curves.operators = [f"{10 + n} 100 m {10 + n} 110 {14 + n} 110 {14 + n} 100 c f" for n in range(200)]
    frame.rule(20, 20, 380)
    document = read_bytes(
        pdf([*sheets(), small, curves, frame]), name="x.pdf", options=ReadingOptions(pdf=PdfOptions(ocr=Ocr.NEVER))
    )
    assert [page.read_by for page in document.pages[4:]] == [ReadBy.PICTURE, ReadBy.PICTURE, ReadBy.EMPTY]
    assert [each.text for each in document.left_out if "picture" in each.text] == [
        "page 5, a picture",
        "page 6, a picture",
    ]


def test_a_page_that_is_one_picture_is_spoken_by_the_words_that_its_structure_gives_for_it():
    sheet, other = Sheet(), Sheet()
    sheet.picture()
    sheet.operators = [f"/Figure <</MCID 0>> BDC {sheet.operators[-1]} EMC"]
    other.lines(40, 100, ["Some text of the second page."])
    tree = Tag("Document", Tag("Figure", 0, more="/Alt(A map of the harbour)"))
    options = ReadingOptions(pdf=PdfOptions(ocr=Ocr.NEVER))
    document = read_bytes(pdf([sheet, other], tree=tree), name="x.pdf", options=options)
    assert [block.alt for block in document.blocks if isinstance(block, Figure)] == ["A map of the harbour"]
    assert document.pages[0].read_by == ReadBy.STRUCTURE
    assert not document.left_out
    alone = read_bytes(pdf([sheet], tree=tree), name="x.pdf", options=options)
    assert [type(block) for block in alone.blocks] == [Figure]
