"""Ctrl-C that is not lost: an interrupt is raised at once, and remembered.

Python prints and forgets an exception that is raised in a finaliser, or in a callback of its garbage collector or of a weak
reference, and pools of processes and Dask have all of these.
"""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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
            if _is_ignored(frame):
                return
            if (
                loop := _running_loop()
            ) is not None:  # raised in a task, it would be kept by that, and told when that is collected
                loop.call_soon_threadsafe(handler, number, frame)
            else:
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


def _running_loop() -> Any:
    """The event loop that runs in this thread, if one does; asyncio is not loaded for the question."""
    asyncio = sys.modules.get("asyncio")
    with suppress(RuntimeError):
        return asyncio.get_running_loop() if asyncio else None
    return None


def _is_ignored(frame: FrameType | None) -> bool:
    while frame is not None and frame.f_code.co_name not in _IGNORED:
        frame = frame.f_back
    return frame is not None
