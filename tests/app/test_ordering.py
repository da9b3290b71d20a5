"""What is there already is not made twice."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec.structs import replace
from tests.app.queues import silent

from chaptercast.app.model import Job, Kind, Order, State, Step, Trouble
from chaptercast.app.ordering import placed
from chaptercast.app.queue import Queue

A = Order(Kind.ADDRESS, "https://example.org/a")


def ended(queue: Queue, *, trouble: Trouble | None = None) -> Job:
    claim = queue.claim(1, 1)
    assert claim is not None
    with claim.lock:
        if trouble:
            queue.fail(claim, trouble)
        else:
            queue.finish(claim, "a", "A")
    return claim.job


def test_an_address_has_one_job_however_it_is_written(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    first = placed(queue, A)
    assert not first.said
    for same in ("https://www.example.org/a/", "http://example.org/a?utm_source=x#top"):
        second = placed(queue, replace(A, source=same))
        assert (second.job.id, second.said) == (first.job.id, "said_there")
    assert placed(queue, replace(A, source="https://example.org/b")).job.id != first.job.id
    assert len(queue.jobs()) == 2


def test_two_at_the_same_moment_get_one_job(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    with ThreadPoolExecutor(8) as many:
        jobs = list(many.map(lambda _: placed(queue, A).job.id, range(8)))
    assert len(set(jobs)) == 1
    assert len(queue.jobs()) == 1


def test_what_is_made_is_made_again_only_for_other_choices(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    placed(queue, replace(A, title="Mine"))
    ended(queue)
    assert placed(queue, A).said == "said_there"
    assert queue.jobs()[0].state is State.DONE
    assert placed(queue, replace(A, voice="en-GB")).said == "said_again"
    (job,) = queue.jobs()
    assert (job.state, job.order.voice, job.order.title, job.episode) == (State.WAITING, "en-GB", "Mine", "a")


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    placed(queue, A)
    ended(queue, trouble=Trouble("InputError"))
    assert placed(queue, A).said == "said_again"
    assert queue.jobs()[0].state is State.WAITING


def test_headings_are_found_first_if_they_are_asked_for_later(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    placed(queue, A)
    ended(queue)
    assert placed(queue, replace(A, step=Step.OUTLINE)).said == "said_again"
    assert queue.jobs()[0].order.step is Step.OUTLINE


def test_texts_and_files_are_always_new(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    jobs = {placed(queue, silent(), b"# A").job.id for _ in range(2)}
    assert len(jobs) == 2
