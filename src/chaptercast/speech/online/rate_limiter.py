"""One rate limit for all requests of a run, adapted to the service, and a queue that serves the earliest utterance first.

The limit grows by one with each success, and a busy service halves it (slow start and multiplicative decrease, as in RFC 5681 3.1).
In an outage, one request at a time probes the service, so that a service which comes back is not hit by all requests at once.
"""

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import TypeAlias

from chaptercast.speech.online.request_errors import Kind, ServiceFault
from chaptercast.speech.online.settings import ServiceSettings

_STEP = 1.0
"""How much one success raises the limit."""
_OUTAGE = 6
"""So many failures in a row count as an outage: if three in ten requests fail at random, one run of six in 1,400 does."""

_Waiting: TypeAlias = tuple[int, int, asyncio.Future[None]]


class RateLimiter:
    """The rate limiter. Belongs to one event loop, whose clock it reads."""

    def __init__(self, settings: ServiceSettings) -> None:
        """Must be made within the loop."""
        self._loop = asyncio.get_running_loop()
        self._backoff = settings.backoff
        self._top = float(settings.top_limit)
        self._limit = float(min(settings.start_limit, settings.top_limit))
        self._halved_at = -1.0
        self._failures = self._pauses = 0
        self._paused_at = -1.0
        self._not_before = 0.0
        self._under_way = 0
        self._queue: list[_Waiting] = []
        self._numbers = count()
        self._alarm: asyncio.TimerHandle | None = None
        self._closed = False
        self._idle = asyncio.Event()

    @property
    def limit(self) -> int:
        """The current maximum number of concurrent requests."""
        return int(self._limit)

    @asynccontextmanager
    async def slot(self, order: int) -> AsyncIterator[float]:
        """Wait for a slot, the lowest `order` first, and hold it. Yields the start time.

        Raises `ServiceFault` if the limiter is closed.
        """
        if self._closed:
            raise ServiceFault(Kind.HOPELESS, "the run has come to its end")
        turn = self._loop.create_future()
        heapq.heappush(self._queue, (order, next(self._numbers), turn))
        self._admit()
        try:
            await turn
            yield self._loop.time()
        finally:
            if turn.done() and not turn.cancelled():
                self._under_way -= 1
            self._idle.set()
            self._admit()

    async def close(self, seconds: float) -> None:
        """Admit no new request, and wait at most `seconds` for the open ones to end."""
        self._closed = True
        for _, _, turn in self._queue:
            turn.cancel()
        self._queue.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._under_way:
                    self._idle.clear()
                    await self._idle.wait()

    def succeeded(self) -> None:
        """Record a successful request."""
        self._failures = self._pauses = 0
        self._limit = min(self._top, self._limit + _STEP)
        self._admit()

    def busy(self, began: float, retry_after: float) -> None:
        """Record that the service wants fewer requests, in reply to one begun at `began`. Many such replies at once count as one."""
        now = self._loop.time()
        if began >= self._halved_at:
            self._limit = max(1.0, self._limit / 2)
            self._halved_at = now
        if retry_after:
            self._not_before = max(self._not_before, now + retry_after)
        self.failed(began)

    def failed(self, began: float) -> None:
        """Record the failure of a request that began at `began`. Many in a row are an outage."""
        self._failures += 1
        if self._failures >= _OUTAGE and began >= self._paused_at:
            now = self._loop.time()
            self._limit = 1.0
            self._pauses += 1
            self._paused_at = now
            self._not_before = max(self._not_before, now + self._backoff.seconds(self._pauses))

    def _admit(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        while self._queue and self._under_way < self.limit:
            wait = self._not_before - self._loop.time()
            if wait > 0:
                self._alarm = self._loop.call_later(wait, self._admit)
                return
            turn = heapq.heappop(self._queue)[2]
            if not turn.cancelled():
                turn.set_result(None)
                self._under_way += 1
