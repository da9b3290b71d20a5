"""Small packs of the tests' own: models of a few kilobytes that hold nothing, and catalogues of them."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chaptercast.units import LanguageTag
from chaptercast.voice_store.model import Pack, PackFile, PackVoice

CARD = b"# Model card for test (medium)\n\n* Language: en_US\n\n## Dataset\n\n* License: CC0\n"


def onnx(size: int = 3000, filler: bytes = b"\xaa") -> bytes:
    """A message of ONNX with a version and a network of `size` bytes of nothing."""
    length = bytes([size & 0x7F | 0x80, size >> 7 & 0x7F | 0x80, size >> 14])
    return b"\x08\x08" + b"\x3a" + length + filler * size


def configuration(**changes: Any) -> bytes:
    """The configuration of a Piper voice."""
    table = {
        "audio": {"sample_rate": 22050, "quality": "medium"},
        "espeak": {"voice": "en-us"},
        "phoneme_type": "espeak",
        "phoneme_id_map": {"_": [0], "^": [1], "a": [2]},
        "num_speakers": 1,
        "speaker_id_map": {},
        "language": {"code": "en_US", "family": "en"},
        "dataset": "test",
    }
    return json.dumps({**table, **changes}).encode()


def vectors(*names: str) -> bytes:
    """An archive of voices as numpy makes it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), b"\x93NUMPY" + name.encode())
    return packed.getvalue()


PIPER: Mapping[str, bytes] = {"model.onnx": onnx(), "model.onnx.json": configuration(), "MODEL_CARD": CARD}
KOKORO: Mapping[str, bytes] = {"model.onnx": onnx(5000), "voices-v1.0.bin": vectors("af_heart", "zm_yunxi")}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def pack_of(contents: Mapping[str, bytes], *places: str, **changes: Any) -> Pack:
    """A pack with these files, to be had at `places`, each a base address."""
    files = tuple(
        PackFile(
            name, len(content), sha256(content), tuple(f"{p}{name}" for p in places), optional=name == "MODEL_CARD"
        )
        for name, content in contents.items()
    )
    given = {
        "id": "en_US-test-medium",
        "family": "kokoro" if "voices-v1.0.bin" in contents else "piper",
        "licence": "CC0-1.0",
        "licence_note": "Free for any use.",
        "voices": (PackVoice("test", LanguageTag("en-US"), "female"),),
        "files": files,
    }
    return Pack(**{**given, **changes})


def catalogue_text(*packs: Pack) -> str:
    """A catalogue of these packs."""
    lines = ["format = 1"]
    for pack in packs:
        lines += ["[[packs]]"]
        keys = ("id", "family", "quality", "description", "licence", "licence_note", "restricted", "homepage")
        lines += [f"{key} = {json.dumps(getattr(pack, key))}" for key in keys if getattr(pack, key)]
        for voice in pack.voices:
            lines += ["[[packs.voices]]", f"name = {json.dumps(voice.name)}", f'language = "{voice.language}"']
        for file in pack.files:
            lines += ["[[packs.files]]", f'name = "{file.name}"', f"size = {file.size}"]
            lines += [f'{key} = "{value}"' for key in ("sha256", "md5") if (value := getattr(file, key))]
            lines += [f"sources = {json.dumps(file.sources)}", f"optional = {json.dumps(file.optional)}"]
    return "\n".join(lines) + "\n"


def laid_out(folder: Path, contents: Mapping[str, bytes]) -> Path:
    """A folder with these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder


def names_in(folder: Path) -> list[str]:
    """All that lies in a folder, however deep, but for folders themselves."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())
