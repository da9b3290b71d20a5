"""The data of a check: passages and verdicts. Frozen values."""

from enum import StrEnum

from msgspec import Struct

from chaptercast.common.units import LanguageTag, Milliseconds


class Verdict(StrEnum):
    """The verdict on a passage."""

    HEARD = "heard"
    WRONG = "not as written"
    UNJUDGED = "could not judge"


class Kind(StrEnum):
    """The kind of a finding."""

    MISSING_SENTENCE = "missing sentence"
    MISSING_WORDS = "missing words"
    REPEATED = "repeated"
    OTHER_WORDS = "other words"
    OTHER_NUMBER = "other number"
    SILENCE = "silence"
    OTHER_LANGUAGE = "other language"
    CUT_OFF = "cut off"


class Passage(Struct, frozen=True):
    """A passage that is checked as a unit."""

    written: tuple[str, ...]
    """Its sentences as the author wrote them; empty for the narrator's announcements."""
    said: tuple[str, ...]
    """The same sentences as they are spoken."""
    language: LanguageTag
    voice: str = ""
    start: Milliseconds = Milliseconds(0)
    end: Milliseconds = Milliseconds(0)
    """End time in the recording."""
    dies_away: bool = True
    """Whether the engine lets its voices die away at the end. If not, only the words tell whether an end is cut."""

    @property
    def spoken(self) -> str:
        """The whole spoken text."""
        return " ".join(sentence for sentence in self.said if sentence)

    @property
    def text(self) -> str:
        """The written text, or the spoken text if nothing is written."""
        return " ".join(filter(None, (sentence.strip() for sentence in self.written))) or self.spoken


class Finding(Struct, frozen=True):
    """Something that is not as expected."""

    kind: Kind
    expected: str
    heard: str
    sure: float
    """Confidence, from 0 to 1."""
    at: float = 0.0
    """Approximate position in the passage, from 0 to 1."""


class Judgement(Struct, frozen=True):
    """The result for a passage."""

    verdict: Verdict
    heard: str
    """The text as the recogniser writes it."""
    words: int
    """Number of expected tokens."""
    errors: int
    """Number of tokens that were lost, added or replaced, even if only by the recogniser."""
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    """Why the passage could not be judged."""


class Judged(Struct, frozen=True):
    """A passage and its judgement."""

    passage: Passage
    judgement: Judgement


SURE = 0.8
"""From this confidence on, a finding is reported as certain, and its passage counts as wrong."""
DOUBTFUL = 0.6
"""Confidence of what is told, but does not make a passage wrong."""
