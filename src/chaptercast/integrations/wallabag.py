"""Wallabag: articles with their text.

Its interface: a token for name and password (`POST /oauth/v2/token`), then `GET /api/entries.json` and `GET /api/entries/ID.json`.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar
from urllib.parse import quote

from msgspec import Struct, field

from chaptercast.common.language_tags import normalised
from chaptercast.following.feed_reading import line
from chaptercast.following.model import Entry
from chaptercast.following.polite_requests import Clock
from chaptercast.integrations.own_server import OwnServer, RefusedError
from chaptercast.integrations.reading_lists import PAGE_SIZE, Account, Kept, paged, when
from chaptercast.integrations.secrets import fields_at, one_word

_NAMED = "wallabag:"
_PARTS = ("client_id", "client_secret", "username", "password")
_Shape = TypeVar("_Shape")


class _Token(Struct):
    access_token: str


class _Saved(Struct):
    id: int
    url: str | None = None
    title: str | None = None
    content: str | None = None
    language: str | None = None
    created_at: str | None = None
    published_at: str | None = None
    published_by: Any = None


class _Items(Struct):
    items: list[_Saved] = field(default_factory=list)


class _Entries(Struct):
    embedded: _Items = field(name="_embedded")
    pages: int = 1


class Wallabag:
    """An account on a Wallabag server."""

    def __init__(self, account: Account, clock: Clock | None = None) -> None:
        self._server = OwnServer(account.address, "Wallabag", clock)
        self._parts = fields_at(account.secret, _PARTS)
        self._query = {"tags": account.tag} if account.tag else {}
        self._token = ""
        self._pages = 1
        """How many pages there are: the server answers 404 for one more."""

    def pages(self) -> Iterator[list[Kept]]:
        """Yields the articles that are not archived (see `ReadingList`)."""
        return paged(self._page)

    def text(self, entry: Entry) -> str:
        """Returns the article as Wallabag extracted it."""
        name = quote(entry.guid.removeprefix(_NAMED), safe="")
        return self._read(_Saved, f"/api/entries/{name}.json").content or ""

    def _page(self, number: int) -> Iterable[Kept]:
        if number and number >= self._pages:
            return []
        query: dict[str, str | int] = {
            **self._query,
            "archive": 0,
            "sort": "created",
            "order": "desc",
            "detail": "metadata",
            "perPage": PAGE_SIZE,
            "page": number + 1,
        }
        found = self._read(_Entries, "/api/entries.json", **query)
        self._pages = found.pages
        return [_kept(saved) for saved in found.embedded.items]

    def _read(self, shape: type[_Shape], path: str, **query: str | int) -> _Shape:
        """Asks with the token. Tokens are valid for an hour, so a refused one is renewed once."""
        if self._token:
            try:
                return self._server.read(shape, path, self._headers(), **query)
            except RefusedError:
                self._token = ""
        sent = {"grant_type": "password", **{name: self._parts[name] for name in _PARTS}}
        self._token = one_word(
            self._server.sign_in(_Token, "/oauth/v2/token", sent).access_token, "The token of Wallabag"
        )
        return self._server.read(shape, path, self._headers(), **query)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}


def _kept(saved: _Saved) -> Kept:
    authors = saved.published_by if isinstance(saved.published_by, list) else [saved.published_by]
    entry = Entry(
        guid=f"{_NAMED}{saved.id}",
        link=saved.url or "",
        title=line(saved.title),
        authors=tuple(filter(None, (line(author) for author in authors if isinstance(author, str)))),
        published=when(saved.published_at),
        language=normalised(saved.language) if saved.language else None,
    )
    return Kept(entry, when(saved.created_at))
