"""How far what is heard is from what should be."""

import pytest
from tests.judges.listening import error_rate, syllables, words


@pytest.mark.parametrize(
    ("expected", "heard", "rate"),
    [
        ("one two three four", "one two three four", 0),
        ("one two three four", "one two four", 0.25),
        ("one two three four", "one two tree four", 0.25),
        ("one two three four", "one two three four five", 0.25),
        ("one two", "", 1),
        ("one", "four five six", 3),
        ("", "", 0),
    ],
)
def test_words_that_are_lost_wrong_or_added_are_errors(expected: str, heard: str, rate: float) -> None:
    assert error_rate(expected.split(), heard.split()) == rate


def test_words_are_small_and_without_punctuation() -> None:
    assert words("“Don’t,” she said—twice! In 1987.") == ["don't", "she", "said", "twice", "in", "1987"]


def test_characters_that_sound_the_same_are_the_same() -> None:
    assert syllables("他的书，书。") == syllables("它的輸書") == ["ta", "de", "shu", "shu"]
