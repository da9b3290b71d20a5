"""How servers are asked: by one connection at a time, with pauses, not before they want to be, and not for what they forbid."""

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
"""How long a robots.txt is believed (RFC 9309, 2.4)."""
_ROBOTS_BYTES = 512_000
"""How much of it is read at the least (RFC 9309, 2.5)."""
_LONGEST_WAIT_S = 7 * 86_400.0
_USUAL_WAIT_S = 900.0
_LONGEST_BACKOFF_S = 86_400.0
BUSY = frozenset({429, 503})


class Clock(Struct, frozen=True):
    """Time, and chance, for tests to replace."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class TooEarlyError(InputError):
    """The server does not want to be asked now."""

    def __init__(self, message: str, not_before: float) -> None:
        """`not_before` in seconds since 1970."""
        super().__init__(message, f"It is asked again after {shown_time(not_before)}.")
        self.not_before = not_before


class ForbiddenError(InputError):
    """The server does not want programs to read this."""


class Asker:
    """Asks servers; may be used by several threads."""

    def __init__(
        self, hosts: dict[str, HostState], limits: Limits, tell: Callable[[str], None], clock: Clock | None = None
    ) -> None:
        """`hosts` is what is remembered of each, and is kept up to date."""
        self._hosts = hosts
        self._limits = limits
        self._tell = tell
        self._clock = clock or Clock()
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._left_at: dict[str, float] = {}

    def ask(self, url: str, headers: Mapping[str, str] | None = None, *, size: int, robots: bool) -> Answer:
        """Ask for what is at an address; `robots` says whether the server may forbid it.

        Raises `TooEarlyError`, `ForbiddenError`, and what `fetch.ask` raises.
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
        """With nobody else asking the same server, and a pause after the last who did."""
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
        """What is between two requests; this machine is not spared."""
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
        """As RFC 9309 has it: what is not there allows everything, a server that fails allows nothing for now."""
        bounded = Limits(limits.seconds, limits.connect_seconds, 4 * _ROBOTS_BYTES, limits.private)
        address = f"{target.scheme}://{target.netloc}/robots.txt"
        answer = ask(address, lambda _line: None, bounded, {"Accept": "text/plain"}, self._alone)
        self._note(answer)
        if answer.status >= 500:
            raise InputError(f"{address}: the server answered {answer.status}.", "It is asked again later.")
        return answer.data[:_ROBOTS_BYTES].decode("utf-8", "replace") if answer.succeeded else ""

    def _note(self, answer: Answer) -> None:
        """Remember a server's wish to be left alone. Raises `TooEarlyError`."""
        if answer.status not in BUSY:
            return
        until = self._clock.now() + retry_after(answer.headers.get("retry-after", ""), self._clock.now())
        target = target_of(answer.url)
        self._host(target).not_before = until
        raise TooEarlyError(f"{answer.url}: the server answered {answer.status}: it has too much to do.", until)


def retry_after(value: str, now: float) -> float:
    """The seconds of a header `Retry-After`, which says seconds or a date; as many as are usual where it says neither."""
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
    """How many seconds to wait after so many failures in a row: twice as long each time, and never quite as long as others wait."""
    wait: float = min(_USUAL_WAIT_S * 2 ** min(failures - 1, 20), _LONGEST_BACKOFF_S)
    return wait * (0.75 + clock.chance() / 2)


def shown_time(seconds: float) -> str:
    """A time for people, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _robots(text: str) -> Any:
    """Rules of a robots.txt, as protego has them."""
    try:
        from protego import Protego
    except ImportError as error:
        raise missing_library(error) from error
    return Protego.parse(text)
