"""What the service tells of words and sentences: read from its messages, and found again in the text that was sent."""

import html
import json
import unicodedata
from collections.abc import Iterable
from itertools import takewhile

from msgspec import Struct

from chaptercast.common.units import Samples
from chaptercast.speech.model import Timing

_TICKS_A_SECOND = 10_000_000
_CLOCK = 1 << 32
"""The service's clock is one of 32 bits: it begins anew after 429 seconds, and its sign flips after 214."""
_FAR = 60
"""Letters: what is not found so near is not what was told; the same word far on would leave a gap that is none."""
KINDS = ("WordBoundary", "SentenceBoundary")


class Boundary(Struct, frozen=True):
    """One thing that the service tells."""

    ticks: float
    """When it begins, in units of 100 ns."""
    duration: float
    """The same."""
    text: str
    kind: str = "WordBoundary"
    """One of `KINDS`."""


class Located(Struct, frozen=True):
    """A boundary in the text."""

    timing: Timing
    until: Samples
    """When it has been said."""


def told(body: bytes) -> tuple[Boundary, ...]:
    """The boundaries in the body of a message `audio.metadata`, which may hold none, one or many, and other things besides.

    Raises `ValueError`, `LookupError`, `TypeError` or `AttributeError` for what is no such body.
    """
    return tuple(
        Boundary(data["Offset"], data["Duration"], html.unescape(data["text"]["Text"]), item["Type"])
        for item in json.loads(body)["Metadata"]
        if item["Type"] in KINDS
        for data in (item["Data"],)
    )


def located(boundaries: Iterable[Boundary], text: str, sample_rate: int) -> tuple[Located, ...]:
    """Where in `text`, and when, what is told begins; what is not in the text is left out.

    Only letters and digits are compared: services differ in what they tell of the signs around and between them.
    Raises `ValueError`, `TypeError` or `OverflowError` for times that are none.
    """
    found: list[Located] = []
    letters = _Letters(text)
    last = 0
    for boundary in boundaries:
        last = _unwound(int(boundary.ticks), last)
        match = letters.next(boundary.text)
        if match is not None:
            start, until = (
                Samples(ticks * sample_rate // _TICKS_A_SECOND) for ticks in (last, last + int(boundary.duration))
            )
            found.append(Located(Timing(start, match[0], match[1] - match[0]), until))
    return tuple(found)


def _unwound(ticks: int, last: int) -> int:
    """`ticks` on a clock that does not begin anew; small steps back stand still."""
    while ticks < last - _CLOCK // 4:
        ticks += _CLOCK
    return max(ticks, last)


class _Letters:
    """The letters and digits of a text, to be found one stretch after another."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = [at for at, character in enumerate(text) if character.isalnum()]
        self._folded = "".join(_simple(text[at]) for at in self._places)
        self._next = 0

    def next(self, told: str) -> tuple[int, int] | None:
        """The begin and end in the text of what was `told`, with its marks, next after what was found before."""
        wanted = "".join(_simple(character) for character in told if character.isalnum())
        at = self._find(wanted) if wanted else -1
        if at < 0:
            return None
        before = self._places[self._next - 1] + 1 if self._next else 0
        self._next = at + len(wanted)
        begin, end = self._places[at], self._places[self._next - 1] + 1
        marks = next((n for n, character in enumerate(told) if character.isalnum()), 0)
        begin -= _alike(reversed(told[:marks]), reversed(self._text[before:begin]))
        marks = next((n for n, character in enumerate(reversed(told)) if character.isalnum()), 0)
        return begin, end + _alike(told[len(told) - marks :], self._text[end:])

    def _find(self, wanted: str) -> int:
        """Where `wanted` is, if possible at the beginning of a word; -1 if nowhere near."""
        limit = self._next + _FAR + len(wanted)
        first = at = self._folded.find(wanted, self._next, limit)
        while at >= 0 and at != self._next and not self._begins_a_word(at):
            at = self._folded.find(wanted, at + 1, limit)
        return first if at < 0 else at

    def _begins_a_word(self, at: int) -> bool:
        """Whether a letter is the first of a word, as far as spaces tell; in scripts that do without, each may be."""
        place = self._places[at]
        return place == 0 or not self._text[place - 1].isalnum() or unicodedata.category(self._text[place]) == "Lo"


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """How many characters at the beginning of both are the same."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _simple(character: str) -> str:
    """In small letters and its simple form, one character as before, so that places stay the same."""
    simple = unicodedata.normalize("NFKC", character).lower()
    return simple if len(simple) == 1 else character
