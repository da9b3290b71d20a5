"""The real models, installed once for all their tests; these run in one worker (`IN_ONE_WORKER`) and share what is made."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.judges.requirement import MODELS_FOLDER, require
from tests.speech.engines.neural.real.recordings import Made

KOKORO, PIPER = "kokoro-v1.0-int8", "en_US-joe-medium"


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A voice store into which one command has put all that is there."""
    for judge in (KOKORO, PIPER):
        require(judge)
    folder = tmp_path_factory.mktemp("real") / "store"
    done = subprocess.run(
        [sys.executable, "-m", "chaptercast", "voices", "--install", "--from", MODELS_FOLDER, "--yes", "--offline"],
        env={**os.environ, "CHAPTERCAST_VOICES": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    assert {PIPER, KOKORO} <= {path.name for path in folder.iterdir()}
    return folder


@pytest.fixture(autouse=True)
def _voices(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the tiny voices."""
    monkeypatch.setenv("CHAPTERCAST_VOICES", str(store))


@pytest.fixture(scope="session")
def made(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Recordings, each made when it is first asked for."""
    return Made(store, tmp_path_factory.mktemp("recordings"))
