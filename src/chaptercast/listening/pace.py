"""How long a voice usually takes for a text, so that what is far too short or too long is noticed without a recogniser. Pure."""

import re
from collections import deque
from collections.abc import Iterable
from enum import Enum, auto
from statistics import median

from msgspec import Struct

from chaptercast.common.units import LanguageTag
from chaptercast.listening.words import LATIN_LETTER, is_unspaced

_LONG, _SHORT = 20, 14
"""From this many letters on, a passage shows the pace; up to this many, the time that even the shortest passage takes."""
_KNOWN, _KNOWN_SHORT = 5, 3
"""A pace is known after this many long passages, the shortest time after this many short ones."""
_LEAST_S, _MOST_LEAST_S = 0.15, 0.4
"""The shortest time: what is taken as long as it is not known, and its maximum."""
_REMEMBERED = 200
_HASTY, _HASTY_SHORT, _HASTY_SLACK_S = 0.7, 0.72, 0.05
_LEAST_GONE_S = 0.25
"""Even the shortest titles vary by less than this."""
_TORN, _TORN_SHORT = 0.52, 0.6
"""Of 1300 passages by eight neural voices, the shortest lasted .62 of its usual time, of those that should take .5 s or more .65."""
_DRAWN, _DRAWN_SLACK_S = 1.2, 0.15
"""Of 520 passages without a fault fifteen are longer; of 24 with a phrase said twice all but six."""
_SLOW, _SLOW_SLACK_S = 1.35, 0.4
_DOUBLE, _DOUBLE_SLACK_S = 1.6, 0.25
"""Of 520 passages by seven neural voices, the longest lasted 1.48 of its usual time."""
_VARIES, _VARIES_S = 0.1, 0.03
"""How much durations vary by themselves: a part of what is usual, and what is added (standard deviation of the same passages)."""
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_LEAST_GAP_S = 1.0
"""A shorter gap belongs to speech."""
_MOST_EVIDENCE, LEAST_EVIDENCE = 5.0, -2.0
"""Durations are not distributed so normally that they say more than this for a loss, or against it."""


def letters_of(text: str, language: LanguageTag) -> int:
    """Returns the number of letters and digits in a spoken text: in languages that are written in syllables, of these.

    There a word in Latin letters counts as what it lasts; letters that are read one by one count as syllables.
    """
    count = sum(map(str.isalnum, text))
    if not is_unspaced(language):
        return count
    latin = sum(len(word) for word in _LATIN_WORD.findall(text) if not word.isupper())
    return count - round((1 - LATIN_LETTER) * latin)


class Span(Enum):
    """How long a passage lasts, compared with what its voice usually takes."""

    TORN = auto()
    """So much is missing that nobody need listen."""
    HASTY = auto()
    """Something may be missing."""
    USUAL = auto()
    LONG = auto()
    """Worth a second hearing."""
    SLOW = auto()
    """Something may be said twice, or silent."""
    DOUBLE = auto()
    """So much is added that nobody need listen."""


class Lasting(Struct, frozen=True):
    """How long a passage lasts."""

    seconds: float
    """Without a gap that is no pause of speech."""
    usual_s: float = 0.0
    """How long it should last; 0 if that is not known."""
    span: Span = Span.USUAL

    @property
    def part(self) -> float:
        """How long it lasts, as a part of what is usual; 0 if that is not known."""
        return self.seconds / self.usual_s if self.usual_s else 0.0

    def evidence_of_loss(self, part: float) -> float:
        """Returns how much likelier this duration is if `part` of the passage is not said (0 to 1): a difference of logarithms.

        Durations are taken as normally distributed.
        """
        if not self.usual_s:
            return 0.0
        more, varies = self.seconds - self.usual_s, _VARIES * self.usual_s + _VARIES_S
        evidence = (more**2 - (more + part * self.usual_s) ** 2) / (2 * varies**2)
        return max(LEAST_EVIDENCE, min(_MOST_EVIDENCE, evidence))


class Pace:
    """The pace of one voice in one language. A few faults do not change it: it is a median."""

    def __init__(self) -> None:
        self._long: deque[tuple[int, float]] = deque(maxlen=_REMEMBERED)
        self._short: deque[tuple[int, float]] = deque(maxlen=_REMEMBERED)

    def learn(self, letters: int, seconds: float) -> None:
        """Remembers how long the sound of a passage lasts, from its first sound to its last."""
        if letters >= _LONG:
            self._long.append((letters, seconds))
        elif 0 < letters <= _SHORT:
            self._short.append((letters, seconds))

    def usual(self, letters: Iterable[int]) -> list[float]:
        """Returns how long passages with so many letters usually last; nothing if the pace is not known yet."""
        if len(self._long) < _KNOWN:
            return []
        letter = median((seconds - _LEAST_S) / count for count, seconds in self._long)
        least = _LEAST_S
        if len(self._short) >= _KNOWN_SHORT:
            measured = median(seconds - letter * count for count, seconds in self._short)
            least = min(_MOST_LEAST_S, max(0.0, measured))
        return [letter * count + (least if count <= _SHORT else _LEAST_S) for count in letters]

    def lasting(self, letters: int, seconds: float, gap_s: float = 0.0) -> Lasting:
        """Returns how long a passage lasts, compared with what is usual; as usual if that is not known. `gap_s`: its longest gap."""
        usual = next(iter(self.usual([letters])), 0.0)
        silent_s = gap_s if gap_s > _LEAST_GAP_S else 0.0
        span = _span(letters, seconds, usual, silent_s) if usual else Span.USUAL
        return Lasting(seconds - silent_s, usual, span)


def _span(letters: int, seconds: float, usual: float, gap_s: float) -> Span:
    is_short = letters <= _SHORT
    least = min(_HASTY_SHORT * usual, usual - _LEAST_GONE_S) if is_short else _HASTY * usual - _HASTY_SLACK_S
    if least <= seconds <= _DRAWN * usual + _DRAWN_SLACK_S:
        return Span.USUAL
    if seconds > least and seconds <= _SLOW * usual + _SLOW_SLACK_S:
        return Span.LONG
    if seconds > least:
        return Span.DOUBLE if seconds - gap_s > _DOUBLE * usual + _DOUBLE_SLACK_S else Span.SLOW
    return Span.TORN if seconds < (_TORN_SHORT if is_short else _TORN) * usual else Span.HASTY
