"""Servers where a user keeps articles to read: Wallabag, Readeck, Linkding. One small interface, and a table of who has it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any, Protocol

from msgspec import Struct

from chaptercast.following.feed_reading import iso_date
from chaptercast.following.model import Entry
from chaptercast.following.polite_requests import Clock

PAGE_SIZE = 100
_MOST_PAGES = 10


class Account(Struct, frozen=True):
    """A user's account on a server."""

    address: str
    secret: str
    """Where its key is (`secrets`)."""
    tag: str = ""
    """Only articles with this tag are wanted, if it is given."""


class Kept(Struct, frozen=True):
    """An article on a list, and when it was put there, in ISO 8601 and UTC."""

    entry: Entry
    since: str


class ReadingList(Protocol):
    """A list of articles to read, without those that are archived."""

    def pages(self) -> Iterator[list[Kept]]:
        """Yields the articles in pages of `PAGE_SIZE`, the newest first; the identifier of each is its `guid`.

        Raises `InputError`, `UsageError`.
        """
        ...

    def text(self, entry: Entry) -> str:
        """Returns the text of an article as HTML; empty if the server has none. Raises as `pages` does."""
        ...


class Listed(Struct, frozen=True):
    """What was read of a list."""

    entries: tuple[Entry, ...]
    """The newest last."""
    newest: str
    """When the newest article was put there."""


def listed(reading_list: ReadingList, since: str) -> Listed:
    """Returns the newest articles of a list: at least one page, and all that were put there after `since`, a thousand at most."""
    found: list[Kept] = []
    for page in islice(reading_list.pages(), _MOST_PAGES):
        found += page
        if since and all(kept.since <= since for kept in page):
            break
    newest = max((kept.since for kept in found), default=since)
    return Listed(tuple(kept.entry for kept in reversed(found)), max(newest, since))


def paged(page: Callable[[int], Iterable[Kept | None]]) -> Iterator[list[Kept]]:
    """Yields the pages, counted from 0, until one is not full. An article that cannot be used is None."""
    number = 0
    while True:
        found = list(page(number))
        yield [kept for kept in found if kept is not None]
        if len(found) < PAGE_SIZE:
            return
        number += 1


def when(text: Any) -> str:
    """Returns a date of a server in ISO 8601 and UTC; empty if it is none."""
    return iso_date(text) if text else ""


def opened(service: str, account: Account, clock: Clock | None = None) -> ReadingList:
    """Returns the list of an account on one of `SERVICES`. Raises `UsageError` if its address or its key is wrong."""
    return SERVICES[service](account, clock)


def _wallabag(account: Account, clock: Clock | None) -> ReadingList:
    from chaptercast.integrations.wallabag import Wallabag

    return Wallabag(account, clock)


def _readeck(account: Account, clock: Clock | None) -> ReadingList:
    from chaptercast.integrations.readeck import Readeck

    return Readeck(account, clock)


def _linkding(account: Account, clock: Clock | None) -> ReadingList:
    from chaptercast.integrations.linkding import Linkding

    return Linkding(account, clock)


SERVICES: Mapping[str, Callable[[Account, Clock | None], ReadingList]] = MappingProxyType(
    {"wallabag": _wallabag, "readeck": _readeck, "linkding": _linkding}
)
"""The servers whose articles can be followed, by the names that `follow.toml` uses."""
