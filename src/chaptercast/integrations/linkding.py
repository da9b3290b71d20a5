"""Linkding: a list of addresses with titles. It keeps no text, so articles are read from their pages.

Its interface: `GET /api/bookmarks/`, with a token (linkding.link/api).
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from chaptercast.following.feed_reading import line
from chaptercast.following.model import Entry
from chaptercast.following.polite_requests import Clock
from chaptercast.integrations.own_server import OwnServer
from chaptercast.integrations.reading_lists import PAGE_SIZE, Account, Kept, paged, when
from chaptercast.integrations.secrets import token_at


class _Bookmark(Struct):
    id: int
    url: str
    title: str | None = None
    website_title: str | None = None
    """What older versions call the title of the page."""
    description: str | None = None
    date_added: str | None = None


class _Bookmarks(Struct):
    results: list[_Bookmark]


class Linkding:
    """An account on a Linkding server."""

    def __init__(self, account: Account, clock: Clock | None = None) -> None:
        self._server = OwnServer(account.address, "Linkding", clock)
        self._headers = {"Authorization": f"Token {token_at(account.secret)}"}
        self._query = {"q": f"#{account.tag.lstrip('#')}"} if account.tag else {}

    def pages(self) -> Iterator[list[Kept]]:
        """Yields the bookmarks that are not archived (see `ReadingList`)."""
        return paged(self._page)

    def text(self, _entry: Entry) -> str:
        """Returns nothing: Linkding keeps no text."""
        return ""

    def _page(self, number: int) -> Iterable[Kept]:
        query: dict[str, str | int] = {**self._query, "limit": PAGE_SIZE, "offset": number * PAGE_SIZE}
        found = self._server.read(_Bookmarks, "/api/bookmarks/", self._headers, **query)
        return [_kept(bookmark) for bookmark in found.results]


def _kept(bookmark: _Bookmark) -> Kept:
    added = when(bookmark.date_added)
    entry = Entry(
        guid=f"linkding:{bookmark.id}",
        link=bookmark.url,
        title=line(bookmark.title or bookmark.website_title),
        summary=bookmark.description or "",
        is_plain=True,
    )
    return Kept(entry, added)
