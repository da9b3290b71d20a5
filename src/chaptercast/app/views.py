"""A job as a page shows it: its state in words, and what can be done with it."""

from pathlib import Path
from typing import Any

from msgspec import Struct

from chaptercast.app.model import Job, Kind, State, Step, Trouble
from chaptercast.app.words import AppWords
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
    """A job in the words of a page."""

    job: Job
    text: str
    """Its state."""
    why: str
    """Why it failed, where it did."""
    voice: str
    listen: str
    """The address of its episode's page, once there is one."""
    source_link: str
    """The address of its article, where that is in the web."""
    has_headings: bool
    """Whether its headings can be looked at, and changed."""

    @property
    def shows_message(self) -> bool:
        """Whether the error itself says something to people."""
        return self.job.trouble is not None and self.job.trouble.kind not in {"bug", "time"}


def view_of(job: Job, words: AppWords, site: Path) -> View:
    """The job in `words`; its episode is in the folder `site`, if nobody deleted it."""
    order = job.order
    voice = order.voice if order.engine in ("auto", "") else f"{order.voice} ({order.engine})"
    spoken = bool(job.episode) and not job.state.is_active and (site / job.episode / PAGE).is_file()
    return View(
        job,
        state_text(job, words),
        _why(job.trouble, words) if job.state is State.FAILED else "",
        voice.strip(),
        f"/{file_link(job.episode, PAGE).removeprefix('./')}" if spoken else "",
        web_link(order.source) if order.kind is Kind.ADDRESS else "",
        job.outline is not None and not job.state.is_active,
    )


def state_text(job: Job, words: AppWords) -> str:
    """Where a job stands, as a sentence."""
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
    """What part of a job is done."""
    return int(100 * job.part)


def live(job: Job, words: AppWords) -> dict[str, Any]:
    """What a page is told of a job that has changed."""
    text = state_text(job, words)
    return {
        "id": job.id,
        "state": job.state.value,
        "run": job.run,
        "percent": percent(job),
        "text": text,
        "announced": words("announced", title=job.name, state=text),
        "quarter": words("quarter", title=job.name, percent=percent(job)),
    }


def _why(trouble: Trouble | None, words: AppWords) -> str:
    if trouble is None:
        return ""
    if trouble.kind == "time":
        return words("why_time", minutes=trouble.message)
    return words(_WHY.get(trouble.kind, "why_other"))
