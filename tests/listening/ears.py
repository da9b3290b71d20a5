"""Ears of the tests' own: they know what is said by the loudness of the sound, so that no recogniser is needed."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from chaptercast.common.units import LanguageTag
from chaptercast.listening.model import Passage
from chaptercast.listening.pack import SAMPLE_RATE
from chaptercast.listening.recogniser import Heard
from chaptercast.listening.recognition_passes import Sounding
from chaptercast.listening.word_alignment import errors
from chaptercast.listening.words import spoken, tokens

EN = LanguageTag("en-GB")


class Ears:
    """What is heard of each sound, by its number; a list is what is heard the first time, the second and so on."""

    def __init__(self, texts: Mapping[int, str | Sequence[str]], languages: Mapping[int, str] | None = None) -> None:
        self._texts = texts
        self._languages = languages or {}
        self.asked: list[tuple[int, ...]] = []
        """The numbers of the sounds that were taken in together."""

    def knows(self, language: LanguageTag) -> bool:
        return language != "tlh"

    def encoded(self, samples: Any, *, whole: bool = False) -> "Taken":  # noqa: ARG002
        numbers = tuple(dict.fromkeys(round(float(level) / 1000) for level in np.abs(samples) if level >= 900))
        self.asked.append(numbers)
        times = sum(asked == numbers for asked in self.asked)
        heard = [self._heard(number, times) for number in numbers]
        return Taken(" ".join(heard), self._languages.get(numbers[0], "en") if numbers else "en")

    def _heard(self, number: int, times: int) -> str:
        text = self._texts[number]
        return text if isinstance(text, str) else text[min(times, len(text)) - 1]


class Taken:
    """Sound that was taken in."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language

    def heard(self, language: LanguageTag, *, wide: bool = False) -> Heard:  # noqa: ARG002
        return Heard(self._text, -0.1, 0.0)

    def likelihood(self, text: str, language: LanguageTag) -> float:
        """So many words as are other than those that are heard, ten times."""
        wanted, heard = (tokens(spoken(one, language), language) for one in (text, self._text))
        return -10.0 * errors(wanted, heard)

    def language(self, expected: LanguageTag) -> tuple[LanguageTag, float, float]:
        return LanguageTag(self._language), 0.9, 0.9 if expected.startswith(self._language) else 0.01


def passage(text: str, language: LanguageTag = EN, voice: str = "v") -> Passage:
    """What should be heard, in sentences parted by a bar."""
    sentences = tuple(text.split("|"))
    return Passage(sentences, sentences, language, voice)


def sound(number: int, seconds: float, *, dies_away: bool = True) -> Any:
    """Sound by which `Ears` know the number, from 1 to 30."""
    count = round(seconds * SAMPLE_RATE)
    samples = np.full(count, number * 1000, "<i2")
    samples[1::2] *= -1
    if dies_away:
        fading = min(count, SAMPLE_RATE // 10)
        samples[-fading:] = (samples[-fading:] * np.linspace(0.1, 0.02, fading)).astype("<i2")
        samples[-fading:] = np.clip(samples[-fading:], -899, 899)
    return samples


def sounding(number: int, text: str, seconds: float | None = None, **options: Any) -> Sounding:
    """A passage with its sound, as long as it takes to say so much."""
    return Sounding(passage(text), sound(number, len(text) * 0.07 if seconds is None else seconds, **options))
