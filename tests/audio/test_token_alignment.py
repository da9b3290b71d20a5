"""Spoken words found again in what is written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.audio.token_alignment import written_spans


def words(spoken: str) -> list[tuple[int, int]]:
    """As engines tell them: by white space, ideographs one by one."""
    return [match.span() for match in re.finditer(r"[\u4e00-\u9fff]|[^\s\u4e00-\u9fff。，；]+", spoken)]


@pytest.mark.parametrize(
    ("written", "spoken", "shown"),
    [
        ("One two, three.", "One two, three.", ["One", "two,", "three."]),
        ("One\n two", "One two", ["One", "two"]),
        ("在 2021 年开馆。", "在二零二一年开馆。", ["在", "2021", None, None, None, "年", "开", "馆"]),
        ("It cost 5.50 in May.", "It cost five pounds fifty in May.",
         ["It", "cost", "5.50", None, None, "in", "May"]),
        ("A GIF file", "A jif file", ["A", "GIF", "file"]),
        ("Before 7 and after 19 it rang", "Before seven and after nineteen it rang",
         ["Before", "7", "and", "after", "19", "it", "rang"]),
        ("“Well,” she said", "Well, she said", ["Well", "she", "said"]),
        ("a [1] b", "a b", ["a", "b"]),
        ("b", "Item one: b", [None, None, "b"]),
        ("→", "arrow", [None]),
        ("Straße", "STRASSE", ["Straße"]),
        ("Tower; 31; 101", "Name: Tower; m: thirty-one; ft: one hundred and one",
         [None, "Tower;", "31", None, "101", None, None, None, None]),
        ("塔；31；101", "塔；三十一；一百零一", ["塔", "31", None, None, "101", None, None, None]),
    ],
)  # fmt: skip
def test_what_is_shown_for_each_word(written: str, spoken: str, shown: list[str | None]) -> None:
    spans = list(written_spans(written, spoken, words(spoken)))
    assert [span and written[slice(*span)] for span in spans] == shown


TEXT = st.text(st.sampled_from("aAbß 1２年二零。,.;；'’-\n\u0301\u200bİ𠀀"), max_size=60)


@given(TEXT, TEXT, st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=20))
def test_spans_are_within_the_text_in_order_and_apart(written: str, spoken: str, told: list[tuple[int, int]]) -> None:
    spans = list(written_spans(written, spoken, told))
    assert len(spans) == len(told)
    done = 0
    for span in spans:
        if span:
            assert done <= span[0] < span[1] <= len(written)
            done = span[1]


def test_a_long_sentence_of_the_same_word_takes_no_time() -> None:
    spoken = "la " * 2000
    written = "la " * 1000 + "1 " + "la " * 999
    assert sum(span is not None for span in written_spans(written, spoken, words(spoken))) >= 1999
