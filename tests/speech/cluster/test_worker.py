"""A worker speaks only where it makes the bytes that the machine which asks would make."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.speech import engine_registry
from chaptercast.speech.cluster import worker
from chaptercast.speech.cluster.worker import Standard, speak_batch, standard
from chaptercast.speech.local.pool import speak_all
from chaptercast.speech.model import Utterance

GRID = Grid(22_050, 48_000)
SAID = tuple(Utterance(f"This is number {n}.", "en-us", LanguageTag("en")) for n in range(3))


@pytest.fixture(autouse=True)
def _new_process() -> Iterator[None]:
    worker._proved.cache_clear()
    yield
    worker._proved.cache_clear()


@pytest.fixture
def wanted() -> Standard:
    return standard(engine_registry.load("espeak"), GRID, SAID[0])


def test_a_worker_makes_the_clips_of_the_pool(wanted: Standard) -> None:
    pooled = speak_all(SAID, engine_registry.load("espeak"), GRID, 1, lambda *_: None)
    assert speak_batch(SAID, wanted) == tuple(pooled)


@pytest.mark.parametrize("name", ["chaptercast", "the engine espeak", "lameenc", "pydub"])
def test_another_version_of_anything_that_decides_the_bytes_is_refused(wanted: Standard, name: str) -> None:
    versions = tuple((known, "0.0.7" if known == name else there) for known, there in wanted.versions)
    with pytest.raises(EngineError, match=f"{name} .*, not 0.0.7") as caught:
        speak_batch(SAID, replace(wanted, versions=versions))
    assert "same wheel" in caught.value.remedy


def test_other_sound_of_the_same_versions_is_refused(wanted: Standard) -> None:
    with pytest.raises(EngineError, match="other sound"):
        speak_batch(SAID, replace(wanted, digest="0" * 64))


def test_a_service_is_never_asked_by_a_worker(wanted: Standard) -> None:
    edge = engine_registry.load("edge")
    versions = tuple((n, v) if "engine" not in n else ("the engine edge", edge.version) for n, v in wanted.versions)
    with pytest.raises(EngineError, match=r"not by a cluster|cannot work here"):
        speak_batch(SAID, replace(wanted, engine="edge", versions=versions))
