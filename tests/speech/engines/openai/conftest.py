"""The stand-in for a server, on a clock that jumps or on a real one."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.standin.openai.server import Service, running, serving
from tests.standin.virtual import VirtualLoop

from chaptercast.speech.engines.openai import engine
from chaptercast.speech.online.settings import Backoff, Deadlines, ServiceSettings

_LOOPS: list[Callable[[], VirtualLoop]] = []


def _loop() -> VirtualLoop:
    return _LOOPS[-1]()


JUMPING = ServiceSettings(loop_factory=_loop, backoff=Backoff(chance=random.Random(5).random))
"""The usual patience, which takes no time: for the stand-in that `service` is."""
QUICK = ServiceSettings(
    deadlines=Deadlines(connect=1, first=1.0, between=1.0, whole=2.0),
    backoff=Backoff(base=0.01, cap=0.05),
    patience_at_start=0.8,
    patience=2.0,
)
"""RetryBudget of milliseconds, on a real clock: where there are threads, or other programs."""


@pytest.fixture(autouse=True)
def _nothing_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No server, no key, no keyring, no list that was kept or remembered."""
    for name in [name for name in os.environ if name.startswith(("CHAPTERCAST_OPENAI_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    engine._voices.cache_clear()
    engine._there.cache_clear()


@pytest.fixture
def service(_nothing_is_set: None) -> Iterator[Service]:
    """A stand-in without faults, named in the environment, in the loop that asks."""
    with serving() as (service, loop):
        _LOOPS.append(loop)
        yield service
        _LOOPS.pop()


@pytest.fixture
def served(_nothing_is_set: None) -> Iterator[Service]:
    """The same in a thread of its own."""
    with running() as service:
        yield service
