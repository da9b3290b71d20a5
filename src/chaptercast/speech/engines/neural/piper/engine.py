"""The engine `piper`: turns an utterance into PCM with word times."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.devices import Device
from chaptercast.common.language_tags import closest
from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.speech.engines.espeak import ENGINE as ESPEAK
from chaptercast.speech.engines.espeak import installation
from chaptercast.speech.engines.neural import packs
from chaptercast.speech.engines.neural.packs import InstalledVoice
from chaptercast.speech.engines.neural.phonemes.espeak import phonemes
from chaptercast.speech.engines.neural.piper.grapheme_to_phoneme import spell, spell_letters
from chaptercast.speech.engines.neural.piper.model import PiperModel
from chaptercast.speech.engines.neural.piper.pack import CONFIGURATION, FAMILY, MODEL, Configuration, read_configuration
from chaptercast.speech.engines.neural.runtime import check_device
from chaptercast.speech.engines.neural.synthesis import Sound, longest_piece, spoken
from chaptercast.speech.model import Speaker, Speech, Status, Utterance, Voice
from chaptercast.voice_store import InstalledPack, Pack, PackVoice

_REVISION = 1
"""The revision of the way from text to sound. Raise it whenever the same text may give other samples."""
_TAKES = MappingProxyType({2: 0.93, 3: 1.06})
"""The speeds of further takes. The model's own noise would be another way, but no two takes of it are the same."""
_LONGEST = 400
"""Symbols per run of a network. A network has no limit, but each symbol takes memory."""
_WORKER_BYTES = 700_000_000
"""660 MB were measured with the longest run."""
_MODELS_AT_ONCE = 3
"""Body, headings and quotes may each use their own network."""
_USUAL_RATE = 22_050


class _PiperSpeaker(Struct, frozen=True):
    path: str
    data: str
    device: Device

    def speak(self, utterance: Utterance) -> Speech:
        """Speak an utterance. The samples depend on nothing else."""
        voice = _voice(utterance.voice)
        configuration = _configuration(voice.pack)
        if configuration.espeak_voice:
            with phonemes(self.path, self.data) as library:
                espeak_voice = _espeak_voice(configuration.espeak_voice)
                spelling = spell(utterance.text, espeak_voice, configuration.ids, library)
        else:
            spelling = spell_letters(utterance.text, configuration.ids)
        model = _model(voice.pack, self.device)
        speaker = configuration.speakers.get(voice.own_name)

        def say(symbols: str) -> Sound:
            return model.say(symbols, utterance.prosody.rate * _TAKES.get(utterance.take, 1.0), speaker)

        longest = longest_piece(_LONGEST, utterance.take)
        return spoken(spelling, say, longest, configuration.sample_rate, utterance.prosody)


class PiperEngine(Struct, frozen=True):
    """See `speech.model.Engine`."""

    name: str = "piper"
    online: bool = False
    sample_rate: int = _USUAL_RATE
    """The rate of most of its voices. Others are resampled."""
    audible: bool = True
    spells_digits: bool = False
    max_bytes: int = 1200
    """Piper has no limit. This one keeps the work for one sentence small."""
    max_sentences: int = 1
    """Each sentence is spoken by itself. So the profile sets the pauses between them, and an edit costs one sentence."""
    worker_bytes: int = _WORKER_BYTES
    device: Device = Device.CPU
    note: str = packs.NOTE

    @property
    def version(self) -> str:
        """The versions of the runtime and of the source of phonemes."""
        return packs.version()

    def identity(self, voice: str, language: LanguageTag) -> str:  # noqa: ARG002 -- a network reads one language only
        """The versions, and the digests of the voice's files."""
        found = _voice(voice)
        return "; ".join((str(_REVISION), self.version, self.device, found.own_name, found.digests))

    def on(self, device: Device) -> "PiperEngine":
        """Use the runtime's provider for that device. Tested only on CPUs."""
        check_device(device)
        return replace(self, device=device)

    def licence(self, voice: str) -> str:
        """The licence of the pack."""
        return packs.licence(_voice(voice))

    def installable(self, voice: str) -> bool:
        """Whether the catalogue has the voice."""
        return packs.installable(FAMILY, voice, _named)

    def status(self) -> Status:
        """Ready if a pack and the packages that run it are installed."""
        return packs.status(FAMILY, _voices())

    def voices(self) -> tuple[Voice, ...]:
        """The voices of the installed packs."""
        return tuple(
            Voice(voice.name, voice.language, voice.description, voice.gender, model=voice.pack.id)
            for voice in _voices()
        )

    @contextmanager
    def open(self, *, dry: bool = False) -> Iterator[Speaker]:  # noqa: ARG002 -- it writes nothing in any case
        """Find the phoneme library. A model is loaded when its voice first speaks."""
        yield _PiperSpeaker(*installation.paths(), self.device)


def _named(pack: Pack, voice: PackVoice) -> str:
    """The pack's name, because a pack is one voice. Packs with several speakers add the speaker."""
    return pack.id if len(pack.voices) == 1 else f"{pack.id}#{voice.name}"


def _voices() -> tuple[InstalledVoice, ...]:
    return packs.voices_of(FAMILY, _named)


def _voice(name: str) -> InstalledVoice:
    return packs.found(name, _voices(), FAMILY)


@lru_cache(_MODELS_AT_ONCE)
def _configuration(pack: InstalledPack) -> Configuration:
    return read_configuration(pack.path(CONFIGURATION))


@lru_cache(_MODELS_AT_ONCE)
def _model(pack: InstalledPack, device: Device) -> PiperModel:
    """Loaded once per process, for all speakers of its pack."""
    configuration = _configuration(pack)
    return PiperModel(packs.content(pack, MODEL), configuration.ids, configuration.length_scale, device)


@cache
def _espeak_voice(wanted: str) -> str:
    """The eSpeak NG voice that a configuration means: by its file name, otherwise by its language. Raises `EngineError`."""
    voices = ESPEAK.voices()
    exact = next((voice.name for voice in voices if wanted.lower() in {voice.name.lower(), voice.language.lower()}), "")
    near = closest(LanguageTag(wanted), [voice.language for voice in voices])
    name = exact or next((voice.name for voice in voices if voice.language == near), "")
    if not name:
        raise EngineError(f"eSpeak NG has no phonemes for “{wanted}”.", "Choose another voice: chaptercast voices")
    return name


ENGINE = PiperEngine()
