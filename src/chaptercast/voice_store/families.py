"""Voice families: finds the code that inspects a pack's files and lists its voices.

That code belongs to the engine that uses the files. This package is a leaf, so it looks the code up by name.
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
    """The description of a pack's content."""

    sample_rate: int
    """Hz."""
    voices: tuple[PackVoice, ...]
    """None in what hears, and does not speak."""


Describe: TypeAlias = Callable[[Mapping[str, Path]], Described]
"""Inspects files, by their names in the pack, without running them. Raises `EngineError` if they are not such a model."""


_ENGINES = "chaptercast.speech.engines.neural"
FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "kokoro": f"{_ENGINES}.kokoro.pack:describe",
        "piper": f"{_ENGINES}.piper.pack:describe",
        "whisper": "chaptercast.listening.pack:describe",
    }
)
"""For each family, module and name of the function that inspects its files. It must need only packages that are always installed."""
RECOGNISERS = frozenset({"whisper"})
"""The families of models that hear."""


def describe(family: str, files: Mapping[str, Path]) -> Described:
    """Describe the files of a pack of this family. Raises `EngineError` if they are not such a model."""
    known = FAMILIES.get(family)
    if known is None:
        raise EngineError(f"Voices of the family “{family}” are not known.", "Is this program new enough for them?")
    described = _function(known)(files)
    if not described.voices and family not in RECOGNISERS:
        raise EngineError("There is no voice in it.", "Get it again from its makers.")
    return described


def _function(place: str) -> Describe:
    module, _, name = place.partition(":")
    function: Describe = getattr(import_module(module), name)
    return function
