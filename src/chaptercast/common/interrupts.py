"""Handles Ctrl-C so that it is never lost: an interrupt is raised at once and also remembered.

Python prints and then forgets an exception raised in a finaliser, in a garbage collector callback or in a weak reference callback.
Process pools and Dask use all three.
"""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeAlias

_Handler: TypeAlias = Callable[[int, FrameType | None], Any]
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_IGNORED = frozenset({"__del__", "_gc_callback", "weakref_cb"})
"""Functions whose exceptions Python prints and forgets: the second is Dask's, the third belongs to `concurrent.futures`."""


@contextmanager
def heeded_interrupts() -> Iterator[Callable[[], None]]:
    """Yield a function that raises `KeyboardInterrupt` if the process was interrupted but went on. The end of the context does the same.

    Afterwards, signals are handled as before. Has an effect in the main thread only.
    """
    came: list[int] = []
    _came.append(came)

    def noting(handler: _Handler) -> _Handler:
        def note(number: int, frame: FrameType | None) -> None:
            came.append(number)
            if not _is_ignored(frame):
                handler(number, frame)

        return note

    def heed() -> None:
        if came:
            raise KeyboardInterrupt

    try:
        with _handled(noting):
            yield heed
            heed()
    finally:
        _came[:] = [other for other in _came if other is not came]


_came: list[list[int]] = []
"""What came in each of the contexts that have not ended."""


@contextmanager
def interrupts_given_to(end: Callable[[], object]) -> Iterator[None]:
    """Inside this context, an interrupt calls `end`. When the context ends, the interrupt is handled as usual. Main thread only.

    An earlier one that was forgotten is raised at the beginning, since what follows may wait for long; but not while an error is handled,
    which may be that interrupt.

    For an event loop. If an interrupt were raised in a task, the task would keep it and report it only when it is collected. If it were
    raised in the loop itself, it might leave a callback behind that stops the loop's next run.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if sys.exception() is None and any(_came):
        raise KeyboardInterrupt
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
    """Inside this context, interrupts are handled by the handler that `by` makes from the previous one."""
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
