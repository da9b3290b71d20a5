"""Speaks utterances through a service: many requests at once, results in order, nothing lost, nothing requested twice.

An event loop runs while the caller waits for a clip. However the run ends, all its open requests end with it.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AsyncExitStack
from itertools import count, islice

from chaptercast.common.mpeg_frames import Grid
from chaptercast.errors import ServiceError
from chaptercast.speech.model import AsyncSpeaker, Clip, OnlineEngine, Utterance
from chaptercast.speech.online.event_loop import Loop
from chaptercast.speech.online.request_retry import RetryingRequest
from chaptercast.speech.online.settings import ServiceSettings

_AHEAD_PER_REQUEST = 8
"""How many utterances per concurrent request may be spoken ahead of the join: a retried one delays no other, and memory stays flat."""


def speak_all_online(
    utterances: Iterable[Utterance],
    engine: OnlineEngine,
    grid: Grid,
    settings: ServiceSettings,
    keep: Callable[[Utterance, Clip], None],
) -> Generator[Clip, None, None]:
    """Yield the clip of each utterance, in order. `keep` is called with each clip as soon as it arrives, even before its turn.

    Raises `ServiceError` with the passage if the service fails for good, `EngineError` or `UsageError` if it cannot be used at all.
    Clips that arrived before are kept.
    """
    remaining = iter(utterances)
    first = next(remaining, None)
    if first is None:
        return
    settings = engine.adapted(settings)
    with Loop(settings) as loop:
        run = _Run(remaining, grid, settings, keep)
        try:
            loop.run(run.connect(engine, first))
            while (clip := loop.run(run.next())) is not None:
                yield clip
        finally:
            loop.run(run.close())


class _Run:
    """The requests of one stream of speech, which may be that of many articles."""

    def __init__(
        self,
        utterances: Iterator[Utterance],
        grid: Grid,
        settings: ServiceSettings,
        keep: Callable[[Utterance, Clip], None],
    ) -> None:
        self._utterances = utterances
        self._grid = grid
        self._settings = settings
        self._keep = keep
        self._ahead = settings.top_limit * _AHEAD_PER_REQUEST
        self._waiting: deque[tuple[Utterance, asyncio.Task[Clip]]] = deque()
        self._orders = count()
        self._resources = AsyncExitStack()

    async def connect(self, engine: OnlineEngine, first: Utterance) -> None:
        """Open the engine and begin with `first`."""
        speaker: AsyncSpeaker = await self._resources.enter_async_context(engine.connect(self._settings))
        self._asking = RetryingRequest(speaker, engine.name, self._grid, self._settings)
        self._begin(first)

    async def next(self) -> Clip | None:
        """The next clip, or `None` at the end."""
        for utterance in islice(self._utterances, self._ahead - len(self._waiting)):
            self._begin(utterance)
        if not self._waiting:
            return None
        try:
            clip = await self._waiting[0][1]
        except ServiceError:
            await self._asking.finish(self._settings.deadlines.between)  # speech in progress is paid for
            raise
        self._waiting.popleft()
        return clip

    async def close(self) -> None:
        """Cancel all open requests."""
        tasks = [task for _, task in self._waiting]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._resources.aclose()

    def _begin(self, utterance: Utterance) -> None:
        """Begin to request `utterance`, unless an equal one is already requested."""
        same = next((task for other, task in self._waiting if other == utterance), None)
        task = same or asyncio.get_running_loop().create_task(self._speak(utterance))
        self._waiting.append((utterance, task))

    async def _speak(self, utterance: Utterance) -> Clip:
        clip = await self._asking.clip(utterance, next(self._orders))
        self._keep(utterance, clip)
        return clip
