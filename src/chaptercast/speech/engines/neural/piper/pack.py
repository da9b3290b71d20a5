"""The files of a Piper pack: its configuration, and what speaks in it, read without trusting what they announce."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from chaptercast.common.language_tags import normalised
from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.speech.engines.neural.onnx_model import OnnxModel
from chaptercast.speech.engines.neural.piper.model import REQUIRED, check_ports, durations_output
from chaptercast.voice_store.families import Described
from chaptercast.voice_store.model import PackVoice

FAMILY = "piper"
MODEL, CONFIGURATION = "model.onnx", "model.onnx.json"
_AGAIN = "Get it again from its makers."
_MOST_BYTES = 4_000_000
_MOST_SPEAKERS = 10_000
_PHONEMES, _LETTERS = "espeak", "text"
"""What networks read that can be made here; there are others, which need programs of their own."""
_RATES = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)


class Configuration(Struct, frozen=True):
    """What a voice tells of itself, as far as it is used."""

    sample_rate: int
    """Hz."""
    language: LanguageTag
    espeak_voice: str
    """Whose phonemes it was trained on; empty where it was trained on letters."""
    ids: Mapping[str, tuple[int, ...]]
    """The numbers of each symbol."""
    length_scale: float
    """How slowly it speaks, as it was meant to."""
    speakers: Mapping[str, int]
    """Their numbers by name; empty where there is one only."""
    name: str
    """Of the recordings that it was trained on."""


def describe(files: Mapping[str, Path]) -> Described:
    """The voices in a pack's files. Raises `EngineError` where they are no Piper voice."""
    for name in (MODEL, CONFIGURATION):
        if name not in files:
            raise EngineError(f"{name} is missing.", _AGAIN)
    configuration = read_configuration(files[CONFIGURATION])
    try:
        model = OnnxModel(files[MODEL].read_bytes())
        check_ports(model)
        durations_output(model)
    except (OSError, ValueError) as error:
        raise EngineError(f"{files[MODEL].name} cannot be used: {error}.", _AGAIN) from error
    names = sorted(configuration.speakers, key=lambda name: (configuration.speakers[name], name))
    voices = (PackVoice(name, configuration.language) for name in names or [configuration.name])
    return Described(configuration.sample_rate, tuple(voices))


def read_configuration(path: Path) -> Configuration:
    """What the file `path` tells of a voice. Raises `EngineError`, with all its faults, where it is no configuration of Piper's."""
    try:
        with path.open("rb") as stream:
            table = json.loads(stream.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError) as error:
        raise EngineError(f"{path.name} is no configuration of a Piper voice: {error}.", _AGAIN) from error
    faults = list(_faults(table)) if isinstance(table, dict) else ["it is no table"]
    if faults:
        raise EngineError(f"{path.name} is no configuration of a Piper voice: {'; '.join(faults)}.", _AGAIN)
    manner = table.get("inference") or {}
    return Configuration(
        sample_rate=table["audio"]["sample_rate"],
        language=_language(table) or LanguageTag("und"),
        espeak_voice=table["espeak"]["voice"] if _kind(table) == _PHONEMES else "",
        ids={symbol: tuple(ids) for symbol, ids in table["phoneme_id_map"].items()},
        length_scale=float(manner.get("length_scale", 1)),
        speakers=dict(table.get("speaker_id_map") or {}),
        name=str(table.get("dataset") or "voice")[:100],
    )


def _faults(table: Mapping[str, Any]) -> Iterator[str]:
    if _within(table, "audio", "sample_rate") not in _RATES:
        yield f"audio.sample_rate is none of {', '.join(map(str, _RATES))}"
    if _kind(table) not in (_PHONEMES, _LETTERS):
        yield f"it reads phonemes of the kind “{_kind(table)[:20]}”, which cannot be made here"
    elif _kind(table) == _PHONEMES and not _is_name(_within(table, "espeak", "voice")):
        yield "espeak.voice is missing"
    ids = table.get("phoneme_id_map")
    if not isinstance(ids, dict) or not all(map(_is_ids, ids.values())):
        yield "phoneme_id_map does not map symbols to numbers"
    elif not ids.keys() >= set(REQUIRED):
        yield f"phoneme_id_map lacks {' or '.join(REQUIRED)}"
    if _language(table) is None:
        yield "language.code is no language"
    speakers = table.get("speaker_id_map") or {}
    if not isinstance(speakers, dict) or len(speakers) > _MOST_SPEAKERS or not all(map(_is_id, speakers.values())):
        yield "speaker_id_map does not map names to numbers"
    manner = table.get("inference") or {}
    if not isinstance(manner, dict) or not _is_scale(manner.get("length_scale", 1)):
        yield "inference.length_scale is no number from 0.1 to 10"


def _kind(table: Mapping[str, Any]) -> str:
    """What the network reads; newer configurations write it as the name of a constant."""
    return str(table.get("phoneme_type") or _PHONEMES).rpartition(".")[2].lower()


def _language(table: Mapping[str, Any]) -> LanguageTag | None:
    """That of the configuration, else that of its phonemes."""
    code = _within(table, "language", "code") or _within(table, "espeak", "voice")
    return normalised(code.replace("_", "-")) if _is_name(code) else None


def _within(table: Mapping[str, Any], outer: str, inner: str) -> Any:
    value = table.get(outer)
    return value.get(inner) if isinstance(value, dict) else None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 40 and value.isascii() and value.isprintable()


def _is_id(value: object) -> bool:
    return type(value) is int and 0 <= value < 1 << 31


def _is_ids(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_id, value))


def _is_scale(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0.1 <= value <= 10
