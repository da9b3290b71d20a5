"""Request settings of a service: proxy, deadlines, number of concurrent requests, retry budget."""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop


class Deadlines(Struct, frozen=True):
    """Deadlines for each stage of a request, in seconds. A late request is given up and retried."""

    connect: float = 8.0
    """Until the connection is established."""
    first: float = 10.0
    """From the start to the first data from the service, including the connection."""
    between: float = 5.0
    """From one message to the next."""
    whole: float = 15.0
    """For the whole request, plus the duration of its speech: a service slower than real time is too slow."""


class Backoff(Struct, frozen=True):
    """Waiting times before a retry: a random time below a bound that doubles, so that waiting requests do not return together.

    “Full jitter”: M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015.
    """

    base: float = 0.5
    """Seconds."""
    cap: float = 15.0
    chance: Callable[[], float] = random.random
    """From 0 to 1."""

    def seconds(self, failures: int) -> float:
        """The waiting time after `failures` in a row, 1 or more."""
        return self.chance() * min(self.cap, self.base * 2.0 ** min(failures - 1, 30))


class ServiceSettings(Struct, frozen=True):
    """The settings of requests to a service."""

    proxy: str = ""
    """`http://host:port`. If empty, the environment's variables are followed."""
    deadlines: Deadlines = field(default_factory=Deadlines)
    backoff: Backoff = field(default_factory=Backoff)
    start_limit: int = 4
    """The initial number of concurrent requests."""
    top_limit: int = 8
    """The maximum number of concurrent requests."""
    patience_at_start: float = 20.0
    """The retry budget, in seconds of failures, for a service that has never answered in this run."""
    patience: float = 60.0
    """The retry budget for a service that has answered."""
    longest_wait: float = 120.0
    """The total waiting time, in seconds, that the service may request. It does not count as failure."""
    probe_seconds: float = 5.0
    """The deadline of a probe."""
    keeps_list: bool = True
    """Whether a requested voice list is cached for the next run."""
    loop_factory: "Callable[[], AbstractEventLoop] | None" = None
    """Makes the event loop, which is also the clock."""
