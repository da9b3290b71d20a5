"""Headings that stand in the first line of their text."""

from chaptercast.document.formats.pdf.blocks import Block
from chaptercast.document.formats.pdf.page import Line, Run
from chaptercast.document.formats.pdf.run_in_heads import with_run_in_heads

REST = "of the harbour and its people, and of all who came to it by sea in those long years, in winter and in spring"


def paragraph(head: str, *, rest: str = REST, bold: bool = True) -> Block:
    runs = (Run(head, bold=bold), Run(f" Much is known {rest}."))
    return Block([Line(runs, 40, 340, 100, 10), Line((Run("The keeper wrote it down."),), 40, 200, 112, 10)], 1, 0)


def read(*blocks: Block) -> list[str]:
    return [block.text for block in with_run_in_heads(blocks, 10)]


def test_bold_beginnings_in_a_series_are_headings():
    found = read(paragraph("Keepers of the light."), paragraph("Letters."))
    assert [found[0], found[2]] == ["Keepers of the light", "Letters"]
    assert found[1] == found[3] == f"Much is known {REST}. The keeper wrote it down."


def test_one_alone_is_an_emphasis():
    assert len(read(paragraph("Keepers of the light."), paragraph("Letters.", bold=False))) == 2


def test_labels_and_a_glossary_are_none():
    assert len(read(paragraph("Theorem 1."), paragraph("Theorem 2."))) == 2
    assert len(read(*(paragraph(f"{word}.", rest="of it") for word in ("Salt", "Bread", "Oil")))) == 3


def test_a_hundred_thousand_bold_letters_take_no_time():
    assert len(read(paragraph("A" * 100_000), paragraph("B" * 100_000))) == 2
