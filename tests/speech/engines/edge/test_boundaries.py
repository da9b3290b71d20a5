"""What the service tells is found again in the text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.speech.engines.edge.boundaries import Boundary, located, told

RATE = 24_000


def places(text: str, *told: str) -> list[str]:
    found = located([Boundary(n * 1_000_000, 900_000, one) for n, one in enumerate(told)], text, RATE)
    return [text[f.timing.offset : f.timing.offset + f.timing.length] for f in found]


def test_words_are_found_in_order() -> None:
    assert places("the cat and the dog", "the", "cat", "the", "dog") == ["the", "cat", "the", "dog"]


def test_case_width_and_white_space_make_no_difference() -> None:
    assert places("Ｔhe\u00a0CAT  sat", "the", "cat sat") == ["Ｔhe", "CAT  sat"]


def test_signs_are_found_where_they_are_told_and_missed_where_not() -> None:
    assert places("“Stop!” he said, at 9:30.", "“Stop!”", "he", "said", "at", "930.") == [
        "“Stop!”",
        "he",
        "said",
        "at",
        "9:30.",
    ]
    assert places("“Stop!” he said.", "Stop", "he said.") == ["Stop", "he said."]
    assert places("R2-D2 & co.", "R2D2", "&", "co") == ["R2-D2", "co"]


def test_a_word_is_rather_found_whole_than_within_another() -> None:
    assert places("the cat and a dog", "the", "a", "dog") == ["the", "a", "dog"]
    assert places("the cat and dog", "the", "at") == ["the", "at"]


def test_a_message_may_hold_anything_that_is_a_list() -> None:
    body = {
        "Metadata": [
            {"Type": "SessionEnd", "Data": {"Offset": 1}},
            {"Type": "WordBoundary", "Data": {"Offset": 5, "Duration": 2, "text": {"Text": "&quot;A&amp;B&quot;"}}},
            {"Type": "Viseme"},
        ]
    }
    assert told(json.dumps(body).encode()) == (Boundary(5, 2, '"A&B"', "WordBoundary"),)
    assert told(b'{"Metadata": []}') == ()


def test_characters_outside_the_first_plane_count_as_one() -> None:
    assert places("𝒳 𠀀字 end", "𠀀", "字", "end") == ["𠀀", "字", "end"]


def test_what_is_not_there_is_left_out_and_what_is_far_is_not_there() -> None:
    assert places("one three", "one", "two", "three") == ["one", "three"]
    assert places("one " + "x " * 100 + "two", "one", "two") == ["one"]


def times(*ticks: float) -> list[int]:
    text = " ".join("a" * len(ticks))
    return [f.timing.start for f in located([Boundary(t, 0, "a") for t in ticks], text, RATE)]


def test_times_are_samples() -> None:
    assert times(0, 10_000_000, 25_000_000) == [0, 24_000, 60_000]


def test_a_clock_of_32_bits_goes_on_after_its_end() -> None:
    near_the_end = 2**31 - 5_000_000
    assert times(near_the_end, near_the_end + 10_000_000 - 2**32) == pytest.approx([5_141_960, 5_165_960], abs=2)


def test_small_steps_back_stand_still() -> None:
    assert times(10_000_000, 9_000_000, 11_000_000) == [24_000, 24_000, 26_400]


@pytest.mark.parametrize("ticks", [float("nan"), float("inf"), None, "soon"])
def test_times_that_are_none_are_an_error(ticks) -> None:
    with pytest.raises((ValueError, TypeError, OverflowError)):
        located([Boundary(ticks, 0, "a")], "a", RATE)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-(2**40), 2**40), st.text(max_size=9)), max_size=9))
def test_whatever_is_told_stays_within_the_text(text: str, told: list[tuple[int, str]]) -> None:
    found = located([Boundary(ticks, 0, one) for ticks, one in told], text, RATE)
    place = start = 0
    for one in found:
        assert place <= one.timing.offset <= one.timing.offset + one.timing.length <= len(text)
        assert one.timing.start >= start
        place, start = one.timing.offset + one.timing.length, one.timing.start
