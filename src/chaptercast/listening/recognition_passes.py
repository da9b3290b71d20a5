"""Checks passages: first their loudness, then a fast recognition pass, and a second, wider pass for doubtful ones.

A passage of one or two words is recognised together with the next one, because a recogniser without context guesses.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag, primary
from chaptercast.listening import brief_passages, verdicts
from chaptercast.listening.endings import Endings
from chaptercast.listening.energy import Loudness, cut, loudness
from chaptercast.listening.hearings import Expected, Hearing, differ, expected_of, hearing_of, lost_titles
from chaptercast.listening.model import SURE, Judged, Judgement, Kind, Passage, Verdict
from chaptercast.listening.pace import Lasting, Pace, Span, letters_of
from chaptercast.listening.pack import SAMPLE_RATE
from chaptercast.listening.verdicts import breaks_off
from chaptercast.listening.word_alignment import errors
from chaptercast.listening.words import can_compare, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chaptercast.listening.recogniser import Heard

_LEAST_TOKENS = 4
"""Minimum number of tokens of a passage that is recognised by itself."""
_GAP_S = 0.4
_MUCH_MORE = 1.5
"""If so many times as many words are heard in place of a title, it is another text."""
_DELAY_S = 0.7
_LONGEST_S, _PART_S, _PART = 24.0, 26.0, 0.7


class Listening(Protocol):
    """Audio that a recogniser has encoded."""

    def heard(self, language: LanguageTag, *, wide: bool = False) -> "Heard":
        """Returns the words."""

    def likelihood(self, text: str, language: LanguageTag) -> float:
        """Returns the log probability that exactly this text is what is said."""

    def language(self, expected: LanguageTag) -> tuple[LanguageTag, float, float]:
        """Returns the most likely language, its probability, and that of the expected language."""


class Ears(Protocol):
    """A recogniser; in tests, a stand-in that knows the text."""

    def encoded(self, samples: "NDArray[Any]", *, whole: bool = False) -> Listening:
        """Encodes audio."""

    def knows(self, language: LanguageTag) -> bool:
        """Returns whether the language is supported."""


class Sounding(Struct, frozen=True):
    """A passage and its audio."""

    passage: Passage
    samples: Any
    """16 bits at `SAMPLE_RATE`."""

    @property
    def seconds(self) -> float:
        """Its duration."""
        return len(self.samples) / SAMPLE_RATE


class Judges(Protocol):
    """Anything that can judge passages."""

    def judged(self, soundings: Iterable[Sounding]) -> Iterator[Judged]:
        """Yields each passage with its judgement, in order."""

    def learn(self, soundings: Iterable[Sounding]) -> None:
        """Learns how long passages last that come later, or were judged before."""


class Listener:
    """Judges passages in order. It remembers the pace of each voice."""

    def __init__(self, ears: Ears) -> None:
        self._ears = ears
        self._paces: dict[tuple[str, str], Pace] = {}
        self._endings: dict[str, Endings] = {}

    def judged(self, soundings: Iterable[Sounding]) -> Iterator[Judged]:
        """Yields each passage with its judgement, in order. Raises `EngineError` if the recogniser fails."""
        for group in groups(soundings):
            yield from self._judged(group)

    def learn(self, soundings: Iterable[Sounding]) -> None:
        """Remembers how long passages last, by their loudness alone. What is learned before is better judged: learn from all of it."""
        for one in soundings:
            level = loudness(one.samples)
            if not level.is_silent:
                self._pace(one.passage).learn(letters_of(one.passage.spoken, one.passage.language), level.seconds)
                self._endings.setdefault(one.passage.voice, Endings()).learn(level)

    def _judged(self, group: Sequence[Sounding]) -> Iterator[Judged]:
        """Judges a passage, or a few short ones that are recognised together."""
        language = group[0].passage.language
        reason = can_compare(language)
        if not reason and not self._ears.knows(language):
            reason = f"the recogniser does not know the language “{language}”"
        if reason:
            yield from (Judged(one.passage, verdicts.unjudged(reason)) for one in group)
            return
        loud = [self._level(one) for one in group]
        sounding = [(one, level) for one, level in zip(group, loud, strict=True) if not level.is_silent]
        found = iter(self._compared([one for one, _ in sounding], [level for _, level in sounding]) if sounding else ())
        for one, level in zip(group, loud, strict=True):
            yield Judged(one.passage, verdicts.silent(one.passage) if level.is_silent else next(found))

    def _compared(self, group: Sequence[Sounding], loud: Sequence[Loudness]) -> list[Judgement]:
        expected = expected_of([one.passage for one in group])
        samples = _joined(group)
        lasting = [self._lasting(one.passage, level) for one, level in zip(group, loud, strict=True)]
        spans = [one.span for one in lasting]
        first = self._hear(samples, expected, lasting)
        is_usual = all(span is Span.USUAL for span in spans)
        if is_usual and not (first.looped or first.problems or any(breaks_off(expected, first, loud, lasting))):
            return verdicts.judged(expected, first, None, loud, lasting)
        second = self._hear(samples, expected, lasting, wide=True)
        odd = any(span not in (Span.USUAL, Span.LONG) for span in spans)
        long = any(span in (Span.SLOW, Span.DOUBLE) for span in spans)
        if differ(first, second):
            first = self._hear(_delayed(samples), expected, lasting)
        elif (odd and not second.problems) or (long and not any(one.sure >= SURE for one in second.problems)):
            second = self._in_parts(samples, expected, lasting)
        elif Span.LONG in spans and not any(one.sure >= SURE for one in second.problems):
            parts = self._in_parts(samples, expected, lasting)
            second = parts if any(one.kind is Kind.REPEATED for one in parts.problems) else second
        judged = verdicts.judged(expected, first, second, loud, lasting)
        for number in lost_titles(expected, second):
            judged[number] = self._alone(group[number], loud[number], lasting[number], judged[number])
        return [self._weighed(*one) for one in zip(group, loud, spans, judged, strict=True)]

    def _alone(self, sounding: Sounding, level: Loudness, lasting: Lasting, among: Judgement) -> Judgement:
        """Judges a title by itself of which nothing was heard among others. It stays in doubt if nothing is understood then, either."""
        expected = expected_of([sounding.passage])
        heard = self._hear(sounding.samples, expected, [lasting], wide=True)
        (alone,) = verdicts.judged(expected, heard, heard, [level], [lasting])
        foreign = any(one.kind is Kind.OTHER_LANGUAGE for one in alone.findings)
        longer = alone.verdict is Verdict.WRONG and len(heard.tokens) > _MUCH_MORE * len(expected.tokens)
        return alone if foreign or longer or alone.verdict is Verdict.HEARD else among

    def _weighed(self, sounding: Sounding, level: Loudness, span: Span, among: Judgement) -> Judgement:
        """Returns the judgement; of a brief passage, only what its loudness or its duration and a window of its own confirm is certain."""
        passage = sounding.passage
        if not brief_passages.is_doubtful(among, level, span, self._usual_s(passage)):
            return among
        if span in (Span.USUAL, Span.LONG):
            return brief_passages.doubted(among)
        expected, language = expected_of([passage]), passage.language
        sound = self._ears.encoded(_delayed(sounding.samples), whole=True)
        heard = hearing_of([sound.heard(language, wide=True)], expected)
        change = sound.likelihood(passage.text, language) - sound.likelihood(heard.text, language)
        wrong = errors(expected.tokens, heard.tokens)
        is_confirmed = brief_passages.is_confirmed(len(expected.tokens), len(heard.tokens), wrong, change)
        return among if is_confirmed else brief_passages.doubted(among)

    def _level(self, sounding: Sounding) -> Loudness:
        """Returns the loudness of a passage; without how it ends, as far as its engine or its voice always ends so."""
        level, passage = loudness(sounding.samples), sounding.passage
        if not passage.dies_away:
            return replace(level, drop_db=math.inf, fall_db=0.0)
        endings = self._endings.get(passage.voice)
        return endings.unusual(level) if endings else level

    def _usual_s(self, passage: Passage) -> float:
        """Returns how long a passage should last, by the pace of its voice or of any."""
        letters = letters_of(passage.spoken, passage.language)
        return next(iter(self._pace(passage).usual([letters])), brief_passages.estimated_s(letters, passage.language))

    def _lasting(self, passage: Passage, level: Loudness) -> Lasting:
        return self._pace(passage).lasting(
            letters_of(passage.spoken, passage.language), level.seconds, level.longest_gap_s
        )

    def _in_parts(self, samples: "NDArray[Any]", expected: Expected, lasting: Sequence[Lasting]) -> Hearing:
        """Recognises audio in two parts: what is said twice may be heard once in one."""
        return self._hear(samples, expected, lasting, wide=True, part_s=_PART * len(samples) / SAMPLE_RATE)

    def _hear(
        self,
        samples: "NDArray[Any]",
        expected: Expected,
        lasting: Sequence[Lasting],
        *,
        wide: bool = False,
        part_s: float = _PART_S,
    ) -> Hearing:
        """Recognises audio in parts of at most `part_s`, because the recogniser may drop a repetition within one part."""
        sounds = [self._ears.encoded(part, whole=wide) for part in cut(samples, min(part_s, _PART_S))]
        language = expected.language
        languages = [sound.language(language) for sound in sounds] if wide else []
        heard = [sound.heard(language, wide=wide) for sound in sounds]
        likelihood = partial(sounds[0].likelihood, language=language) if len(sounds) == 1 else None
        return hearing_of(heard, expected, languages, likelihood, lasting)

    def _pace(self, passage: Passage) -> Pace:
        return self._paces.setdefault((passage.voice, primary(passage.language)), Pace())


def groups(soundings: Iterable[Sounding]) -> Iterator[list[Sounding]]:
    """Yields passages that are recognised together: short ones with the next one in the same language."""
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
    """Returns the samples after some silence, which changes the recogniser's input."""
    import numpy as np

    return np.concatenate([np.zeros(round(_DELAY_S * SAMPLE_RATE), "<i2"), samples])


def _joined(group: Sequence[Sounding]) -> "NDArray[Any]":
    """Returns the audio of the passages in succession, with a pause between them."""
    import numpy as np

    if len(group) == 1:
        only: NDArray[Any] = group[0].samples
        return only
    pause = np.zeros(round(_GAP_S * SAMPLE_RATE), "<i2")
    pieces = [piece for one in group for piece in (one.samples, pause)]
    return np.concatenate(pieces[:-1])
