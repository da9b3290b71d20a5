"""Entries of an index, from their lines."""

from chaptercast.document.formats.pdf.blocks import blocks_of
from chaptercast.document.formats.pdf.index_entries import entry_starts
from chaptercast.document.formats.pdf.page import Line, Run


def lines(*texts: str) -> list[Line]:
    return [Line((Run(text),), 40, 40 + 5 * len(text), 100 + 12 * n, 10, 40, 200) for n, text in enumerate(texts)]


def test_each_entry_is_a_block_of_its_own_though_it_has_two_lines():
    index = lines("bread 12, 40–44", "oil 9", "salt, from the sea and", "from mines 7", "wine 120")
    assert [block.text for block in blocks_of(index, 1)] == [
        "bread 12, 40–44",
        "oil 9",
        "salt, from the sea and from mines 7",
        "wine 120",
    ]


def test_lines_that_end_with_numbers_in_no_order_are_text():
    assert (
        entry_starts(
            lines("wine was sold in 1920", "and oil in the year 1921", "until bread of 1922", "all came in 1923")
        )
        == set()
    )
