"""Sends requests politely: one connection per server, with pauses, not before a server allows it, and nothing that it forbids."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Any

from msgspec import Struct

from chaptercast.document.sources.fetch import Answer, Limits, ask
from chaptercast.document.sources.url import Target, target_of
from chaptercast.errors import InputError
from chaptercast.following.feed_reading import missing_library
from chaptercast.following.state import HostState

AGENT = "chaptercast"
_GAP_S = 1.0
_LONGEST_GAP_S = 30.0
_ROBOTS_S = 86_400.0
"""Seconds for which a robots.txt stays valid (RFC 9309, 2.4)."""
_ROBOTS_BYTES = 512_000
"""Minimum number of bytes of it that must be read (RFC 9309, 2.5)."""
_LONGEST_WAIT_S = 7 * 86_400.0
_USUAL_WAIT_S = 900.0
_LONGEST_BACKOFF_S = 86_400.0
BUSY = frozenset({429, 503})


class Clock(Struct, frozen=True):
    """Time and random numbers, replaceable in tests."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class TooEarlyError(InputError):
    """The server asked not to be requested yet."""

    def __init__(self, message: str, not_before: float) -> None:
        """`not_before`: in seconds since 1970."""
        super().__init__(message, f"It is asked again after {shown_time(not_before)}.")
        self.not_before = not_before


class ForbiddenError(InputError):
    """The server's robots.txt forbids programs to read this."""


class Asker:
    """Sends requests to servers. Thread-safe."""

    def __init__(
        self, hosts: dict[str, HostState], limits: Limits, tell: Callable[[str], None], clock: Clock | None = None
    ) -> None:
        """`hosts` is the stored state of each server. It is updated."""
        self._hosts = hosts
        self._limits = limits
        self._tell = tell
        self._clock = clock or Clock()
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._left_at: dict[str, float] = {}

    def ask(self, url: str, headers: Mapping[str, str] | None = None, *, size: int, robots: bool) -> Answer:
        """Requests an address. `robots` tells whether the server's robots.txt applies.

        Raises `TooEarlyError`, `ForbiddenError`, and the errors of `fetch.ask`.
        """
        limits = Limits(self._limits.seconds, self._limits.connect_seconds, size, self._limits.private)

        @contextmanager
        def turn(target: Target) -> Iterator[None]:
            self._refuse_early(target)
            if robots:
                self._heed_robots(target, limits)
            with self._alone(target):
                yield

        packed = {"Accept-Encoding": "gzip", **(headers or {})}
        answer = ask(url, self._tell, limits, packed, turn)
        self._note(answer)
        return answer

    def _host(self, target: Target) -> HostState:
        with self._guard:
            return self._hosts.setdefault(target.netloc, HostState())

    def _refuse_early(self, target: Target) -> None:
        until = self._host(target).not_before
        if until > self._clock.now():
            raise TooEarlyError(f"{target.host} asked to be left alone for a while.", until)

    @contextmanager
    def _alone(self, target: Target) -> Iterator[None]:
        """Holds the only connection to a server, after a pause since the last request."""
        with self._guard:
            lock = self._locks.setdefault(target.netloc, threading.Lock())
        with lock:
            pause = self._left_at.get(target.netloc, 0.0) + self._gap(target) - self._clock.now()
            if pause > 0:
                self._clock.sleep(pause)
            try:
                yield
            finally:
                self._left_at[target.netloc] = self._clock.now()

    def _gap(self, target: Target) -> float:
        """Returns the pause between two requests, in seconds; zero for servers on this machine."""
        if _is_here(target.host):
            return 0.0
        text = self._host(target).robots
        delay = _robots(text).crawl_delay(AGENT) if text else None
        return min(max(_GAP_S, float(delay or 0)), _LONGEST_GAP_S)

    def _heed_robots(self, target: Target, limits: Limits) -> None:
        host = self._host(target)
        if host.robots is None or host.robots_until < self._clock.now():
            host.robots = self._fetched_robots(target, limits)
            host.robots_until = self._clock.now() + _ROBOTS_S
        if host.robots and not _robots(host.robots).can_fetch(target.url, AGENT):
            raise ForbiddenError(
                f"{target.url}: its robots.txt asks programs not to read it.", 'If its feed has the text: text = "feed"'
            )

    def _fetched_robots(self, target: Target, limits: Limits) -> str:
        """Fetches a robots.txt as RFC 9309 says: a missing one allows everything; if the server fails, nothing is allowed for now."""
        bounded = Limits(limits.seconds, limits.connect_seconds, 4 * _ROBOTS_BYTES, limits.private)
        address = f"{target.scheme}://{target.netloc}/robots.txt"
        answer = ask(address, lambda _line: None, bounded, {"Accept": "text/plain"}, self._alone)
        self._note(answer)
        if answer.status >= 500:
            raise InputError(f"{address}: the server answered {answer.status}.", "It is asked again later.")
        return answer.data[:_ROBOTS_BYTES].decode("utf-8", "replace") if answer.succeeded else ""

    def _note(self, answer: Answer) -> None:
        """Stores a server's wish to be left alone. Raises `TooEarlyError`."""
        if answer.status not in BUSY:
            return
        until = self._clock.now() + retry_after(answer.headers.get("retry-after", ""), self._clock.now())
        target = target_of(answer.url)
        self._host(target).not_before = until
        raise TooEarlyError(f"{answer.url}: the server answered {answer.status}: it has too much to do.", until)


def retry_after(value: str, now: float) -> float:
    """Returns the seconds in a `Retry-After` header, which gives seconds or a date; the usual number of seconds if it gives neither."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        wait = float(text[:9])
    else:
        try:
            wait = parsedate_to_datetime(text).timestamp() - now
        except (ValueError, TypeError, OverflowError):
            wait = _USUAL_WAIT_S
    return min(max(wait, 1.0), _LONGEST_WAIT_S)


def backoff(failures: int, clock: Clock) -> float:
    """Returns the seconds to wait after this many failures in a row: doubled each time, with random variation."""
    wait: float = min(_USUAL_WAIT_S * 2 ** min(failures - 1, 20), _LONGEST_BACKOFF_S)
    return wait * (0.75 + clock.chance() / 2)


def shown_time(seconds: float) -> str:
    """Returns a time for people, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _robots(text: str) -> Any:
    """Returns the rules of a robots.txt, parsed by protego."""
    try:
        from protego import Protego
    except ImportError as error:
        raise missing_library(error) from error
    return Protego.parse(text)
