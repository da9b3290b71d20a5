"""The queue: a SQLite file (WAL) in the site's folder, which any number of processes use at once.

A process that runs a job holds the job's lock while the job is `running`. So a `running` job whose lock is free has lost its process,
and goes back to `waiting`. No job ever runs twice at once. Each start of a job has a number (`run`): what a process writes counts only
while its run is the latest one.
"""

import hashlib
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct

from chaptercast.app.feed_articles import FILE as FEED_ARTICLE
from chaptercast.app.model import Job, Kind, Order, Outline, State, Step, Trouble
from chaptercast.app.process_lock import ProcessLock
from chaptercast.app.queue_schema import ALL_JOBS, ONE_JOB, SCHEMA, SCHEMA_VERSION, job_of
from chaptercast.errors import InputError, OutputError
from chaptercast.following.article_keys import address_key
from chaptercast.publication import atomic_files

FOLDER = ".queue"
"""In the site's folder. Its name begins with a dot, so it is never served."""
MOST_CRASHES = 5
"""A job fails when it has lost its process this many times in a row without progress."""
MOST_WAITING = 1000
_BUSY_S = 30.0


class Claim(Struct):
    """A job that this process runs, and its lock."""

    job: Job
    lock: ProcessLock

    @property
    def key(self) -> tuple[str, int]:
        """The job's id and the number of its run."""
        return self.job.id, self.job.run


class Queue:
    """The queue of a site."""

    def __init__(self, site: Path) -> None:
        """Opens the queue of the site in the folder `site`, and creates it if there is none. Raises `OutputError`."""
        self.folder = site / FOLDER
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._database() as database:
                database.execute("PRAGMA journal_mode=WAL")
                if database.execute("PRAGMA user_version").fetchone()[0] not in (0, SCHEMA_VERSION):
                    raise OutputError(f"{self.folder} was written by another version.", "Move it away.")
                database.executescript(SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise OutputError(f"{self.folder} cannot be used: {error}.", "Check the folder's permissions.") from error

    def folder_of(self, job_id: str) -> Path:
        """Returns the folder for a job's files, which may not exist yet."""
        return self.folder / "articles" / job_id

    def growing(self, job_id: str) -> Path:
        """Returns the file with what is spoken so far, which is there while the job runs."""
        return self.folder / "growing" / f"{job_id}.mp3"

    def jobs(self) -> list[Job]:
        """Returns all jobs, newest first."""
        with self._database() as database:
            return [job_of(row) for row in database.execute(ALL_JOBS)]

    def job(self, job_id: str) -> Job | None:
        """Returns the job, or None."""
        with self._database() as database:
            return _job(database, job_id)

    def add(self, order: Order, content: bytes | BinaryIO = b"") -> Job:
        """Adds an order. `content` is that of a text or a file. Everything is on the disk when this returns.

        An address has one job: if there is one already, that is returned, as it is. Raises `InputError` if too many jobs are waiting.
        """
        job = Job(secrets.token_hex(8), order, State.WAITING, created=time.time())
        if order.kind is not Kind.ADDRESS:
            _keep(self.folder_of(job.id) / order.source, content)
        try:
            with self._written() as database:
                if order.kind is Kind.ADDRESS and (there := _of_address(database, order.source)):
                    return there
                _refuse_too_many(database)
                database.execute(
                    "INSERT INTO jobs (id, orders, state, step, created) VALUES (?, ?, ?, ?, ?)",
                    (job.id, msgspec.json.encode(order), job.state, order.step, job.created),
                )
        except BaseException:
            shutil.rmtree(self.folder_of(job.id), ignore_errors=True)
            raise
        return job

    def of_address(self, address: str) -> Job | None:
        """Returns the job of an address, or of another address of the same page."""
        with self._database() as database:
            return _of_address(database, address)

    def renew(self, order: Order, content: bytes, title: str) -> Job | None:
        """Adds an article of a feed, or lets its job wait again with new content. An article always has the same job.

        Returns the job as it was or is; None while it runs: then nothing is changed. Raises `InputError` if too many jobs are waiting.
        """
        job_id = hashlib.sha256(order.known_as.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        with self._written() as database:
            there = _job(database, job_id)
            if there is not None and there.state is State.RUNNING:
                return None
            path = self.folder_of(job_id) / FEED_ARTICLE
            if there is not None and there.order == order and path.is_file() and path.read_bytes() == content:
                return there  # whoever added it was killed before it could note that
            _refuse_too_many(database)
            atomic_files.write(path, content)  # no process can begin with it meanwhile
            encoded, job = msgspec.json.encode(order), there or Job(job_id, order, State.WAITING, created=time.time())
            if there is None:
                database.execute(
                    "INSERT INTO jobs (id, orders, state, step, title, created) VALUES (?, ?, 'waiting', ?, ?, ?)",
                    (job_id, encoded, order.step, title, job.created),
                )
            else:
                database.execute(
                    "UPDATE jobs SET state = 'waiting', orders = ?, title = ?, outline = NULL, trouble = NULL, crashes = 0, part = 0,"
                    " turn = (SELECT COALESCE(MAX(turn), 0) + 1 FROM jobs) WHERE id = ?",
                    (encoded, title, job_id),
                )
            return job

    def claim(self, most: int, pid: int) -> Claim | None:
        """Starts the job that has waited longest, unless `most` are running already. Returns None if there is no job to start."""
        with self._written() as database:
            if _count(database, State.RUNNING) >= most:
                return None
            waiting = database.execute("SELECT id FROM jobs WHERE state = 'waiting' ORDER BY turn, number").fetchall()
            for (job_id,) in waiting:
                lock = self._lock(job_id)
                if not lock.take():  # its last process is still ending
                    continue
                database.execute(
                    "UPDATE jobs SET state = 'running', run = run + 1, pid = ?, part = 0, section = '' WHERE id = ?",
                    (pid, job_id),
                )
                job = _job(database, job_id)
                if job is not None:
                    return Claim(job, lock)
        return None

    def owns(self, claim: Claim) -> bool:
        """Returns whether the claim's run is still the latest: the job was neither cancelled nor deleted."""
        with self._database() as database:
            found = database.execute("SELECT 1 FROM jobs WHERE id = ? AND run = ? AND state = 'running'", claim.key)
            return found.fetchone() is not None

    def advance(self, claim: Claim, part: float, section: str) -> None:
        """Records the progress of a job. A job that gets further than ever before has its count of crashes reset."""
        with self._written(durable=False) as database:
            database.execute(
                "UPDATE jobs SET crashes = CASE WHEN ?1 > best THEN 0 ELSE crashes END, best = MAX(best, ?1), part = ?1,"
                " section = ?2 WHERE id = ?3 AND run = ?4 AND state = 'running'",
                (part, section, *claim.key),
            )

    def finish(self, claim: Claim, episode: str, title: str) -> None:
        """Records that the episode is made: the name of its folder, and its title."""
        with self._written() as database:
            self._end(database, claim, State.DONE, episode=episode, title=title, part=1.0)

    def show_outline(self, claim: Claim, outline: Outline) -> None:
        """Records that the headings are found. The job is done until a person lets it continue."""
        with self._written() as database:
            encoded = msgspec.json.encode(outline)
            self._end(database, claim, State.DONE, outline=encoded, title=outline.title, part=1.0)

    def fail(self, claim: Claim, trouble: Trouble) -> None:
        """Records that the job failed. It stays, so that it can be tried again."""
        with self._written() as database:
            self._end(database, claim, State.FAILED, trouble=msgspec.json.encode(trouble))

    def release(self, claim: Claim) -> None:
        """Puts the job back to `waiting`: its process was told to end."""
        with self._written() as database:
            database.execute(
                "UPDATE jobs SET state = 'waiting' WHERE id = ? AND run = ? AND state = 'running'", claim.key
            )

    def reclaim(self) -> list[str]:
        """Puts jobs whose process is dead back to `waiting`, or fails those that crashed too often. Returns their ids."""
        with self._database() as database:
            running = database.execute("SELECT id, run FROM jobs WHERE state = 'running'").fetchall()
        return [job_id for job_id, run in running if self._reclaimed(job_id, run)]

    def cancel(self, job_id: str) -> bool:
        """Cancels a waiting or running job; its process notices and ends. Returns whether there was such a job."""
        with self._written() as database:
            job = _job(database, job_id)
            if job is None or not job.state.is_active:
                return False
            database.execute("UPDATE jobs SET state = 'cancelled' WHERE id = ?", (job_id,))
            if job.state is State.RUNNING:
                _note_end(database, (job_id, job.run), State.CANCELLED)
            return True

    def again(
        self, job_id: str, *, title: str | None = None, outline: Outline | None = None, order: Order | None = None
    ) -> bool:
        """Lets an ended job wait again, optionally with another title, other headings or another order. Returns whether it had ended."""
        with self._written() as database:
            job = _job(database, job_id)
            if job is None or job.state.is_active:
                return False
            order = order or job.order
            order = order if title is None else msgspec.structs.replace(order, title=title)
            step = order.step if job.outline is None and outline is None else Step.SPEAK
            kept = outline or job.outline
            database.execute(
                "UPDATE jobs SET state = 'waiting', orders = ?, step = ?, outline = ?, trouble = NULL, crashes = 0, part = 0,"
                " turn = (SELECT COALESCE(MAX(turn), 0) + 1 FROM jobs) WHERE id = ?",
                (
                    msgspec.json.encode(msgspec.structs.replace(order, step=step)),
                    step,
                    msgspec.json.encode(kept) if kept else None,
                    job_id,
                ),
            )
            return True

    def rename(self, job_id: str, title: str) -> bool:
        """Changes the title of a job that has not begun. Returns whether there was such a job."""
        with self._written() as database:
            job = _job(database, job_id)
            if job is None or job.state is not State.WAITING:
                return False
            order = msgspec.json.encode(msgspec.structs.replace(job.order, title=title))
            database.execute("UPDATE jobs SET orders = ? WHERE id = ?", (order, job_id))
            return True

    def delete(self, job_id: str) -> Job | None:
        """Deletes an ended job and its files here. Returns it, so that the caller may remove its episode; None if there is no such job."""
        with self._written() as database:
            job = _job(database, job_id)
            if job is None or job.state.is_active:
                return None
            database.execute("DELETE FROM jobs WHERE id = ?", (job_id,))
        shutil.rmtree(self.folder_of(job_id), ignore_errors=True)
        self.growing(job_id).unlink(missing_ok=True)
        return job

    def note(self, job_id: str, text: str) -> None:
        """Leaves a line for the server's log, which must hold nothing of the article."""
        with self._written(durable=False) as database:
            database.execute("INSERT INTO notes (job, text) VALUES (?, ?)", (job_id, text))

    def taken_notes(self) -> list[tuple[str, str]]:
        """Returns the notes, each with its job, and removes them."""
        with self._database() as database:
            if database.execute("SELECT 1 FROM notes LIMIT 1").fetchone() is None:
                return []
            return list(database.execute("DELETE FROM notes RETURNING job, text"))

    def ends(self) -> list[tuple[str, int, str]]:
        """Returns which run of which job ended how, in order. This record shows that each job ended once."""
        with self._database() as database:
            return list(database.execute("SELECT job, run, state FROM ends ORDER BY number"))

    def _reclaimed(self, job_id: str, run: int) -> bool:
        lock = self._lock(job_id)
        if not lock.take():
            return False
        with lock, self._written() as database:
            trouble = msgspec.json.encode(Trouble("process"))
            row = database.execute(
                "UPDATE jobs SET crashes = crashes + 1, pid = 0, trouble = CASE WHEN crashes + 1 >= ?1 THEN ?2 END,"
                " state = CASE WHEN crashes + 1 >= ?1 THEN 'failed' ELSE 'waiting' END"
                " WHERE id = ?3 AND run = ?4 AND state = 'running' RETURNING state",
                (MOST_CRASHES, trouble, job_id, run),
            ).fetchone()
            if row is not None and row[0] == State.FAILED:
                _note_end(database, (job_id, run), State.FAILED)
            return row is not None

    def _end(self, database: sqlite3.Connection, claim: Claim, state: State, **values: Any) -> None:
        """Ends a run, if it is still the latest."""
        named = "".join(f", {name} = :{name}" for name in values)
        job_id, run = claim.key
        ended = database.execute(
            f"UPDATE jobs SET state = :state, pid = 0, crashes = 0, best = 0{named}"  # noqa: S608 -- our own names
            " WHERE id = :id AND run = :run AND state = 'running'",
            {"state": state, "id": job_id, "run": run, **values},
        ).rowcount
        if ended:
            _note_end(database, claim.key, state)

    def _lock(self, job_id: str) -> ProcessLock:
        return ProcessLock(self.folder / "locks" / job_id)

    def connected(self, *, shared: bool = True) -> sqlite3.Connection:
        """Returns a connection to the queue's file, which threads may share. The caller closes it."""
        return sqlite3.connect(
            self.folder / "queue.sqlite", timeout=_BUSY_S, isolation_level=None, check_same_thread=not shared
        )

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        connection = self.connected(shared=False)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def _written(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """Runs one write transaction. If `durable`, it is on the disk at the end. It is rolled back if an exception is raised."""
        with self._database() as database:
            database.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")


def _keep(path: Path, content: bytes | BinaryIO) -> None:
    path.parent.mkdir(parents=True)
    with path.open("xb") as stream:
        if isinstance(content, bytes):
            stream.write(content)
        else:
            shutil.copyfileobj(content, stream)
        stream.flush()
        os.fsync(stream.fileno())


def _job(database: sqlite3.Connection, job_id: str) -> Job | None:
    row: Sequence[Any] | None = database.execute(ONE_JOB, (job_id,)).fetchone()
    return job_of(row) if row else None


def _of_address(database: sqlite3.Connection, address: str) -> Job | None:
    wanted = address_key(address) or address
    jobs = (job_of(row) for row in database.execute(ALL_JOBS))
    kinds = {Kind.ADDRESS, Kind.FEED}
    return next(
        (j for j in jobs if j.order.kind in kinds and (address_key(j.order.source) or j.order.source) == wanted), None
    )


def _note_end(database: sqlite3.Connection, key: tuple[str, int], state: State) -> None:
    database.execute("INSERT INTO ends (job, run, state) VALUES (?, ?, ?)", (*key, state))


def _refuse_too_many(database: sqlite3.Connection) -> None:
    if _count(database, State.WAITING) >= MOST_WAITING:
        raise InputError(f"{MOST_WAITING} articles are waiting already.", "Wait, or cancel some.")


def _count(database: sqlite3.Connection, state: State) -> int:
    return int(database.execute("SELECT count(*) FROM jobs WHERE state = ?", (state,)).fetchone()[0])
