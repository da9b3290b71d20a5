"""What is heard, and what comes of it: frozen values."""

from enum import StrEnum

from msgspec import Struct

from chaptercast.common.units import LanguageTag, Milliseconds


class Verdict(StrEnum):
    """What becomes of a passage that was listened to."""

    HEARD = "heard"
    WRONG = "not as written"
    UNJUDGED = "could not judge"


class Kind(StrEnum):
    """What is wrong with a passage."""

    MISSING_SENTENCE = "missing sentence"
    MISSING_WORDS = "missing words"
    REPEATED = "repeated"
    OTHER_WORDS = "other words"
    OTHER_NUMBER = "other number"
    SILENCE = "silence"
    OTHER_LANGUAGE = "other language"
    CUT_OFF = "cut off"


class Passage(Struct, frozen=True):
    """What should be heard in one go."""

    written: tuple[str, ...]
    """Its sentences as the author wrote them; empty where the narrator announces something."""
    said: tuple[str, ...]
    """The same as they are said."""
    language: LanguageTag
    voice: str = ""
    start: Milliseconds = Milliseconds(0)
    end: Milliseconds = Milliseconds(0)
    """In the recording."""

    @property
    def spoken(self) -> str:
        """All that is said."""
        return " ".join(sentence for sentence in self.said if sentence)

    @property
    def text(self) -> str:
        """As it is written; where nothing is, as it is said."""
        return " ".join(filter(None, (sentence.strip() for sentence in self.written))) or self.spoken


class Finding(Struct, frozen=True):
    """Something that is not as it should be."""

    kind: Kind
    expected: str
    heard: str
    sure: float
    """From 0 to 1."""
    at: float = 0.0
    """About where in the passage, from 0 to 1."""


class Judgement(Struct, frozen=True):
    """What was made out about a passage."""

    verdict: Verdict
    heard: str
    """The words, as the recogniser writes them."""
    words: int
    """How many tokens should be heard."""
    errors: int
    """How many of them were lost, added or taken for others, be it by the recogniser."""
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    """Why it could not be judged."""


class Judged(Struct, frozen=True):
    """A passage and its judgement."""

    passage: Passage
    judgement: Judgement


SURE = 0.8
"""From here on a finding is told as certain, and makes its passage wrong."""
