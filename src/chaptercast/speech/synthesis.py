"""A script's utterances as clips, in order: from the cache where they were spoken before, else from an engine."""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from typing import TypeAlias

from chaptercast.common.mpeg_frames import Grid
from chaptercast.speech.clips.cache import GRACE_S, key
from chaptercast.speech.clips.cache_location import Clips
from chaptercast.speech.model import Clip, Engine, Utterance

Keep: TypeAlias = Callable[[Utterance, Clip], None]
"""Told of each clip as soon as it is there."""

Speak: TypeAlias = Callable[[Iterable[Utterance], Keep], Generator[Clip, None, None]]
"""Speaks utterances, in order; it may be at work on the first as soon as it is called."""

_LOOK_AHEAD = 200
"""How many utterances are looked up before their turn: what is missing of them is spoken while what is kept is joined."""


def synthesize(
    utterances: Iterable[Utterance], engine: Engine, grid: Grid, cache: Clips | None, speak: Speak
) -> Generator[Clip, None, None]:
    """The clip of each utterance. `speak` is first called when something is missing, and only for what is missing.

    Raises what `speak` raises.
    """
    if cache is None:
        yield from speak(utterances, lambda _utterance, _clip: None)
        return
    began = time.monotonic()
    line = _Line(utterances, engine, grid, cache)
    with _keeping(engine, grid, cache) as keep, ExitStack() as speaking:
        clips: Generator[Clip, None, None] | None = None
        while True:
            while clips is None and len(line.waiting) < _LOOK_AHEAD and line.look():
                if line.missing:
                    clips = speaking.enter_context(closing(speak(line.missed(), keep)))
            if not line.waiting and not line.look():
                break
            utterance, name, is_kept = line.waiting.popleft()
            kept = cache.get(name) if is_kept or clips is None else next(clips)
            yield kept or _again(utterance, speak, keep)
    cache.finish(max(GRACE_S, time.monotonic() - began))


class _Line:
    """Utterances that are looked up in the cache before their turn."""

    def __init__(self, utterances: Iterable[Utterance], engine: Engine, grid: Grid, cache: Clips) -> None:
        self._utterances = iter(utterances)
        self._engine = engine
        self._grid = grid
        self._cache = cache
        self.waiting: deque[tuple[Utterance, str, bool]] = deque()
        """Each with its clip's name, and whether that is kept."""
        self.missing: deque[Utterance] = deque()
        """Those of them that are to be spoken, and that nobody has begun with."""

    def look(self) -> bool:
        """Look one more up; whether there was one."""
        utterance = next(self._utterances, None)
        if utterance is None:
            return False
        name = key(self._engine, utterance, self._grid)
        is_kept = self._cache.has(name)
        self.waiting.append((utterance, name, is_kept))
        if not is_kept:
            self.missing.append(utterance)
        return True

    def missed(self) -> Iterator[Utterance]:
        """Those that are to be spoken, as far ahead as is asked for."""
        while self.missing or self.look():
            if self.missing:
                yield self.missing.popleft()


def mark_used(utterances: Iterable[Utterance], engine: Engine, grid: Grid, cache: Clips | None) -> None:
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
