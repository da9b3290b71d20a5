"""The request to the worker process, its refusals, and its limits."""

from msgspec import Struct

PAGE_SECONDS = 10
"""Maximum CPU seconds for one page."""
STUCK_SECONDS = 60.0
"""A process that has been silent for this many seconds is ended, however busy the machine is."""
MEMORY_BYTES = 1 << 30
"""Maximum memory of the worker process, on top of the memory it starts with."""
RESTARTS = 2
"""How often reading continues after a page at which the process ended."""


class Request(Struct, frozen=True):
    """What is wanted from a file."""

    password: str = ""
    first: int = 1
    last: int = 0
    """The last page; 0 for the last page of the file."""
    use_tags: bool = True
    """Whether the structure of the file is used."""


class Refusal(Struct, frozen=True):
    """Why a file cannot be opened: `password`, `damaged` or `unknown`."""

    kind: str
