"""Forked processes: whether this process may fork, and how to run work in a copy of it."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import TypeVar

from chaptercast.errors import UsageError

_Result = TypeVar("_Result")
START_METHOD = "CHAPTERCAST_START_METHOD"
"""The environment variable that says how processes are started: `spawn` as on Windows and macOS, `fork` where that is safe."""
_STORE_THREAD = "fsspecIO"
"""The thread that runs a remote store's client, if an output or a cache is at an address."""


def available_cores() -> int:
    """The number of processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def may_fork() -> bool:
    """Whether this process may fork.

    Forked processes share its memory and start at once. Safe only on Linux, and not beside a store's thread.
    `CHAPTERCAST_START_METHOD=spawn` forbids it.

    Raises `UsageError` if that variable has another value than `fork` or `spawn`.
    """
    method = os.environ.get(START_METHOD, "")
    if method not in {"", "fork", "spawn"}:
        raise UsageError(f"{START_METHOD} is “{method}”.", "Set it to fork or spawn, or not at all.")
    if method == "spawn":
        return False
    return sys.platform == "linux" and not any(thread.name == _STORE_THREAD for thread in threading.enumerate())


def give_back() -> None:
    """Return free memory to the system, if the allocator supports it (glibc, `malloc_trim(3)`).

    Reading a long article takes several times the memory that remains in use afterwards. Each forked process would copy the rest.
    """
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


@contextmanager
def held_interrupts() -> Iterator[None]:
    """Delay Ctrl-C until the context ends, and for ever in processes that are started inside it.

    Ctrl-C goes to all processes of a terminal. A process that has just started does not ignore it yet, and would print a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    if not may_fork():
        # Python starts this helper with the first spawned process, and lets signals through again after that.
        resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def beside(work: Callable[[], _Result], *, apart: bool = True) -> Iterator[Callable[[], _Result]]:
    """Do `work` in a copy of this process while the body runs. Yields a function that waits for its result, or raises its error.

    `work` must change nothing in this process, and its result must be picklable. If no process can be forked, or the work is not worth
    one (not `apart`), the work is done in this process when its result is requested. The copy ends with the body, even if its result
    was never requested.
    """
    if not (apart and may_fork()):
        yield work
        return
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_answer, args=(work, sender), daemon=True)
    with held_interrupts():
        process.start()
    sender.close()
    try:
        yield lambda: _answered(receiver, work)
    finally:
        process.kill()
        process.join()
        receiver.close()


def _answer(work: Callable[[], _Result], sender: Connection) -> None:
    """Runs in the copy. It ends without the usual exit steps of a process, which belong to the original."""
    gc.disable()  # a collection would write to every memory page, and so copy each page
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the original decides what to do
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(OSError):
        try:
            sender.send((work(), None))
        except Exception as error:  # noqa: BLE001 -- raised where it is asked for
            sender.send((None, error))
    os._exit(0)


def _answered(receiver: Connection, work: Callable[[], _Result]) -> _Result:
    try:
        result, error = receiver.recv()
    except EOFError:  # the copy was killed, perhaps for lack of memory
        return work()
    if error is not None:
        raise error
    answer: _Result = result
    return answer
