"""Files appear whole or not at all."""

import os
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from chaptercast.errors import OutputError
from chaptercast.publication import atomic_files


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    final = tmp_path / "new" / "a.json"
    atomic_files.write(final, b"content")
    assert final.read_bytes() == b"content"
    assert list(final.parent.iterdir()) == [final]


def test_trouble_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    final = tmp_path / "a"
    final.write_bytes(b"old")
    with suppress(RuntimeError), atomic_files.temporary(tmp_path) as part, atomic_files.opened(part) as stream:
        stream.write(b"half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == [final]
    assert final.read_bytes() == b"old"


def test_folders_made_in_vain_are_removed_and_others_are_not(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), atomic_files.temporary(tmp_path / "new" / "deep"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_it_is_as_readable_as_the_users_other_files(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        atomic_files.write(tmp_path / "a", b"")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a process cannot be asked about harmlessly")
def test_what_a_killed_run_left_is_removed_and_what_a_running_one_writes_is_not(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead, alive = tmp_path / f".chaptercast-{ended.pid}-x.part", tmp_path / f".chaptercast-{os.getpid()}-x.part"
    dead.touch()
    alive.touch()
    atomic_files.write(tmp_path / "a", b"")
    assert sorted(tmp_path.iterdir()) == [alive, tmp_path / "a"]


@pytest.mark.parametrize("place", ["file/inside", "folder"])
def test_what_cannot_be_written_is_one_clear_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="cannot be written") as caught:
        atomic_files.write(tmp_path / place, b"")
    assert "-o" in caught.value.remedy
