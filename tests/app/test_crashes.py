"""kill -9 at random moments, of the server's process and of the jobs': each job ends, and ends once."""

import json
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import psutil
import pytest
from tests.app.queues import all_ended, article, silent, supervisor, until

from chaptercast.app.model import State, Trouble
from chaptercast.app.queue import Queue
from chaptercast.app.settings import Settings

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX's")
SEED = int(os.environ.get("CHAPTERCAST_TEST_SEED", "19"))
JOBS = int(os.environ.get("CHAPTERCAST_TEST_JOBS", "4"))
KILLS = int(os.environ.get("CHAPTERCAST_TEST_KILLS", "6"))


def kill_some(chance: random.Random, running: list[psutil.Process]) -> None:
    for process in running:
        if chance.random() < 0.6:
            try:
                process.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue


def try_again(queue: Queue) -> bool:
    """What a person does with a job that was killed again and again at its start, so that it was given up. Whether there was one."""
    given_up = [job for job in queue.jobs() if job.trouble == Trouble("process")]
    return sum(queue.again(job.id) for job in given_up) > 0


def workers(site: Path) -> list[psutil.Process]:
    """The jobs' processes, whoever started them."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if "chaptercast.app.worker" in command and str(site) in command:
            found.append(process)
    return found


def test_killed_at_random_moments_each_job_ends_exactly_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "cache"))
    site, chance = tmp_path / "site", random.Random(SEED)
    queue = Queue(site)
    jobs = [queue.add(silent(), article(number)).id for number in range(JOBS)]
    settings = Settings(jobs=2)
    server = supervisor(site, settings)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.1, 1.6))
        kill_some(chance, workers(site))
        if chance.random() < 0.5:
            server.kill()
            server.communicate()
            server = supervisor(site, settings)
        try_again(queue)
    until(lambda: not try_again(queue) and all_ended(queue))
    server.communicate()
    until(lambda: workers(site) == [])
    troubles = [job.trouble for job in queue.jobs() if job.trouble]
    assert {job.id: job.state for job in queue.jobs()} == dict.fromkeys(jobs, State.DONE), troubles
    done = Counter(job for job, _, state in queue.ends() if state == "done")
    assert done == Counter(jobs), "each ended once"
    manifests = [json.loads(path.read_text(encoding="utf-8")) for path in site.glob("*/episode.json")]
    assert sorted(one["title"] for one in manifests) == sorted(f"Article {number}" for number in range(JOBS))
    assert {job.episode for job in queue.jobs()} == {one["slug"] for one in manifests}
    halves = [path for path in site.rglob("*.part") if not path.name.startswith(".")]
    assert halves == [], "what a killed run leaves is hidden, and never served"
