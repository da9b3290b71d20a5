"""The errors of one request, sorted by remedy.

Which answer of a service is which kind: `engines/edge/service_errors.py`, `engines/openai/service_errors.py`.
"""

from enum import Enum


class Kind(Enum):
    """The kind of a failure, which decides the reaction."""

    BUSY = "busy"
    """The service wants fewer requests or a pause: slow down, retry."""
    UNREACHABLE = "unreachable"
    """No connection, a broken connection, or a missed deadline: retry."""
    REFUSED = "refused"
    """The service refuses us: a few more attempts, then give up."""
    INCOMPLETE = "incomplete"
    """An answer with incomplete speech, or one that cannot be understood: retry, then split the text."""
    NO_SOUND = "no sound"
    """An answer without any speech: retry, then split the text."""
    TOO_LONG = "too long"
    """Longer than the service accepts: split the text."""
    HOPELESS = "hopeless"
    """A retry is useless."""


class ServiceFault(Exception):  # noqa: N818 -- not an error of the program: most are mended by asking again
    """One failed request."""

    def __init__(self, kind: Kind, cause: str, remedy: str = "", retry_after: float = 0.0) -> None:
        """`cause` is a clause about the service or the network, without a full stop. `retry_after` is in seconds."""
        super().__init__(cause)
        self.kind = kind
        self.cause = cause
        self.remedy = remedy
        self.retry_after = retry_after
