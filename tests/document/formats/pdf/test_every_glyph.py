"""Every letter and digit that PDFium finds in a file is said or named."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pypdfium2
import pytest
from tests.document.formats.pdf.making import Sheet, Tag, pdf

from chaptercast.document.block_text import texts
from chaptercast.document.model import Block, ListBlock, Note
from chaptercast.document.read import read_bytes


def columns() -> bytes:
    sheets = []
    for number in range(4):
        sheet = Sheet()
        sheet.text(40, 40, "The Harbour Report", 9, "TimesI")
        sheet.text(190, 540, str(12 + number), 9)
        sheet.text(40, 80, f"{number + 1} Of boats", 16, "TimesB")
        sheet.lines(40, 110, [f"left line {line} of page {number}," for line in range(20)])
        sheet.lines(220, 110, [f"right line {line} of page {number}." for line in range(20)])
        sheet.text(40, 440, "a raised")
        sheet.text(80, 436, "1", 6)
        sheet.text(84, 440, " mark in a sentence of its own.")
        sheet.text(40, 500, "1", 6)
        sheet.text(46, 503, f"The note of page {number}.", 8)
        sheets.append(sheet)
    return pdf(sheets, outline=[("1 Of boats", 0)])


def lists_and_tables() -> bytes:
    sheet = Sheet()
    sheet.lines(40, 60, ["1. the first of all", "2. the second", "3. the third"])
    sheet.lines(40, 120, ["a) with a letter", "b) with another"])
    for row, cells in enumerate((("Boat", "Crew", "Days"), ("Gull", "12", "3"), ("Tern", "7", "11"))):
        for column, cell in enumerate(cells):
            sheet.text(40 + 90 * column, 180 + 18 * row, cell, font="TimesB" if row == 0 else "Times")
        sheet.rule(36, 186 + 18 * row, 300)
    sheet.lines(
        40, 300, ["Contents", "Boats . . . . . . . . . 3", "Nets . . . . . . . . . . 7", "Tides . . . . . . . . . 9"]
    )
    return pdf([sheet])


def unseen_and_odd() -> bytes:
    sheet, turned = Sheet(), Sheet()
    sheet.lines(40, 60, ["The tide was out when the", "ferry came, and nobody", "minded it at all that day."])
    sheet.text(40, 120, "printed without ink", mode=3)
    sheet.text(-300, 120, "beside the page")
    sheet.text(40, 180, "O", 42)
    sheet.lines(74, 160, ["nce the gate was shut the", "yard fell silent, and only the"])
    sheet.text(40, 240, "Twice", font="TimesB")
    sheet.text(300, 300, "R E P O R T", 14)
    sheet.operators.append("BT /Times 12 Tf 0 1 -1 0 380 100 Tm (along the edge) Tj ET")
    turned.turned(["A page that lies on its side", "is read as it should be."])
    return pdf([sheet, turned])


def tagged() -> bytes:
    sheet = Sheet()
    head = sheet.text(40, 60, "Of tides", 18, tag="H1")
    text = sheet.text(40, 100, "They come and they go, and nobody has ever asked them why they do.", tag="P")
    sheet.text(40, 540, "Page 1 of 9", tag="Artifact")
    sheet.text(40, 130, "and")
    return pdf([sheet], tree=Tag("Document", Tag("H1", head), Tag("P", text)))


@pytest.mark.parametrize("made", [columns, lists_and_tables, unseen_and_odd, tagged])
def test_every_letter_and_digit_is_said_or_named(made: Callable[[], bytes]) -> None:
    data = made()
    document = read_bytes(data, name="x.pdf")
    told = [*texts(document.blocks), *numbers(document.blocks), *(omission.text for omission in document.left_out)]
    drawn = signs(glyphs(data))
    assert sum(drawn.values()) > 50
    assert drawn - signs("".join(told)) == Counter()


def signs(text: str) -> Counter[str]:
    """The letters and digits of a text."""
    return Counter(sign for sign in text if sign.isalnum())


def glyphs(data: bytes) -> str:
    """All that PDFium finds in a file, in any order."""
    with pypdfium2.PdfDocument(data) as file:
        return "".join(page.get_textpage().get_text_range() for page in file)


def numbers(blocks: Iterable[Block]) -> Iterator[str]:
    """The numbers of items, and the marks of notes at the notes themselves, which are no text."""
    for block in blocks:
        if isinstance(block, Note):
            yield block.label
            yield from numbers(block.blocks)
        elif isinstance(block, ListBlock):
            if block.ordered:
                yield from (str(block.start + index) for index in range(len(block.items)))
            for item in block.items:
                yield from numbers(item)
