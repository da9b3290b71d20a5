"""Utterances spoken by a Dask cluster: results in order, a bounded number of them under way, a lost worker's work done by the others.

Dask itself gives the work of a worker that is gone to another; what is here are the limits, and errors that people understand.
"""

import logging
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.mpeg_frames import Grid
from chaptercast.errors import EngineError, ServiceError, UsageError
from chaptercast.speech.cluster import worker
from chaptercast.speech.cluster.address import Cluster
from chaptercast.speech.cluster.worker import Standard, identities, speak_batch, standard
from chaptercast.speech.model import Clip, LocalEngine, Utterance

if TYPE_CHECKING:
    from distributed import Client, Future

_CONNECT_SECONDS = 5
_WORKERS_SECONDS = 10
"""How long a scheduler may be without any worker."""
_TRIES = 2
"""How often work is handed in that Dask gave up, which it does when four workers died over it."""
_AHEAD_PER_WORKER = 4
"""How many batches each worker may be ahead of the join: enough that none waits, few enough that memory stays flat."""
_BATCH_CHARACTERS = 2000
_BATCH_UTTERANCES = 32
"""A task costs some 8 ms on both sides, a paragraph about 30: some paragraphs share one, and a lost worker loses little."""
_SAMPLE_CHARACTERS = 200
_AGAIN = "What was spoken is kept: the same command goes on from there."


def speak_all_on(
    cluster: Cluster,
    utterances: Iterable[Utterance],
    engine: LocalEngine,
    grid: Grid,
    keep: Callable[[Utterance, Clip], None],
) -> Generator[Clip, None, None]:
    """Yield the clip of each utterance, in order, spoken by `cluster`, whose workers have the engine of that name.

    `keep` is told of each clip before it is yielded. Raises `UsageError` where Dask is not installed, `EngineError` where an
    engine fails, a worker is of another version, or several die over the same work, `ServiceError` where the cluster cannot
    be reached or is lost. What is under way is called off when the iterator ends.
    """
    remaining = iter(utterances)
    first = next(remaining, None)
    if first is None:
        return
    wanted = standard(engine, grid, replace(first, text=first.text[:_SAMPLE_CHARACTERS], sentences=()))
    with _connected(cluster) as client:
        run = _Run(client, cluster, engine, wanted, _batches(chain((first,), remaining)))
        for batch, clips in run.spoken():
            for utterance, clip in zip(batch, clips, strict=True):
                keep(utterance, clip)
                yield clip


def _batches(utterances: Iterator[Utterance]) -> Iterator[tuple[Utterance, ...]]:
    batch: list[Utterance] = []
    for utterance in utterances:
        batch.append(utterance)
        if len(batch) == _BATCH_UTTERANCES or sum(len(u.text) for u in batch) >= _BATCH_CHARACTERS:
            yield tuple(batch)
            batch.clear()
    if batch:
        yield tuple(batch)


class _Run(Struct, frozen=True):
    """The work of one recording, or of several."""

    client: "Client"
    cluster: Cluster
    engine: LocalEngine
    wanted: Standard
    batches: Iterator[tuple[Utterance, ...]]

    def spoken(self) -> Iterator[tuple[tuple[Utterance, ...], tuple[Clip, ...]]]:
        """Each batch with its clips, in order."""
        waiting: deque[tuple[tuple[Utterance, ...], Future[tuple[Clip, ...]]]] = deque()
        try:
            ahead = self._workers() * _AHEAD_PER_WORKER
            self._prove()
            waiting.extend((batch, self._begun(batch)) for batch in islice(self.batches, ahead))
            while waiting:
                batch, future = waiting.popleft()
                clips = self._clips(batch, future)
                waiting.extend((following, self._begun(following)) for following in islice(self.batches, 1))
                yield batch, clips
        except (CancelledError, OSError) as error:  # all that Dask says when the scheduler is gone
            raise ServiceError(f"The connection to {_named(self.cluster)} was lost.", _AGAIN) from error

    def _begun(self, batch: tuple[Utterance, ...]) -> "Future[tuple[Clip, ...]]":
        return self.client.submit(speak_batch, batch, self.wanted, identities(self.engine, batch), pure=False)

    def _clips(self, batch: tuple[Utterance, ...], future: "Future[tuple[Clip, ...]]") -> tuple[Clip, ...]:
        from distributed import KilledWorker

        for _ in range(_TRIES):
            try:
                return self._result(future)
            except KilledWorker:  # its own doing, or that of the work that stood beside it
                future = self._begun(batch)
        try:
            return self._result(future)
        except KilledWorker as error:
            raise EngineError(
                f"Workers of {_named(self.cluster)} died again and again over: {batch[0].text[:60]}",
                "They may have been killed for want of memory. Look at the workers' logs.",
            ) from error

    def _result(self, future: "Future[tuple[Clip, ...]]") -> tuple[Clip, ...]:
        """Raises `ServiceError` where there is no worker, instead of waiting for ever."""
        while True:
            try:
                clips: tuple[Clip, ...] = future.result(timeout=_WORKERS_SECONDS)
            except TimeoutError:
                self._workers()
            except (ImportError, AttributeError, TypeError, RuntimeError) as error:  # the task itself could not be read
                raise self._unfit(error) from error
            else:
                return clips

    def _prove(self) -> None:
        """Hold every worker against the standard before any work: Dask drops one that lacks this program, without a word."""
        for answer in self.client.run(speak_batch, (), self.wanted, on_error="return").values():
            if isinstance(answer, EngineError):
                raise answer
            if isinstance(answer, Exception) and not isinstance(
                answer, OSError
            ):  # one that is gone meanwhile is no harm
                raise self._unfit(answer) from answer

    def _unfit(self, error: Exception) -> EngineError:
        (reason, *_) = str(error).splitlines() or [type(error).__name__]
        return EngineError(
            f"A machine of {_named(self.cluster)} cannot take the work: {reason}.",
            "Install the same wheel of chaptercast on every machine of the cluster, the scheduler's too.",
        )

    def _workers(self) -> int:
        """How many threads there are to speak. Raises `ServiceError` where none comes for a while."""
        try:
            self.client.wait_for_workers(1, timeout=_WORKERS_SECONDS)
        except TimeoutError as error:
            raise ServiceError(
                f"No worker has joined {_named(self.cluster)} within {_WORKERS_SECONDS} seconds.",
                f"Start some: dask worker {self.cluster.address}. {_AGAIN}",
            ) from error
        return sum(self.client.nthreads().values())


@contextmanager
def _connected(cluster: Cluster) -> Iterator["Client"]:
    """A client of the cluster; workers that were started for it end with it."""
    try:
        import distributed
    except ImportError as error:
        raise UsageError("A cluster needs Dask.", "Install it: pip install 'chaptercast[cluster]'") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters to people is told as an error
    with ExitStack() as resources, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions of Dask: ours are checked
        try:
            address = resources.enter_context(_started(cluster.workers)) if cluster.workers else cluster.address
            client = resources.enter_context(distributed.Client(address, timeout=_CONNECT_SECONDS))
        except (OSError, ValueError) as error:
            raise ServiceError(
                f"{_named(cluster)} does not answer within {_CONNECT_SECONDS} seconds.".capitalize(),
                f"Is its scheduler running? {_AGAIN}",
            ) from error
        yield client


def _started(workers: int) -> Any:
    """Workers of this machine. They listen on its loopback address, and only to who has the certificate drawn for this run."""
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        security=True,
        silence_logs=logging.CRITICAL,
        preload=[worker.__name__],
    )


def _named(cluster: Cluster) -> str:
    return f"the cluster at {cluster.address}" if cluster.address else "the cluster on this machine"
