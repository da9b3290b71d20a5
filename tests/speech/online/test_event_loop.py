"""The loop can be left at any moment, and is fit for use afterwards."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from chaptercast.speech.online.event_loop import Loop
from chaptercast.speech.online.settings import ServiceSettings


@contextmanager
def as_interrupts() -> Iterator[None]:
    """SIGTERM is an interrupt, as on the command line."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


async def quick() -> str:
    await asyncio.sleep(0)
    return "done"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_in_a_task_leaves_the_loop_and_not_the_task(number: signal.Signals) -> None:
    tasks: list[asyncio.Task[None]] = []

    async def interrupted() -> None:
        signal.raise_signal(number)
        await asyncio.sleep(60)

    async def waiting() -> None:
        tasks.append(asyncio.create_task(interrupted()))
        await asyncio.sleep(60)

    with as_interrupts(), Loop(ServiceSettings()) as loop:
        with pytest.raises(KeyboardInterrupt):
            loop.run(waiting())
        assert not tasks[0].done()
        assert loop.run(quick()) == "done"


def test_an_interrupt_in_the_last_step_does_not_stop_the_next_run() -> None:
    async def interrupted() -> None:
        await asyncio.sleep(0)
        signal.raise_signal(signal.SIGINT)

    with Loop(ServiceSettings()) as loop:
        with pytest.raises(KeyboardInterrupt):
            loop.run(interrupted())
        assert loop.run(quick()) == "done"


def test_signals_do_afterwards_what_they_did_before() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with Loop(ServiceSettings()) as loop:
        loop.run(quick())
        assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
