"""The cache: the same clip or none, whatever happens to its files."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import FrameCount, LanguageTag, Samples
from chaptercast.speech.clips.cache import ClipCache, key
from chaptercast.speech.engines.silence import SilenceEngine
from chaptercast.speech.model import Clip, Prosody, Timing, Utterance

GRID = Grid(22_050, 48_000)
SAID = Utterance("Hello.", "en-us", LanguageTag("en"))
CLIP = Clip(
    GRID,
    GRID.silent_frame(padded=False) * 3,
    FrameCount(3),
    Samples(1105),
    Samples(1500),
    words=(Timing(Samples(1105), 0, 5),),
    sentences=(Timing(Samples(1105), 0, 6), Timing(Samples(1200), 6, 0)),
    levels=b"\0\x7f\xff",
    unread=((1, 3), (4, 5)),
)
NAME = key(SilenceEngine(), SAID, GRID)


@pytest.fixture
def cache(tmp_path: Path) -> ClipCache:
    return ClipCache(tmp_path / "clips")


def files(cache: ClipCache) -> list[Path]:
    return [path for path in cache.folder.rglob("*") if path.is_file()]


def test_what_was_put_is_got(cache: ClipCache) -> None:
    assert (cache.has(NAME), cache.get(NAME)) == (False, None)
    cache.put(NAME, CLIP)
    assert (cache.has(NAME), cache.get(NAME)) == (True, CLIP)
    assert cache.size() == (1, files(cache)[0].stat().st_size)


@pytest.mark.parametrize(
    "changed",
    [
        replace(SAID, text="Hello!"),
        replace(SAID, voice="en-gb"),
        replace(SAID, language=LanguageTag("de")),
        replace(SAID, prosody=Prosody(rate=1.1)),
        replace(SAID, prosody=Prosody(pitch=1.1)),
        replace(SAID, prosody=Prosody(volume=1.1)),
    ],
)
def test_whatever_changes_the_sound_changes_the_name(changed: Utterance) -> None:
    assert key(SilenceEngine(), changed, GRID) != NAME


def test_engine_version_and_grid_are_part_of_the_name() -> None:
    names = {
        NAME,
        key(SilenceEngine(version="2"), SAID, GRID),
        key(SilenceEngine(name="other"), SAID, GRID),
        key(SilenceEngine(), SAID, Grid(24_000, 48_000)),
        key(SilenceEngine(), SAID, Grid(22_050, 64_000)),
    }
    assert len(names) == 5


def test_any_damage_is_noticed_and_removed(cache: ClipCache) -> None:
    chance = random.Random(1)
    for _ in range(60):
        cache.put(NAME, CLIP)
        (path,) = files(cache)
        content = bytearray(path.read_bytes())
        match chance.randrange(3):
            case 0:
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            case 1:
                del content[chance.randrange(len(content)) :]
            case 2:
                content += b"x"
        path.write_bytes(content)
        assert cache.get(NAME) is None
        assert files(cache) == []


def test_the_longest_unused_go_first_and_recent_ones_stay(cache: ClipCache) -> None:
    names = [key(SilenceEngine(), replace(SAID, text=str(n)), GRID) for n in range(5)]
    for age, name in enumerate(names):
        cache.put(name, CLIP)
        old = 1_000_000_000 + age
        os.utime(cache._path(name), (old, old))
    assert cache.has(names[0])  # used now
    size = files(cache)[0].stat().st_size
    assert cache.prune(2 * size, grace_s=60)[0] == 3
    assert [cache.get(name) is not None for name in names] == [True, False, False, False, True]
    cache.put(names[1], CLIP)
    assert cache.prune(0, grace_s=60) == (1, size)  # only the one that was not used lately
    assert cache.prune(0)[0] == 2


def test_a_cache_that_cannot_be_written_keeps_nothing_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = ClipCache(tmp_path / "file" / "clips")
    cache.put(NAME, CLIP)
    assert cache.get(NAME) is None


def test_flushing_is_for_what_is_there(cache: ClipCache) -> None:
    cache.flush(NAME)
    cache.put(NAME, CLIP)
    cache.flush(NAME)
    assert cache.get(NAME) == CLIP


def test_many_processes_share_one_folder(cache: ClipCache) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.speech.clips.test_cache import CLIP, NAME, ClipCache\n"
        "cache = ClipCache(Path(sys.argv[1]))\n"
        "for _ in range(200): cache.put(NAME, CLIP); assert cache.get(NAME) == CLIP"
    )
    root = Path(__file__).parents[3]
    running = [subprocess.Popen([sys.executable, "-c", code, cache.folder], cwd=root) for _ in range(4)]
    assert [process.wait(timeout=60) for process in running] == [0] * 4
    assert len(files(cache)) == 1


def test_room_is_made_once_an_hour(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path, limit_bytes=0)
    cache.put("aa", CLIP)
    cache.finish(0)
    assert cache.size()[0] == 0
    cache.put("bb", CLIP)
    cache.finish(0)
    assert cache.size()[0] == 1
    then = time.time() - 3601
    os.utime(tmp_path / "pruned", (then, then))
    cache.finish(0)
    assert cache.size()[0] == 0
