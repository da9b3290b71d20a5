"""The input and output of speech, as frozen values between the stages, and the contract of an engine."""

import re
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Literal, NamedTuple, Protocol, Self, TypeAlias

from msgspec import Struct

from chaptercast.common.devices import Device
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import FrameCount, LanguageTag, Samples
from chaptercast.errors import UsageError
from chaptercast.speech.loudness import PEAKS_A_SECOND, Block, Level
from chaptercast.speech.online.settings import ServiceSettings

LEVELS_A_SECOND = PEAKS_A_SECOND
"""Loudness values of a clip per second."""


class Prosody(Struct, frozen=True):
    """How a voice speaks, as factors of its usual manner."""

    rate: float = 1.0
    pitch: float = 1.0
    volume: float = 1.0


class Utterance(Struct, frozen=True, eq=False):
    """One request to an engine: text that one voice speaks in one go. Equal texts are equal utterances."""

    text: str
    """The text to speak: plain text, never markup."""
    voice: str
    """The engine's own name for a voice."""
    language: LanguageTag
    prosody: Prosody = Prosody()
    sentences: tuple[int, ...] = ()
    """The position of each sentence in the text, in characters, as far as it is known."""
    level: Level | None = None
    """What makes its voice as loud as it should be; `None` to leave it as it is."""
    take: int = 0
    """Which attempt it is, if it is spoken again because it came out wrong. Engines may then speak it in another way."""
    written: str = ""
    """The same text as its author wrote it, with digits; empty if nobody wrote it. Only who listens to the speech needs it."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Utterance) and self._request == other._request

    def __hash__(self) -> int:
        return hash(self._request)

    @property
    def _request(self) -> tuple[object, ...]:
        return self.text, self.voice, self.language, self.prosody, self.level


class Timing(NamedTuple):
    """The onset of a word or a sentence. A tuple, because an hour has thousands of them and they go from process to process."""

    start: Samples
    offset: int
    """Its position in the utterance's text, in characters."""
    length: int
    """Its length in characters."""


class Speech(Struct, frozen=True):
    """An engine's speech for an utterance: mono PCM, 16 bits, with times counted from its first sample."""

    pcm: bytes
    sample_rate: int
    words: tuple[Timing, ...] = ()
    sentences: tuple[Timing, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    """Begin and end of each stretch that the voice cannot read, in characters of the utterance's text. It is missing from the sound."""
    exact: bool = False
    """Whether the engine's times are exact: it has trimmed the silence itself, and measuring must not change its times."""


class EncodedSpeech(Struct, frozen=True):
    """A service's speech for an utterance: mono Layer III frames, with times on the service's own clock.

    That clock may have any origin. Only the distances between times are trusted.
    """

    frames: bytes
    grid: Grid
    words: tuple[Timing, ...] = ()
    sentences: tuple[Timing, ...] = ()
    ends: tuple[Samples, ...] = ()
    """The end of each word; if no words are reported, of each sentence. Empty if the service does not report ends."""


class Clip(Struct, frozen=True):
    """One utterance as whole frames on the grid.

    All times are samples of the decoded stream, counted from the clip's first frame, and include the codec delay. So the listener's
    clock is the sum of the whole frames before the clip and a time in the clip.
    """

    grid: Grid
    frames: bytes
    frame_count: FrameCount
    onset: Samples
    """The onset of the first sound."""
    end: Samples
    """The end of the last sound."""
    silent: bool = False
    """Whether no sound is audible at all. Then `onset` and `end` are those of the whole clip."""
    words: tuple[Timing, ...] = ()
    sentences: tuple[Timing, ...] = ()
    levels: bytes = b""
    """The peak of each tenth of a second from `onset` to `end`, from 0 to 255."""
    unread: tuple[tuple[int, int], ...] = ()
    """As in `Speech`."""
    blocks: tuple[Block, ...] = ()
    """Its loudness by EBU R 128; empty if that was not measured."""
    peak_db: float | None = None
    """Its true peak, in dBTP."""
    misheard: tuple[str, ...] = ()
    """What a recogniser did not hear as it should be, a line for each; empty if nothing, or if nobody listened."""
    by_ear: bool = False
    """Whether the times of words come from a recogniser, because the engine reports none."""

    @property
    def tail(self) -> Samples:
        """The silence after the last sound."""
        return Samples(self.frame_count * self.grid.samples_per_frame - self.end)


class Voice(Struct, frozen=True):
    """A voice of an engine."""

    name: str
    language: LanguageTag
    description: str = ""
    gender: str = ""
    """`Female`, `Male`, or empty if unknown."""
    unread: str = ""
    """A regular expression for words that it cannot read here, but could if `remedy` were installed. Empty if nothing is missing."""
    remedy: str = ""
    model: str = ""
    """The name of a model that it shares with other voices, which therefore have the same speed. Empty if it does not matter."""
    variants: tuple[str, ...] = ()
    """Names that may follow its own name and a plus sign (`en+f3`): the same language by another speaker."""


class VoiceList(Struct, frozen=True):
    """The voices of a service, as far as this machine knows them."""

    voices: tuple[Voice, ...]
    note: str = ""
    """The origin and age of the list, in one line."""
    others: str = ""
    """A regular expression for names of voices that may exist besides. Empty if the list is complete."""

    def has(self, name: str) -> bool:
        """Whether a voice of that name exists or may exist. A variant of a voice counts as one."""
        own, plus, variant = name.partition("+")
        return (
            any(voice.name == name for voice in self.voices)
            or bool(plus and any(voice.name == own and variant in voice.variants for voice in self.voices))
            or bool(self.others and re.fullmatch(self.others, name))
        )


class Status(Struct, frozen=True):
    """Whether an engine can work here."""

    ready: bool
    reason: str
    """One line: why it is ready, or what is missing."""
    remedy: str = ""
    missing: bool = False
    """Whether it is only not installed or not set up. Then only users who ask for it need to know."""


class Speaker(Protocol):
    """An opened engine. It never writes files, joins, tags, retries or prints."""

    def speak(self, utterance: Utterance) -> Speech:
        """Speak one utterance. The samples do not depend on earlier utterances. Raises `EngineError`."""


class AsyncSpeaker(Protocol):
    """A service that takes many requests at once. It never writes files, joins, tags, retries or prints."""

    @property
    def tells(self) -> bool:
        """Whether it reports what it spoke, by words or by sentences. Then unreported text was not spoken."""

    async def speak(self, utterance: Utterance) -> Speech | EncodedSpeech:
        """Request one utterance, once. Ends within the settings' deadlines. Raises `online.request_errors.ServiceFault`."""


class _Described(Protocol):
    """The description of an engine. It is cheap: nothing is loaded, and no network is used."""

    @property
    def name(self) -> str:
        """The name that users type."""

    @property
    def version(self) -> str:
        """Changes whenever the same utterance may give other samples. Empty if the engine is missing."""

    def identity(self, voice: str, language: LanguageTag) -> str:
        """All that decides how `voice` speaks `language`, except the text and its prosody. Part of the clip cache key."""

    @property
    def sample_rate(self) -> int:
        """The sample rate of its speech, in Hz."""

    @property
    def audible(self) -> bool:
        """Whether it makes sound. If so, an utterance without sound was not spoken."""

    @property
    def spells_digits(self) -> bool:
        """Whether it reads digits and signs well by itself, so that text can be left as it is."""

    @property
    def max_bytes(self) -> int:
        """The maximum length of an utterance's text, in bytes of UTF-8."""

    @property
    def max_sentences(self) -> int:
        """The maximum number of sentences in an utterance; 0 for no limit but the length."""

    def status(self) -> Status:
        """Whether it can work here; if not, why, and what to do."""

    def voices(self) -> tuple[Voice, ...]:
        """Its voices, as far as this machine knows them. Raises `EngineError` if they cannot be determined."""


class LocalEngine(_Described, Protocol):
    """An engine that speaks on this machine. Only `open` loads it."""

    @property
    def online(self) -> Literal[False]:
        """No text leaves this machine."""

    def installable(self, voice: str) -> bool:
        """Whether a voice of that name is not installed but could be."""

    @property
    def note(self) -> str:
        """One line that users should know about its voices; empty if there is nothing."""

    @property
    def device(self) -> Device:
        """The device of its networks, if it has any."""

    def on(self, device: Device) -> "LocalEngine":
        """The same engine with its networks on `device`. Raises `UsageError` if they cannot run there, here or at all."""

    def licence(self, voice: str) -> str:
        """What the makers of `voice` allow, in one line; empty if unknown."""

    @property
    def worker_bytes(self) -> int:
        """The maximum memory of a process that speaks with it; 0 if it is too little to matter."""

    def open(self, *, dry: bool = False) -> AbstractContextManager[Speaker]:
        """Load it. With `dry`, nothing is written, not even for later. Raises `EngineError`."""


class Plain:
    """Default answers for local engines, to inherit from."""

    max_sentences = 0
    worker_bytes = 0
    device = Device.CPU
    note = ""

    def identity(self, voice: str, language: LanguageTag) -> str:  # noqa: ARG002 -- the same for all of them
        """The engine's version."""
        version: str = self.version  # type: ignore[attr-defined]
        return version

    def on(self, device: Device) -> Self:
        """Only the CPU is supported."""
        if device is not Device.CPU:
            raise UsageError(f"The engine “{self.name}” cannot run on “{device}”.", "Leave --device out.")  # type: ignore[attr-defined]
        return self

    def licence(self, voice: str) -> str:  # noqa: ARG002
        """Unknown."""
        return ""

    def installable(self, voice: str) -> bool:  # noqa: ARG002
        """All its voices are installed."""
        return False


class OnlineEngine(_Described, Protocol):
    """An engine that sends text to a service. The service answers with PCM or MPEG audio frames."""

    @property
    def online(self) -> Literal[True]:
        """Text leaves this machine."""

    @property
    def destination(self) -> str:
        """Who gets the text, as people know them."""

    @property
    def sends_frames(self) -> bool:
        """Whether it sends MPEG audio frames on the grid, and nothing else. PCM has its peaks lowered before it is encoded."""

    def adapted(self, settings: ServiceSettings) -> ServiceSettings:
        """`settings` adapted to this service: the number of concurrent requests, and the deadlines."""

    def probe(self, settings: ServiceSettings) -> Status:
        """Whether the service can be reached now. Probed once per process, within `settings.probe_seconds`."""

    def voice_list(self, settings: ServiceSettings, *, ask: bool) -> VoiceList:
        """Its voices. With `ask`, the service is asked if the cached list is old. Without it, no network is used.

        Raises `ServiceError` if the service must be asked and cannot be.
        """

    def connect(self, settings: ServiceSettings) -> AbstractAsyncContextManager[AsyncSpeaker]:
        """Prepare to send requests. Raises `EngineError`, `UsageError`."""


Engine: TypeAlias = LocalEngine | OnlineEngine
"""Any engine; `online` tells which of the two kinds it is."""
