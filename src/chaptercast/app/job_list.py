"""A copy of all jobs in memory, read anew only when the queue's file has changed."""

import sqlite3
from collections.abc import Iterable, Mapping
from threading import Lock

from msgspec import Struct

from chaptercast.app.model import Job
from chaptercast.app.queue import Queue


class Listing(Struct, frozen=True, eq=False):
    """All jobs at one moment, newest first. Nothing has changed as long as it is the same object."""

    jobs: tuple[Job, ...]
    by_id: Mapping[str, Job]


class JobList:
    """The copy. Threads share it."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._guard = Lock()
        self._connection: sqlite3.Connection | None = None
        self._version = -1
        self._listing = _listing(())

    def now(self) -> Listing:
        """Returns all jobs as they are now, also those that other processes have changed. Raises `sqlite3.Error`."""
        with self._guard:
            if self._connection is None:
                self._connection = self._queue.connected()
            # The number changes when any other connection has written; everything is written by others (SQLite, `data_version`).
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if version != self._version:
                self._listing = _listing(self._queue.jobs())
                self._version = version
            return self._listing

    def close(self) -> None:
        """Closes the file."""
        with self._guard:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
                self._version = -1


def _listing(jobs: Iterable[Job]) -> Listing:
    listed = tuple(jobs)
    return Listing(listed, {job.id: job for job in listed})
