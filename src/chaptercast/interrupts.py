"""Ctrl-C that is not lost: an interrupt is raised at once, and remembered.

Python prints and forgets an exception that is raised in a finaliser, or in a callback of its garbage collector or of a weak
reference, and pools of processes and Dask have all of these.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_IGNORED = frozenset({"__del__", "_gc_callback", "weakref_cb"})
"""Functions whose exceptions Python prints and forgets: the second is Dask's, the third that of `concurrent.futures`."""


@contextmanager
def heeded_interrupts() -> Iterator[Callable[[], None]]:
    """Gives a function that raises `KeyboardInterrupt` if the process was interrupted and goes on nevertheless, as the end of this does.

    Signals do what they did before; in the main thread only.
    """
    came: list[int] = []

    def noting(handler: Callable[[int, FrameType | None], Any]) -> Callable[[int, FrameType | None], None]:
        def note(number: int, frame: FrameType | None) -> None:
            came.append(number)
            if not _is_ignored(frame):
                handler(number, frame)

        return note

    def heed() -> None:
        if came:
            raise KeyboardInterrupt

    before = {number: handler for number in _SIGNALS if callable(handler := signal.getsignal(number))}
    for number, handler in before.items():
        signal.signal(number, noting(handler))
    try:
        yield heed
        heed()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def interrupts_given_to(end: Callable[[], object]) -> Iterator[None]:
    """While this lasts an interrupt calls `end`, and does what it did before when this is over; in the main thread only.

    For an event loop: raised in a task, an interrupt would be kept by that, and told when it is collected; raised in the loop itself
    it may leave a callback behind that stops the loop's next run.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        end()

    before = {number: handler for number in _SIGNALS if callable(handler := signal.getsignal(number))}
    for number in before:
        signal.signal(number, note)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            before[signal.Signals(came[0])](came[0], None)


def _is_ignored(frame: FrameType | None) -> bool:
    while frame is not None and frame.f_code.co_name not in _IGNORED:
        frame = frame.f_back
    return frame is not None
