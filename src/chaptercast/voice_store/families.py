"""Families of voices: who looks into the files of a pack and says what speaks in them.

That is the business of the engine that will use them, and this is a leaf: so it is looked up by name.
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
    """None in what hears, and does not speak."""


Describe: TypeAlias = Callable[[Mapping[str, Path]], Described]
"""Looks into files, by their names in the pack, without running them. Raises `EngineError` for what is no such model."""


_ENGINES = "chaptercast.speech.engines.neural"
FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "kokoro": f"{_ENGINES}.kokoro.pack:describe",
        "piper": f"{_ENGINES}.piper.pack:describe",
        "whisper": "chaptercast.listening.pack:describe",
    }
)
"""For each kind of model, module and name of the function that looks into its files; it needs nothing that is not always installed."""
RECOGNISERS = frozenset({"whisper"})
"""Families of models that hear."""


def describe(family: str, files: Mapping[str, Path]) -> Described:
    """What is in the files of a pack of this family. Raises `EngineError` where that is no such model."""
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
