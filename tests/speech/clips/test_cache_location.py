"""Clips at an address: the same clip or none, and never an error."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.speech.clips.test_cache import CLIP, NAME

from chaptercast.errors import UsageError
from chaptercast.speech.clips.cache import ClipCache
from chaptercast.speech.clips.cache_location import RemoteClips, clips_at


@pytest.fixture
def store() -> Iterator[Any]:
    """An empty store in memory."""
    from fsspec.implementations.memory import MemoryFileSystem

    memory = MemoryFileSystem()
    memory.store.clear()
    yield memory
    memory.store.clear()


@pytest.fixture
def clips(store: Any) -> RemoteClips:
    return RemoteClips("memory://clips", store, "/clips")


def test_a_path_is_a_folder_and_an_address_is_a_store(tmp_path: Any) -> None:
    assert clips_at(tmp_path, offline=True) == ClipCache(tmp_path)
    assert isinstance(clips_at("memory://clips", offline=False), RemoteClips)
    with pytest.raises(UsageError, match="--offline"):
        clips_at("memory://clips", offline=True)


def test_what_was_put_is_got_also_by_another(clips: RemoteClips, store: Any) -> None:
    assert (clips.has(NAME), clips.get(NAME)) == (False, None)
    clips.put(NAME, CLIP)
    clips.finish(0)
    other = RemoteClips("memory://clips", store, "/clips")
    assert (other.holds(NAME), other.get(NAME)) == (True, CLIP)
    assert store.find("/clips") == [f"/clips/{NAME[:2]}/{NAME}.clip"]


def test_a_damaged_one_is_none_and_is_written_over(clips: RemoteClips, store: Any) -> None:
    clips.put(NAME, CLIP)
    clips.finish(0)
    store.pipe_file(f"/clips/{NAME[:2]}/{NAME}.clip", b"chaptercast clip 1\nnonsense")
    assert (clips.has(NAME), clips.get(NAME), clips.trouble) == (True, None, "")
    clips.put(NAME, CLIP)
    clips.finish(0)
    assert clips.get(NAME) == CLIP


@pytest.mark.parametrize("call", ["exists", "cat_file", "pipe_file"])
def test_a_store_that_fails_is_not_asked_again(clips: RemoteClips, store: Any, call: str, monkeypatch: Any) -> None:
    asked = []

    def fail(*_: object, **__: object) -> None:
        asked.append(call)
        raise RuntimeError("No such bucket.\nDetails")

    monkeypatch.setattr(type(store), call, fail)
    for _ in range(3):
        clips.has(NAME)
        clips.get(NAME)
        clips.put(NAME, CLIP)
        clips.finish(0)
    assert (asked, clips.trouble) == ([call], "No such bucket")


def test_memory_stays_flat_where_the_store_is_slow(clips: RemoteClips) -> None:
    for _ in range(300):
        clips.put(NAME, CLIP)
        assert len(clips._sending) <= 64
    clips.finish(0)
    assert not clips._sending
