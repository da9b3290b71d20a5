"""An interrupt is heeded, also where Python would print and forget it."""

import signal
from contextlib import suppress

import pytest

from chaptercast.common.interrupts import heeded_interrupts


class Finalised:
    """Is interrupted when it goes."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def test_an_interrupt_is_raised_at_once() -> None:
    with pytest.raises(KeyboardInterrupt), heeded_interrupts():
        signal.raise_signal(signal.SIGINT)


def test_in_a_finaliser_it_waits_and_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with suppress(KeyboardInterrupt), heeded_interrupts() as heed:
        heed()
        Finalised()
        with pytest.raises(KeyboardInterrupt):
            heed()
    assert capsys.readouterr().err == ""


def test_one_that_is_lost_anywhere_else_is_raised_later() -> None:
    with suppress(KeyboardInterrupt), heeded_interrupts() as heed:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            heed()


def test_one_that_nobody_asked_after_is_raised_in_the_end() -> None:
    with pytest.raises(KeyboardInterrupt), heeded_interrupts():
        Finalised()


def test_signals_do_afterwards_what_they_did_before() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with heeded_interrupts():
        assert signal.getsignal(signal.SIGINT) is not before[0]
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
