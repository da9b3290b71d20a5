"""Families of voices: who looks into the files of a pack and says what speaks in them.

That is the business of the engine that will use them, and this is a leaf: so it is looked up by name. Where the engine's
module is not there, `plain_checks` does it.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct

from chaptercast.errors import EngineError
from chaptercast.voice_store.model import PackVoice


class Described(Struct, frozen=True):
    """What is in the files of a pack."""

    sample_rate: int
    """Hz."""
    voices: tuple[PackVoice, ...]


Describe: TypeAlias = Callable[[Mapping[str, Path]], Described]
"""Looks into files, by their names in the pack, without running them. Raises `EngineError` for what is no such model."""


class Family(Struct, frozen=True):
    """A kind of model."""

    describe: str
    """Module and name of the function that looks into its files."""
    plain: str
    """The same, where the engine's module is not there."""


_PLAIN = "chaptercast.voice_store.plain_checks"
_ENGINE = "chaptercast.speech.engines.neural"
FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        "kokoro": Family(f"{_ENGINE}.kokoro_pack:describe", f"{_PLAIN}:kokoro"),
        "piper": Family(f"{_ENGINE}.piper_pack:describe", f"{_PLAIN}:piper"),
    }
)


def describe(family: str, files: Mapping[str, Path]) -> Described:
    """What is in the files of a pack of this family. Raises `EngineError` where that is no such model."""
    known = FAMILIES.get(family)
    if known is None:
        raise EngineError(f"Voices of the family “{family}” are not known.", "Is this program new enough for them?")
    try:
        found = _function(known.describe)
    except ModuleNotFoundError:
        found = _function(known.plain)
    described = found(files)
    if not described.voices:
        raise EngineError("There is no voice in it.", "Get it again from its makers.")
    return described


def _function(place: str) -> Describe:
    module, _, name = place.partition(":")
    function: Describe = getattr(import_module(module), name)
    return function
