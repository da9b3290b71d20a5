"""Keeps the queue running: starts a process for each job, up to the maximum, and finds processes that died."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

import msgspec
from msgspec import Struct

from chaptercast.app.feed_watch import FeedWatch
from chaptercast.app.job_list import JobList
from chaptercast.app.model import Job, State
from chaptercast.app.queue import Queue
from chaptercast.app.settings import Settings

_TICK_S = 0.3
_GRACE_S = 30.0
"""Seconds after which a process is killed that has no job any more, or is over its time. It should have ended by itself."""
_END_S = 5.0


class _Worker(Struct):
    """A process, and the time since which it has had no job."""

    process: "subprocess.Popen[bytes]"
    idle_since: float


class Supervisor:
    """A thread beside the server. `tell` gets a line for each change of a job, without any text of its article."""

    def __init__(self, site: Path, settings: Settings, tell: Callable[[str], None]) -> None:
        """Creates the supervisor of the queue in `site`. Raises `OutputError`."""
        self.queue = Queue(site)
        self.settings = settings
        self.feeds = FeedWatch(site, settings)
        self.listing = JobList(self.queue)
        """All jobs. The pages show them without reading the file for each reader."""
        self.jobs: tuple[Job, ...] = self.listing.now().jobs
        """Those that it saw last, newest first."""
        self._site = site
        self._tell = tell
        self._told: dict[str, tuple[State, int]] = {job.id: (job.state, job.run) for job in self.jobs}
        self._workers: list[_Worker] = []
        self.is_idle = False
        """Whether it has looked, and found nothing that waits or that runs here."""
        self._over = threading.Event()
        self._due = threading.Event()
        self._thread = threading.Thread(target=self._run, name="queue", daemon=True)

    def __enter__(self) -> Self:
        """Starts the supervisor."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stops the supervisor and the processes of the jobs. Spoken clips are kept, and the jobs wait for the next start."""
        self._over.set()
        self._due.set()
        self._thread.join()
        self.feeds.stop()
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            with suppress(subprocess.TimeoutExpired):
                worker.process.wait(_END_S)
            worker.process.kill()
            worker.process.wait()
        self.queue.reclaim()
        self.listing.close()

    def wake(self) -> None:
        """Wakes the supervisor, because the queue has changed."""
        self._due.set()

    def _run(self) -> None:
        while not self._over.is_set():
            self._due.clear()
            with suppress(sqlite3.OperationalError):  # the disk is full or the file is busy: tried again later
                self._look()
                with suppress(OSError):  # no process could be started: tried again later
                    self.feeds.tend()
            self._due.wait(_TICK_S)

    def _look(self) -> None:
        """Reaps ended processes, finds dead ones, starts waiting jobs, and reports changes."""
        self._workers = [worker for worker in self._workers if worker.process.poll() is None]
        self.queue.reclaim()
        self.jobs = self.listing.now().jobs
        self._end_strays()
        waiting = sum(job.state is State.WAITING for job in self.jobs)
        running = {job.pid for job in self.jobs if job.state is State.RUNNING}
        starting = sum(worker.process.pid not in running for worker in self._workers)
        self.is_idle = not waiting and not self._workers
        places = min(self.settings.jobs - len(self._workers), self.settings.at_once - len(running) - starting)
        for _ in range(min(waiting - starting, places)):
            self._workers.append(_Worker(_started(self._site, self.settings), time.monotonic()))
        self._tell_changes()

    def _end_strays(self) -> None:
        """Kills processes that have been without a job for too long, such as a cancelled one that hangs."""
        running = {job.pid for job in self.jobs if job.state is State.RUNNING}
        now = time.monotonic()
        for worker in self._workers:
            if worker.process.pid in running:
                worker.idle_since = now
            elif now - worker.idle_since > _GRACE_S:
                worker.process.kill()

    def _tell_changes(self) -> None:
        now = {job.id: (job.state, job.run) for job in self.jobs}
        for job in reversed(self.jobs):
            if self._told.get(job.id) != now[job.id]:
                why = f" ({job.trouble.kind})" if job.state is State.FAILED and job.trouble else ""
                self._tell(f"Job {job.id}: {job.state}{why}.")
        self._told = now
        for job_id, text in self.queue.taken_notes():
            self._tell(f"Job {job_id}: {text}")


def _started(site: Path, settings: Settings) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "chaptercast.app.worker", str(site), msgspec.json.encode(settings).decode()]
    return subprocess.Popen(  # noqa: S603 -- ourselves
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
