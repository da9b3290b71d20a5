"""What is installed, verified, exported and removed."""

import shutil
from pathlib import Path

import pytest
from tests.voice_store.packs import PIPER, laid_out, names_in, pack_of

from chaptercast.errors import EngineError, OutputError, UsageError
from chaptercast.voice_store import installation, maintenance, pack_search
from chaptercast.voice_store.disk import Piece
from chaptercast.voice_store.maintenance import Fault
from chaptercast.voice_store.model import InstalledPack


@pytest.fixture
def piper(tmp_path: Path) -> InstalledPack:
    """An installed pack."""
    given = laid_out(tmp_path / "given", PIPER)
    pieces = {path.name: Piece(path, path.stat().st_size) for path in given.iterdir()}
    return installation.copy(pack_of(PIPER), pieces, lambda _line: None, lambda *_: None)


def test_what_is_whole(piper: InstalledPack) -> None:
    (report,) = maintenance.verify()
    assert (report.id, report.folder, report.faults) == (piper.id, piper.folder, ())
    assert (report.files, report.size) == (3, sum(map(len, PIPER.values())))
    assert list(maintenance.verify("another")) == []


def test_each_damaged_file_is_named(piper: InstalledPack) -> None:
    piper.path("model.onnx").write_bytes(b"x" * len(PIPER["model.onnx"]))
    piper.path("model.onnx.json").write_bytes(b"{}")
    piper.path("MODEL_CARD").unlink()
    (report,) = maintenance.verify(piper.id)
    assert report.faults == (
        Fault("MODEL_CARD", "it is missing"),
        Fault("model.onnx", "its content has changed"),
        Fault("model.onnx.json", f"it has 2 bytes instead of {len(PIPER['model.onnx.json'])}"),
    )


def test_a_damaged_manifest_is_a_fault(piper: InstalledPack) -> None:
    (piper.folder / "manifest.toml").write_text("format = 1")
    (report,) = maintenance.verify()
    assert [fault.file for fault in report.faults] == ["manifest.toml"]


def test_an_archive_is_the_same_each_time_and_can_be_installed(
    piper: InstalledPack, store: Path, tmp_path: Path
) -> None:
    first = maintenance.export(piper.id, tmp_path / "out" / "a.tar").read_bytes()
    maintenance.remove(piper.id, lambda _line: None)
    assert list(store.iterdir()) == []
    (found,) = pack_search.find(tmp_path / "out" / "a.tar", {})
    again = installation.copy(found.pack, found.pieces, lambda _line: None, lambda *_: None)
    assert again == piper
    assert maintenance.export(piper.id, tmp_path / "a.tar").read_bytes() == first


def test_a_damaged_pack_is_not_exported(piper: InstalledPack, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for damage in (b"x" * len(PIPER["model.onnx"]), b"short"):
        piper.path("model.onnx").write_bytes(damage)
        with pytest.raises(EngineError):
            maintenance.export(piper.id, tmp_path / "out" / "a.tar")
    piper.path("model.onnx").unlink()
    with pytest.raises(EngineError):
        maintenance.export(piper.id, tmp_path / "out" / "a.tar")
    assert list((tmp_path / "out").iterdir()) == []


def test_an_archive_needs_a_place(piper: InstalledPack, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        maintenance.export(piper.id, tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        maintenance.export(piper.id, tmp_path / "file" / "a.tar")


def test_what_is_not_installed_gets_a_suggestion(piper: InstalledPack) -> None:
    for act in (
        lambda: maintenance.export("en_US-tset-medium", Path("x.tar")),
        lambda: maintenance.remaining("en_US-tset-medium"),
    ):
        with pytest.raises(UsageError) as caught:
            act()
        assert f"Did you mean “{piper.id}”?" in caught.value.remedy
    maintenance.remove(piper.id, lambda _line: None)
    with pytest.raises(UsageError) as caught:
        maintenance.export("x", Path("x.tar"))
    assert "--available" in caught.value.remedy


def test_a_pack_is_removed_whole_or_damaged_with_what_came_of_it(piper: InstalledPack, store: Path) -> None:
    laid_out(store / f".part-{piper.id}", {"model.onnx.part": b"x"})
    laid_out(store / ".part-another", {"model.onnx.part": b"x"})
    (piper.folder / "manifest.toml").write_text("?")
    assert set(maintenance.remaining(piper.id)) == {piper.folder, store / f".part-{piper.id}"}
    maintenance.remove(piper.id, lambda _line: None)
    assert names_in(store) == [".part-another/model.onnx.part"]
    maintenance.remove("another", lambda _line: None)
    assert list(store.iterdir()) == []


def test_a_removal_that_was_cut_short_is_ended_by_the_next_run(piper: InstalledPack, store: Path) -> None:
    laid_out(store / ".x1.gone" / "other", {"model.onnx": b"x"})
    maintenance.remove(piper.id, lambda _line: None)
    assert list(store.iterdir()) == []


@pytest.mark.parametrize("name", ["../x", "/x", "", "a/b"])
def test_nobody_gets_out_of_the_store_by_a_name(store: Path, name: str) -> None:
    with pytest.raises(UsageError), maintenance.alone(name, lambda _line: None):
        pass
    with pytest.raises(UsageError):
        maintenance.remaining(name)
    assert not store.exists()


def test_one_of_the_system_is_not_removed(piper: InstalledPack, tmp_path: Path) -> None:
    theirs = tmp_path / "system/chaptercast/voices"
    shutil.move(piper.folder, theirs / piper.id)
    with pytest.raises(OutputError, match="where this program writes nothing"):
        maintenance.remove(piper.id, lambda _line: None)
    assert (theirs / piper.id / "manifest.toml").is_file()
    assert [report.faults for report in maintenance.verify()] == [()]


def test_there_may_be_no_store(store: Path) -> None:
    assert maintenance.unfinished() == {}
    assert list(maintenance.verify()) == []
    assert not store.exists()
