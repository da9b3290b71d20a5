"""An interrupt is heeded, also where Python would print and forget it."""

import signal
from contextlib import suppress

import pytest

from chaptercast.common.interrupts import heeded_interrupts, interrupts_given_to


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


def test_before_a_long_wait_a_forgotten_one_is_raised() -> None:
    begun = []
    with suppress(KeyboardInterrupt), heeded_interrupts():
        Finalised()
        with pytest.raises(KeyboardInterrupt), interrupts_given_to(lambda: None):
            begun.append(1)
    with interrupts_given_to(lambda: None):
        begun.append(2)
    assert begun == [2]


def test_who_tidies_up_after_one_is_not_disturbed_by_it() -> None:
    tidied = []
    with suppress(KeyboardInterrupt), heeded_interrupts():
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            with interrupts_given_to(lambda: None):
                tidied.append(1)
    assert tidied == [1]


def test_signals_do_afterwards_what_they_did_before() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with heeded_interrupts():
        assert signal.getsignal(signal.SIGINT) is not before[0]
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
