"""The tables of the queue, and the conversion of a row into a job."""

from collections.abc import Sequence
from typing import Any

import msgspec

from chaptercast.app.model import Job, Order, Outline, State, Trouble

SCHEMA_VERSION = 1
SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    orders TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    step TEXT NOT NULL,
    turn INTEGER NOT NULL DEFAULT 0,
    run INTEGER NOT NULL DEFAULT 0,
    pid INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0,
    best REAL NOT NULL DEFAULT 0,
    part REAL NOT NULL DEFAULT 0,
    section TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    episode TEXT NOT NULL DEFAULT '',
    outline TEXT,
    trouble TEXT,
    created REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs (state, turn, number);
CREATE TABLE IF NOT EXISTS ends (
    number INTEGER PRIMARY KEY, job TEXT NOT NULL, run INTEGER NOT NULL, state TEXT NOT NULL, UNIQUE (job, run)
);
CREATE TABLE IF NOT EXISTS notes (number INTEGER PRIMARY KEY, job TEXT NOT NULL, text TEXT NOT NULL);
PRAGMA user_version = {SCHEMA_VERSION};
COMMIT;
"""
_COLUMNS = "id, orders, state, run, pid, part, section, title, episode, outline, trouble, created"
ALL_JOBS = f"SELECT {_COLUMNS} FROM jobs ORDER BY number DESC"  # noqa: S608 -- our own names
ONE_JOB = f"SELECT {_COLUMNS} FROM jobs WHERE id = ?"  # noqa: S608


def job_of(row: Sequence[Any]) -> Job:
    """Returns the job in a row of `ALL_JOBS` or `ONE_JOB`."""
    job_id, order, state, run, pid, part, section, title, episode, outline, trouble, created = row
    return Job(
        job_id,
        msgspec.json.decode(order, type=Order),
        State(state),
        run,
        pid,
        part,
        section,
        title,
        episode,
        msgspec.json.decode(outline, type=Outline) if outline else None,
        msgspec.json.decode(trouble, type=Trouble) if trouble else None,
        created,
    )
