"""Times of words by ear: for engines that tell none."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.listening.pack import SAMPLE_RATE
from chaptercast.listening.word_times import LONGEST_S, word_times

EN, ZH = LanguageTag("en"), LanguageTag("zh-CN")


class Aligner:
    """Pieces begin a second after one another; what was asked for is kept."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def encoded(self, _samples: Any, *, whole: bool = False) -> "Aligner":  # noqa: ARG002
        return self

    def starts(self, pieces: Sequence[str], _language: LanguageTag) -> list[float]:
        self.pieces = list(pieces)
        return [float(number) for number in range(len(pieces))]


SOUND = np.zeros(SAMPLE_RATE, "<i2")


@pytest.mark.parametrize(
    ("text", "language", "words", "pieces"),
    [
        ("“We don't,” he said.", EN, ["We", "don't", "he", "said"], [" “We", " don't,”", " he", " said."]),
        ("她说：好。", ZH, ["她", "说", "好"], ["她", "说：", "好。"]),
        ("At 10.30 sharp", EN, ["At", "10.30", "sharp"], [" At", " 10.30", " sharp"]),
    ],
)
def test_each_word_has_its_place_and_time(
    text: str, language: LanguageTag, words: list[str], pieces: list[str]
) -> None:
    ears = Aligner()
    times = word_times(ears, SOUND, text, language)
    assert [text[offset : offset + length] for _, offset, length in times] == words
    assert [round(start) for start, _, _ in times] == list(range(len(words)))
    assert ears.pieces == pieces


def test_what_is_too_long_or_has_no_words_is_left_as_it_is() -> None:
    assert word_times(Aligner(), np.zeros(round((LONGEST_S + 1) * SAMPLE_RATE), "<i2"), "Words.", EN) == []
    assert word_times(Aligner(), SOUND, "…", EN) == []
