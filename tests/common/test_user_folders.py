"""Where things are looked for and kept."""

import os
import time
from pathlib import Path

import pytest

from chaptercast.common.user_folders import cache_folder, is_due, keep, voice_folders


def test_the_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("CHAPTERCAST_CACHE")
    assert "chaptercast" in cache_folder().parts


def test_voices_are_looked_for_here_first_and_among_the_shipped_ones_last() -> None:
    here, own, shipped = voice_folders()
    assert here == Path("voices")
    assert own.is_relative_to(Path.home())
    assert (shipped / "generic.toml").is_file()


def test_what_is_kept_is_whole_and_trouble_leaves_nothing(tmp_path: Path) -> None:
    keep(tmp_path / "new" / "a", b"content")
    assert (tmp_path / "new" / "a").read_bytes() == b"content"
    (tmp_path / "taken" / "inside").mkdir(parents=True)
    keep(tmp_path / "taken", b"content")  # a folder that is not empty cannot be replaced
    keep(tmp_path / "new" / "a" / "b", b"content")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "inside", "new", "taken"]


def test_what_need_not_be_done_often_is_due_once_an_hour(tmp_path: Path) -> None:
    marker = tmp_path / "deep" / "marker"
    assert [is_due(marker), is_due(marker)] == [True, False]
    then = time.time() - 3601
    os.utime(marker, (then, then))
    assert [is_due(marker), is_due(marker)] == [True, False]
    (tmp_path / "file").touch()
    assert [is_due(tmp_path / "file" / "marker")] * 2 == [True, True]
