"""The copy of the queue in memory is as fresh as the file, and read anew only when that has changed."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.app.queues import silent

from chaptercast.app.job_list import JobList
from chaptercast.app.queue import Queue

ADDING = """
import sys
from pathlib import Path
from chaptercast.app.model import Kind, Order
from chaptercast.app.queue import Queue
Queue(Path(sys.argv[1])).add(Order(Kind.FILE, "a.md"), b"x")
"""


def test_what_any_process_writes_is_seen_at_once(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    listing = JobList(queue)
    assert listing.now().jobs == ()
    job = queue.add(silent(), b"x")
    assert listing.now().jobs == (job,)
    subprocess.run([sys.executable, "-c", ADDING, str(tmp_path)], check=True)
    assert len(listing.now().jobs) == 2
    queue.cancel(job.id)
    assert list(listing.now().jobs) == queue.jobs()
    listing.close()
    assert list(listing.now().jobs) == queue.jobs()
    listing.close()


def test_it_is_read_only_when_it_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queue = Queue(tmp_path)
    listing = JobList(queue)
    job = queue.add(silent(), b"x")
    first = listing.now()
    monkeypatch.setattr(queue, "jobs", lambda: pytest.fail("it was read again"))
    assert listing.now() is first
    monkeypatch.undo()
    queue.cancel(job.id)
    assert listing.now() is not first
    listing.close()
