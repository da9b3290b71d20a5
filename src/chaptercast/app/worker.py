"""The process of one job: it starts the job that has waited longest, and ends with it.

`python -m chaptercast.app.worker SITE SETTINGS`; SETTINGS is a `Settings` in JSON. The process leads a process group of its own, so
that its child processes end with it. It writes nothing to stdout or stderr: no log may contain the text of an article.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import msgspec

from chaptercast.app.model import Heading, Job, Outline, Step, Trouble
from chaptercast.app.queue import Claim, Queue
from chaptercast.app.settings import Settings, article_of, options_of
from chaptercast.common.processes import available_cores
from chaptercast.errors import ChaptercastError
from chaptercast.pipeline.options import Options, untold

if TYPE_CHECKING:
    from chaptercast.pipeline import Published

_LOOK_S = 0.5
"""Interval at which it checks whether the job was cancelled, and records its progress."""
_NICENESS = 10
"""Lets the server answer pages and play recordings while jobs run."""
_OUTLINE = "outline.json"
_USUAL_OUTLINE = "all"


def run_one(site: Path, settings: Settings) -> bool:
    """Runs the job that has waited longest. Returns whether there was one."""
    queue = Queue(site)
    claim = queue.claim(settings.at_once, os.getpid())
    if claim is None:
        return False
    watch = _Watch(queue, claim, settings)
    with claim.lock:
        try:
            watch.begin()
            end = _work(queue, claim, settings, watch)
        except ChaptercastError as error:
            end = partial(_fail, queue, claim, error)
        except MemoryError:
            end = partial(queue.fail, claim, Trouble("memory"))
        except KeyboardInterrupt:
            end = partial(queue.release, claim)
        except Exception as error:  # noqa: BLE001 -- a bug fails one job, not the queue
            end = partial(queue.fail, claim, Trouble("bug", type(error).__name__))
        watch.end()
        end()
        with suppress(OSError):
            queue.growing(claim.job.id).unlink(missing_ok=True)
    return True


class _Watch:
    """Ends the process if its job was cancelled or takes too long, whatever it is doing."""

    def __init__(self, queue: Queue, claim: Claim, settings: Settings) -> None:
        self._queue = queue
        self._claim = claim
        self._seconds = settings.seconds
        self._deadline = time.monotonic() + settings.seconds
        self._noted = 0.0
        self._is_noting = False

    def begin(self) -> None:
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._look)
            signal.setitimer(signal.ITIMER_REAL, _LOOK_S, _LOOK_S)

    def end(self) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)

    def advance(self, part: float, section: str) -> None:
        """Records progress (see `Progress`)."""
        if time.monotonic() - self._noted < _LOOK_S:
            return
        self._noted = time.monotonic()
        self._is_noting = True
        self._queue.advance(self._claim, part, section)
        self._is_noting = False
        if not hasattr(signal, "setitimer"):
            self._look()

    def _look(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        if self._is_noting:  # it would wait for the code that it interrupts
            return
        if time.monotonic() > self._deadline:
            self._queue.fail(self._claim, Trouble("time", f"{round(self._seconds / 60)}"))
        if not self._queue.owns(self._claim):
            _end_group()


def _work(queue: Queue, claim: Claim, settings: Settings, watch: _Watch) -> Callable[[], object]:
    """Does the job. Returns the function that records its end."""
    job = claim.job
    workers = max(1, available_cores() // max(1, settings.jobs))
    growing = queue.growing(job.id) if job.order.step is Step.SPEAK else None
    options = options_of(job, settings, headings=_headings(queue, job), workers=workers, growing=growing)
    if job.order.step is Step.OUTLINE:
        return partial(queue.show_outline, claim, _outlined(queue, job, options))
    from chaptercast.pipeline import convert
    from chaptercast.publication.site import update_site

    site = queue.folder.parent
    published = convert(article_of(job, queue), site, options, watch.advance, untold)
    episode = published.audio.parent.name
    _remove_replaced(site, job, published)
    update_site(site, untold)
    _announce(queue, job, site, published)
    return partial(queue.finish, claim, episode, published.episode.title)


def _announce(queue: Queue, job: Job, site: Path, published: "Published") -> None:
    """Runs the user's command for the episode. What goes wrong there is noted, and the job is done nevertheless."""
    from chaptercast.following.subscriptions import load_file
    from chaptercast.integrations.hooks import run_hook

    try:
        hook = load_file(site).after.hook
        if hook:
            run_hook(hook, site, published.episode, is_new=not job.episode)
    except ChaptercastError as error:
        queue.note(job.id, error.message)


def _fail(queue: Queue, claim: Claim, error: ChaptercastError) -> None:
    """Records that the job failed. Not if a child process that spoke for it died: that counts as a crash, which the supervisor finds."""
    if not isinstance(error.__cause__, BrokenProcessPool):
        queue.fail(claim, _trouble(error, queue, claim.job))


def _trouble(error: ChaptercastError, queue: Queue, job: Job) -> Trouble:
    """Returns the error for the person who gave the article, without the path in the queue, which means nothing to them."""
    place = f"{queue.folder_of(job.id)}{os.sep}"
    return Trouble(type(error).__name__, error.message.replace(place, ""), error.remedy.replace(place, ""))


def _headings(queue: Queue, job: Job) -> str:
    """Returns the value of `Options.headings`: the path of an outline file, if a person has edited the headings."""
    if job.outline is None or job.order.step is Step.OUTLINE:
        return _USUAL_OUTLINE
    listed = [heading for heading in job.outline.headings if heading.level > 1]
    folder = queue.folder_of(job.id)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _OUTLINE
    path.write_bytes(msgspec.json.encode({"title": job.order.title or job.outline.title, "headings": listed}))
    return str(path)


def _outlined(queue: Queue, job: Job, options: Options) -> Outline:
    from chaptercast.pipeline import outlined

    found = outlined(article_of(job, queue), options)
    return Outline(found.title, tuple(Heading(entry.level, entry.title) for entry in found.headings))


def _remove_replaced(site: Path, job: Job, published: "Published") -> None:
    """Removes the job's earlier episode if the new one has another folder because it was renamed."""
    folder = published.audio.parent
    if job.episode and job.episode != folder.name and Path(job.episode).name == job.episode:
        shutil.rmtree(site / job.episode, ignore_errors=True)


def _end_group() -> None:
    """Ends this process and its child processes at once. Every file that they wrote is complete or has no name."""
    if hasattr(os, "killpg"):
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


def be_limited(settings: Settings) -> None:
    """Limits the resources of this process and its child processes, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (settings.memory, settings.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(AttributeError, OSError):
        os.nice(_NICENESS)


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    if hasattr(os, "setsid"):
        with suppress(PermissionError):  # it leads a group already
            os.setsid()
    signal.signal(signal.SIGTERM, _as_interrupt)
    given = msgspec.json.decode(sys.argv[2], type=Settings)
    be_limited(given)
    run_one(Path(sys.argv[1]), given)
