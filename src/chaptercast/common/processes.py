"""Work in other processes: where this one may be forked, and what can go on beside it."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

_Result = TypeVar("_Result")
_STORE_THREAD = "fsspecIO"
"""Where an output or a cache is at an address, its client runs in this thread."""


def may_fork() -> bool:
    """Forked processes share this one's memory and start at once; it is not safe elsewhere than on Linux, nor beside a store's thread."""
    return sys.platform == "linux" and not any(thread.name == _STORE_THREAD for thread in threading.enumerate())


def give_back() -> None:
    """Give memory that is free back to the system, where its allocator can be told to (glibc, `malloc_trim(3)`).

    To read a long article takes several times what is left of it; of what is kept for later each forked process would have a copy.
    """
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


@contextmanager
def held_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back, here until this ends, and for good in the processes that are forked meanwhile.

    Each goes to all processes of a terminal. One that is only just forked does not ignore it yet, and would tell of it with a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def beside(work: Callable[[], _Result], *, apart: bool = True) -> Iterator[Callable[[], _Result]]:
    """Do `work` in a copy of this process while the body goes on; gives a function that waits for its result, or raises its error.

    `work` changes nothing here, and its result can be pickled. Where no process can be forked, or it is not worth one (`apart`), it is
    done here, when it is asked for. It ends with the body, whether it was asked for or not.
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
    """In the copy; it ends without any of what a process does in the end, which is the original's to do."""
    gc.disable()  # it would write to every page, and so make a copy of each
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
    except EOFError:  # it was killed, for want of memory perhaps
        return work()
    if error is not None:
        raise error
    answer: _Result = result
    return answer
