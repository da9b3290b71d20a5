"""The packs of the tests' own voice store, installed as a user would from files that lie here."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from tests.speech.engines.neural.models import (
    PIPER_IDS,
    kokoro_model,
    kokoro_styles,
    piper_configuration,
    piper_model,
)
from tests.voice_store.packs import CARD, laid_out, pack_of

from chaptercast.voice_store import InstalledPack, installation
from chaptercast.voice_store.disk import Piece

KOKORO, ENGLISH, GERMAN, MANY, LETTERS = (
    "kokoro-tiny", "en_US-tiny-medium", "de_DE-tiny-medium", "en_GB-many-low", "fr_FR-letters-low"
)  # fmt: skip


def _piper(**changes: object) -> Mapping[str, bytes]:
    note = str(sorted(changes))
    speakers = len(changes.get("speaker_id_map") or ())  # type: ignore[arg-type]
    model = piper_model(note, speakers=speakers)
    return {"model.onnx": model, "model.onnx.json": piper_configuration(**changes), "MODEL_CARD": CARD}


PACKS: Mapping[str, Mapping[str, bytes]] = MappingProxyType(
    {
        KOKORO: {"model.onnx": kokoro_model(), "voices-v1.0.bin": kokoro_styles(), "MODEL_CARD": CARD},
        ENGLISH: _piper(),
        GERMAN: _piper(espeak={"voice": "de"}, language={"code": "de_DE"}),
        MANY: _piper(
            audio={"sample_rate": 16_000}, language={"code": "en_GB"}, speaker_id_map={"zoe": 0, "adam": 1}, num_speakers=2
        ),
        LETTERS: _piper(
            phoneme_type="text",
            espeak=None,
            language={"code": "fr_FR"},
            phoneme_id_map={**{one: [number] for one, number in PIPER_IDS.items() if one.isascii()}, "\u0301": [90]},
        ),
    }
)  # fmt: skip


def install(name: str, contents: Mapping[str, bytes], folder: Path, **facts: Any) -> InstalledPack:
    """Install a pack into the store of this process, from files that are laid out in `folder`; `facts` are what is said of it."""
    laid_out(folder, contents)
    pieces = {file: Piece(folder / file, len(content)) for file, content in contents.items()}
    return installation.copy(
        pack_of(contents, **{"id": name, "voices": (), **facts}), pieces, lambda _line: None, lambda *_: None
    )


def installed_in(folder: Path) -> Path:
    """A store with all of `PACKS`, in `folder`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAPTERCAST_VOICES", str(folder / "store"))
        patch.setenv("XDG_DATA_DIRS", str(folder / "none"))
        for name, contents in PACKS.items():
            install(name, contents, folder / "given" / name)
    return folder / "store"
