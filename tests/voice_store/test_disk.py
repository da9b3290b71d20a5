"""The disk under the store: locks, room, copies, and files that are whole or not there."""

import os
import shutil
import sys
import threading
from collections import namedtuple
from pathlib import Path

import pytest
from tests.voice_store.packs import sha256

from chaptercast.errors import EngineError, OutputError
from chaptercast.voice_store import disk
from chaptercast.voice_store.disk import Piece, copied, locked, removed, require_room, written
from chaptercast.voice_store.model import PackFile

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
CONTENT = b"0123456789"


def test_a_copy_is_what_it_must_be(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"before" + CONTENT + b"after")
    counted: list[int] = []
    file = PackFile("model.onnx", 10, sha256(CONTENT))
    piece = Piece(tmp_path / "source", 10, 6)
    assert copied(piece, file, tmp_path / "copy", counted.append) == file
    assert (tmp_path / "copy").read_bytes() == CONTENT
    assert sum(counted) == 10


@pytest.mark.parametrize(
    ("piece", "told"),
    [
        (Piece(Path("source"), 9), "9 bytes instead of 10"),
        (Piece(Path("source"), 10, 1), "1 bytes are missing"),
        (Piece(Path("none"), 10), "cannot be read"),
        (Piece(Path("other"), 10), "its checksum is wrong"),
    ],
)
def test_a_copy_that_is_not_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: Piece, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("source").write_bytes(CONTENT)
    Path("other").write_bytes(b"x" * 10)
    with pytest.raises(EngineError) as caught:
        copied(piece, PackFile("model.onnx", 10, sha256(CONTENT)), tmp_path / "copy", lambda _count: None)
    assert told in caught.value.message


def test_both_sums_must_be_right_where_both_are_known(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(CONTENT)
    both = PackFile("model.onnx", 10, sha256(CONTENT), md5="0" * 32)
    with pytest.raises(EngineError, match="checksum"):
        copied(Piece(tmp_path / "source", 10), both, tmp_path / "copy", lambda _count: None)


def test_room_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 -- as shutil has it
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(0, 0, 100_000_000))
    require_room(tmp_path, 50_000_000)
    with pytest.raises(OutputError, match="100 MB free, and 110 are needed"):
        require_room(tmp_path, 90_000_000)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> object:
        yield b"half"
        raise EngineError("This does not go on.")

    written(tmp_path / "x", [b"a", b"b"])
    assert (tmp_path / "x").read_bytes() == b"ab"
    with pytest.raises(EngineError):
        written(tmp_path / "y", broken())  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    with pytest.raises(OutputError):
        written(tmp_path / "x" / "inside", [b""])


@pytest.mark.skipif(os.name != "posix", reason="rights are another matter there")
def test_a_file_is_as_readable_as_others_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    written(tmp_path / "x", [b""])
    assert (tmp_path / "x").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_folder_goes_with_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "pack" / "deep").mkdir(parents=True)
    (tmp_path / "pack" / "deep" / "x").touch()
    removed(tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(OutputError):
        removed(tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []


def test_a_lock_is_held_by_one_and_waited_for_by_the_others(tmp_path: Path) -> None:
    order: list[str] = []
    waited = threading.Event()

    def second() -> None:
        with locked(tmp_path / "lock", waited.set):
            order.append("second")

    other = threading.Thread(target=second)
    with locked(tmp_path / "lock", lambda: None):
        other.start()
        assert waited.wait(30)
        order.append("first")
    other.join()
    assert order == ["first", "second"]
    assert not waited.clear()
    assert list(tmp_path.iterdir()) == []


def test_many_come_one_after_the_other(tmp_path: Path) -> None:
    inside: list[int] = []

    def work() -> None:
        for _ in range(20):
            with locked(tmp_path / "lock", lambda: None):
                inside.append(1)
                assert len(inside) == 1
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert inside == []


@pytest.mark.skipif(sys.platform == "win32", reason="locks are made another way there")
def test_where_there_are_no_locks_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(disk.fcntl, "flock", none)
    with locked(tmp_path / "lock", lambda: pytest.fail("nobody is waited for")):
        pass


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"), locked(tmp_path / "file" / "lock", lambda: None):
        pass
