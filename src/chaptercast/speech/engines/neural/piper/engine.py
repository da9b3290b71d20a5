"""The engine: an utterance to PCM with the times of its words."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache

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
from chaptercast.speech.engines.neural.synthesis import Sound, spoken
from chaptercast.speech.model import Speaker, Speech, Status, Utterance, Voice
from chaptercast.voice_store import InstalledPack, Pack, PackVoice

_REVISION = 1
"""Of the way from text to sound: raised whenever the same text may become other samples."""
_LONGEST = 400
"""Symbols of one run of a network: it knows no limit, and takes memory for each."""
_WORKER_BYTES = 700_000_000
"""660 MB were measured with the longest run."""
_MODELS_AT_ONCE = 3
"""Body, headings and quotes may each have a network of their own."""
_USUAL_RATE = 22_050


class _PiperSpeaker(Struct, frozen=True):
    path: str
    data: str
    device: Device

    def speak(self, utterance: Utterance) -> Speech:
        """Say it: the samples depend on nothing else."""
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
            return model.say(symbols, utterance.prosody.rate, speaker)

        return spoken(spelling, say, _LONGEST, configuration.sample_rate, utterance.prosody)


class PiperEngine(Struct, frozen=True):
    """See `speech.model.Engine`."""

    name: str = "piper"
    online: bool = False
    sample_rate: int = _USUAL_RATE
    """That of most of its voices; others are resampled."""
    audible: bool = True
    spells_digits: bool = False
    max_bytes: int = 1200
    """It knows no limit; this keeps the work of one sentence small."""
    max_sentences: int = 1
    """Each is spoken by itself: pauses between them are those of the profile, and an edit costs one sentence."""
    worker_bytes: int = _WORKER_BYTES
    device: Device = Device.CPU
    note: str = packs.NOTE

    @property
    def version(self) -> str:
        """Those of what its models run on and are given phonemes by."""
        return packs.version()

    def identity(self, voice: str, language: LanguageTag) -> str:  # noqa: ARG002 -- a network reads one language only
        """Versions, and the digests of the voice's files."""
        found = _voice(voice)
        return "; ".join((str(_REVISION), self.version, self.device, found.own_name, found.digests))

    def on(self, device: Device) -> "PiperEngine":
        """With the runtime's own means for that device; untried but on processors."""
        check_device(device)
        return replace(self, device=device)

    def licence(self, voice: str) -> str:
        """That of the pack."""
        return packs.licence(_voice(voice))

    def installable(self, voice: str) -> bool:
        """Those of the catalogue."""
        return packs.installable(FAMILY, voice, _named)

    def status(self) -> Status:
        """Ready where a pack is installed, and what runs it."""
        return packs.status(FAMILY, _voices())

    def voices(self) -> tuple[Voice, ...]:
        """Those of the packs that are installed."""
        return tuple(
            Voice(voice.name, voice.language, voice.description, voice.gender, model=voice.pack.id)
            for voice in _voices()
        )

    @contextmanager
    def open(self, *, dry: bool = False) -> Iterator[Speaker]:  # noqa: ARG002 -- it writes nothing in any case
        """Find the library of phonemes; a model is loaded when its voice first speaks."""
        yield _PiperSpeaker(*installation.paths(), self.device)


def _named(pack: Pack, voice: PackVoice) -> str:
    """A pack is a voice, but for those with several speakers."""
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
    """Loaded once in a process, for all the speakers of its pack."""
    configuration = _configuration(pack)
    return PiperModel(packs.content(pack, MODEL), configuration.ids, configuration.length_scale, device)


@cache
def _espeak_voice(wanted: str) -> str:
    """The voice of eSpeak NG that a configuration means: by its file's name, else by its language. Raises `EngineError`."""
    voices = ESPEAK.voices()
    exact = next((voice.name for voice in voices if wanted.lower() in {voice.name.lower(), voice.language.lower()}), "")
    near = closest(LanguageTag(wanted), [voice.language for voice in voices])
    name = exact or next((voice.name for voice in voices if voice.language == near), "")
    if not name:
        raise EngineError(f"eSpeak NG has no phonemes for “{wanted}”.", "Choose another voice: chaptercast voices")
    return name


ENGINE = PiperEngine()
