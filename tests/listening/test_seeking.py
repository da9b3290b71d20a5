"""Passages that are looked for in longer audio."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.listening.pack import SAMPLE_RATE
from chaptercast.listening.recogniser import Heard
from chaptercast.listening.seeking import sought

EN = LanguageTag("en")
TEXT = "The last ferry leaves at twelve"
BEGINS_S = 30.0


class Ears:
    """Hears a text where there is sound; words begin a quarter of a second after one another, and the recogniser is a little early."""

    def __init__(self, text: str) -> None:
        self._text = text

    def encoded(self, samples: Any, *, whole: bool = False) -> "Taken":  # noqa: ARG002
        sounds = np.flatnonzero(samples)
        return Taken(self._text if len(sounds) else "", float(sounds[0]) / SAMPLE_RATE if len(sounds) else 0.0)


class Taken:
    def __init__(self, text: str, begin: float) -> None:
        self._text, self._begin = text, begin

    def heard(self, _language: LanguageTag, *, wide: bool = False) -> Heard:  # noqa: ARG002
        return Heard(self._text, -0.1, 0.0)

    def starts(self, pieces: Sequence[str], _language: LanguageTag) -> list[float]:
        return [self._begin - 0.1 + n * 0.25 for n in range(len(pieces))]


def audio() -> Any:
    samples = np.zeros(50 * SAMPLE_RATE, "<i2")
    begin = round(BEGINS_S * SAMPLE_RATE)
    samples[begin : begin + 2 * SAMPLE_RATE : 2] = 9000
    return samples


@pytest.mark.parametrize(
    ("heard", "at"),
    [
        (TEXT, BEGINS_S),
        ("The last berry leaves at twelve", BEGINS_S),
        ("Nobody has ever bought the teeth", None),
    ],
)
def test_a_passage_begins_where_its_sound_does(heard: str, at: float | None) -> None:
    assert sought(Ears(heard), audio(), TEXT, EN) == (None if at is None else pytest.approx(at, abs=0.02))


def test_a_title_may_be_heard_anywhere() -> None:
    assert sought(Ears("The rules"), audio(), "The rules", EN) is None
