"""Roman numerals that count headings are read as numbers; a single one may be a letter."""

import pytest

from chaptercast.document.model import Heading, Inlines, Paragraph, Span, plain
from chaptercast.document.outline.numerals import with_readings

P = Paragraph((Span("The keeper walked along the wall."),))


def read(*titles: str | Inlines, level: int = 2) -> list[str]:
    """Titles as they are read, each of a heading before a paragraph."""
    inlines = [(Span(title),) if isinstance(title, str) else title for title in titles]
    blocks = with_readings([block for title in inlines for block in (Heading(title, level), P)])
    headings = [block for block in blocks if isinstance(block, Heading)]
    assert [plain(heading.inlines) for heading in headings] == [plain(title) for title in inlines]
    return ["".join(span.reading or span.text for span in heading.inlines) for heading in headings]


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (["I", "II", "III", "IV", "V"], ["1", "2", "3", "4", "5"]),
        (["I. The Quay", "II. The Pier"], ["1. The Quay", "2. The Pier"]),
        (["I The Quay", "II The Pier"], ["1 The Quay", "2 The Pier"]),
        (["i", "ii"], ["1", "2"]),
        (["IX — The Mole", "X — The Net"], ["9 — The Mole", "10 — The Net"]),
        (["Preface", "I", "Interlude", "II"], ["Preface", "1", "Interlude", "2"]),
        (["XXXIX", "XL", "XLI"], ["39", "40", "41"]),
        (["I", "II", "I", "II"], ["1", "2", "1", "2"]),
        (["CHAPTER I", "CHAPTER II. The Pier"], ["CHAPTER 1", "CHAPTER 2. The Pier"]),
        (["PART I", "CHAPTER I", "CHAPTER II", "PART II"], ["PART 1", "CHAPTER 1", "CHAPTER 2", "PART 2"]),
    ],
)
def test_numerals_of_a_series(titles: list[str], said: list[str]) -> None:
    assert read(*titles) == said


@pytest.mark.parametrize(
    "titles",
    [
        ["I"],
        ["V", "The pier"],
        ["I met a gull", "I saw a hull"],
        ["C", "D"],
        ["Mix", "MIX"],
        ["IIII", "IIIII"],
        ["VI", "IV"],
        ["Louis XIV", "Louis XV"],
        ["CHAPTER I", "PART II"],
    ],
)
def test_what_stands_in_no_series_stays(titles: list[str]) -> None:
    assert read(*titles) == titles


def test_marks_of_the_numeral_stay_and_a_numeral_over_two_spans_is_left() -> None:
    assert read((Span("I", strong=True), Span(" The Quay")), (Span("II", strong=True), Span(" The Pier"))) == [
        "1 The Quay",
        "2 The Pier",
    ]
    assert read((Span("I"), Span("I", strong=True)), "III") == ["II", "3"]


def test_headings_of_different_levels_are_no_series() -> None:
    blocks = with_readings([Heading((Span("I"),), 2), P, Heading((Span("II"),), 3), P])
    assert not any(span.reading for block in blocks for span in block.inlines)  # type: ignore[union-attr]
