"""What a job may take: time, memory, and the end of its process when it was cancelled."""

import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import psutil
import pytest
from tests.app.queues import all_ended, article, silent, supervisor, until

from chaptercast.app.model import Kind, Order, State
from chaptercast.app.queue import Queue
from chaptercast.app.settings import Settings

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits are POSIX's")
LONG = article(1, chapters=60, words=6000)


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "cache"))


def worker(site: Path, settings: Settings) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "chaptercast.app.worker", str(site), msgspec.json.encode(settings).decode()]
    return subprocess.Popen(command, stdout=-1, stderr=-1, start_new_session=True)


def test_a_job_that_takes_too_long_fails_and_its_processes_are_gone(tmp_path: Path) -> None:
    queue = Queue(tmp_path / "site")
    job = queue.add(silent(), LONG)
    with worker(tmp_path / "site", Settings(seconds=1.5)) as process:
        assert process.communicate(timeout=60) == (b"", b""), "nothing is printed, so nothing of the article"
    kept = queue.job(job.id)
    assert kept is not None
    assert kept.trouble is not None
    assert (kept.state, kept.trouble.kind) == (State.FAILED, "time")
    assert not list((tmp_path / "site").glob("*/episode.json"))
    until(lambda: not [p for p in psutil.process_iter(["cmdline"]) if str(tmp_path) in (p.info["cmdline"] or [])])


def test_a_job_that_needs_too_much_memory_fails_and_the_next_one_runs(tmp_path: Path) -> None:
    site = tmp_path / "site"
    queue = Queue(site)
    big = queue.add(silent("big.txt"), b"word " * 9_000_000)
    small = queue.add(Order(Kind.TEXT, "small.txt", engine="silence"), b"It is short.")
    with supervisor(site, Settings(memory=250_000_000)) as process:
        until(lambda: all_ended(queue))
        process.communicate()
    states = {job.id: job.state for job in queue.jobs()}
    assert states == {big.id: State.FAILED, small.id: State.DONE}


def test_a_cancelled_job_ends_at_once_with_all_its_processes(tmp_path: Path) -> None:
    site = tmp_path / "site"
    queue = Queue(site)
    job = queue.add(silent(), LONG)
    with worker(site, Settings()) as process:
        until(lambda: queue.jobs()[0].state is State.RUNNING)
        time.sleep(0.5)
        family = psutil.Process(process.pid).children(recursive=True)
        assert queue.cancel(job.id)
        process.communicate(timeout=30)
        assert psutil.wait_procs(family, timeout=10)[1] == []
    assert queue.jobs()[0].state is State.CANCELLED
    assert queue.reclaim() == []


def test_a_job_that_loses_a_process_that_speaks_is_begun_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    queue = Queue(site)
    queue.add(silent(), LONG)
    with worker(site, Settings()) as process:
        until(lambda: psutil.Process(process.pid).children() != [])
        for speaking in psutil.Process(process.pid).children():
            speaking.kill()
        process.communicate(timeout=60)
    assert queue.reclaim() == [queue.jobs()[0].id]
    assert queue.jobs()[0].state is State.WAITING
    assert queue.ends() == []


def test_with_the_server_its_jobs_end_and_wait(tmp_path: Path) -> None:
    site = tmp_path / "site"
    queue = Queue(site)
    queue.add(silent(), LONG)
    with supervisor(site, Settings()) as process:
        until(lambda: queue.jobs()[0].state is State.RUNNING)
        process.communicate(timeout=60)
    assert queue.jobs()[0].state is State.WAITING
    assert queue.ends() == []


def test_no_more_run_than_may(tmp_path: Path) -> None:
    site = tmp_path / "site"
    queue = Queue(site)
    for number in range(5):
        queue.add(silent(), article(number))
    most = 0
    with supervisor(site, Settings(jobs=2)) as process:
        while not all_ended(queue):
            most = max(most, sum(job.state is State.RUNNING for job in queue.jobs()))
            time.sleep(0.01)
        process.communicate()
    assert 1 <= most <= 2
