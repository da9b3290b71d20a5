"""Settings with which what failed is asked for again within milliseconds."""

from collections.abc import Callable
from typing import Any

from chaptercast.speech.online.settings import Backoff

_QUICK = Backoff(base=0.01, cap=0.02)


def hurried(make: Callable[..., None]) -> Callable[..., None]:
    """In place of `make`, the `__init__` of `ServiceSettings`."""

    def made(self: Any, **fields: Any) -> None:
        make(self, **{"backoff": _QUICK, **fields})

    return made
