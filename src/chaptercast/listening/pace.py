"""How long a voice usually takes for a text, so that what is far too short or too long is noticed without a recogniser. Pure."""

from collections import deque
from collections.abc import Iterable
from enum import Enum, auto
from statistics import median

_LONG, _SHORT = 20, 14
"""From this many letters on, a passage shows the pace; up to this many, the time that even the shortest passage takes."""
_KNOWN, _KNOWN_SHORT = 5, 3
"""A pace is known after this many long passages, the shortest time after this many short ones."""
_LEAST_S, _MOST_LEAST_S = 0.15, 0.4
"""The shortest time: what is taken as long as it is not known, and its maximum."""
_REMEMBERED = 200
_HASTY, _HASTY_SHORT, _HASTY_SLACK_S = 0.66, 0.72, 0.05
_LEAST_GONE_S = 0.25
"""Even the shortest titles vary by less than this."""
_TORN, _TORN_SHORT = 0.52, 0.6
"""Of 1300 passages by eight neural voices, the shortest lasted .62 of its usual time, of those that should take .5 s or more .65."""
_SLOW, _SLOW_SLACK_S = 1.35, 0.4


def letters_of(text: str) -> int:
    """Returns the number of letters and digits in a spoken text; of ideographs, each is one."""
    return sum(map(str.isalnum, text))


class Span(Enum):
    """How long a passage lasts, compared with what its voice usually takes."""

    TORN = auto()
    """So much is missing that nobody need listen."""
    HASTY = auto()
    """Something may be missing."""
    USUAL = auto()
    SLOW = auto()
    """Something may be said twice, or silent."""


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

    def span(self, letters: int, seconds: float) -> Span:
        """Returns how long a passage lasts, compared with what is usual; as usual if that is not known."""
        usual = next(iter(self.usual([letters])), 0.0)
        least = (
            min(_HASTY_SHORT * usual, usual - _LEAST_GONE_S) if letters <= _SHORT else _HASTY * usual - _HASTY_SLACK_S
        )
        if not usual or least <= seconds <= _SLOW * usual + _SLOW_SLACK_S:
            return Span.USUAL
        if seconds > least:
            return Span.SLOW
        return Span.TORN if seconds < (_TORN_SHORT if letters <= _SHORT else _TORN) * usual else Span.HASTY
