"""A folder that stands for one at an address: what is there is seen here, and what changed here is sent, in order and once."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chaptercast.errors import OutputError
from chaptercast.publication.remote_mirror import Mirror, mirrored

ADDRESS = "memory://site"


@pytest.fixture
def store() -> Iterator[Any]:
    """An empty store in memory."""
    from fsspec.implementations.memory import MemoryFileSystem

    memory = MemoryFileSystem()
    memory.store.clear()
    memory.pseudo_dirs[:] = [""]
    yield memory
    memory.store.clear()


@pytest.fixture
def mirror(store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:  # noqa: ARG001 -- it is emptied before
    """A mirror whose temporary folder lies among nobody else's."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with mirrored(ADDRESS, offline=False) as made:
        yield made


def sent(store: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Will hold what is written to the store, in order."""
    paths: list[str] = []
    put_file = type(store).put_file

    def noted(self: Any, local: str, there: str, *args: Any, **options: Any) -> Any:
        paths.append(there.removeprefix("/site/"))
        return put_file(self, local, there, *args, **options)

    monkeypatch.setattr(type(store), "put_file", noted)
    return paths


def write(mirror: Mirror, name: str, content: bytes = b"new") -> None:
    path = mirror.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(".chaptercast-1-x.part")
    part.write_bytes(content)
    part.replace(path)


def test_what_is_there_is_seen_here_and_only_what_is_read_is_fetched(store: Any, mirror: Mirror) -> None:
    store.pipe({"/site/a/episode.json": b"{}", "/site/a/a.mp3": b"x" * 1000, "/site/show.toml": b"title = 1"})
    mirror.fetch()
    assert (mirror.folder / "a" / "episode.json").read_bytes() == b"{}"
    assert (mirror.folder / "show.toml").read_bytes() == b"title = 1"
    audio = mirror.folder / "a" / "a.mp3"
    assert (audio.stat().st_size, audio.read_bytes()) == (1000, bytes(1000))
    assert audio.stat().st_mtime == pytest.approx(store.modified("/site/a/a.mp3").timestamp(), abs=0.001)


def test_nothing_changed_nothing_is_sent(store: Any, mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    store.pipe({"/site/a/episode.json": b"{}", "/site/a/a.mp3": b"x" * 1000})
    mirror.fetch()
    paths = sent(store, monkeypatch)
    mirror.send()
    assert paths == []


def test_the_recording_is_last_but_one_the_manifest_last_and_then_the_site(
    store: Any, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror.fetch()
    paths = sent(store, monkeypatch)
    for name in ("feed.xml", "a/episode.json", "a/a.mp3", "a/chapters.json", "b/episode.json", "b/b.mp3"):
        write(mirror, name)
    write(mirror, "a/a.mp3", b"newer")
    mirror.send()
    assert paths == ["a/chapters.json", "a/a.mp3", "b/b.mp3", "a/episode.json", "b/episode.json", "feed.xml"]
    assert store.cat("/site/a/a.mp3") == b"newer"
    mirror.send()
    assert len(paths) == 6


def test_a_file_that_changed_is_sent_even_at_the_same_length_and_age(store: Any, mirror: Mirror) -> None:
    store.pipe({"/site/a/a.mp3": b"old"})
    mirror.fetch()
    age = (mirror.folder / "a" / "a.mp3").stat().st_mtime_ns
    write(mirror, "a/a.mp3")
    os.utime(mirror.folder / "a" / "a.mp3", ns=(age, age))
    mirror.send()
    assert store.cat("/site/a/a.mp3") == b"new"


def test_what_could_not_be_sent_is_sent_the_next_time(
    store: Any, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror.fetch()
    write(mirror, "a/a.mp3")
    write(mirror, "a/episode.json")
    with monkeypatch.context() as patch:
        patch.setattr(type(store), "put_file", _refuse)
        with pytest.raises(OutputError, match="no rights"):
            mirror.send()
    assert store.find("/site") == []
    mirror.send()
    assert store.find("/site") == ["/site/a/a.mp3", "/site/a/episode.json"]


def _refuse(*_: object, **__: object) -> None:
    raise PermissionError("no rights")


@pytest.mark.parametrize(
    "name", ["../out.txt", "a/../../out.txt", "/site/./a", "a\\..\\..\\out", "a/b/c/deep", "a//b", "C:/x", "x\0y"]
)
def test_hostile_names_at_the_address_make_nothing_outside_and_nothing_odd(
    store: Any, mirror: Mirror, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = {f"/site/{name}": {"size": 3, "created": None}, "/elsewhere/x": {"size": 3}}
    monkeypatch.setattr(type(store), "find", lambda *_, **__: facts)
    before = sorted(tmp_path.iterdir())
    mirror.fetch()
    assert [path for path in mirror.folder.rglob("*") if path.is_file()] == []
    assert sorted(tmp_path.iterdir()) == before


def test_a_store_that_cannot_be_read_is_an_output_error(
    store: Any, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(store), "find", _refuse)
    with pytest.raises(OutputError, match="memory://site: no rights"):
        mirror.fetch()


def test_a_file_and_a_folder_of_one_name_are_no_trouble(
    store: Any, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = {"/site/a": {"size": 9_000_000}, "/site/a/a.mp3": {"size": 3}}
    monkeypatch.setattr(type(store), "find", lambda *_, **__: facts)
    mirror.fetch()
    assert (mirror.folder / "a").is_file()


def test_an_articles_files_are_sent_without_a_look_at_all_others(store: Any, mirror: Mirror) -> None:
    mirror.fetch()
    for name in ("a/a.mp3", "b/b.mp3", "feed.xml"):
        write(mirror, name)
    mirror.send(mirror.folder / "a")
    assert store.find("/site") == ["/site/a/a.mp3"]
    mirror.send()
    assert store.find("/site") == ["/site/a/a.mp3", "/site/b/b.mp3", "/site/feed.xml"]
