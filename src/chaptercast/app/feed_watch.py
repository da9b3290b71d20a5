"""Looks at the feeds from time to time, in a process of its own, while the server runs."""

import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from chaptercast.app.errands import Look, command, end_group, started
from chaptercast.app.settings import Settings
from chaptercast.following.subscriptions import FOLLOW_FILE

_EVERY_S = 3600.0
"""How often a feed is asked."""
_AGAIN_S = 60.0
"""A feed that was asked a minute ago is not asked again, however often somebody wants it."""
_TRY_S = 600.0
"""How often it is found out whether a feed is due."""
_LONGEST_S = 1800.0


class FeedWatch:
    """The looks at the feeds of a site, one after the other. All methods may be called by any thread."""

    def __init__(self, site: Path, settings: Settings, now: Callable[[], float] = time.monotonic) -> None:
        self._list = site / FOLLOW_FILE
        self._command = command(site, settings)
        self._is_allowed = not settings.offline
        self._now = now
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._next = 0.0
        self._wanted: float | None = None

    @property
    def is_looking(self) -> bool:
        """Whether a look is going on, or about to begin."""
        return self._wanted is not None or self._process is not None

    @property
    def is_allowed(self) -> bool:
        """Whether feeds may be asked at all."""
        return self._is_allowed

    def look_now(self, interval_s: float = _AGAIN_S) -> None:
        """Wants a look, at the feeds that were not asked for so many seconds."""
        if self._is_allowed:
            self._wanted = interval_s

    def look_at_new(self) -> None:
        """Wants a look at feeds that have just been added, and at those that are due."""
        self.look_now(_EVERY_S)

    def tend(self) -> None:
        """Begins a look if one is wanted or due, and notices the end of the last one. The supervisor calls this again and again."""
        if self._process is not None:
            if self._process.poll() is None and self._now() - self._began < _LONGEST_S:
                return
            self.stop()
        if self._wanted is None and self._is_allowed and self._now() >= self._next:
            self._wanted = _EVERY_S
        if self._wanted is None:
            return
        self._next = self._now() + _TRY_S
        if self._list.is_file():
            self._begin(self._wanted)
        self._wanted = None

    def stop(self) -> None:
        """Ends a look that is going on. The next one goes on where it was."""
        if self._process is not None:
            end_group(self._process)
            self._process = None

    def _begin(self, interval_s: float) -> None:
        process = started(self._command)
        self._process, self._began = process, self._now()
        assert process.stdin is not None  # noqa: S101 -- for the type checker
        with suppress(BrokenPipeError), process.stdin as stdin:
            stdin.write(msgspec.json.encode(Look(interval_s)))
