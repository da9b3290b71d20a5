"""Progress, and what it heeds on the way."""

import signal
from contextlib import suppress

import pytest

from chaptercast.cli import progress


def test_an_interrupt_that_was_lost_is_heeded_at_the_next_step() -> None:
    steps: list[int] = []

    def speak_all() -> None:
        with progress.shown() as advance:
            for step in range(1, 4):
                advance(step / 3, "A chapter")
                steps.append(step)
                with suppress(KeyboardInterrupt):
                    signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        speak_all()
    assert steps == [1]
