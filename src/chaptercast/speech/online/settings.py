"""How a service is asked: proxy, deadlines, how many requests at once, how long to go on trying."""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop


class Deadlines(Struct, frozen=True):
    """How long each stage of a request may take, in seconds; a request that is late is given up and made again."""

    connect: float = 8.0
    """Until the connection stands."""
    first: float = 10.0
    """From the start to the first thing heard of the service, the connection included."""
    between: float = 5.0
    """From one message to the next."""
    whole: float = 15.0
    """For all of a request, besides the time that its speech takes to listen to: what comes slower than it is heard is too slow."""


class Backoff(Struct, frozen=True):
    """Waiting before asking again: a random time below a bound that doubles, so that those who wait come back apart.

    “Full jitter”: M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015.
    """

    base: float = 0.5
    """Seconds."""
    cap: float = 15.0
    chance: Callable[[], float] = random.random
    """From 0 to 1."""

    def seconds(self, failures: int) -> float:
        """The time to wait after so many failures in a row, 1 or more."""
        return self.chance() * min(self.cap, self.base * 2.0 ** min(failures - 1, 30))


class ServiceSettings(Struct, frozen=True):
    """See the module."""

    proxy: str = ""
    """`http://host:port`; where empty, the environment's variables are followed."""
    deadlines: Deadlines = field(default_factory=Deadlines)
    backoff: Backoff = field(default_factory=Backoff)
    start_limit: int = 4
    """Requests at once, to begin with."""
    top_limit: int = 8
    """Requests at once, when all goes well."""
    patience_at_start: float = 20.0
    """Seconds of failures after which a service that never answered in this run is given up."""
    patience: float = 60.0
    """The same for one that did answer."""
    longest_wait: float = 120.0
    """Seconds that the service may ask to wait, all in all, before it is given up; they do not count as failures."""
    probe_seconds: float = 5.0
    """How long finding out whether the service can be reached may take."""
    keeps_list: bool = True
    """Whether the list of voices, where it is asked for, is kept for the next run."""
    loop_factory: "Callable[[], AbstractEventLoop] | None" = None
    """Makes the event loop, which is also the clock."""
