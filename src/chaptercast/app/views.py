"""Prepares a job for a page: its state in words, and the actions that are possible."""

from pathlib import Path
from typing import Any

from msgspec import Struct

from chaptercast.app.model import Job, Kind, State, Step, Trouble
from chaptercast.app.pages import ROOT
from chaptercast.app.words import AppWords
from chaptercast.document.sources.url import is_url
from chaptercast.publication.pages.library import PAGE
from chaptercast.publication.pages.markup import file_link, web_link

_WHY = {
    "InputError": "why_input",
    "UsageError": "why_input",
    "EngineError": "why_engine",
    "ServiceError": "why_service",
    "memory": "why_memory",
    "process": "why_process",
}


class View(Struct, frozen=True):
    """A job as shown on a page."""

    job: Job
    text: str
    """Its state in words."""
    why: str
    """Why it failed, if it did."""
    voice: str
    listen: str
    """The address of its episode's page, once there is one."""
    source_link: str
    """The address of its article, if that is on the web."""
    so_far: str
    """The address of what is spoken so far, while it is being spoken."""
    has_headings: bool
    """Whether its headings can be viewed and changed."""

    @property
    def shows_message(self) -> bool:
        """Whether the error's own message is shown."""
        return self.job.trouble is not None and self.job.trouble.kind not in {"bug", "time"}


def view_of(job: Job, words: AppWords, site: Path) -> View:
    """Returns the view of a job in `words`. Its episode is in the folder `site`, unless it was deleted."""
    order = job.order
    voice = order.voice if order.engine in ("auto", "") else f"{order.voice} ({order.engine})"
    spoken = bool(job.episode) and not job.state.is_active and (site / job.episode / PAGE).is_file()
    return View(
        job,
        state_text(job, words),
        trouble_text(job.trouble, words) if job.state is State.FAILED else "",
        voice.strip(),
        f"/{file_link(job.episode, PAGE).removeprefix('./')}" if spoken else "",
        web_link(order.source) if order.kind in {Kind.ADDRESS, Kind.FEED} and is_url(order.source) else "",
        f"{ROOT}jobs/{job.id}/so-far.mp3" if can_be_heard(job) else "",
        job.outline is not None and not job.state.is_active,
    )


def can_be_heard(job: Job) -> bool:
    """Returns whether the beginning of a job's episode can be heard while the rest is being spoken."""
    return job.state is State.RUNNING and job.order.step is Step.SPEAK and job.part > 0


def state_text(job: Job, words: AppWords) -> str:
    """Returns the state of a job as a sentence."""
    if job.state is State.RUNNING:
        if job.order.step is Step.OUTLINE or not job.part:
            return words("reading")
        if job.section:
            return words("running_section", percent=percent(job), section=job.section)
        return words("running", percent=percent(job))
    if job.state is State.DONE and job.order.step is Step.OUTLINE:
        return words("done_outline")
    return words(job.state.value)


def percent(job: Job) -> int:
    """Returns the progress of a job in percent."""
    return int(100 * job.part)


def live(job: Job, words: AppWords) -> dict[str, Any]:
    """Returns the update that a page gets for a changed job."""
    text = state_text(job, words)
    return {
        "id": job.id,
        "state": job.state.value,
        "run": job.run,
        "percent": percent(job),
        "text": text,
        "heard": words("heard", title=job.name) if can_be_heard(job) else "",
        "announced": words("announced", title=job.name, state=text),
        "quarter": words("quarter", title=job.name, percent=percent(job)),
    }


def trouble_text(trouble: Trouble | None, words: AppWords) -> str:
    """Returns in words why something failed; empty without trouble."""
    if trouble is None:
        return ""
    if trouble.kind in {"busy", "time"} and not trouble.message:
        return words("why_busy")
    if trouble.kind == "time":
        return words("why_time", minutes=trouble.message)
    return words(_WHY.get(trouble.kind, "why_other"))
