"""Reads feeds of every kind into one type. feedparser reads RSS and Atom, mf2py reads h-feed; JSON Feed is JSON."""

import html
import io
import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any

from chaptercast.common.language_tags import normalised
from chaptercast.common.unicode_text import well_formed, without_controls
from chaptercast.common.units import LanguageTag
from chaptercast.document.sources.encoding import decode
from chaptercast.errors import ChaptercastError, InputError, UsageError
from chaptercast.following.broken_xml import mended
from chaptercast.following.model import Entry, Feed

_HEAD = 4096
_JSON_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/")
_MICROFORMATS = re.compile(rb"""class\s*=\s*["'][^"']*\bh-(?:feed|entry)\b""")
_TAG = re.compile(r"<[^<>]*>")
_PERIODS_S = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_LONGEST_INTERVAL_S = 86_400.0
_MOST_LINE = 1000
"""Maximum number of characters of a title or a name."""
NO_FEED = "Give the address of a feed (RSS, Atom, JSON Feed), of a page that names its feed, or of a list in OPML."


def missing_library(error: ImportError) -> UsageError:
    """Returns the error for a missing library of the extra."""
    return UsageError(
        f"To follow feeds needs the package {error.name}.", "Install it: pip install 'chaptercast[follow]'"
    )


def require_libraries() -> None:
    """Raises `UsageError` if a library that following needs is missing."""
    for name in ("feedparser", "listparser", "mf2py", "protego"):
        if find_spec(name) is None:
            raise missing_library(ImportError(name=name))


def read_feed(data: bytes, url: str) -> Feed:
    """Returns the feed in `data`, found at `url`. Raises `InputError` if it is not a feed, `UsageError` if a library is missing."""
    if is_json(data):
        return _json_feed(data, url)
    if looks_like_page(data):
        return _h_feed(data, url)
    return _xml_feed(data, url)


def is_json(data: bytes) -> bool:
    """Returns whether it may be a JSON Feed."""
    return data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def looks_like_page(data: bytes) -> bool:
    """Returns whether it is a page for browsers rather than a feed."""
    head = data[:_HEAD].lower()
    is_feed = any(sign in head for sign in (b"<rss", b"<feed", b"<rdf:rdf", b"<opml", b"<channel"))
    return not is_feed and any(sign in head for sign in (b"<html", b"<!doctype html", b"<head", b"<body", b"<div"))


def has_h_feed(data: bytes) -> bool:
    """Returns whether a page lists its articles as microformats."""
    return _MICROFORMATS.search(data) is not None


def line(text: Any) -> str:
    """Returns a text of a feed as one line of plain text, without tags and terminal control characters."""
    plain = html.unescape(_TAG.sub("", str(text or "")))
    return " ".join(without_controls(well_formed(plain)).split())[:_MOST_LINE]


def _text(value: Any) -> str:
    return well_formed(str(value or ""))


def _xml_feed(data: bytes, url: str) -> Feed:
    try:
        import feedparser
    except ImportError as error:
        raise missing_library(error) from error
    # Passed as a stream: feedparser would take bytes for a file name if a file of that name exists. Its HTML sanitizer
    # is off, because its time grows with the square of the length. Texts are never used as markup here, and the page
    # reader drops what must be dropped.
    try:
        found = feedparser.parse(
            io.BytesIO(mended(data)),
            response_headers={"content-location": url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # bytes that are not a feed can raise anything
        raise InputError(f"{url} cannot be read as a feed: {type(error).__name__}.", NO_FEED) from error
    if not found.get("version") and not found.entries:
        raise InputError(f"{url} is no feed.", NO_FEED)
    channel = found.feed
    language = _language(channel.get("language"))
    entries = tuple(_parsed(entry, language) for entry in found.entries)
    return Feed(line(channel.get("title")), entries, _interval(channel))


def _parsed(entry: Mapping[str, Any], language: LanguageTag | None) -> Entry:
    contents = [content for content in entry.get("content", ()) if content.get("value")]
    content: Mapping[str, Any] = max(
        contents, key=lambda one: ("html" in one.get("type", ""), len(one["value"])), default={}
    )
    summary = entry.get("summary") or ""
    detail = entry.get("summary_detail") or {}
    kind = (content or detail).get("type") or ""
    links = [one.get("href", "") for one in entry.get("links", ()) if one.get("rel") == "alternate"]
    original = entry.get("feedburner_origlink") or ""
    link = original or entry.get("link") or next(iter(links), "")
    return Entry(
        guid=_text(entry.get("id"))[:_MOST_LINE],
        link=_text(link),
        other_links=tuple(_text(one) for one in (entry.get("link"), *links) if one and one != link),
        title=line(entry.get("title")),
        authors=_names(entry.get("authors") or (), entry.get("author")),
        published=_date(entry, "published_parsed", "updated_parsed"),
        updated=_date(entry, "updated_parsed"),
        content=_text(content.get("value")),
        summary=_text(summary),
        is_plain=kind == "text/plain",
        language=_language(content.get("language") or (entry.get("title_detail") or {}).get("language")) or language,
    )


def _names(authors: Iterable[Any], alone: Any) -> tuple[str, ...]:
    named = [line(author.get("name") if isinstance(author, Mapping) else author) for author in authors]
    return tuple(dict.fromkeys(filter(None, named or [line(alone)])))


def _date(entry: Mapping[str, Any], *names: str) -> str:
    for name in names:
        parsed = entry[name] if name in entry else None  # noqa: SIM401 -- `get` gives the one date for the other, and warns
        if parsed:
            with suppress(ValueError, OverflowError, TypeError):
                year, month, day, hour, minute, second = parsed[:6]
                return datetime(year, month, day, hour, minute, second, tzinfo=UTC).isoformat()
    return ""


def _language(tag: Any) -> LanguageTag | None:
    return normalised(str(tag)) if tag else None


def _interval(channel: Mapping[str, Any]) -> float:
    with suppress(ValueError, TypeError):
        ttl = channel.get("ttl")
        if ttl:
            return min(max(0.0, float(ttl) * 60), _LONGEST_INTERVAL_S)
        period = _PERIODS_S.get(str(channel.get("sy_updateperiod", "")).strip().lower(), 0)
        return min(period / max(1.0, float(channel.get("sy_updatefrequency") or 1)), _LONGEST_INTERVAL_S)
    return 0.0


def _json_feed(data: bytes, url: str) -> Feed:
    try:
        found = json.loads(decode(data, url))
    except (ValueError, RecursionError, ChaptercastError) as error:
        raise InputError(f"{url} is no feed: its JSON is broken.", NO_FEED) from error
    if not isinstance(found, dict) or not _JSON_FEED.match(str(found.get("version"))):
        raise InputError(f"{url} is JSON, and no feed.", NO_FEED)
    items = found.get("items")
    language = _language(found.get("language"))
    listed = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    return Feed(line(found.get("title")), tuple(_json_entry(item, language) for item in listed))


def _json_entry(item: Mapping[str, Any], language: LanguageTag | None) -> Entry:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    rich, plain = _text(item.get("content_html")), _text(item.get("content_text"))
    return Entry(
        guid=_text(item.get("id"))[:_MOST_LINE],
        link=_text(item.get("url") or item.get("external_url")),
        title=line(item.get("title")),
        authors=_names([one for one in authors or () if isinstance(one, Mapping)], ""),
        published=iso_date(item.get("date_published")),
        updated=iso_date(item.get("date_modified")),
        content=rich or plain,
        summary=_text(item.get("summary")),
        is_plain=not rich,
        language=_language(item.get("language")) or language,
    )


def iso_date(text: Any) -> str:
    """Returns an ISO 8601 date in UTC; empty if it is not a date."""
    with suppress(ValueError, OverflowError):
        found = datetime.fromisoformat(str(text).strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return ""


def _h_feed(data: bytes, url: str) -> Feed:
    if not has_h_feed(data):
        raise InputError(f"{url} is a page that names no feed.", NO_FEED)
    try:
        import mf2py
    except ImportError as error:
        raise missing_library(error) from error
    try:
        items = mf2py.parse(doc=decode(data, url), url=url, html_parser="lxml")["items"]
    except RecursionError as error:
        raise InputError(f"{url} is nested too deeply to be read as a feed.", NO_FEED) from error
    feed: Mapping[str, Any] = next((item for item in items if "h-feed" in item["type"]), {})
    listed = [*feed.get("children", ()), *items]
    entries = [_h_entry(item["properties"]) for item in listed if "h-entry" in item["type"]]
    if not entries:
        raise InputError(f"{url} is a page that lists no articles.", NO_FEED)
    return Feed(line(_first(feed.get("properties", {}), "name")), tuple(entries))


def _h_entry(said: Mapping[str, Any]) -> Entry:
    content = said.get("content", [""])[0]
    rich = content.get("html", "") if isinstance(content, Mapping) else ""
    plain = content.get("value", "") if isinstance(content, Mapping) else str(content)
    authors = [one["properties"] if isinstance(one, Mapping) else {"name": [one]} for one in said.get("author", ())]
    name = line(_first(said, "name"))
    return Entry(
        guid=_text(_first(said, "uid")),
        link=_text(_first(said, "url")),
        title="" if name == line(plain) else name,  # implied name: a note has no name of its own
        authors=tuple(filter(None, (line(_first(one, "name")) for one in authors))),
        published=iso_date(_first(said, "published")),
        updated=iso_date(_first(said, "updated")),
        content=_text(rich or plain),
        summary=_text(_first(said, "summary")),
        is_plain=not rich,
    )


def _first(said: Mapping[str, Any], name: str) -> str:
    value = next(iter(said.get(name, ())), "")
    return str(value.get("value", "")) if isinstance(value, Mapping) else str(value)
