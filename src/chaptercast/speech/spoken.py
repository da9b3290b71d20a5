"""A script's utterances as clips, in order: from the cache where they were spoken before, else from an engine."""

from collections.abc import Callable, Generator, Iterable
from itertools import tee
from typing import TypeAlias

from chaptercast.mpeg import Grid
from chaptercast.speech.cache import ClipCache, key
from chaptercast.speech.model import Clip, Engine, Utterance

Keep: TypeAlias = Callable[[Utterance, Clip], None]
"""Told of each clip as soon as it is there."""

Speak: TypeAlias = Callable[[Iterable[Utterance], Keep], Generator[Clip, None, None]]
"""Speaks utterances, in order."""


def spoken(
    utterances: Iterable[Utterance], engine: Engine, grid: Grid, cache: ClipCache | None, speak: Speak
) -> Generator[Clip, None, None]:
    """The clip of each utterance. `speak` is first called when something is missing, and only for what is missing.

    Raises what `speak` raises.
    """
    if cache is None:
        yield from speak(utterances, lambda _utterance, _clip: None)
        return

    def keep(utterance: Utterance, clip: Clip) -> None:
        cache.put(key(engine, utterance, grid), clip)

    named = ((utterance, key(engine, utterance, grid)) for utterance in utterances)
    ahead, here = tee((utterance, name, cache.has(name)) for utterance, name in named)
    missing = speak((utterance for utterance, _, is_kept in ahead if not is_kept), keep)
    try:
        for utterance, name, is_kept in here:
            kept = cache.get(name) if is_kept else next(missing)
            yield kept or _again(utterance, speak, keep)
    finally:
        missing.close()
    cache.prune()


def _again(utterance: Utterance, speak: Speak, keep: Keep) -> Clip:
    """One that was damaged, or was removed meanwhile."""
    (clip,) = speak(iter((utterance,)), keep)
    return clip
