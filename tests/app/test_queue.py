"""The queue itself: its states, and what a dead process leaves."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.queues import silent, until

from chaptercast.app.model import Heading, Kind, Order, Outline, State, Step, Trouble
from chaptercast.app.queue import MOST_CRASHES, Queue
from chaptercast.errors import OutputError

CLAIMING = """
import os, sys
from pathlib import Path
from chaptercast.app.queue import Queue
claim = Queue(Path(sys.argv[1])).claim(9, os.getpid())
print(claim and claim.job.id, flush=True)
sys.stdin.read()
"""


def claimer(site: Path) -> "subprocess.Popen[str]":
    """A process that claims a job and does nothing."""
    return subprocess.Popen([sys.executable, "-c", CLAIMING, str(site)], stdin=-1, stdout=-1, text=True)


def test_an_order_is_kept_with_its_file(tmp_path: Path) -> None:
    job = Queue(tmp_path).add(silent(title="Harbour"), b"# Text")
    again = Queue(tmp_path)
    (kept,) = again.jobs()
    assert (kept.id, kept.order, kept.state) == (job.id, silent(title="Harbour"), State.WAITING)
    assert (again.folder_of(job.id) / "article.md").read_bytes() == b"# Text"
    assert kept.name == "Harbour"


def test_the_oldest_is_begun_first_and_no_more_than_allowed(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    first, second = (queue.add(Order(Kind.ADDRESS, f"https://example.org/{n}")) for n in (1, 2))
    claim = queue.claim(1, 7)
    assert claim is not None
    assert claim.job.id == first.id
    assert queue.claim(1, 8) is None
    queue.finish(claim, "folder", "Title")
    claim.lock.release()
    following = queue.claim(1, 8)
    assert following is not None
    assert following.job.id == second.id
    following.lock.release()


def test_a_job_of_a_dead_process_waits_again_and_that_of_a_live_one_does_not(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    job = queue.add(silent(), b"text")
    with claimer(tmp_path) as process:
        assert process.stdout.readline().strip() == job.id
        assert queue.reclaim() == []
        assert queue.jobs()[0].state is State.RUNNING
        assert queue.claim(9, 1) is None
        process.kill()
    assert queue.reclaim() == [job.id]
    assert queue.reclaim() == []
    assert queue.jobs()[0].state is State.WAITING


def test_a_process_that_lost_its_job_changes_nothing(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    queue.add(silent(), b"text")
    old = queue.claim(1, 1)
    assert old is not None
    old.lock.release()
    assert queue.reclaim() == [old.job.id]
    new = queue.claim(1, 2)
    assert new is not None
    queue.finish(old, "wrong", "Wrong")
    queue.fail(old, Trouble("late"))
    queue.advance(old, 0.9, "Wrong")
    assert not queue.owns(old)
    assert queue.owns(new)
    assert queue.jobs()[0].state is State.RUNNING
    queue.finish(new, "right", "Right")
    new.lock.release()
    assert queue.jobs()[0].episode == "right"
    assert queue.ends() == [(new.job.id, 2, "done")]


def test_what_loses_its_process_without_getting_further_fails(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    job = queue.add(silent(), b"text")
    begun = 0
    while queue.jobs()[0].state is State.WAITING:
        claim = queue.claim(1, 1)
        assert claim is not None
        begun += 1
        queue.advance(claim, 0.3, "It gets that far each time, but no further")
        claim.lock.release()
        queue.reclaim()
    kept = queue.job(job.id)
    assert kept is not None
    assert (kept.state, kept.trouble) == (State.FAILED, Trouble("process"))
    assert begun == MOST_CRASHES
    assert queue.again(job.id)


def test_what_gets_further_each_time_is_not_given_up(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    queue.add(silent(), b"text")
    for number in range(2 * MOST_CRASHES):
        claim = queue.claim(1, 1)
        assert claim is not None
        queue.advance(claim, (number + 1) / 100, "")
        claim.lock.release()
        assert queue.reclaim() == [claim.job.id]


def test_a_person_cancels_renames_and_deletes(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    job = queue.add(silent(), b"text")
    assert queue.rename(job.id, "New")
    assert not queue.again(job.id), "it has not ended"
    assert queue.delete(job.id) is None
    assert queue.cancel(job.id)
    assert not queue.cancel(job.id)
    assert queue.again(job.id)
    assert queue.jobs()[0].order.title == "New"
    claim = queue.claim(1, 1)
    assert claim is not None
    assert not queue.rename(job.id, "Too late")
    assert queue.cancel(job.id)
    assert not queue.owns(claim)
    claim.lock.release()
    assert queue.delete(job.id) is not None
    assert queue.jobs() == []
    assert not queue.folder_of(job.id).exists()


def test_headings_are_shown_and_what_a_person_makes_of_them_is_spoken(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    job = queue.add(silent(step=Step.OUTLINE), b"text")
    claim = queue.claim(1, 1)
    assert claim is not None
    found = Outline("Harbour", (Heading(2, "North"), Heading(2, "South")))
    queue.show_outline(claim, found)
    claim.lock.release()
    assert queue.jobs()[0].outline == found
    edited = Outline("Harbour", (Heading(2, "North"), Heading(3, "South")))
    assert queue.again(job.id, outline=edited)
    claim = queue.claim(1, 1)
    assert claim is not None
    assert (claim.job.outline, claim.job.order.step) == (edited, Step.SPEAK)
    claim.lock.release()


def test_another_versions_queue_is_refused(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    queue = Queue(tmp_path)
    with closing(sqlite3.connect(queue.folder / "queue.sqlite")) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(OutputError, match="another version"):
        Queue(tmp_path)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(["add", "claim", "die", "finish", "cancel", "again", "delete", "reclaim"]), max_size=25)
)
def test_whatever_happens_no_job_is_lost_or_ends_twice(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[str]
) -> None:
    queue = Queue(tmp_path_factory.mktemp("site"))
    claims = []
    there: set[str] = set()
    for deed in deeds:
        jobs = queue.jobs()
        if deed == "add":
            there.add(queue.add(Order(Kind.ADDRESS, "https://example.org/")).id)
        elif deed == "claim":
            claim = queue.claim(2, 1)
            claims += [claim] if claim else []
        elif deed == "die" and claims:
            claims.pop(0).lock.release()
            queue.reclaim()
        elif deed == "finish" and claims:
            claim = claims.pop(0)
            queue.finish(claim, "x", "X")
            claim.lock.release()
        elif deed == "cancel" and jobs:
            queue.cancel(jobs[-1].id)
        elif deed == "again" and jobs:
            queue.again(jobs[-1].id)
        elif deed == "delete" and jobs and queue.delete(jobs[0].id):
            there.remove(jobs[0].id)
    assert {job.id for job in queue.jobs()} == there
    ends = [(job, run) for job, run, _ in queue.ends()]
    assert len(ends) == len(set(ends))
    for claim in claims:
        claim.lock.release()


def test_two_processes_never_have_one_job(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    jobs = {queue.add(Order(Kind.ADDRESS, f"https://example.org/{n}")).id for n in range(3)}
    processes = [claimer(tmp_path) for _ in range(5)]
    said = [process.stdout.readline().strip() for process in processes]
    assert sorted(said) == sorted([*jobs, "None", "None"])
    for process in processes:
        process.kill()
        process.communicate()
    until(lambda: queue.reclaim() != [] or all(job.state is State.WAITING for job in queue.jobs()))
