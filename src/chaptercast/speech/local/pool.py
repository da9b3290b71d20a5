"""Utterances spoken by worker processes: results in order, a bounded number of them in memory, no worker outliving its parent."""

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
"""How many utterances each worker may be ahead of the join: enough that none waits, few enough that memory stays flat."""
_UTTERANCES_PER_WORKER = 300
"""After so many a worker is replaced: what an engine's library leaks (eSpeak NG: 3 kB an utterance) stays bounded in a long book."""
_PARENT_CHECK_SECONDS = 1.0


def available_cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def speak_all(
    utterances: Iterable[Utterance], engine: LocalEngine, grid: Grid, jobs: int, keep: Callable[[Utterance, Clip], None]
) -> Generator[Clip, None, None]:
    """Yield the clip of each utterance, in order, spoken by `jobs` worker processes, which are at work when this returns.

    `engine` must be picklable. `keep` is told of each clip before it is yielded.

    Raises `EngineError` where an engine fails or a worker dies; the other workers end with the iterator.
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
    """Gives nothing first, when the workers have what to begin with, then the clips."""
    is_first = True
    for first in utterances:
        batch = chain((first,), islice(utterances, jobs * _UTTERANCES_PER_WORKER - 1))
        # Closed here and not when it is found unused: a Ctrl-C that meets it while it ends would be ignored there.
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
    """Gives nothing first, when the workers have what to begin with, then each utterance with its clip."""
    context = multiprocessing.get_context("fork" if may_fork() else "spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=(engine, grid))
    waiting: deque[tuple[Utterance, Future[Clip]]] = deque()
    give_back()
    gc.freeze()  # a collection would write to every page, and so make a copy of each for every process
    try:
        first = next(utterances)
        with held_interrupts():  # the workers are forked now, and before the narrator is asked for more
            waiting.append((first, pool.submit(_work, first)))
        waiting.extend((u, pool.submit(_work, u)) for u in islice(utterances, jobs * _AHEAD_PER_WORKER - 1))
        yield None
        while True:
            utterance, future = waiting.popleft()
            clip = future.result()
            waiting.extend((u, pool.submit(_work, u)) for u in islice(utterances, 1))
            if not waiting:
                break
            yield utterance, clip
    except BrokenProcessPool as error:
        raise EngineError(
            f"A process that spoke with the engine “{engine.name}” died.",
            "It may have been killed for want of memory. Run the same command again, or with fewer workers: --jobs 1",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()
    yield utterance, clip  # the last: what is done with it needs the memory of no worker


class _Worker:
    """What a worker process holds: its opened engine. One for each process, set up by the pool's initializer."""

    speaker: Speaker | None = None
    failure: ChaptercastError | None = None
    grid: Grid
    resources = ExitStack()


def _start_worker(engine: LocalEngine, grid: Grid) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what to do
    signal.signal(
        signal.SIGTERM, signal.SIG_DFL
    )  # a handler inherited from the parent would be taken for a failed task
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Worker.grid = grid
    try:
        _Worker.speaker = _Worker.resources.enter_context(engine.open())
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
