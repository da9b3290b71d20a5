"""Readeck: articles with their text.

Its interface: `GET /api/bookmarks` and `GET /api/bookmarks/ID/article`, with a token (its own documentation is at /docs/api).
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from msgspec import Struct

from chaptercast.common.language_tags import normalised
from chaptercast.document.sources.encoding import decode
from chaptercast.following.feed_reading import line
from chaptercast.following.model import Entry
from chaptercast.following.polite_requests import Clock
from chaptercast.integrations.own_server import OwnServer
from chaptercast.integrations.reading_lists import PAGE_SIZE, Account, Kept, paged, when
from chaptercast.integrations.secrets import token_at

_NAMED = "readeck:"
_LOADED = 0


class _Bookmark(Struct):
    id: str
    url: str
    title: str | None = None
    authors: list[str] | None = None
    lang: str | None = None
    description: str | None = None
    published: str | None = None
    created: str | None = None
    has_article: bool = True
    state: int = _LOADED


class Readeck:
    """An account on a Readeck server."""

    def __init__(self, account: Account, clock: Clock | None = None) -> None:
        self._server = OwnServer(account.address, "Readeck", clock)
        self._headers = {"Authorization": f"Bearer {token_at(account.secret)}"}
        quoted = account.tag.replace('"', "")
        self._query = {"labels": f'"{quoted}"'} if account.tag else {}

    def pages(self) -> Iterator[list[Kept]]:
        """Yields the articles that are not archived (see `ReadingList`)."""
        return paged(self._page)

    def text(self, entry: Entry) -> str:
        """Returns the article as Readeck extracted it."""
        path = f"/api/bookmarks/{quote(entry.guid.removeprefix(_NAMED), safe='')}/article"
        answer = self._server.get(path, {**self._headers, "Accept": "text/html"})
        return decode(answer.data, f"{entry.link or entry.guid}")

    def _page(self, number: int) -> Iterable[Kept | None]:
        query: dict[str, str | int] = {
            **self._query,
            "type": "article",
            "is_archived": "false",
            "sort": "-created",
            "limit": PAGE_SIZE,
            "offset": number * PAGE_SIZE,
        }
        found = self._server.read(list[_Bookmark], "/api/bookmarks", self._headers, **query)
        return [_kept(bookmark) if bookmark.state == _LOADED else None for bookmark in found]


def _kept(bookmark: _Bookmark) -> Kept:
    entry = Entry(
        guid=f"{_NAMED}{bookmark.id}",
        link=bookmark.url,
        title=line(bookmark.title),
        authors=tuple(filter(None, map(line, bookmark.authors or ()))),
        published=when(bookmark.published),
        summary=bookmark.description or "",
        is_plain=True,
        language=normalised(bookmark.lang) if bookmark.lang else None,
    )
    return Kept(entry, when(bookmark.created))
