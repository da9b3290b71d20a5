"""Speaks utterances in worker processes: results in order, a bounded number in memory, no worker outlives its parent."""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing
from itertools import chain, islice
from multiprocessing import connection
from typing import Any

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.processes import give_back, held_interrupts, may_fork
from chaptercast.errors import ChaptercastError, EngineError
from chaptercast.speech.clips.encode import make_clip
from chaptercast.speech.model import Clip, LocalEngine, Speaker, Utterance

_AHEAD_PER_WORKER = 4
"""How many utterances each worker may be ahead of the join: enough that no worker waits, few enough that memory stays flat."""
_UTTERANCES_PER_WORKER = 300
"""A worker is replaced after so many utterances. This limits memory leaks in a long book (eSpeak NG's library leaks 3 kB per utterance)."""
_PARENT_CHECK_SECONDS = 1.0


def speak_all(
    utterances: Iterable[Utterance], engine: LocalEngine, grid: Grid, jobs: int, keep: Callable[[Utterance, Clip], None]
) -> Generator[Clip, None, None]:
    """Yield the clip of each utterance, in order, spoken by `jobs` worker processes. They are already working when this returns.

    `engine` must be picklable. `keep` is called with each clip before it is yielded.

    Raises `EngineError` if an engine fails or a worker dies. The other workers end with the iterator.
    """
    clips = _speak_batches(iter(utterances), engine, grid, jobs, keep)
    next(clips)
    return clips


def _speak_batches(
    utterances: Iterator[Utterance],
    engine: LocalEngine,
    grid: Grid,
    jobs: int,
    keep: Callable[[Utterance, Clip], None],
) -> Generator[Any, None, None]:
    """Yields `None` when the workers have their first utterances, then the clips."""
    is_first = True
    for first in utterances:
        batch = chain((first,), islice(utterances, jobs * _UTTERANCES_PER_WORKER - 1))
        # The inner generator is closed here, not by the garbage collector: there, a Ctrl-C during its end would be
        # ignored.
        with closing(_speak_batch(batch, engine, grid, jobs)) as spoken:
            next(spoken)
            if is_first:
                yield None
                is_first = False
            for utterance, clip in spoken:
                keep(utterance, clip)
                yield clip
    if is_first:
        yield None


def _speak_batch(
    utterances: Iterator[Utterance], engine: LocalEngine, grid: Grid, jobs: int
) -> Generator[Any, None, None]:
    """Yields `None` when the workers have their first utterances, then each utterance with its clip."""
    context = multiprocessing.get_context("fork" if may_fork() else "spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=(engine, grid))
    waiting: deque[tuple[Utterance, Future[Clip]]] = deque()

    def submit(utterance: Utterance) -> None:
        with held_interrupts():  # workers are forked at the first, or spawned at any
            waiting.append((utterance, pool.submit(_work, utterance)))

    give_back()
    gc.freeze()  # a garbage collection would write to every memory page, and so copy each page for every process
    try:
        for first in islice(utterances, jobs * _AHEAD_PER_WORKER):
            submit(first)
        yield None
        while True:
            utterance, future = waiting.popleft()
            clip = future.result()
            for following in islice(utterances, 1):
                submit(following)
            if not waiting:
                break
            yield utterance, clip
    except BrokenProcessPool as error:
        raise EngineError(
            f"A process that spoke with the engine “{engine.name}” died.",
            "It may have been killed for lack of memory. Run the same command again, or with fewer workers: --jobs 1",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()
    yield utterance, clip  # the last one: what the caller does with it needs the memory of no worker


class _Worker:
    """The state of a worker process: its opened engine. One per process, set up by the pool's initializer."""

    speaker: Speaker | None = None
    failure: ChaptercastError | None = None
    grid: Grid
    resources = ExitStack()


def _start_worker(engine: LocalEngine, grid: Grid) -> None:
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches the whole process group; the parent decides what to do
    signal.signal(
        signal.SIGTERM, signal.SIG_DFL
    )  # a signal handler inherited from the parent would look like a failed task
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Worker.grid = grid
    try:
        _Worker.speaker = _Worker.resources.enter_context(engine.open())
    except ChaptercastError as error:
        _Worker.failure = error  # the first task raises it: an initializer can only break the pool, without a reason


def _end_with_parent() -> None:
    """End this process soon after its parent ends, for any reason: nobody would take its results."""
    parent = multiprocessing.parent_process()
    while parent is not None and os.getppid() == parent.pid:
        # The sentinel alone is not enough: forked siblings keep each other's open.
        connection.wait([parent.sentinel], _PARENT_CHECK_SECONDS)
    os._exit(1)


def _work(utterance: Utterance) -> Clip:
    if _Worker.failure is not None:
        raise _Worker.failure
    if _Worker.speaker is None:
        raise EngineError("A worker has no engine.")
    return make_clip(_Worker.speaker.speak(utterance), _Worker.grid, utterance.level)
