"""Turns a script's utterances into clips, in order: from the clip cache if possible, otherwise from an engine."""

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
"""Called with each clip as soon as it arrives."""

Speak: TypeAlias = Callable[[Iterable[Utterance], Keep], Generator[Clip, None, None]]
"""Speaks utterances, in order. It may begin with the first as soon as it is called."""

_LOOK_AHEAD = 200
"""The number of utterances that are looked up in the cache in advance. Missing clips are spoken while cached clips are joined."""


def synthesize(
    utterances: Iterable[Utterance], engine: Engine, grid: Grid, cache: Clips | None, speak: Speak
) -> Generator[Clip, None, None]:
    """The clip of each utterance. `speak` is called when the first clip is missing, and only for missing clips.

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
    """Utterances whose clips are looked up in the cache in advance."""

    def __init__(self, utterances: Iterable[Utterance], engine: Engine, grid: Grid, cache: Clips) -> None:
        self._utterances = iter(utterances)
        self._engine = engine
        self._grid = grid
        self._cache = cache
        self.waiting: deque[tuple[Utterance, str, bool]] = deque()
        """Each utterance with its clip's name, and whether the clip is in the cache."""
        self.missing: deque[Utterance] = deque()
        """The utterances among them whose clips are missing and that nobody has begun to speak."""

    def look(self) -> bool:
        """Look up one more utterance. Returns whether there was one."""
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
        """The utterances to be spoken, as far ahead as requested."""
        while self.missing or self.look():
            if self.missing:
                yield self.missing.popleft()


def mark_used(utterances: Iterable[Utterance], engine: Engine, grid: Grid, cache: Clips | None) -> None:
    """Mark the cached clips of an article's `utterances` as used, so that no other run evicts them before their turn."""
    if cache is not None:
        for utterance in utterances:
            cache.has(key(engine, utterance, grid))


@contextmanager
def _keeping(engine: Engine, grid: Grid, cache: Clips) -> Iterator[Keep]:
    """Stores clips. Clips of an online service are flushed to disk in the background, because they cost time or money."""
    with ThreadPoolExecutor(1, "flush") as flushing:

        def keep(utterance: Utterance, clip: Clip) -> None:
            name = key(engine, utterance, grid)
            cache.put(name, clip)
            if engine.online:
                flushing.submit(cache.flush, name)

        yield keep


def _again(utterance: Utterance, speak: Speak, keep: Keep) -> Clip:
    """Speak again a clip that is damaged or was removed in the meantime."""
    (clip,) = speak(iter((utterance,)), keep)
    return clip
