"""What is spoken and what comes back: frozen values between the stages, and the contract of an engine."""

import re
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Literal, NamedTuple, Protocol, Self, TypeAlias

from msgspec import Struct

from chaptercast.common.devices import Device
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import FrameCount, LanguageTag, Samples
from chaptercast.errors import UsageError
from chaptercast.speech.online.settings import ServiceSettings

LEVELS_A_SECOND = 10
"""How finely it is told how loud a clip is."""


class Prosody(Struct, frozen=True):
    """How a voice speaks, as factors of its own manner."""

    rate: float = 1.0
    pitch: float = 1.0
    volume: float = 1.0


class Utterance(Struct, frozen=True, eq=False):
    """One request to an engine: text to be said in one go, by one voice. The same text is the same utterance."""

    text: str
    """As it is to be said; plain text, never markup."""
    voice: str
    """An engine's own name for a voice."""
    language: LanguageTag
    prosody: Prosody = Prosody()
    sentences: tuple[int, ...] = ()
    """Where each sentence of the text begins, in characters, as far as that is known."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Utterance) and self._request == other._request

    def __hash__(self) -> int:
        return hash(self._request)

    @property
    def _request(self) -> tuple[object, ...]:
        return self.text, self.voice, self.language, self.prosody


class Timing(NamedTuple):
    """When a word or a sentence begins to sound. A tuple: there are thousands in an hour, and they go from process to process."""

    start: Samples
    offset: int
    """Where it begins in the utterance's text, in characters."""
    length: int
    """How many characters it has."""


class Speech(Struct, frozen=True):
    """What an engine made of an utterance: mono PCM of 16 bits, with times counted from its first sample."""

    pcm: bytes
    sample_rate: int
    words: tuple[Timing, ...] = ()
    sentences: tuple[Timing, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    """Begin and end of what the voice cannot read, in characters of the utterance's text: it is not in the sound."""
    exact: bool = False
    """Whether the engine knows its own sound: it has cut the silence off, and its times are not to be improved by measuring."""


class EncodedSpeech(Struct, frozen=True):
    """What a service made of an utterance: frames of mono Layer III, with times counted as the service counts them.

    Its clock may stand anywhere; only the distances between times are trusted.
    """

    frames: bytes
    grid: Grid
    words: tuple[Timing, ...] = ()
    sentences: tuple[Timing, ...] = ()
    ends: tuple[Samples, ...] = ()
    """When each word, or where no words are told each sentence, has been said; nothing where the service does not tell that."""


class Clip(Struct, frozen=True):
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
    levels: bytes = b""
    """The loudest sample of each tenth of a second from `onset` to `end`, from 0 to 255."""
    unread: tuple[tuple[int, int], ...] = ()
    """As `Speech` has it."""

    @property
    def tail(self) -> Samples:
        """Silence after the last sound."""
        return Samples(self.frame_count * self.grid.samples_per_frame - self.end)


class Voice(Struct, frozen=True):
    """A voice that an engine has."""

    name: str
    language: LanguageTag
    description: str = ""
    gender: str = ""
    """`Female`, `Male`, or empty where it is not told."""
    unread: str = ""
    """A regular expression for words that it cannot read here, and could with what `remedy` installs; empty where nothing is lacking."""
    remedy: str = ""
    model: str = ""
    """What it shares with the voices that are as fast as it is, by name; empty where that need not be known."""
    variants: tuple[str, ...] = ()
    """Names that may follow its own and a plus sign (`en+f3`): the same language by another speaker."""


class VoiceList(Struct, frozen=True):
    """The voices of a service, as far as they are known here."""

    voices: tuple[Voice, ...]
    note: str = ""
    """Where the list comes from and how old it is; one line."""
    others: str = ""
    """A regular expression for the names of voices that may be there besides; empty where these are all."""

    def has(self, name: str) -> bool:
        """Whether there is, or may be, a voice of that name; a variant of one is one, too."""
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
    """One line: what makes it ready, or what is missing."""
    remedy: str = ""
    missing: bool = False
    """Whether it is merely not installed, or not set up: nobody has to be told of it who did not ask."""


class Speaker(Protocol):
    """An opened engine. It never writes files, joins, tags, retries or prints."""

    def speak(self, utterance: Utterance) -> Speech:
        """Say one utterance: the same samples whatever was said before. Raises `EngineError`."""


class AsyncSpeaker(Protocol):
    """A service that can be asked, many times at once. It never writes files, joins, tags, retries or prints."""

    @property
    def tells(self) -> bool:
        """Whether it tells what it spoke, word by word or by sentences: then what it does not tell was not spoken."""

    async def speak(self, utterance: Utterance) -> Speech | EncodedSpeech:
        """Ask once for one utterance; ends within the settings' deadlines. Raises `online.faults.ServiceFault`."""


class _Described(Protocol):
    """What can speak. Describing it is cheap: nothing is loaded, and nothing asked of any network."""

    @property
    def name(self) -> str:
        """The name that users type."""

    @property
    def version(self) -> str:
        """Changes whenever the same utterance may give other samples; empty where the engine is missing."""

    def identity(self, voice: str, language: LanguageTag) -> str:
        """All that decides how `voice` says a text in `language` but the text and its prosody: clips are kept under it."""

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

    @property
    def max_sentences(self) -> int:
        """How many sentences an utterance may have; 0 for as many as it has room for."""

    def status(self) -> Status:
        """Whether it can work here and, if not, why and what to do."""

    def voices(self) -> tuple[Voice, ...]:
        """What it can speak with, as far as that is known on this machine. Raises `EngineError` where it cannot be told."""


class LocalEngine(_Described, Protocol):
    """An engine that speaks on this machine; only `open` loads it."""

    @property
    def online(self) -> Literal[False]:
        """No text leaves this machine."""

    def installable(self, voice: str) -> bool:
        """Whether there is a voice of that name that is not here and could be installed."""

    @property
    def note(self) -> str:
        """What is to be known of its voices, in a line; empty where nothing is."""

    @property
    def device(self) -> Device:
        """What its networks run on, where it has any."""

    def on(self, device: Device) -> "LocalEngine":
        """The same engine, whose networks run on `device`. Raises `UsageError` where they cannot, here or at all."""

    def licence(self, voice: str) -> str:
        """What the makers of `voice` allow, in a line; empty where that is not known."""

    @property
    def worker_bytes(self) -> int:
        """How much memory a process takes that speaks with it, at most; 0 where that is too little to count."""

    def open(self, *, dry: bool = False) -> AbstractContextManager[Speaker]:
        """Load it; with `dry`, without writing anything, be it for later. Raises `EngineError`."""


class Plain:
    """What most engines on this machine answer where the contract asks for more than they have: to be inherited."""

    max_sentences = 0
    worker_bytes = 0
    device = Device.CPU
    note = ""

    def identity(self, voice: str, language: LanguageTag) -> str:  # noqa: ARG002 -- the same for all of them
        """The engine's version."""
        version: str = self.version  # type: ignore[attr-defined]
        return version

    def on(self, device: Device) -> Self:
        """On the processor only."""
        if device is not Device.CPU:
            raise UsageError(f"The engine “{self.name}” cannot run on “{device}”.", "Leave --device out.")  # type: ignore[attr-defined]
        return self

    def licence(self, voice: str) -> str:  # noqa: ARG002
        """Nothing is known."""
        return ""

    def installable(self, voice: str) -> bool:  # noqa: ARG002
        """Its voices are all here."""
        return False


class OnlineEngine(_Described, Protocol):
    """An engine that sends text to a service, which answers with PCM, or with frames of MPEG audio."""

    @property
    def online(self) -> Literal[True]:
        """Text leaves this machine."""

    @property
    def destination(self) -> str:
        """Who gets the text, as people know them."""

    def adapted(self, settings: ServiceSettings) -> ServiceSettings:
        """`settings` as they suit this service: how many requests it bears at once, and how much time it needs."""

    def probe(self, settings: ServiceSettings) -> Status:
        """Whether the service can be reached now; asked once in a process, within `settings.probe_seconds`."""

    def voice_list(self, settings: ServiceSettings, *, ask: bool) -> VoiceList:
        """Its voices. With `ask` the service is asked where what is known is old; without, no network is used.

        Raises `ServiceError` where it must be asked and cannot.
        """

    def connect(self, settings: ServiceSettings) -> AbstractAsyncContextManager[AsyncSpeaker]:
        """Make ready to ask. Raises `EngineError`, `UsageError`."""


Engine: TypeAlias = LocalEngine | OnlineEngine
"""What can speak; `online` tells which of the two it is."""
