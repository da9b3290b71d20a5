"""What is spoken and what comes back: frozen values between the stages, and the contract of an engine."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from chaptercast.mpeg import Grid
from chaptercast.units import FrameCount, LanguageTag, Samples


@dataclass(frozen=True, slots=True)
class Prosody:
    """How a voice speaks, as factors of its own manner."""

    rate: float = 1.0
    pitch: float = 1.0
    volume: float = 1.0


@dataclass(frozen=True, slots=True)
class Utterance:
    """One request to an engine: text to be said in one go, by one voice."""

    text: str
    """As it is to be said; plain text, never markup."""
    voice: str
    """An engine's own name for a voice."""
    language: LanguageTag
    prosody: Prosody = Prosody()


@dataclass(frozen=True, slots=True)
class Timing:
    """When a word or a sentence begins to sound."""

    start: Samples
    offset: int
    """Where it begins in the utterance's text, in characters."""
    length: int
    """How many characters it has."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine made of an utterance: mono PCM of 16 bits, with times counted from its first sample."""

    pcm: bytes
    sample_rate: int
    words: tuple[Timing, ...] = ()
    sentences: tuple[Timing, ...] = ()


@dataclass(frozen=True, slots=True)
class Clip:
    """One utterance as whole frames on the grid.

    All times are samples of the decoded stream, counted from the clip's first frame: codec delay included, so that a
    listener's clock is the sum of whole frames before the clip and a time of the clip.
    """

    grid: Grid
    frames: bytes
    frame_count: FrameCount
    onset: Samples
    """When the first sound is heard."""
    end: Samples
    """When the last sound has been heard."""
    silent: bool = False
    """Whether no sound is heard at all; then `onset` and `end` are those of the whole."""
    words: tuple[Timing, ...] = ()
    sentences: tuple[Timing, ...] = ()

    @property
    def tail(self) -> Samples:
        """Silence after the last sound."""
        return Samples(self.frame_count * self.grid.samples_per_frame - self.end)


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that an engine has."""

    name: str
    language: LanguageTag
    description: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """Whether an engine can work here."""

    ready: bool
    reason: str
    """One line: what makes it ready, or what is missing."""
    remedy: str = ""


class Speaker(Protocol):
    """An opened engine. It never writes files, joins, tags, retries or prints."""

    def speak(self, utterance: Utterance) -> Speech:
        """Say one utterance: the same samples whatever was said before. Raises `EngineError`."""


class Engine(Protocol):
    """What can speak. Describing it is cheap; only `open` loads it."""

    @property
    def name(self) -> str:
        """The name that users type."""

    @property
    def version(self) -> str:
        """Changes whenever the same utterance may give other samples; empty where the engine is missing."""

    @property
    def online(self) -> bool:
        """Whether text leaves this machine."""

    @property
    def sample_rate(self) -> int:
        """Hz of the speech that it makes by nature."""

    @property
    def audible(self) -> bool:
        """Whether it makes sound: where it does, an utterance without any was not spoken."""

    @property
    def spells_digits(self) -> bool:
        """Whether it reads digits and signs well by itself, so that text can be left as it is."""

    @property
    def max_bytes(self) -> int:
        """The longest text of one utterance, in bytes of UTF-8."""

    def status(self) -> Status:
        """Whether it can work here and, if not, why and what to do."""

    def voices(self) -> tuple[Voice, ...]:
        """What it can speak with. Raises `EngineError` where that cannot be told."""

    def open(self) -> AbstractContextManager[Speaker]:
        """Load it. Raises `EngineError`."""
