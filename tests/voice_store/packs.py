"""Small packs of the tests' own, models of a few kilobytes, and catalogues of them."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.speech.engines.neural.models import kokoro_model, kokoro_styles, piper_configuration, piper_model

from chaptercast.common.units import LanguageTag
from chaptercast.voice_store.model import Pack, PackFile, PackVoice

CARD = b"# Model card for test (medium)\n\n* Language: en_US\n\n## Dataset\n\n* License: CC0\n"


PIPER: Mapping[str, bytes] = {
    "model.onnx": piper_model("one"),
    "model.onnx.json": piper_configuration(),
    "MODEL_CARD": CARD,
}
KOKORO: Mapping[str, bytes] = {
    "model.onnx": kokoro_model(),
    "voices-v1.0.bin": kokoro_styles("af_heart", "zf_xiaoxiao"),
}


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
