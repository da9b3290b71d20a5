"""The files of a Kokoro pack: what speaks in them, and a voice's styles, read without trusting what they announce."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.speech.engines.neural.kokoro.model import (
    SAMPLE_RATE,
    STYLE_ROWS,
    STYLE_WIDTH,
    durations_output,
    tokens_input,
)
from chaptercast.speech.engines.neural.onnx_model import OnnxModel
from chaptercast.voice_store.families import Described
from chaptercast.voice_store.model import PackVoice

FAMILY = "kokoro"
MODEL, STYLES = "model.onnx", "voices-v1.0.bin"
_AGAIN = "Get it again from its makers."
_NPY_HEAD, _NPY_LONGEST_HEADER = b"\x93NUMPY\x01\x00", 1024
"""An array of numpy's, version 1.0 of its format (numpy.lib.format)."""
_SHAPE = re.compile(rf"'shape': \({STYLE_ROWS}, 1, {STYLE_WIDTH}\)")
_STYLES_BYTES = 4 * STYLE_ROWS * STYLE_WIDTH
_ORDER = "'fortran_order': False"
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways to pack files that numpy uses."""
_ERRORS = (OSError, EOFError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What reading a damaged archive may end with; `RuntimeError` is for encrypted ones."""
_VOICE = re.compile(r"([abefhijpz])([fm])_\w{1,40}", re.ASCII)
"""Its first letter tells the language of a voice, its second the gender (hexgrad/Kokoro-82M, VOICES.md)."""
_LANGUAGES: Mapping[str, LanguageTag] = MappingProxyType(
    {
        letter: LanguageTag(tag)
        for letter, tag in zip(
            "abefhijpz", ("en-US", "en-GB", "es", "fr", "hi", "it", "ja", "pt-BR", "zh-CN"), strict=True
        )
    }
)
_GENDERS: Mapping[str, str] = MappingProxyType({"f": "female", "m": "male"})


def describe(files: Mapping[str, Path]) -> Described:
    """The voices in a pack's files. Raises `EngineError` where they are no Kokoro model with its styles."""
    for name in (MODEL, STYLES):
        if name not in files:
            raise EngineError(f"{name} is missing.", _AGAIN)
    try:
        model = OnnxModel(files[MODEL].read_bytes())
        tokens_input(model)
        durations_output(model)
    except (OSError, ValueError) as error:
        raise EngineError(f"{files[MODEL].name} cannot be used: {error}.", _AGAIN) from error
    return Described(SAMPLE_RATE, tuple(_voices(files[STYLES])))


def _voices(path: Path) -> Iterator[PackVoice]:
    """The voices whose styles are in an archive. Raises `EngineError` where there are none, or one is no array of styles."""
    with _opened(path) as archive:
        names = sorted({name.removesuffix(".npy") for name in archive.namelist()})
        for name in names:
            found = _VOICE.fullmatch(name)
            if found:
                _styles(archive, name)
                yield PackVoice(name, _LANGUAGES[found[1]], _GENDERS[found[2]])


def styles(path: Path, voice: str) -> bytes:
    """The styles of a voice: `STYLE_ROWS` rows of `STYLE_WIDTH` 32-bit floats. Raises `EngineError`."""
    with _opened(path) as archive:
        return _styles(archive, voice)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except _ERRORS as error:
        raise EngineError(f"{path.name} holds no styles of Kokoro's voices: {error}.", _AGAIN) from error


def _styles(archive: zipfile.ZipFile, voice: str) -> bytes:
    """Raises `ValueError` where the archive holds something else; never more is read than styles take, whatever it announces."""
    entry = archive.getinfo(f"{voice}.npy")
    if entry.compress_type not in _KINDS:
        raise ValueError(f"{voice} is packed in a way that is not known here")
    with archive.open(entry) as stream:
        head = stream.read(len(_NPY_HEAD) + 2)
        length = int.from_bytes(head[-2:], "little")
        if not head.startswith(_NPY_HEAD) or length > _NPY_LONGEST_HEADER:
            raise ValueError(f"{voice} is no array")
        announced = stream.read(length).decode("latin-1")
        content = stream.read(_STYLES_BYTES + 1)
    told = _SHAPE.search(announced) and "'<f4'" in announced and _ORDER in announced
    if len(content) != _STYLES_BYTES or not told:
        raise ValueError(f"{voice} is no array of styles")
    return content
