"""Utterances spoken by worker processes: results in order, a bounded number of them in memory, no worker outliving its parent."""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from itertools import islice
from multiprocessing import connection

from chaptercast.errors import ChaptercastError, EngineError
from chaptercast.mpeg import Grid
from chaptercast.speech import registry
from chaptercast.speech.clip import make_clip
from chaptercast.speech.model import Clip, Speaker, Utterance

_AHEAD_PER_WORKER = 4
"""How many utterances each worker may be ahead of the join: enough that none waits, few enough that memory stays flat."""

_PARENT_CHECK_SECONDS = 1.0


def available_cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def speak_all(utterances: Iterable[Utterance], engine: str, grid: Grid, jobs: int) -> Generator[Clip, None, None]:
    """Yield the clip of each utterance, in order, spoken by `jobs` worker processes.

    Raises `EngineError` where an engine fails or a worker dies; the other workers end with the iterator.
    """
    # Forked workers share the parent's memory and start at once; elsewhere than on Linux forking is not safe.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=(engine, grid))
    waiting: deque[Future[Clip]] = deque()
    remaining = iter(utterances)
    try:
        for utterance in islice(remaining, jobs * _AHEAD_PER_WORKER):
            waiting.append(pool.submit(_work, utterance))
        while waiting:
            clip = waiting.popleft().result()
            for utterance in islice(remaining, 1):
                waiting.append(pool.submit(_work, utterance))
            yield clip
    except BrokenProcessPool as error:
        raise EngineError(
            f"A process that spoke with the engine “{engine}” died.",
            "It may have been killed for want of memory. Run the same command again, or with fewer workers: --jobs 1",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Worker:
    """What a worker process holds: its opened engine. One for each process, set up by the pool's initializer."""

    speaker: Speaker | None = None
    failure: ChaptercastError | None = None
    grid: Grid
    resources = ExitStack()


def _start_worker(engine: str, grid: Grid) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what to do
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a handler inherited from the parent would be taken for a failed task
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Worker.grid = grid
    try:
        _Worker.speaker = _Worker.resources.enter_context(registry.usable(engine).open())
    except ChaptercastError as error:
        _Worker.failure = error  # raised by the first task: an initializer can only break the pool, without a reason


def _end_with_parent() -> None:
    """End this process soon after its parent ended, however that was: nobody would take its results."""
    parent = multiprocessing.parent_process()
    while parent is not None and os.getppid() == parent.pid:
        # The sentinel alone is not enough: forked siblings hold each other's open.
        connection.wait([parent.sentinel], _PARENT_CHECK_SECONDS)
    os._exit(1)


def _work(utterance: Utterance) -> Clip:
    if _Worker.failure is not None:
        raise _Worker.failure
    if _Worker.speaker is None:
        raise EngineError("A worker has no engine.")
    return make_clip(_Worker.speaker.speak(utterance), _Worker.grid)
