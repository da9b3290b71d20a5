"""Packs as one file: written the same each time, and read only where they are what they should be."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from chaptercast.errors import EngineError
from chaptercast.voice_store.archive import is_archive, packed, pieces_in
from chaptercast.voice_store.disk import read_piece

CONTENTS = {"manifest.toml": b"format = 1\n", "model.onnx": bytes(range(256)) * 5, "b" * 100: b"x" * 512}


def written(path: Path, folder: str = "pack") -> Path:
    contents = {name: (len(content), iter([content])) for name, content in CONTENTS.items()}
    path.write_bytes(b"".join(packed(folder, contents)))
    return path


@pytest.mark.parametrize("folder", ["pack", "a" * 100])
def test_what_is_packed_is_read_again_by_us_and_by_others(tmp_path: Path, folder: str) -> None:
    path = written(tmp_path / "x.tar", folder)
    assert is_archive(path)
    name, pieces = pieces_in(path)
    assert name == folder
    assert {file: b"".join(read_piece(piece)) for file, piece in pieces.items()} == CONTENTS
    with tarfile.open(path, "r:") as archive:
        members = archive.getmembers()
        assert [member.name for member in members] == [f"{folder}/{file}" for file in CONTENTS]
        assert {(m.mtime, m.uid, m.gid, m.mode, m.uname) for m in members} == {(0, 0, 0, 0o644, "")}
        for member in members:
            content = archive.extractfile(member)
            assert content is not None
            assert content.read() == CONTENTS[member.name.rpartition("/")[2]]


def made(path: Path, fill: Callable[[tarfile.TarFile], None], form: int = tarfile.USTAR_FORMAT) -> Path:
    with tarfile.open(path, "w", format=form) as archive:
        fill(archive)
    return path


def add(archive: tarfile.TarFile, name: str, content: bytes = b"x", **attributes: object) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    for key, value in attributes.items():
        setattr(member, key, value)
    archive.addfile(member, io.BytesIO(content))


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT])
def test_one_that_another_program_made_of_a_folder_is_read_too(tmp_path: Path, form: int) -> None:
    def fill(archive: tarfile.TarFile) -> None:
        add(archive, "./", b"", type=tarfile.DIRTYPE)
        add(archive, "./pack/", b"", type=tarfile.DIRTYPE)
        add(archive, "./pack/model.onnx", b"model", mtime=5, uname="me")
        add(archive, "./pack/manifest.toml", b"manifest")

    name, pieces = pieces_in(made(tmp_path / "x.tar", fill, form))
    assert (name, sorted(pieces)) == ("pack", ["manifest.toml", "model.onnx"])


HOSTILE: dict[str, tuple[str, dict[str, object]]] = {
    "a path out of it": ("../manifest.toml", {}),
    "a path from the root": ("/etc/passwd", {}),
    "a path deeper in it": ("pack/deep/model.onnx", {}),
    "a file beside the folder": ("loose", {}),
    "another folder": ("other/model.onnx", {}),
    "a hidden file": ("pack/.bashrc", {}),
    "a link": ("pack/model.onnx", {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd", "size": 0}),
    "a hard link": ("pack/model.onnx", {"type": tarfile.LNKTYPE, "linkname": "pack/manifest.toml", "size": 0}),
    "a device": ("pack/model.onnx", {"type": tarfile.CHRTYPE, "size": 0}),
    "a pipe": ("pack/model.onnx", {"type": tarfile.FIFOTYPE, "size": 0}),
    "an extension": ("pack/model.onnx", {"type": tarfile.XHDTYPE}),
    "a sparse file": ("pack/model.onnx", {"type": tarfile.GNUTYPE_SPARSE}),
    "the same file twice": ("pack/manifest.toml", {}),
    "a backslash": ("pack\\model.onnx", {}),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_no_pack_holds_is_refused(tmp_path: Path, what: str) -> None:
    name, attributes = HOSTILE[what]

    def fill(archive: tarfile.TarFile) -> None:
        add(archive, "pack/manifest.toml")
        add(archive, name, b"" if attributes.get("size") == 0 else b"x", **attributes)

    with pytest.raises(EngineError, match="no archive of a voice"):
        pieces_in(made(tmp_path / "x.tar", fill, tarfile.GNU_FORMAT))


def test_ten_gigabytes_announced_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "x.tar")
    for size in (10**9, 8_000_000_000):
        member = tarfile.TarInfo("pack/huge")
        member.size = size
        path.write_bytes(path.read_bytes()[:-1024] + member.tobuf(tarfile.USTAR_FORMAT) + bytes(1024))
        with pytest.raises(EngineError, match=f"it announces {size} bytes"):
            pieces_in(path)
        written(path)


@pytest.mark.parametrize("cut", [100, 512, 700, 1100, 2000])
def test_one_that_was_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    path = written(tmp_path / "x.tar")
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(EngineError):
        pieces_in(path)


def test_one_that_is_damaged_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "x.tar")
    content = bytearray(path.read_bytes())
    content[1024 + 20] ^= 1  # in the header of the second file
    path.write_bytes(content)
    with pytest.raises(EngineError, match="damaged"):
        pieces_in(path)


def test_a_thousand_entries_are_too_many(tmp_path: Path) -> None:
    def fill(archive: tarfile.TarFile) -> None:
        for number in range(1001):
            add(archive, f"pack/{number}", b"")

    with pytest.raises(EngineError, match="too much"):
        pieces_in(made(tmp_path / "x.tar", fill))


@pytest.mark.parametrize("content", [b"", b"x" * 5000, b"\x1f\x8b\x08" + bytes(600), b"PK\x03\x04" + bytes(600)])
def test_what_is_no_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.tar").write_bytes(content)
    assert not is_archive(tmp_path / "x.tar")
    assert not is_archive(tmp_path / "none.tar")
