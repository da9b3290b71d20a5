"""What can go wrong with one request, sorted by what is to be done about it."""

from enum import Enum


class Kind(Enum):
    """What a failure asks for."""

    BUSY = "busy"
    """The service wants fewer requests, or a rest: slow down, ask again."""
    UNREACHABLE = "unreachable"
    """No connection, or it broke, or nothing came in time: ask again."""
    REFUSED = "refused"
    """It does not want to serve us: a few more attempts, then give up."""
    INCOMPLETE = "incomplete"
    """An answer, but not all of the speech, or nothing that can be understood: ask again, then for less at a time."""
    NO_SOUND = "no sound"
    """An answer without any speech: the same."""
    TOO_LONG = "too long"
    """More than the service takes: ask for less at a time."""
    HOPELESS = "hopeless"
    """RetryingRequest again is no use."""


class ServiceFault(Exception):  # noqa: N818 -- not an error of the program: most are mended by asking again
    """One request that failed."""

    def __init__(self, kind: Kind, cause: str, remedy: str = "", retry_after: float = 0.0) -> None:
        """`cause` is a clause with the service or the network as its subject, without a full stop; `retry_after` in seconds."""
        super().__init__(cause)
        self.kind = kind
        self.cause = cause
        self.remedy = remedy
        self.retry_after = retry_after
