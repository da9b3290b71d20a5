"""What a reader of PDF is told, and what it may take."""

from msgspec import Struct

PAGE_SECONDS = 10
"""Seconds of computing that one page may take."""
STUCK_SECONDS = 60.0
"""Seconds after which a process that says nothing is ended, however busy the machine is."""
MEMORY_BYTES = 1 << 30
"""What the process that reads pages may take on top of what it starts with."""
RESTARTS = 2
"""How often reading goes on behind a page at which the process ended."""


class Request(Struct, frozen=True):
    """What is wanted of a file."""

    password: str = ""
    first: int = 1
    last: int = 0
    """The last page; 0 for that of the file."""
    use_tags: bool = True
    """Whether the structure that a file has is gone by."""


class Refusal(Struct, frozen=True):
    """Why a file cannot be opened: `password`, `damaged` or `unknown`."""

    kind: str
