"""What was heard beside what should be: where they differ, and what is the same though it is spelled otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.common.units import LanguageTag
from chaptercast.listening.word_alignment import blocks, difference, errors, steps
from chaptercast.listening.words import numbers, spoken, tokens

EN, ZH, FR, JA = map(LanguageTag, ("en-GB", "zh-CN", "fr", "ja"))


def found(expected: str, heard: str, language: LanguageTag = EN) -> list[tuple[str, str]]:
    """The places that are not merely spelled otherwise."""
    wanted, got = tokens(spoken(expected, language), language), tokens(spoken(heard, language), language)
    return [
        (" ".join(t.shown for t in wanted[slice(*block.expected)]), " ".join(t.shown for t in got[slice(*block.heard)]))
        for block in blocks(wanted, got)
        if not block.is_spelling
    ]


@pytest.mark.parametrize(
    ("expected", "heard", "language"),
    [
        ("The harbour, since 1987.", "the harbor since nineteen eighty-seven", EN),
        ("Dr. Smith paid £4,250.", "doctor smith paid 4250 pounds", EN),
        ("a pinewood floor", "A pine wood floor", EN),
        ("Où est l'été ?", "ou est lete", FR),
        ("她的铺子只有十八平方米。", "他的鋪子只有18平方米", ZH),
        ("着急", "著急", ZH),
    ],
)
def test_what_sounds_the_same_is_the_same(expected: str, heard: str, language: LanguageTag) -> None:
    assert not found(expected, heard, language)


@pytest.mark.parametrize(
    ("expected", "heard", "places"),
    [
        ("one two three four five", "one two five", [("three four", "")]),
        ("we sit here and wait", "we sit we sit here and wait", [("", "we sit")]),
        ("the boat leaves at noon", "the train leaves at noon", [("boat", "train")]),
        ("", "you", [("", "you")]),
    ],
)
def test_what_does_not_is_found_in_its_place(expected: str, heard: str, places: list[tuple[str, str]]) -> None:
    assert found(expected, heard) == places


def test_japanese_is_compared_by_its_readings() -> None:
    pytest.importorskip("pyopenjtalk")
    assert not found("東京の夜", "とうきょうのよる", JA)


def test_digits_are_found_however_they_are_parted() -> None:
    assert numbers("At 10:30, １２ of them") == ["10", "30", "12"]


_WORDS = st.lists(st.sampled_from(("a", "bee", "sea", "deed", "e")), max_size=12)


@given(_WORDS, _WORDS)
def test_all_words_of_both_are_in_the_steps_in_order(expected: list[str], heard: list[str]) -> None:
    way = steps(expected, heard)
    assert [step.expected for step in way if step.expected is not None] == list(range(len(expected)))
    assert [step.heard for step in way if step.heard is not None] == list(range(len(heard)))


@given(_WORDS, _WORDS)
def test_errors_are_none_only_where_both_are_the_same(expected: list[str], heard: list[str]) -> None:
    count = errors(tokens(" ".join(expected), EN), tokens(" ".join(heard), EN))
    assert (count == 0) == (expected == heard)
    assert count <= max(len(expected), len(heard))
    assert difference("".join(expected), "".join(expected)) == 0.0


def test_words_that_are_cut_otherwise_are_one_place() -> None:
    wanted, got = (
        tokens(text, LanguageTag("it")) for text in ("è Nando Cevasco, viticoltore", "Enando c, e Vasco, viticoltore")
    )
    (place,) = blocks(wanted, got)
    assert place.is_spelling
    (lost, added) = blocks(*(tokens(text, LanguageTag("en")) for text in ("an old dog is here", "an dog is not here")))
    assert (lost.lost, added.added) == (1, 1)
