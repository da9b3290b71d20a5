"""The command that `follow.toml` names runs after an episode of the queue, too."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
from tests.app.queues import article, silent
from tests.integrations import hook

from chaptercast.app.model import State
from chaptercast.app.queue import Queue
from chaptercast.app.settings import Settings


def run_one(site: Path) -> None:
    """Runs a job, in a process as the server starts it."""
    command = [sys.executable, "-m", "chaptercast.app.worker", str(site), msgspec.json.encode(Settings()).decode()]
    environment = {**os.environ, "CHAPTERCAST_CACHE": str(site.with_name("cache"))}
    run = subprocess.run(command, check=True, capture_output=True, env=environment, timeout=100)
    assert (run.stdout, run.stderr) == (b"", b"")


def test_its_failure_is_told_and_the_job_is_done(tmp_path: Path) -> None:
    queue = Queue(tmp_path / "site")
    (tmp_path / "site" / "follow.toml").write_text(hook.toml("fail", "print"))
    job = queue.add(silent(), article(1))
    run_one(tmp_path / "site")
    (call,) = hook.calls(tmp_path / "site")
    assert (call["EPISODE_EVENT"], call["EPISODE_TITLE"]) == ("new", "Article 1")
    assert Path(call["EPISODE_MP3"]).is_file()
    assert queue.jobs()[0].state is State.DONE
    assert queue.taken_notes() == [(job.id, f"on_published: {sys.executable} failed with exit code 1.")]
    assert queue.taken_notes() == []


def test_a_wrong_file_is_told_and_the_job_is_done(tmp_path: Path) -> None:
    queue = Queue(tmp_path / "site")
    (tmp_path / "site" / "follow.toml").write_text('on_publish = "x"')
    queue.add(silent(), article(1))
    run_one(tmp_path / "site")
    assert queue.jobs()[0].state is State.DONE
    ((_, text),) = queue.taken_notes()
    assert "unknown key “on_publish”" in text
