"""Settings for running jobs: the same for all jobs, given when the server starts."""

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from chaptercast.app.model import Job, Kind
from chaptercast.app.queue import Queue
from chaptercast.common.user_folders import cache_folder
from chaptercast.document.sources.source import Source
from chaptercast.pipeline.options import Options

if TYPE_CHECKING:
    from chaptercast.speech.cluster.address import Cluster


class Settings(Struct, frozen=True):
    """Limits and permissions of jobs."""

    jobs: int = 1
    """Maximum number of jobs that one server or one `worker` runs at once."""
    most: int | None = None
    """A job is started only while fewer than these run in the whole queue; if not given, than `jobs`."""
    seconds: float = 6 * 3600.0
    """Maximum seconds for one job."""
    memory: int = 4_000_000_000
    """Maximum bytes of data for each process of a job."""
    upload: int = 50_000_000
    """Maximum bytes of a file or a text."""
    offline: bool = False
    private_addresses: bool = False
    """Whether articles may be fetched from this machine and from private networks."""
    cluster: str = ""
    """The address of the cluster that speaks, as of `--cluster`."""

    @property
    def at_once(self) -> int:
        """Maximum number of jobs that run at once in the whole queue when a job is started here."""
        return self.jobs if self.most is None else self.most


def article_of(job: Job, queue: Queue) -> Path | str | Source:
    """Returns the article of a job: its address, or what is kept of it in the queue's folder. Raises `InputError`."""
    if job.order.kind is Kind.FEED:
        from chaptercast.app.feed_articles import FILE, kept_article

        return kept_article(queue.folder_of(job.id) / FILE, job.episode)
    return job.order.source if job.order.kind is Kind.ADDRESS else queue.folder_of(job.id) / job.order.source


def options_of(job: Job, settings: Settings, *, headings: str, workers: int, growing: Path | None) -> Options:
    """Returns the options for the conversion of a job. `growing` is the file that can be heard while the job runs."""
    order = job.order
    return Options(
        engine=order.engine,
        voice=order.voice,
        language=order.language or None,
        title=order.title,
        headings=headings,
        offline=settings.offline,
        private_addresses=settings.private_addresses,
        jobs=workers,
        cache=cache_folder(),
        cluster=_cluster(settings),
        growing=growing,
    )


def _cluster(settings: Settings) -> "Cluster | None":
    if not settings.cluster:
        return None
    from chaptercast.speech.cluster.address import cluster

    return cluster(settings.cluster, offline=settings.offline)
