"""The feed held against the files of its site: what a player would be sent to, and what it would miss."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from lxml import etree

from chaptercast.publication.model import Episode
from chaptercast.serving.file_lookup import locate
from chaptercast.serving.media_types import media_type
from chaptercast.verify.file_reading import lines, read_bytes, short

FEED = "feed.xml"
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_ATOM = "{http://www.w3.org/2005/Atom}"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_CLOCKS_DIFFER = timedelta(minutes=5)
_COVER_SIDES = range(1400, 3001)
"""Pixels, as Apple asks for."""


def feed_findings(site: Path, episodes: Mapping[str, Episode]) -> Iterator[str]:
    """What is wrong with the feed of `site`, if there is one; `episodes` by the names of their folders."""
    path = site / FEED
    if path.exists() or (site / "show.toml").exists():
        yield from lines(path, _Check(site.resolve(), episodes).findings(path), f"chaptercast feed {site}")


class _Check:
    """A feed, item by item: only what must be known to the end is kept."""

    def __init__(self, site: Path, episodes: Mapping[str, Episode]) -> None:
        self._site = site
        self._folders = {episode.guid: folder for folder, episode in episodes.items()}
        self._episodes = episodes
        self._guids: Counter[str] = Counter()
        self._base = ""

    def findings(self, path: Path) -> Iterator[str]:
        channel = _channel(read_bytes(path))
        self._base = next(
            (link.get("href", "") for link in channel.iter(f"{_ATOM}link") if link.get("rel") == "self"), ""
        )
        self._base = self._base[: self._base.rfind("/")]
        if not self._base:
            yield "it does not say its own address (atom:link, rel=self)"
        yield from self._cover_findings(channel)
        for item in channel.iter("item"):
            yield from self._item_findings(item)
        for guid, times in self._guids.items():
            if times > 1:
                yield f"{times} items have the guid {short(guid)}"
        limit = _limit(self._site)
        for guid, folder in self._folders.items():
            if guid not in self._guids and not 0 < limit <= len(self._guids):
                yield f"it does not list the episode in {folder}"

    def _item_findings(self, item: Any) -> Iterator[str]:
        guid = (item.findtext("guid") or "").strip()
        named = f"the item “{short(item.findtext('title') or guid)}”"
        self._guids[guid] += 1
        folder = self._folders.get(guid)
        if folder is None:
            yield f"{named} has the guid {short(guid)!r}, which no episode of the site has"
        yield from (f"{named}: {finding}" for finding in self._enclosure_findings(item, folder))
        yield from (f"{named}: {finding}" for finding in self._link_findings(item, folder))
        yield from (f"{named}: {finding}" for finding in _date_findings(item))

    def _enclosure_findings(self, item: Any, folder: str | None) -> Iterator[str]:
        enclosures = item.findall("enclosure")
        if len(enclosures) != 1:
            yield f"it has {len(enclosures)} enclosures, not one"
            return
        (enclosure,) = enclosures
        url, length, kind = (enclosure.get(name, "") for name in ("url", "length", "type"))
        found = self._file(url)
        if found is None:
            yield f"its enclosure {short(url)} is no file of the site"
            return
        if length != str(found.stat().st_size):
            yield f"its enclosure is said to have {short(length)} bytes, {found.name} has {found.stat().st_size}"
        if kind != media_type(found.name):
            yield f"its enclosure is said to be {short(kind)}, {found.name} is {media_type(found.name)}"
        if folder is not None and found != (self._site / folder / self._episodes[folder].audio.file).resolve():
            yield f"its enclosure is not the recording in {folder}"

    def _link_findings(self, item: Any, folder: str | None) -> Iterator[str]:
        for element in item.iter(f"{_PODCAST}transcript", f"{_PODCAST}chapters"):
            url, kind = element.get("url", ""), element.get("type", "")
            found = self._file(url)
            if found is None:
                yield f"{short(url)} is no file of the site"
            elif kind != media_type(found.name):
                yield f"{short(url)} is said to be {short(kind)}, it is {media_type(found.name)}"
        link = (item.findtext("link") or "").strip()
        # Another page under the same address may be the article, which is the publisher's and not of this site.
        if folder and link.startswith(f"{self._base}/{quote(folder)}/") and self._file(link) is None:
            yield f"its link {short(link)} leads to no file of the site"

    def _cover_findings(self, channel: Any) -> Iterator[str]:
        image = channel.find(f"{_ITUNES}image")
        url = image.get("href", "") if image is not None else ""
        found = self._file(url)
        if found is None:
            yield f"its cover {short(url)} is no file of the site" if url else "it has no cover (itunes:image)"
            return
        from PIL import Image, UnidentifiedImageError

        try:
            with Image.open(found, formats=("JPEG", "PNG")) as picture:  # the head only: nothing is unpacked
                width, height = picture.size
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            yield f"its cover {found.name} is neither JPEG nor PNG"
            return
        if width != height or width not in _COVER_SIDES:
            yield f"its cover {found.name} has {width} × {height} pixels; it must be square, of 1400 to 3000"

    def _file(self, url: str) -> Path | None:
        """The file of the site that an address stands for."""
        if not self._base or not url.startswith(f"{self._base}/"):
            return None
        found = locate(self._site, urlsplit(url[len(self._base) :]).path)
        return found if found is not None and found.is_file() else None


def _channel(feed: bytes) -> Any:
    """Raises `ValueError` where it is no feed; a document type, where entities that grow would be, is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(feed, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is no XML: {short(error)}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("it has a document type")
    channel = root.find("channel") if root.tag == "rss" else None
    if channel is None:
        raise ValueError("it is no RSS")
    return channel


def _limit(site: Path) -> int:
    """How many episodes the feed is to list at most, by show.toml; 0 for all. What is wrong there is told when a feed is built."""
    try:
        limit = tomllib.loads(read_bytes(site / "show.toml").decode()).get("limit", 0)
    except (OSError, ValueError):
        return 0
    return limit if isinstance(limit, int) else 0


def _date_findings(item: Any) -> Iterator[str]:
    written = (item.findtext("pubDate") or "").strip()
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        yield f"its pubDate “{short(written)}” is no date"
        return
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if moment > datetime.now(UTC) + _CLOCKS_DIFFER:
        yield f"its pubDate {short(written)} is in the future"
