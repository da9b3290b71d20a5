"""Ctrl-C that is not lost: an interrupt is raised at once, and remembered.

Python prints and forgets an exception that is raised in a finaliser, or in a callback of its garbage collector or of a weak
reference, and pools of processes and Dask have all of these.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeAlias

_Handler: TypeAlias = Callable[[int, FrameType | None], Any]
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_IGNORED = frozenset({"__del__", "_gc_callback", "weakref_cb"})
"""Functions whose exceptions Python prints and forgets: the second is Dask's, the third that of `concurrent.futures`."""


@contextmanager
def heeded_interrupts() -> Iterator[Callable[[], None]]:
    """Gives a function that raises `KeyboardInterrupt` if the process was interrupted and goes on nevertheless, as the end of this does.

    Signals do what they did before; in the main thread only.
    """
    came: list[int] = []

    def noting(handler: _Handler) -> _Handler:
        def note(number: int, frame: FrameType | None) -> None:
            came.append(number)
            if not _is_ignored(frame):
                handler(number, frame)

        return note

    def heed() -> None:
        if came:
            raise KeyboardInterrupt

    with _handled(noting):
        yield heed
        heed()


@contextmanager
def interrupts_given_to(end: Callable[[], object]) -> Iterator[None]:
    """While this lasts an interrupt calls `end`, and does what it did before when this is over; in the main thread only.

    For an event loop: raised in a task, an interrupt would be kept by that, and told when it is collected; raised in the loop itself
    it may leave a callback behind that stops the loop's next run.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    due: list[Callable[[], object]] = []

    def noting(handler: _Handler) -> _Handler:
        def note(number: int, _frame: FrameType | None) -> None:
            due.append(lambda: handler(number, None))
            end()

        return note

    try:
        with _handled(noting):
            yield
    finally:
        if due:
            due[0]()


@contextmanager
def _handled(by: Callable[[_Handler], _Handler]) -> Iterator[None]:
    """While this lasts interrupts are handled `by` what is made of what handled them before."""
    before = {number: handler for number in _SIGNALS if callable(handler := signal.getsignal(number))}
    for number, handler in before.items():
        signal.signal(number, by(handler))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_ignored(frame: FrameType | None) -> bool:
    while frame is not None and frame.f_code.co_name not in _IGNORED:
        frame = frame.f_back
    return frame is not None
