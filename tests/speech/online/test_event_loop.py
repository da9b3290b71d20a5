"""The loop can be left at any moment, and is fit for use afterwards."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import pytest

from chaptercast.common.interrupts import heeded_interrupts
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


def test_the_clock_stands_still_while_the_caller_does_something_else() -> None:
    """Else who listens to a clip for a minute would let a service fall silent that did not."""
    passed = 0.0

    class Jumping(asyncio.SelectorEventLoop):
        def time(self) -> float:
            return super().time() + passed

    arrived: list[asyncio.Future[str]] = []

    async def asked() -> "asyncio.Task[str]":
        arrived.append(asyncio.get_running_loop().create_future())

        async def answer() -> str:
            async with asyncio.timeout(30):
                return await arrived[0]

        task = asyncio.create_task(answer())
        await asyncio.sleep(0)
        return task

    async def answered(task: "asyncio.Task[str]") -> str:
        await asyncio.sleep(0)
        arrived[0].set_result("speech")
        return await task

    with Loop(ServiceSettings(loop_factory=Jumping)) as loop:
        task = loop.run(asked())
        passed = 100.0
        assert loop.run(answered(task)) == "speech"


@pytest.mark.filterwarnings("error")
def test_after_a_forgotten_interrupt_nothing_is_begun() -> None:
    begun = []

    async def late() -> None:
        begun.append(1)

    with suppress(KeyboardInterrupt), heeded_interrupts(), Loop(ServiceSettings()) as loop:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)  # and the code of a library forgets it
        with pytest.raises(KeyboardInterrupt):
            loop.run(late())
    assert not begun
