"""The engine: an utterance to PCM with the times of its words."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.devices import Device
from chaptercast.common.language_tags import closest
from chaptercast.common.units import LanguageTag, primary
from chaptercast.speech.engines.espeak import installation
from chaptercast.speech.engines.neural import packs
from chaptercast.speech.engines.neural.kokoro.grapheme_to_phoneme import LANGUAGES, dictionaries, lack, spell
from chaptercast.speech.engines.neural.kokoro.model import SAMPLE_RATE, STYLE_ROWS, STYLE_WIDTH, KokoroModel
from chaptercast.speech.engines.neural.kokoro.pack import FAMILY, MODEL, STYLES, styles
from chaptercast.speech.engines.neural.packs import InstalledVoice
from chaptercast.speech.engines.neural.phonemes.espeak import phonemes
from chaptercast.speech.engines.neural.runtime import check_device
from chaptercast.speech.engines.neural.synthesis import Sound, spoken
from chaptercast.speech.model import Speaker, Speech, Status, Utterance, Voice
from chaptercast.voice_store import InstalledPack, Pack, PackVoice

if TYPE_CHECKING:
    from numpy.typing import NDArray

_REVISION = 1
"""Of the way from text to sound: raised whenever the same text may become other samples."""
_LONGEST = 300
"""Symbols of one run of the network, which takes 510: its pace rises with their number, and its memory."""
_WORKER_BYTES = 950_000_000
"""860 MB were measured with the longest run, and 80 for the dictionaries of Chinese; with sentences of the usual length 620."""


class _KokoroSpeaker(Struct, frozen=True):
    path: str
    data: str
    device: Device

    def speak(self, utterance: Utterance) -> Speech:
        """Say it: the samples depend on nothing else."""
        voice = _voice(utterance.voice)
        language = _language(voice.language, utterance.language)
        with phonemes(self.path, self.data) as library:
            spelling = spell(utterance.text, language, library)
        model, style = _model(voice.pack, self.device), _style(voice)

        def say(symbols: str) -> Sound:
            return model.say(symbols, style, utterance.prosody.rate)

        return spoken(spelling, say, _LONGEST, SAMPLE_RATE, utterance.prosody)


class KokoroEngine(Struct, frozen=True):
    """See `speech.model.Engine`."""

    name: str = "kokoro"
    online: bool = False
    sample_rate: int = SAMPLE_RATE
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

    def identity(self, voice: str, language: LanguageTag) -> str:
        """Versions, the digests of the voice's files, and the dictionary that reads the language."""
        found = _voice(voice)
        read_as = _language(found.language, language)
        return "; ".join(
            (str(_REVISION), self.version, self.device, found.own_name, found.digests, read_as, dictionaries(read_as))
        )

    def on(self, device: Device) -> "KokoroEngine":
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
        return tuple(_described(voice) for voice in _voices())

    @contextmanager
    def open(self, *, dry: bool = False) -> Iterator[Speaker]:  # noqa: ARG002 -- it writes nothing in any case
        """Find the library of phonemes; a model is loaded when its voice first speaks."""
        yield _KokoroSpeaker(*installation.paths(), self.device)


def _named(_pack: Pack, voice: PackVoice) -> str:
    return voice.name


def _voices() -> tuple[InstalledVoice, ...]:
    return packs.voices_of(FAMILY, _named)


def _voice(name: str) -> InstalledVoice:
    return packs.found(name, _voices(), FAMILY)


def _described(voice: InstalledVoice) -> Voice:
    unread, remedy = lack(voice.language)
    return Voice(voice.name, voice.language, voice.description, voice.gender, unread, remedy, voice.pack.id)


@cache
def _language(own: LanguageTag, wanted: LanguageTag) -> LanguageTag:
    """The language by whose rules a voice of the language `own` reads a text: the network knows all nine of them."""
    if primary(own) == primary(wanted):
        return own
    match = closest(wanted, LANGUAGES)
    return match if match and not lack(match)[1] else own


@lru_cache(1)
def _model(pack: InstalledPack, device: Device) -> KokoroModel:
    """Loaded once in a process, for all the voices of its pack."""
    return KokoroModel(packs.content(pack, MODEL), device)


@lru_cache(8)
def _style(voice: InstalledVoice) -> "NDArray[Any]":
    import numpy as np

    return np.frombuffer(styles(voice.pack.path(STYLES), voice.own_name), "<f4").reshape(STYLE_ROWS, STYLE_WIDTH)


ENGINE = KokoroEngine()
