"""How long speaking takes: bounds that the proof of completeness and the deadlines are built on, not forecasts to a second."""

import unicodedata
from collections import defaultdict, deque
from functools import lru_cache
from statistics import median

from chaptercast.speech.model import Utterance

_LETTER, _DIGIT, _SYLLABLE, _KANA, _OTHER = 0.065, 0.18, 0.18, 0.12, 0.02
"""Seconds at a voice's normal speed: a letter of an alphabet (about 170 words a minute of English), a digit (read as a word
or more), a Han character or a Hangul syllable, a kana, and what is between them."""

_TOO_FAST = 5.0
"""No voice speaks so many times as fast as normal: then something is missing."""
_TOO_SLOW = 8.0
"""Spelling out a code letter by letter takes five times as long as reading it; more is no speech."""
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
    """About how long `text` takes to say, at `rate` times a voice's normal speed."""
    return sum(map(_seconds, text)) / rate


def plausible_seconds(text: str, rate: float = 1.0) -> tuple[float, float]:
    """The shortest and the longest time in which `text` can have been said whole, by a voice that may not go as slow as it should."""
    return speaking_seconds(text, max(rate, 1.0)) / _TOO_FAST, speaking_seconds(text, rate) * _TOO_SLOW + _SLACK


_PACE_SECONDS = 2.0
"""A shorter text says little of a voice's pace."""
_FEWEST, _MOST = 4, 50
"""How many texts must have been heard before a pace is known, and by how many of the latest it is told."""


class Paces:
    """How fast the voices of a run speak: how many times as long as reckoned they take."""

    def __init__(self) -> None:
        """Nothing was heard."""
        self._heard: dict[tuple[object, ...], deque[float]] = defaultdict(lambda: deque(maxlen=_MOST))

    def heard(self, utterance: Utterance, seconds: float) -> None:
        """A voice took so many seconds to say `utterance`."""
        reckoned = speaking_seconds(utterance.text, utterance.prosody.rate)
        if reckoned >= _PACE_SECONDS:
            self._heard[_manner(utterance)].append(seconds / reckoned)

    def usual(self, utterance: Utterance) -> float | None:
        """The pace of who is to say `utterance`; nothing where too little was heard of that voice at that speed."""
        known = self._heard.get(_manner(utterance), ())
        return median(known) if len(known) >= _FEWEST else None


def _manner(utterance: Utterance) -> tuple[object, ...]:
    return utterance.voice, utterance.language, utterance.prosody.rate
