"""What the service tells of words and sentences, found again in the text that was sent."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from chaptercast.speech.model import Timing
from chaptercast.units import Samples

_TICKS_A_SECOND = 10_000_000
_CLOCK = 1 << 32
"""The service's clock is one of 32 bits: it begins anew after 429 seconds, and its sign flips after 214."""
_FAR = 100
"""Characters: what is not found so near is not what was told; the same word far on would leave a gap that is none."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """One thing that the service tells."""

    ticks: float
    """When it begins, in units of 100 ns."""
    duration: float
    """The same."""
    text: str


@dataclass(frozen=True, slots=True)
class Located:
    """A boundary in the text."""

    timing: Timing
    until: Samples
    """When it has been said."""


def located(boundaries: Iterable[Boundary], text: str, sample_rate: int) -> tuple[Located, ...]:
    """Where in `text`, and when, what is told begins; what is not in the text is left out.

    Raises `ValueError`, `TypeError` or `OverflowError` for times that are none.
    """
    found: list[Located] = []
    folded = _folded(text)
    place, last = 0, 0
    for boundary in boundaries:
        last = _unwound(int(boundary.ticks), last)
        match = _find(_folded(boundary.text).strip(), folded, place)
        if match is not None:
            begin, place = match
            start, until = (
                Samples(ticks * sample_rate // _TICKS_A_SECOND) for ticks in (last, last + int(boundary.duration))
            )
            found.append(Located(Timing(start, begin, place - begin), until))
    return tuple(found)


def _unwound(ticks: int, last: int) -> int:
    """`ticks` on a clock that does not begin anew; small steps back stand still."""
    while ticks < last - _CLOCK // 4:
        ticks += _CLOCK
    return max(ticks, last)


def _find(told: str, text: str, place: int) -> tuple[int, int] | None:
    """The begin and end of what was `told`, next after `place`; white space counts as alike, whatever it is."""
    if not told:
        return None
    end = place + _FAR + len(told)
    begin = text.find(told, place, end)
    if begin >= 0:
        return begin, begin + len(told)
    pattern = r"\s+".join(re.escape(word) for word in told.split())
    match = re.compile(pattern).search(text, place, end + _FAR)
    return match.span() if match else None


def _folded(text: str) -> str:
    """`text` in small letters and simple forms, character by character, so that places stay the same."""
    return "".join(_simple(character) for character in text)


def _simple(character: str) -> str:
    simple = unicodedata.normalize("NFKC", character).lower()
    return simple if len(simple) == 1 else character
