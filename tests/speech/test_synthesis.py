"""Clips in order, spoken only where they are missing."""

import os
import time
from collections import deque
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.speech.clips.cache import ClipCache, key
from chaptercast.speech.clips.encode import make_clip
from chaptercast.speech.engines.silence import SilenceEngine
from chaptercast.speech.model import Clip, Speech, Utterance
from chaptercast.speech.synthesis import Keep, mark_used, synthesize

GRID = Grid(22_050, 48_000)
ENGINE = SilenceEngine()
DAY = 24 * 3600


def utterance(text: str) -> Utterance:
    return Utterance(text, "v", LanguageTag("en"))


class Speaker:
    """Speaks, some of it ahead, and remembers what."""

    def __init__(self, ahead: int = 0) -> None:
        self.ahead = ahead
        self.said: list[str] = []

    def __call__(self, utterances: Iterable[Utterance], keep: Keep):
        remaining = iter(utterances)
        taken = deque(islice(remaining, self.ahead))
        while taken or (taken := deque(islice(remaining, 1))):
            one = taken.popleft()
            taken.extend(islice(remaining, min(1, self.ahead)))
            self.said.append(one.text)
            clip = clip_of(one.text)
            keep(one, clip)
            yield clip


def clip_of(text: str) -> Clip:
    return make_clip(Speech(bytes(200 + 2 * len(text)), 22_050), GRID)


@given(st.lists(st.sampled_from("abcdef"), max_size=12), st.sets(st.sampled_from("abcdef")), st.integers(0, 5))
def test_order_is_kept_and_only_what_is_missing_is_spoken(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], known: set[str], ahead: int
) -> None:
    cache = ClipCache(tmp_path_factory.mktemp("clips"))
    for text in known:
        cache.put(key(ENGINE, utterance(text), GRID), clip_of(text))
    speaker = Speaker(ahead)
    clips = list(synthesize(map(utterance, texts), ENGINE, GRID, cache, speaker))
    assert clips == [clip_of(text) for text in texts]
    assert not set(speaker.said) & known
    again = Speaker()
    assert list(synthesize(map(utterance, texts), ENGINE, GRID, cache, again)) == clips
    assert again.said == []


def test_a_damaged_clip_is_spoken_again(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    texts = ["a", "b", "c"]
    list(synthesize(map(utterance, texts), ENGINE, GRID, cache, Speaker()))
    damaged = cache._path(key(ENGINE, utterance("b"), GRID))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    speaker = Speaker()
    assert list(synthesize(map(utterance, texts), ENGINE, GRID, cache, speaker)) == [clip_of(t) for t in texts]
    assert speaker.said == ["b"]


def test_what_was_spoken_before_trouble_is_kept(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)

    def failing(utterances: Iterable[Utterance], keep: Keep):
        for number, one in enumerate(utterances):
            if number == 2:
                raise RuntimeError
            keep(one, clip_of(one.text))
            yield clip_of(one.text)

    with pytest.raises(RuntimeError):
        list(synthesize(map(utterance, "abc"), ENGINE, GRID, cache, failing))
    speaker = Speaker()
    list(synthesize(map(utterance, "abc"), ENGINE, GRID, cache, speaker))
    assert speaker.said == ["c"]


def aged(cache: ClipCache, text: str, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(cache._path(key(ENGINE, utterance(text), GRID)), (then, then))


def test_what_an_article_needs_is_not_evicted_by_another_run(tmp_path: Path) -> None:
    cache, small = ClipCache(tmp_path), ClipCache(tmp_path, limit_bytes=0)
    list(synthesize(map(utterance, "abcdef"), ENGINE, GRID, cache, Speaker()))
    (tmp_path / "pruned").unlink()
    for text in "abcdef":
        aged(cache, text, 5 * DAY)
    mark_used(map(utterance, "abcd"), ENGINE, GRID, cache)
    long = synthesize(map(utterance, "abcd"), ENGINE, GRID, cache, speaker := Speaker())
    next(long)
    list(synthesize([utterance("x")], ENGINE, GRID, small, Speaker()))
    assert len(list(long)) == 3
    assert speaker.said == []
    assert cache.size()[0] == 5  # e and f went


def test_a_run_keeps_what_it_used_be_it_long_or_the_limit_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = ClipCache(tmp_path, limit_bytes=0)
    clock = time.monotonic
    run = synthesize(map(utterance, "abc"), ENGINE, GRID, cache, Speaker())
    next(run)
    aged(cache, "a", 2 * DAY)
    monkeypatch.setattr(time, "monotonic", lambda: clock() + 3 * DAY)
    list(run)
    assert cache.size()[0] == 3


def test_clips_of_a_service_are_flushed_and_others_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from chaptercast.speech.engines.edge import ENGINE as EDGE

    flushed: list[str] = []
    monkeypatch.setattr(ClipCache, "flush", lambda _cache, name: flushed.append(name))
    for engine in (ENGINE, EDGE):
        list(synthesize(map(utterance, "ab"), engine, GRID, ClipCache(tmp_path), Speaker()))
    assert flushed == [key(EDGE, utterance(text), GRID) for text in "ab"]


def test_without_a_cache_everything_is_spoken() -> None:
    speaker = Speaker()
    list(synthesize(map(utterance, "aba"), ENGINE, GRID, None, speaker))
    assert speaker.said == ["a", "b", "a"]


def test_what_is_missing_is_begun_with_before_its_turn(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    list(synthesize(map(utterance, "abc"), ENGINE, GRID, cache, Speaker()))
    begun: list[str] = []

    def speak(utterances: Iterable[Utterance], keep: Keep):
        remaining = iter(utterances)
        begun.append(next(remaining).text)
        return Speaker()([utterance(begun[0]), *remaining], keep)

    run = synthesize(map(utterance, "abcde"), ENGINE, GRID, cache, speak)
    assert next(run) == clip_of("a")
    assert begun == ["d"]
    assert list(run) == [clip_of(text) for text in "bcde"]


def test_nothing_missing_means_no_engine_is_started(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.put(key(ENGINE, utterance("a"), GRID), clip_of("a"))
    started = []

    def speak(utterances: Iterable[Utterance], keep: Keep):
        started.append(True)
        yield from Speaker()(utterances, keep)

    assert list(synthesize(map(utterance, "aa"), ENGINE, GRID, cache, speak)) == [clip_of("a")] * 2
    assert started == []
