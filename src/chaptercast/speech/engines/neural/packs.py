"""Voices of the voice store as an engine of neural voices offers them, and what such an engine needs besides."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from chaptercast.common.units import LanguageTag
from chaptercast.common.user_folders import voice_shelves
from chaptercast.errors import EngineError
from chaptercast.speech.engines.espeak import installation
from chaptercast.speech.engines.neural import runtime
from chaptercast.speech.model import Status
from chaptercast.voice_store import InstalledPack, Pack, PackVoice, installed, licence_of
from chaptercast.voice_store.catalogue import catalogue
from chaptercast.voice_store.model import LICENCE_FILE

_TEXTS = frozenset({LICENCE_FILE, "LICENSE", "MODEL_CARD"})
"""Files of a pack that are for people."""


class InstalledVoice(Struct, frozen=True):
    """A voice that an engine can speak with."""

    name: str
    """As users name it."""
    language: LanguageTag
    gender: str
    """`Female`, `Male`, or empty where it is not told."""
    description: str
    pack: InstalledPack
    own_name: str
    """Within its pack."""

    @property
    def digests(self) -> str:
        """Names and SHA-256 of the files that decide how it speaks."""
        return ", ".join(f"{file.name} {file.sha256}" for file in self.pack.files if file.name not in _TEXTS)


NOTE = (
    "the voices change their speed by themselves, and cannot change their pitch: what a profile asks of it is left out"
)
"""What is to be known of neural voices."""

Named: TypeAlias = Callable[[Pack, PackVoice], str]
"""What users call a voice of a pack."""


def voices_of(family: str, named: Named) -> tuple[InstalledVoice, ...]:
    """The installed voices of a family, by language and name. Manifests are read again only when a shelf has changed.

    Where several packs have a voice of the same name, that of the smallest has it; of the others the pack's name follows after an at sign.
    """
    return _voices(family, named, tuple(_stamps()))


def _stamps() -> Iterator[tuple[Path, int]]:
    for shelf in voice_shelves():
        try:
            yield shelf, shelf.stat().st_mtime_ns
        except OSError:
            yield shelf, 0


@lru_cache(4)
def _voices(family: str, named: Named, _stamps: tuple[tuple[Path, int], ...]) -> tuple[InstalledVoice, ...]:
    found: dict[str, InstalledVoice] = {}
    for pack in sorted(installed(family), key=lambda pack: (pack.size, pack.id)):
        for voice in pack.voices:
            plain = named(pack, voice)
            name = plain if plain not in found else f"{plain}@{pack.id}"
            gender = voice.gender.capitalize()
            about = "; ".join(filter(None, (voice.language, gender, voice.description, pack.id, pack.licence)))
            found[name] = InstalledVoice(name, voice.language, gender, about, pack, voice.name)
    return tuple(sorted(found.values(), key=lambda voice: (voice.language, voice.name)))


def found(name: str, voices: tuple[InstalledVoice, ...], engine: str) -> InstalledVoice:
    """The voice of that name. Raises `EngineError` where there is none."""
    for voice in voices:
        if voice.name == name:
            return voice
    raise EngineError(
        f"The engine “{engine}” has no voice “{name}”.", f"What there is: chaptercast voices --engine {engine}"
    )


def installable(family: str, name: str, named: Named) -> bool:
    """Whether the catalogue has a voice of that name."""
    return any(
        named(pack, voice) == name for pack in catalogue().values() if pack.family == family for voice in pack.voices
    )


def licence(voice: InstalledVoice) -> str:
    """The licence of a voice's pack, and what it means for the use."""
    told = licence_of(voice.pack)
    return f"{told.licence}: {told.note}" if told.note else told.licence


def content(pack: InstalledPack, name: str) -> bytes:
    """A file of a pack. Raises `EngineError` where it cannot be read."""
    try:
        return pack.path(name).read_bytes()
    except OSError as error:
        raise EngineError(
            f"{pack.path(name)} cannot be read: {error.strerror or error}.",
            f"Install it again: chaptercast voices --install {pack.id}",
        ) from error


def status(family: str, voices: tuple[InstalledVoice, ...]) -> Status:
    """Whether voices of a family can speak here."""
    if not runtime.release():
        return Status(ready=False, reason="the ONNX Runtime is not installed", remedy=runtime.REMEDY, missing=True)
    if not installation.release():
        return Status(ready=False, reason="the package espeakng-loader is not installed", remedy=runtime.REMEDY)
    if not voices:
        remedy = f"Install one: chaptercast voices --available --engine {family}, chaptercast voices --install ID"
        return Status(ready=False, reason="no voice is installed", remedy=remedy, missing=True)
    languages = dict.fromkeys(voice.language for voice in voices)
    count = f"{len(voices)} voice{'s' if len(voices) > 1 else ''}"
    return Status(ready=True, reason=f"{count} installed, for {', '.join(languages)}; works offline")


def version() -> str:
    """What decides how all neural voices speak, besides their files; empty where it is not installed."""
    runs, reads = runtime.release(), installation.release()
    return f"{runs}, eSpeak NG {reads}" if runs and reads else ""
