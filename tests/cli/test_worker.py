"""`chaptercast worker`: several processes on one queue."""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from tests.app.queues import all_ended, article, silent, until
from tests.cli.test_commands import chaptercast, failed

from chaptercast.app.model import State
from chaptercast.app.queue import Queue
from chaptercast.app.settings import Settings, options_of
from chaptercast.speech.cluster.address import Cluster


def started(site: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "chaptercast", "worker", str(site), *arguments]
    environment = {**os.environ, "CHAPTERCAST_CACHE": str(site.with_name("cache"))}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def test_two_workers_share_a_queue_and_each_job_is_done_once(tmp_path: Path) -> None:
    queue = Queue(tmp_path / "site")
    jobs = [queue.add(silent(), article(number)).id for number in range(4)]
    workers = [started(tmp_path / "site", "--once") for _ in range(2)]
    said = [worker.communicate(timeout=100)[1] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    assert all_ended(queue)
    assert Counter(job for job, _, state in queue.ends() if state == State.DONE) == Counter(jobs)
    assert "Article" not in "".join(said), "nothing of the articles is told"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_a_worker_that_is_stopped_leaves_its_job_waiting(tmp_path: Path) -> None:
    queue = Queue(tmp_path / "site")
    queue.add(silent(), article(1, chapters=60, words=6000))
    worker = started(tmp_path / "site")
    until(lambda: queue.jobs()[0].state is State.RUNNING)
    worker.send_signal(signal.SIGTERM)
    assert "Stopped" in worker.communicate(timeout=60)[1]
    assert (worker.returncode, queue.jobs()[0].state) == (0, State.WAITING)


def test_the_speaking_can_go_to_a_cluster(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    job = queue.add(silent(), article(1))
    settings = msgspec.json.decode(msgspec.json.encode(Settings(cluster="local:2")), type=Settings)
    assert options_of(job, settings, headings="all", workers=1, growing=None).cluster == Cluster("", 2)
    assert options_of(job, Settings(), headings="all", workers=1, growing=None).cluster is None


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    assert "is no folder" in failed(chaptercast("worker", tmp_path / "none"), 3)
    assert "is no cluster" in failed(chaptercast("worker", tmp_path, "--cluster", "x"), 2)
    assert "--offline forbids" in failed(
        chaptercast("worker", tmp_path, "--cluster", "tcp://h.example:1", "--offline"), 2
    )
