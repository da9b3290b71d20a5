"""The engine `kokoro`: turns an utterance into PCM with word times."""

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
from chaptercast.speech.engines.neural.synthesis import Sound, longest_piece, spoken
from chaptercast.speech.model import Speaker, Speech, Status, Utterance, Voice
from chaptercast.voice_store import InstalledPack, Pack, PackVoice

if TYPE_CHECKING:
    from numpy.typing import NDArray

_REVISION = 1
"""The revision of the way from text to sound. Raise it whenever the same text may give other samples."""
_LONGEST = 300
"""Symbols per run of the network, which accepts 510. Time per symbol, and memory, rise with their number."""
_WORKER_BYTES = 950_000_000
"""Measured: 860 MB with the longest run, plus 80 MB for the Chinese dictionaries; 620 MB with sentences of usual length."""


class _KokoroSpeaker(Struct, frozen=True):
    path: str
    data: str
    device: Device

    def speak(self, utterance: Utterance) -> Speech:
        """Speak an utterance. The samples depend on nothing else."""
        voice = _voice(utterance.voice)
        language = _language(voice.language, utterance.language)
        with phonemes(self.path, self.data) as library:
            spelling = spell(utterance.text, language, library)
        model, style = _model(voice.pack, self.device), _style(voice)

        def say(symbols: str) -> Sound:
            return model.say(symbols, style, utterance.prosody.rate, utterance.take)

        longest = longest_piece(_LONGEST, utterance.take)
        return spoken(spelling, say, longest, SAMPLE_RATE, utterance.prosody)


class KokoroEngine(Struct, frozen=True):
    """See `speech.model.Engine`."""

    name: str = "kokoro"
    online: bool = False
    sample_rate: int = SAMPLE_RATE
    audible: bool = True
    spells_digits: bool = False
    max_bytes: int = 1200
    """Kokoro has no limit. This one keeps the work for one sentence small."""
    max_sentences: int = 1
    """Each sentence is spoken by itself. So the profile sets the pauses between them, and an edit costs one sentence."""
    worker_bytes: int = _WORKER_BYTES
    device: Device = Device.CPU
    note: str = packs.NOTE

    @property
    def version(self) -> str:
        """The versions of the runtime and of the source of phonemes."""
        return packs.version()

    def identity(self, voice: str, language: LanguageTag) -> str:
        """Versions, the digests of the voice's files, and the dictionary that reads the language."""
        found = _voice(voice)
        read_as = _language(found.language, language)
        return "; ".join(
            (str(_REVISION), self.version, self.device, found.own_name, found.digests, read_as, dictionaries(read_as))
        )

    def on(self, device: Device) -> "KokoroEngine":
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
        return tuple(_described(voice) for voice in _voices())

    @contextmanager
    def open(self, *, dry: bool = False) -> Iterator[Speaker]:  # noqa: ARG002 -- it writes nothing in any case
        """Find the phoneme library. A model is loaded when its voice first speaks."""
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
    """The language whose rules a voice of language `own` uses for a text. The network knows all nine languages."""
    if primary(own) == primary(wanted):
        return own
    match = closest(wanted, LANGUAGES)
    return match if match and not lack(match)[1] else own


@lru_cache(1)
def _model(pack: InstalledPack, device: Device) -> KokoroModel:
    """Loaded once per process, for all voices of its pack."""
    return KokoroModel(packs.content(pack, MODEL), device)


@lru_cache(8)
def _style(voice: InstalledVoice) -> "NDArray[Any]":
    import numpy as np

    return np.frombuffer(styles(voice.pack.path(STYLES), voice.own_name), "<f4").reshape(STYLE_ROWS, STYLE_WIDTH)


ENGINE = KokoroEngine()
