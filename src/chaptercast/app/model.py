"""The data of the queue: orders, jobs and their results. Frozen values."""

from enum import StrEnum

from msgspec import Struct

from chaptercast.common.units import LanguageTag

NO_LANGUAGE = LanguageTag("")
"""The language of the article, as detected."""


class State(StrEnum):
    """The state of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_active(self) -> bool:
        """Whether the job will still change by itself."""
        return self in {State.WAITING, State.RUNNING}


class Step(StrEnum):
    """What a job does: find the headings for a person to check, or make the episode."""

    OUTLINE = "outline"
    SPEAK = "speak"


class Kind(StrEnum):
    """The form in which an article is given."""

    ADDRESS = "address"
    TEXT = "text"
    FILE = "file"
    FEED = "feed"
    """As a feed that is followed has it, or as its page has it: kept with the job."""


class Order(Struct, frozen=True):
    """What a person orders."""

    kind: Kind
    source: str
    """The address; for a file its name in the job's own folder; for an article of a feed the address of its page, or its title."""
    title: str = ""
    """Title to use instead of the article's own."""
    engine: str = "auto"
    voice: str = ""
    language: LanguageTag = NO_LANGUAGE
    step: Step = Step.SPEAK
    known_as: str = ""
    """What tells an article of a feed from others."""


class Heading(Struct, frozen=True):
    """A heading of an article. Level 0 turns it into running text."""

    level: int
    title: str


class Outline(Struct, frozen=True):
    """The title of an article and its headings, in order."""

    title: str
    headings: tuple[Heading, ...]


class Trouble(Struct, frozen=True):
    """Why a job failed."""

    kind: str
    """The error's class, or `time`, `memory`, `process`."""
    message: str = ""
    remedy: str = ""


class Job(Struct, frozen=True):
    """An order and its progress."""

    id: str
    order: Order
    state: State
    run: int = 0
    """Number of times it was started. Only the process of the latest run may change anything."""
    pid: int = 0
    """Id of the process that runs it."""
    part: float = 0.0
    """The share that is done, from 0 to 1."""
    section: str = ""
    """The title of the section that is being spoken."""
    title: str = ""
    """The article's title, once it is known."""
    episode: str = ""
    """The name of the episode's folder, once there is one."""
    outline: Outline | None = None
    """The headings, once they are found."""
    trouble: Trouble | None = None
    created: float = 0.0
    """Seconds since the epoch."""

    @property
    def name(self) -> str:
        """Its display name: its title, or else its address or file name."""
        return self.order.title or self.title or self.order.source
