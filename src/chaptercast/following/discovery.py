"""Finds feeds in what a user gives: a feed itself, a page that names its feed, or a list of subscriptions."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from msgspec import Struct

from chaptercast.document.sources.encoding import decode
from chaptercast.document.sources.url import is_url
from chaptercast.errors import ChaptercastError, InputError
from chaptercast.following.feed_reading import (
    NO_FEED,
    has_h_feed,
    is_json,
    line,
    looks_like_page,
    missing_library,
    read_feed,
)

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_COMMENTS = re.compile(r"comment|kommentar|commentaire|comentario", re.IGNORECASE)
_OPML = re.compile(rb"<opml[\s>]", re.IGNORECASE)
_HEAD = 4096
_MOST_LINKS = 1000


class Found(Struct, frozen=True):
    """A feed that was found."""

    address: str
    title: str = ""


class Discovery(Struct, frozen=True):
    """The feeds in a document."""

    feeds: tuple[Found, ...]
    others: tuple[Found, ...] = ()
    """Further feeds that a page names."""


def discovered(data: bytes, url: str) -> Discovery:
    """Returns the feeds in a document: a feed itself, a list, or a page. Raises `InputError` if there is none."""
    if _OPML.search(data[:_HEAD]):
        return Discovery(subscription_list(data, url))
    if is_json(data) or not looks_like_page(data):
        return Discovery((Found(url, read_feed(data, url).title),))
    named = _named(data, url)
    if named:
        ranked = sorted(named, key=lambda found: bool(_COMMENTS.search(f"{found.title} {found.address}")))
        return Discovery((ranked[0],), tuple(ranked[1:]))
    if has_h_feed(data):
        return Discovery((Found(url, read_feed(data, url).title),))
    raise InputError(f"{url} is a page that names no feed.", NO_FEED)


def subscription_list(data: bytes, name: str) -> tuple[Found, ...]:
    """Returns the feeds in an OPML list, each once. Raises `InputError` if there are none, `UsageError` if a library is missing."""
    listparser = _listparser()
    try:
        # Passed as text that begins with a tag: listparser would request a text that looks like an address.
        text = decode(data, name)
        listed = listparser.parse(text[text.index("<") :])
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is no list of feeds.", NO_FEED) from error
    found = {
        feed["url"]: Found(feed["url"], line(feed.get("title"))) for feed in listed["feeds"] if is_url(feed["url"])
    }
    if not found:
        raise InputError(f"{name} is a list without feeds.", NO_FEED)
    return tuple(found.values())


def _listparser() -> Any:
    """Imports listparser without requests, which it could use to fetch lists. requests creates a socket on import."""
    with _absent("requests"):
        try:
            import listparser
        except ImportError as error:
            raise missing_library(error) from error
    return listparser


@contextmanager
def _absent(name: str) -> Iterator[None]:
    """Hides a package that is not imported yet, so that it cannot be imported in this context."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # which makes an import fail
    try:
        yield
    finally:
        del sys.modules[name]


def _named(data: bytes, url: str) -> list[Found]:
    """Returns the feeds that a page names with `<link rel="alternate">`, in order."""
    import lxml.html

    try:
        root = lxml.html.document_fromstring(decode(data, url).encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (ValueError, lxml.etree.LxmlError, ChaptercastError):
        return []
    base = next((urljoin(url, found.get("href", "")) for found in root.iter("base") if found.get("href")), url)
    named: dict[str, Found] = {}
    for link in islice(root.iter("link"), _MOST_LINKS):
        relations = link.get("rel", "").lower().split()
        kind = link.get("type", "").partition(";")[0].strip().lower()
        href = link.get("href", "").strip()
        if href and "alternate" in relations and kind in _FEED_TYPES:
            try:
                address = urljoin(base, href)
            except ValueError:
                continue
            if is_url(address):
                named.setdefault(address, Found(address, line(link.get("title"))))
    return list(named.values())
