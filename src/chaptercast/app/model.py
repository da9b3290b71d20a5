"""What the queue holds: orders, and what becomes of them. Frozen values."""

from enum import StrEnum

from msgspec import Struct

from chaptercast.common.units import LanguageTag

NO_LANGUAGE = LanguageTag("")
"""The article's own, as it is found."""


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_active(self) -> bool:
        """Whether something is still to come of it by itself."""
        return self in {State.WAITING, State.RUNNING}


class Step(StrEnum):
    """What a job is to do: find the headings, for a person to look at, or make the episode."""

    OUTLINE = "outline"
    SPEAK = "speak"


class Kind(StrEnum):
    """What an article is given as."""

    ADDRESS = "address"
    TEXT = "text"
    FILE = "file"


class Order(Struct, frozen=True):
    """What a person asks for."""

    kind: Kind
    source: str
    """The address; of a file its name, in the job's own folder."""
    title: str = ""
    """Other than the article's own."""
    engine: str = "auto"
    voice: str = ""
    language: LanguageTag = NO_LANGUAGE
    step: Step = Step.SPEAK


class Heading(Struct, frozen=True):
    """A heading of an article; level 0 makes it running text."""

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
    """An order and what became of it so far."""

    id: str
    order: Order
    state: State
    run: int = 0
    """How often it was begun; a process that began an earlier run may change nothing any more."""
    pid: int = 0
    """Of the process that has it."""
    part: float = 0.0
    """What part of it is done, from 0 to 1."""
    section: str = ""
    """The title of the section that is spoken."""
    title: str = ""
    """Of the article, once it is known."""
    episode: str = ""
    """The name of the episode's folder, once there is one."""
    outline: Outline | None = None
    """The headings, once they were found."""
    trouble: Trouble | None = None
    created: float = 0.0
    """Seconds since the epoch."""

    @property
    def name(self) -> str:
        """What to call it: its title, else its address or the file's name."""
        return self.order.title or self.title or self.order.source
