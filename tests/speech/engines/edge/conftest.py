"""The stand-in for the service, on a clock that jumps or on a real one."""

import random
from collections.abc import Callable, Iterator

import pytest
from tests.standin.patching import patched
from tests.standin.server import Service, running
from tests.standin.virtual import VirtualLoop, serving

from chaptercast.speech.online.settings import Backoff, Deadlines, ServiceSettings

_LOOPS: list[Callable[[], VirtualLoop]] = []


def _loop() -> VirtualLoop:
    return _LOOPS[-1]()


JUMPING = ServiceSettings(loop_factory=_loop, backoff=Backoff(chance=random.Random(5).random))
"""The usual patience, which takes no time: for the stand-in that `service` is."""
QUICK = ServiceSettings(
    deadlines=Deadlines(connect=1, first=0.8, between=0.5, whole=1.0),
    backoff=Backoff(base=0.01, cap=0.05),
    patience_at_start=0.8,
    patience=2.0,
)
"""RetryBudget of milliseconds, on a real clock: where there are threads, or other programs."""


@pytest.fixture
def service() -> Iterator[Service]:
    """A stand-in without faults, to which the library's requests go, in the loop that asks."""
    with serving() as (service, loop):
        _LOOPS.append(loop)
        yield service
        _LOOPS.pop()


@pytest.fixture
def served() -> Iterator[Service]:
    """The same in a thread of its own."""
    with running() as service, patched(service.url, service.voices_url):
        yield service
