"""Bounds on the duration of speech, for the completeness check and the deadlines. They are not forecasts to the second."""

import unicodedata
from collections import defaultdict, deque
from functools import lru_cache
from statistics import median

from chaptercast.speech.model import Utterance

_LETTER, _DIGIT, _SYLLABLE, _KANA, _OTHER = 0.065, 0.18, 0.18, 0.12, 0.02
"""Seconds at a voice's normal speed: a letter of an alphabet (about 170 words of English per minute), a digit (spoken as a word or more),
a Han character or Hangul syllable, a kana, and any other character."""

_TOO_FAST = 5.0
"""No voice speaks at this multiple of the normal speed: then text is missing."""
_TOO_SLOW = 8.0
"""Spelling a code letter by letter takes five times as long as reading it. A larger factor is not speech."""
_SLACK = 10.0
"""Seconds: short texts vary most."""


@lru_cache(maxsize=4096)
def _seconds(character: str) -> float:
    category = unicodedata.category(character)
    if category == "Nd":
        return _DIGIT
    if category[0] != "L":
        return _OTHER
    name = unicodedata.name(character, "")
    if name.startswith(("CJK", "HANGUL SYLLABLE", "YI SYLLABLE")):
        return _SYLLABLE
    return _KANA if name.startswith(("HIRAGANA", "KATAKANA")) else _LETTER


def speaking_seconds(text: str, rate: float = 1.0) -> float:
    """The estimated time to speak `text`, at `rate` times a voice's normal speed."""
    return sum(map(_seconds, text)) / rate


def plausible_seconds(text: str, rate: float = 1.0) -> tuple[float, float]:
    """The shortest and longest plausible times to speak all of `text`, even for a voice that cannot go as slowly as requested."""
    return speaking_seconds(text, max(rate, 1.0)) / _TOO_FAST, speaking_seconds(text, rate) * _TOO_SLOW + _SLACK


_PACE_SECONDS = 2.0
"""A shorter text shows little of a voice's pace."""
_FEWEST, _MOST = 4, 50
"""The minimum number of texts before a pace is known, and the number of latest texts that determine it."""


class Paces:
    """The pace of each voice of a run: the ratio of real to estimated duration."""

    def __init__(self) -> None:
        """Nothing has been heard yet."""
        self._heard: dict[tuple[object, ...], deque[float]] = defaultdict(lambda: deque(maxlen=_MOST))

    def heard(self, utterance: Utterance, seconds: float) -> None:
        """Record that a voice took `seconds` to speak `utterance`."""
        reckoned = speaking_seconds(utterance.text, utterance.prosody.rate)
        if reckoned >= _PACE_SECONDS:
            self._heard[_manner(utterance)].append(seconds / reckoned)

    def usual(self, utterance: Utterance) -> float | None:
        """The pace of the voice of `utterance`; `None` if too little was heard of that voice at that speed."""
        known = self._heard.get(_manner(utterance), ())
        return median(known) if len(known) >= _FEWEST else None


def _manner(utterance: Utterance) -> tuple[object, ...]:
    return utterance.voice, utterance.language, utterance.prosody.rate
