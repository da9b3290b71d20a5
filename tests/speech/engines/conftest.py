"""A voice store with tiny voices in it, so that every engine speaks on every machine."""

from pathlib import Path

import pytest
from tests.speech.engines.neural.packs import installed_in


@pytest.fixture(scope="session")
def _voice_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed_in(tmp_path_factory.mktemp("voices"))


@pytest.fixture
def neural_voices(_voice_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The store, as this test's own; what is put into it is seen by other tests."""
    monkeypatch.setenv("CHAPTERCAST_VOICES", str(_voice_store))
    return _voice_store
