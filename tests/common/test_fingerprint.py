"""Whatever decides what becomes of an article changes the fingerprint, and nothing else does."""

from pathlib import Path

import pytest

from chaptercast.common import fingerprint as module
from chaptercast.common.fingerprint import fingerprint


def test_voices_packages_and_the_version_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = [fingerprint()]
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "en.toml").touch()
    found.append(fingerprint())
    (tmp_path / "espeak-9.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    found.append(fingerprint())
    monkeypatch.setattr(module, "__version__", "99")
    found.append(fingerprint())
    assert len(set(found)) == 4
    assert fingerprint() == found[-1]


def test_the_programs_own_files_count(tmp_path: Path) -> None:
    (tmp_path / "deep" / "__pycache__").mkdir(parents=True)
    (tmp_path / "deep" / "module.py").write_text("one")
    before = list(module._own_files(tmp_path))
    (tmp_path / "deep" / "__pycache__" / "module.pyc").touch()
    assert list(module._own_files(tmp_path)) == before
    (tmp_path / "deep" / "module.py").write_text("three")
    assert list(module._own_files(tmp_path)) != before
