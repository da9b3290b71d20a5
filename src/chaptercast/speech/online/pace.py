"""How long speaking takes: bounds that the proof of completeness and the deadlines are built on, not forecasts to a second."""

import unicodedata
from functools import lru_cache

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
