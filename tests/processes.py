"""What the processes of tests need: the signals that a terminal gives them, and an end with the test that started them."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import Any

import psutil

KEPT: set[int] = set()
"""The ids of processes that are kept from test to test, and ended with the last."""
_GRACE_SECONDS = 5.0
"""How long a process that was told to end may take: it is looked at when its test is over."""


@contextmanager
def default_signals() -> Iterator[None]:
    """Handle SIGINT and SIGTERM as in a process that a terminal starts, and so in all processes that are started meanwhile.

    Under `nohup`, in a shell's background job and on some CI machines SIGINT is ignored, and every child inherits that.
    """
    defaults = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
    before = {number: signal.signal(number, handler) for number, handler in defaults.items()}
    blocked = signal.pthread_sigmask(signal.SIG_UNBLOCK, defaults) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def kept_signals() -> Iterator[None]:
    """Raises `AssertionError` if SIGINT or SIGTERM is handled otherwise afterwards, or held back: the next tests would pass that on."""
    before = _signals()
    yield
    after = _signals()
    for number, (handler, _) in before.items():
        signal.signal(number, handler)
    assert after == before, f"signals are handled otherwise now: {after}"


def _signals() -> dict[int, tuple[Any, bool]]:
    """The handler of each signal that tests send, and whether it is held back."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, ()) if hasattr(signal, "pthread_sigmask") else set()
    return {number: (signal.getsignal(number), number in held) for number in (signal.SIGINT, signal.SIGTERM)}


@contextmanager
def ended_processes() -> Iterator[None]:
    """End every process that is started meanwhile and still runs at the end, with all its descendants.

    Raises `AssertionError` if there was one: a test waits for what it starts, or kills it.
    """
    before = set(psutil.pids())
    yield
    _, left = psutil.wait_procs(_children(set(psutil.pids()) - before), timeout=_GRACE_SECONDS)
    names = [process.info["cmdline"] for process in left]
    end_with_descendants(left)
    assert not names, f"left running, and killed now: {names}"


def end_with_descendants(processes: list[psutil.Process]) -> None:
    """Kill processes and whatever they started."""
    family = [one for process in processes for one in (process, *_descendants(process))]
    for process in family:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=_GRACE_SECONDS)


def _children(pids: set[int]) -> list[psutil.Process]:
    """Those of the processes that this one started and that run, but for the one that Python keeps for itself."""
    kept = KEPT | {getattr(resource_tracker._resource_tracker, "_pid", None)}
    found = (_child(pid) for pid in pids - kept)
    return [process for process in found if process]


def _child(pid: int) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        process.info = process.as_dict(["cmdline", "ppid", "status"])
    except psutil.NoSuchProcess:
        return None
    is_ours = process.info["ppid"] == os.getpid() and process.info["status"] != psutil.STATUS_ZOMBIE
    return process if is_ours else None


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []
