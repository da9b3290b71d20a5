"""A script's utterances as clips, in order: from the cache where they were spoken before, else from an engine."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import tee
from typing import TypeAlias

from chaptercast.mpeg import Grid
from chaptercast.speech.cache import GRACE_S, key
from chaptercast.speech.caches import Clips
from chaptercast.speech.model import Clip, Engine, Utterance

Keep: TypeAlias = Callable[[Utterance, Clip], None]
"""Told of each clip as soon as it is there."""

Speak: TypeAlias = Callable[[Iterable[Utterance], Keep], Generator[Clip, None, None]]
"""Speaks utterances, in order."""


def spoken(
    utterances: Iterable[Utterance], engine: Engine, grid: Grid, cache: Clips | None, speak: Speak
) -> Generator[Clip, None, None]:
    """The clip of each utterance. `speak` is first called when something is missing, and only for what is missing.

    Raises what `speak` raises.
    """
    if cache is None:
        yield from speak(utterances, lambda _utterance, _clip: None)
        return
    began = time.monotonic()
    with _keeping(engine, grid, cache) as keep:
        named = ((utterance, key(engine, utterance, grid)) for utterance in utterances)
        ahead, here = tee((utterance, name, cache.has(name)) for utterance, name in named)
        missing = speak((utterance for utterance, _, is_kept in ahead if not is_kept), keep)
        try:
            for utterance, name, is_kept in here:
                kept = cache.get(name) if is_kept else next(missing)
                yield kept or _again(utterance, speak, keep)
        finally:
            missing.close()
    cache.prune(grace_s=max(GRACE_S, time.monotonic() - began))


def mark(utterances: Iterable[Utterance], engine: Engine, grid: Grid, cache: Clips | None) -> None:
    """Mark what is kept of an article's `utterances` as used, so that no other run evicts it before its turn."""
    if cache is not None:
        for utterance in utterances:
            cache.has(key(engine, utterance, grid))


@contextmanager
def _keeping(engine: Engine, grid: Grid, cache: Clips) -> Iterator[Keep]:
    """Keeps clips; those of a service are flushed to the disk behind the run's back: they cost time, or money."""
    with ThreadPoolExecutor(1, "flush") as flushing:

        def keep(utterance: Utterance, clip: Clip) -> None:
            name = key(engine, utterance, grid)
            cache.put(name, clip)
            if engine.online:
                flushing.submit(cache.flush, name)

        yield keep


def _again(utterance: Utterance, speak: Speak, keep: Keep) -> Clip:
    """One that was damaged, or was removed meanwhile."""
    (clip,) = speak(iter((utterance,)), keep)
    return clip
