"""Passages listened to: loudness first, then a quick hearing of each, and a second, wider one of what is in doubt.

A passage of a word or two is heard together with the next one, since a recogniser that knows nothing of what goes on guesses.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from chaptercast.common.units import LanguageTag, primary
from chaptercast.listening import verdicts
from chaptercast.listening.energy import Loudness, cut, loudness
from chaptercast.listening.model import Judged, Judgement, Passage
from chaptercast.listening.pack import SAMPLE_RATE
from chaptercast.listening.verdicts import ABRUPT_DB, Expected, Hearing, expected_of, hearing_of, problems_in
from chaptercast.listening.words import can_compare, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chaptercast.listening.recogniser import Heard

_LEAST_TOKENS = 4
"""Of what is heard by itself."""
_GAP_S = 0.4
_DELAY_S = 0.7
_LONGEST_S, _PART_S, _PART = 24.0, 26.0, 0.7
_KNOWN_PACE = 5
"""Passages of a voice after which it is known how fast it speaks."""
_HASTY, _SLOW, _SLACK_S = 0.62, 1.35, 0.4
"""How much shorter or longer than its voice's usual pace a passage may be, before it is heard a second time."""


class Listening(Protocol):
    """Sound that was taken in by a recogniser."""

    def heard(self, language: LanguageTag, *, wide: bool = False) -> "Heard":
        """The words."""

    def language(self, expected: LanguageTag) -> tuple[LanguageTag, float, float]:
        """The most likely language, its probability, and that of the expected one."""


class Ears(Protocol):
    """What hears: a recogniser, or in tests something that knows already."""

    def encoded(self, samples: "NDArray[Any]", *, whole: bool = False) -> Listening:
        """Take sound in."""

    def knows(self, language: LanguageTag) -> bool:
        """Whether it has a word for the language."""


class Sounding(Struct, frozen=True):
    """A passage and its sound."""

    passage: Passage
    samples: Any
    """16 bits at `SAMPLE_RATE`."""

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / SAMPLE_RATE


class Judges(Protocol):
    """Who listens to passages."""

    def judged(self, soundings: Iterable[Sounding]) -> Iterator[Judged]:
        """Each passage with its judgement, in order."""


class Listener:
    """Listens to passages in order. What it learns of the pace of voices stays."""

    def __init__(self, ears: Ears) -> None:
        self._ears = ears
        self._paces: dict[tuple[str, str], deque[float]] = {}

    def judged(self, soundings: Iterable[Sounding]) -> Iterator[Judged]:
        """Each passage with its judgement, in order. Raises `EngineError` where the recogniser fails."""
        for group in _groups(soundings):
            yield from self._judged(group)

    def _judged(self, group: Sequence[Sounding]) -> Iterator[Judged]:
        """A passage, or a few short ones that are heard together."""
        language = group[0].passage.language
        reason = can_compare(language)
        if not reason and not self._ears.knows(language):
            reason = f"the recogniser does not know the language “{language}”"
        if reason:
            yield from (Judged(one.passage, verdicts.unjudged(reason)) for one in group)
            return
        loud = [loudness(one.samples) for one in group]
        sounding = [(one, level) for one, level in zip(group, loud, strict=True) if not level.is_silent]
        found = iter(self._compared([one for one, _ in sounding], [level for _, level in sounding]) if sounding else ())
        for one, level in zip(group, loud, strict=True):
            yield Judged(one.passage, verdicts.silent(one.passage) if level.is_silent else next(found))

    def _compared(self, group: Sequence[Sounding], loud: Sequence[Loudness]) -> list[Judgement]:
        expected = expected_of([one.passage for one in group])
        samples = _joined(group)
        first = self._hear(samples, expected.language)
        odd = self._is_odd(group, expected)
        abrupt = any(level.drop_db < ABRUPT_DB for level in loud)
        if not (odd or abrupt or first.looped or problems_in(expected, first)):
            self._learn(group, expected)
            return verdicts.judged(expected, first, None, loud, odd=odd)
        second = self._hear(samples, expected.language, wide=True)
        if verdicts.differ(expected, first, second):
            first = self._hear(_delayed(samples), expected.language)
        elif odd and not problems_in(expected, second):
            second = self._hear(samples, expected.language, wide=True, part_s=_PART * len(samples) / SAMPLE_RATE)
        return verdicts.judged(expected, first, second, loud, odd=odd)

    def _hear(
        self, samples: "NDArray[Any]", language: LanguageTag, *, wide: bool = False, part_s: float = _PART_S
    ) -> Hearing:
        """In parts of at most `part_s`: what is said twice in one a recogniser may tell once."""
        sounds = [self._ears.encoded(part, whole=wide) for part in cut(samples, min(part_s, _PART_S))]
        languages = [sound.language(language) for sound in sounds] if wide else []
        return hearing_of([sound.heard(language, wide=wide) for sound in sounds], language, languages)

    def _is_odd(self, group: Sequence[Sounding], expected: Expected) -> bool:
        """Whether it lasts much shorter or longer than its voice usually takes for so much text."""
        known = self._pace(group)
        if len(known) < _KNOWN_PACE:
            return False
        usual = median(known) * expected.letters
        seconds = sum(one.seconds for one in group)
        return seconds > _SLOW * usual + _SLACK_S or seconds < _HASTY * usual - _SLACK_S / 5

    def _learn(self, group: Sequence[Sounding], expected: Expected) -> None:
        if expected.letters >= 20:
            self._pace(group).append(sum(one.seconds for one in group) / expected.letters)

    def _pace(self, group: Sequence[Sounding]) -> deque[float]:
        passage = group[0].passage
        return self._paces.setdefault((passage.voice, primary(passage.language)), deque(maxlen=50))


def _groups(soundings: Iterable[Sounding]) -> Iterator[list[Sounding]]:
    """Passages that are heard together: short ones with what follows in the same language."""
    group: list[Sounding] = []
    for one in soundings:
        length = sum(other.seconds for other in group) + one.seconds
        if group and (group[0].passage.language != one.passage.language or length > _LONGEST_S):
            yield group
            group = []
        group.append(one)
        if sum(len(tokens(other.passage.spoken, other.passage.language)) for other in group) >= _LEAST_TOKENS:
            yield group
            group = []
    if group:
        yield group


def _delayed(samples: "NDArray[Any]") -> "NDArray[Any]":
    """The same after some silence: to a recogniser it is something else."""
    import numpy as np

    return np.concatenate([np.zeros(round(_DELAY_S * SAMPLE_RATE), "<i2"), samples])


def _joined(group: Sequence[Sounding]) -> "NDArray[Any]":
    """One after the other, with a pause in between."""
    import numpy as np

    if len(group) == 1:
        only: NDArray[Any] = group[0].samples
        return only
    pause = np.zeros(round(_GAP_S * SAMPLE_RATE), "<i2")
    pieces = [piece for one in group for piece in (one.samples, pause)]
    return np.concatenate(pieces[:-1])
