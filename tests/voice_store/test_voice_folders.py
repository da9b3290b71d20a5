"""Where installed voices are looked for, and what engines are told of them."""

from pathlib import Path

import pytest
from tests.voice_store.packs import KOKORO, PIPER, pack_of

from chaptercast.common.user_folders import voice_shelf, voice_shelves
from chaptercast.errors import EngineError
from chaptercast.voice_store import installed, pack_tables
from chaptercast.voice_store.model import Pack
from chaptercast.voice_store.voice_folders import find


def shelved(shelf: Path, pack: Pack, folder: str = "") -> Path:
    """A pack as it lies in a store; its files are not there."""
    place = shelf / (folder or pack.id)
    place.mkdir(parents=True)
    (place / "manifest.toml").write_text(pack_tables.manifest(pack))
    return place


def test_the_folder_can_be_named(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert voice_shelf() == store
    monkeypatch.delenv("CHAPTERCAST_VOICES")
    assert voice_shelf().is_relative_to(Path.home())
    assert voice_shelf().parts[-2:] == ("chaptercast", "voices")


def test_those_of_the_system_come_first(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_DIRS", f"{tmp_path / 'a'}:{tmp_path / 'b'}")
    assert voice_shelves() == (tmp_path / "a/chaptercast/voices", tmp_path / "b/chaptercast/voices", store)
    theirs = shelved(tmp_path / "b/chaptercast/voices", pack_of(PIPER, licence="theirs"))
    shelved(store, pack_of(PIPER, licence="ours"))
    mine = shelved(store, pack_of(PIPER, id="zzz"))
    first, second = installed()
    assert (first.folder, first.licence, first.writable) == (theirs, "theirs", False)
    assert (second.folder, second.writable) == (mine, True)


def test_there_may_be_nothing(store: Path) -> None:
    assert installed() == ()
    assert find("x") is None
    store.write_text("no folder")
    assert installed() == ()


def test_engines_get_those_of_their_family_by_id(store: Path) -> None:
    shelved(store, pack_of(PIPER, id="b"))
    shelved(store, pack_of(KOKORO, id="k"))
    shelved(store, pack_of(PIPER, id="a"))
    assert [pack.id for pack in installed("piper")] == ["a", "b"]
    (kokoro,) = installed("kokoro")
    assert kokoro.path("voices-v1.0.bin") == store / "k" / "voices-v1.0.bin"
    assert [file.sha256 for file in kokoro.files] == [file.sha256 for file in pack_of(KOKORO).files]
    assert [pack.id for pack in installed()] == ["a", "b", "k"]
    assert installed("whisper") == ()


def test_what_is_no_pack_is_passed_over(store: Path) -> None:
    shelved(store, pack_of(PIPER, id="good"))
    (store / "lexicons").mkdir()
    (store / "profile.toml").touch()
    shelved(store, pack_of(PIPER, id="x"), ".part-x")
    damaged = shelved(store, pack_of(PIPER, id="damaged"))
    (damaged / "manifest.toml").write_text("format = 1\n")
    shelved(store, pack_of(PIPER, id="one"), "another")
    (shelved(store, pack_of(PIPER, id="binary")) / "manifest.toml").write_bytes(b"\xff\xfe")
    assert [pack.id for pack in installed()] == ["good"]
    for name in ("damaged", "another", "binary"):
        with pytest.raises(EngineError):
            find(name)
