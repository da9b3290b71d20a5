"""Reads the files of a recogniser's pack without running them and without trusting what they declare."""

import json
from collections.abc import Mapping
from pathlib import Path

from chaptercast.errors import EngineError
from chaptercast.voice_store.families import Described

FAMILY = "whisper"
SAMPLE_RATE = 16_000
"""Sample rate of the input of every Whisper model, in Hz."""
_MODEL, _CONFIGURATION, _TOKENIZER = "model.bin", "config.json", "tokenizer.json"
_VOCABULARIES = ("vocabulary.txt", "vocabulary.json")
_KIND = b"WhisperSpec\0"
"""Text in the header of a model, after the format version and the length of this name (CTranslate2, `model_spec.py`)."""
_MOST_JSON = 20_000_000
_AGAIN = "Get it again from its makers."


def describe(files: Mapping[str, Path]) -> Described:
    """Returns the description of a pack with a recogniser: no voices. Raises `EngineError` if it is not a Whisper model for CTranslate2."""
    for name in (_MODEL, _CONFIGURATION, _TOKENIZER):
        if name not in files:
            raise EngineError(f"{name} is missing.", _AGAIN)
    if not any(name in files for name in _VOCABULARIES):
        raise EngineError("The vocabulary is missing.", _AGAIN)
    try:
        with files[_MODEL].open("rb") as stream:
            is_whisper = stream.read(6 + len(_KIND))[6:] == _KIND
    except OSError as error:
        raise EngineError(f"{_MODEL} cannot be read: {error.strerror or error}.", _AGAIN) from error
    if not is_whisper:
        raise EngineError(f"{_MODEL} cannot be used: it is no Whisper model for CTranslate2.", _AGAIN)
    _require(files[_CONFIGURATION], "suppress_ids")
    _require(files[_TOKENIZER], "model")
    return Described(SAMPLE_RATE, ())


def _require(path: Path, key: str) -> None:
    """Raises `EngineError` if a file is not a JSON object with `key`."""
    try:
        table = json.loads(path.read_bytes()) if path.stat().st_size <= _MOST_JSON else None
    except (OSError, ValueError, RecursionError) as error:
        raise EngineError(f"{path.name} cannot be used: {error}.", _AGAIN) from error
    if not isinstance(table, dict) or key not in table:
        raise EngineError(f"{path.name} cannot be used: it has no “{key}”.", _AGAIN)
