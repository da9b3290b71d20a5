"""A look into models where no engine's module does it: whether the files are what they are said to be, and what speaks in them.

It does not run them. Models are checked as far as their outermost parts: a file that was cut off, or is something else, is seen.
"""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from chaptercast.errors import EngineError
from chaptercast.units import LanguageTag
from chaptercast.voice_store.families import Described
from chaptercast.voice_store.model import PackVoice

_AGAIN = "Get it again from its makers."
_GRAPH = 7
"""The field of ONNX' ModelProto that holds the network (onnx.proto3)."""
_MOST_CONFIGURATION = 1_000_000
_MOST_VOICES = 10_000
_PHONEMES = ("espeak", "text")
"""What Piper's models read that this program can make."""
_KOKORO_HZ = 24_000
_KOKORO: Mapping[str, str] = MappingProxyType(
    {
        "a": "en-US",
        "b": "en-GB",
        "e": "es",
        "f": "fr",
        "h": "hi",
        "i": "it",
        "j": "ja",
        "p": "pt-BR",
        "z": "zh-CN",
    }
)
"""The language of a voice by the first letter of its name (hexgrad/Kokoro-82M, VOICES.md)."""
_GENDERS = MappingProxyType({"f": "female", "m": "male"})


def kokoro(files: Mapping[str, Path]) -> Described:
    """The voices of a Kokoro pack: those whose vectors lie in `voices-v1.0.bin`, an archive of numpy's. Raises `EngineError`."""
    _require_onnx(_file(files, "model.onnx"))
    path = _file(files, "voices-v1.0.bin")
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(name.removesuffix(".npy") for name in archive.namelist() if name.endswith(".npy"))
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        raise EngineError(f"{path.name} holds no voices of Kokoro: {error}.", _AGAIN) from error
    known = [name for name in names if len(name) > 3 and name[0] in _KOKORO and name[2] == "_"]
    voices = (PackVoice(name, LanguageTag(_KOKORO[name[0]]), _GENDERS.get(name[1], "")) for name in known)
    return Described(_KOKORO_HZ, tuple(voices))


def piper(files: Mapping[str, Path]) -> Described:
    """The voices of a Piper pack, as `model.onnx.json` tells them. Raises `EngineError` where that is no configuration of Piper's."""
    _require_onnx(_file(files, "model.onnx"))
    path = _file(files, "model.onnx.json")
    table = _configuration(path)
    wrong = _faults(table)
    if wrong:
        raise EngineError(f"{path.name} is no configuration of a Piper voice: {'; '.join(wrong)}.", _AGAIN)
    language = LanguageTag(table["language"]["code"].replace("_", "-"))
    ids = table.get("speaker_id_map") or {_name(table): 0}
    speakers = sorted(ids, key=lambda name: (ids[name], name))
    return Described(table["audio"]["sample_rate"], tuple(PackVoice(name, language) for name in speakers))


def _file(files: Mapping[str, Path], name: str) -> Path:
    if name not in files:
        raise EngineError(f"{name} is missing.", _AGAIN)
    return files[name]


def _name(table: Mapping[str, Any]) -> str:
    return str(table.get("dataset") or "voice")[:100]


def _configuration(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            table = json.loads(stream.read(_MOST_CONFIGURATION))
    except (OSError, ValueError, RecursionError) as error:
        raise EngineError(f"{path.name} is no JSON: {error}.", _AGAIN) from error
    return table if isinstance(table, dict) else {}


def _faults(table: Mapping[str, Any]) -> list[str]:
    """What a configuration lacks, or has of another kind (piper's `config.py`)."""
    rate = _within(table, "audio", "sample_rate")
    espeak = _within(table, "espeak", "voice")
    code = _within(table, "language", "code")
    phonemes = table.get("phoneme_id_map")
    speakers = table.get("speaker_id_map") or {}
    kind = str(table.get("phoneme_type") or "espeak").rpartition(".")[2].lower()
    found = []
    if type(rate) is not int or not 8000 <= rate <= 192_000:
        found.append("audio.sample_rate is no number of Hz")
    if kind not in _PHONEMES:
        found.append(f"it reads phonemes of the kind “{kind}”, which this program cannot make")
    elif kind == "espeak" and not (isinstance(espeak, str) and espeak):
        found.append("espeak.voice is missing")
    if not isinstance(phonemes, dict) or not phonemes or not all(map(_is_ids, phonemes.values())):
        found.append("phoneme_id_map maps nothing to numbers")
    if not isinstance(code, str) or not code.replace("_", "").isalnum() or not code.isascii():
        found.append("language.code is no language")
    if not isinstance(speakers, dict) or len(speakers) > _MOST_VOICES or not all(map(_is_id, speakers.values())):
        found.append("speaker_id_map maps names to something else than numbers")
    return found


def _within(table: Mapping[str, Any], outer: str, inner: str) -> Any:
    value = table.get(outer)
    return value.get(inner) if isinstance(value, dict) else None


def _is_id(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_ids(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_id, value))


def _require_onnx(path: Path) -> None:
    """Raises `EngineError` unless the file is a whole message of ONNX: its outermost fields follow one another to the last byte."""
    try:
        with path.open("rb") as stream:
            fields = _fields(stream, path.stat().st_size)
    except (OSError, ValueError) as error:
        raise EngineError(f"{path.name} is no whole ONNX model: {error}.", _AGAIN) from error
    if _GRAPH not in fields:
        raise EngineError(f"{path.name} is no ONNX model: there is no network in it.", _AGAIN)


def _fields(stream: BinaryIO, size: int) -> set[int]:
    """The numbers of the outermost fields of a message (protobuf.dev, Encoding). Raises `ValueError` where it is none."""
    found = set()
    while stream.tell() < size:
        field, kind = divmod(_varint(stream), 8)
        if kind == 0:
            _varint(stream)
        elif kind in (1, 5):
            stream.seek(8 if kind == 1 else 4, 1)
        elif kind == 2:
            length = _varint(stream)
            if length > size:
                raise ValueError("it was cut off")
            stream.seek(length, 1)
        else:
            raise ValueError("it holds what no such file holds")
        found.add(field)
    if stream.tell() != size:
        raise ValueError("it was cut off")
    return found


def _varint(stream: BinaryIO) -> int:
    value = 0
    for shift in range(0, 64, 7):
        byte = stream.read(1)
        if not byte:
            raise ValueError("it was cut off")
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
    raise ValueError("it holds what no such file holds")
