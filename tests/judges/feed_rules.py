"""A feed held against the published rules of RSS 2.0, Apple and Podcasting 2.0, by code that knows nothing of its maker.

The rules: RSS 2.0 (rssboard.org), A Podcaster's Guide to RSS (help.apple.com), Podcasting 2.0 (`docs/tags/`), Simple Chapters 1.2.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
ATOM = "{http://www.w3.org/2005/Atom}"
PSC = "{http://podlove.org/simple-chapters}"

_CHANNEL_NEEDS = (
    "title", "link", "description", "language", f"{ITUNES}image", f"{ITUNES}category", f"{ITUNES}explicit",
    f"{ITUNES}author", f"{ITUNES}owner", f"{ATOM}link", f"{PODCAST}guid", f"{PODCAST}medium", f"{PODCAST}locked",
)  # fmt: skip
_ITEM_NEEDS = ("title", "enclosure", "guid", "pubDate", "description", f"{ITUNES}duration", f"{CONTENT}encoded")
_VALUES = {
    f"{ITUNES}explicit": "true|false",
    f"{ITUNES}type": "episodic|serial",
    f"{ITUNES}episodeType": "full|trailer|bonus",
    f"{ITUNES}block": "Yes",
    f"{ITUNES}complete": "Yes",
    f"{ITUNES}duration": "[1-9][0-9]*",
    f"{ITUNES}episode": "[1-9][0-9]*",
    f"{PODCAST}locked": "yes|no",
    f"{PODCAST}medium": "podcast|music|video|film|audiobook|newsletter|blog|publisher|course",
    "language": "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
}
_ONCE = {
    "title",
    "link",
    "description",
    "language",
    "guid",
    "pubDate",
    "enclosure",
    f"{PODCAST}guid",
    f"{PODCAST}chapters",
}
_TRANSCRIPT_TYPES = {"text/plain", "text/html", "text/vtt", "application/json", "application/x-subrip"}
_URL = re.compile(r"https?://[!-~]+")
_NPT = re.compile(r"(?:\d+:)?[0-5]?\d:[0-5]\d(?:\.\d{1,3})?|\d+(?:\.\d+)?")
_VOID = {"br", "hr", "img"}
_MAY_BE_LONG = {"description", f"{CONTENT}encoded"}


def rule_breaches(feed: Path, base_url: str) -> list[str]:
    """What in the feed is against the rules. Files of `base_url` lie beside the feed. `ParseError` if it is not XML."""
    root = ET.fromstring(feed.read_bytes())
    if root.tag != "rss" or root.get("version") != "2.0" or [child.tag for child in root] != ["channel"]:
        return ["it is not an RSS 2.0 document with one channel"]
    channel = root[0]
    items = channel.findall("item")
    found = [*_everywhere(root, feed.parent, base_url), *_channel(channel)]
    for item in items:
        found += [f"{item.findtext('title')}: {breach}" for breach in _item(item, feed.parent, base_url)]
    for what, values in (
        ("guid", [item.findtext("guid") for item in items]),
        ("enclosure", [e.get("url") for item in items for e in item.findall("enclosure")]),
    ):
        found += [f"{what} {value} is there {count} times" for value, count in Counter(values).items() if count > 1]
    dates = [parsedate_to_datetime(item.findtext("pubDate", "")) for item in items]
    if dates != sorted(dates, reverse=True):
        found.append("the newest episode is not the first")
    return found


def _everywhere(root: ET.Element, folder: Path, base_url: str) -> Iterator[str]:
    for element in root.iter():
        text = element.text or ""
        pattern = _VALUES.get(element.tag)
        if pattern and not re.fullmatch(pattern, text):
            yield f"{element.tag} is {text!r}"
        if not len(element) and text != text.strip():
            yield f"{element.tag} has space around it"
        if element.tag not in _MAY_BE_LONG and len(text.strip()) > 255:
            yield f"{element.tag} is longer than 255 characters"
        if element.tag == "description" and len(text.encode()) > 4000:
            yield "a description is longer than 4000 bytes"
        if element.tag == f"{CONTENT}encoded":
            yield from _html(element.tag, text)
        addresses = [element.get(name, "") for name in ("url", "href", "img") if name in element.attrib]
        addresses += [text] if element.tag in ("link", "url", f"{ITUNES}new-feed-url") else []
        yield from _addresses(addresses, folder, base_url)
        if element.tag == "item":  # that of the channel is plain text
            yield from _html("description", element.findtext("description", ""))
        if element.tag in ("channel", "item"):
            counts = Counter(child.tag for child in element if child.tag in _ONCE)
            yield from (f"{tag} is there {count} times" for tag, count in counts.items() if count > 1)


def _addresses(addresses: list[str], folder: Path, base_url: str) -> Iterator[str]:
    for address in addresses:
        if not _URL.fullmatch(address) or re.search("%(?![0-9A-F]{2})", address) or set(address) & set('"<>\\^`{|}'):
            yield f"{address!r} is no absolute ASCII address"
        elif address.startswith(f"{base_url}/") and not (folder / unquote(address[len(base_url) + 1 :])).exists():
            yield f"{address} leads to no file"


def _channel(channel: ET.Element) -> Iterator[str]:
    yield from (f"the channel has no {tag}" for tag in _CHANNEL_NEEDS if channel.find(tag) is None)
    guid = channel.findtext(f"{PODCAST}guid", "")
    try:
        if UUID(guid).version != 5:
            yield f"podcast:guid {guid} is of another version"
    except ValueError:
        yield f"podcast:guid {guid} is no UUID"
    image = channel.find(f"{ITUNES}image")
    if image is not None and Path(urlsplit(image.get("href", "")).path).suffix not in (".png", ".jpg", ".jpeg"):
        yield "the cover's name has no suffix of a picture"
    if not any(link.get("rel") == "self" for link in channel.findall(f"{ATOM}link")):
        yield "no link says where the feed is"
    owner = channel.find(f"{ITUNES}owner")
    if owner is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", owner.findtext(f"{ITUNES}email", "")):
        yield "the owner has no address for mail"


def _item(item: ET.Element, folder: Path, base_url: str) -> Iterator[str]:
    yield from (f"no {tag}" for tag in _ITEM_NEEDS if not any(e.text or e.attrib for e in item.findall(tag)))
    date = item.findtext("pubDate", "")
    if not re.fullmatch(
        r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})", date
    ):
        yield f"pubDate {date!r} is not as RFC 2822 has it"
    elif parsedate_to_datetime(date) > datetime.now(UTC) + timedelta(seconds=1):
        yield f"pubDate {date} is in the future"
    if any(guid.get("isPermaLink") != "false" for guid in item.findall("guid")):
        yield "the guid passes for an address"
    yield from _enclosures(item, folder, base_url)
    yield from _podcasting_2(item)


def _enclosures(item: ET.Element, folder: Path, base_url: str) -> Iterator[str]:
    for enclosure in item.findall("enclosure"):
        file = folder / unquote(enclosure.get("url", "")[len(base_url) + 1 :])
        size = file.stat().st_size if file.is_file() else None
        if enclosure.get("length") != str(size):
            yield f"the enclosure's length is {enclosure.get('length')}, not {size}"
        if enclosure.get("type") != "audio/mpeg" or file.suffix != ".mp3":
            yield "the enclosure is no MP3"


def _podcasting_2(item: ET.Element) -> Iterator[str]:
    for transcript in item.findall(f"{PODCAST}transcript"):
        if transcript.get("type") not in _TRANSCRIPT_TYPES:
            yield f"a transcript has the type {transcript.get('type')}"
    yield from (f"person {p.text!r}" for p in item.findall(f"{PODCAST}person") if not 0 < len(p.text or "") <= 128)
    starts = [chapter.get("start", "") for chapter in item.iter(f"{PSC}chapter")]
    if not all(_NPT.fullmatch(start) for start in starts) or starts != sorted(starts):
        yield f"chapters start at {starts}"
    if not all(chapter.get("title") for chapter in item.iter(f"{PSC}chapter")):
        yield "a chapter has no title"


def _html(where: str, text: str) -> list[str]:
    parser = _Strict()
    parser.feed(text)
    parser.close()
    return [f"{where}: {breach}" for breach in (*parser.breaches, *(f"<{tag}> is not closed" for tag in parser.open))]


class _Strict(HTMLParser):
    """Every element closed in order, and none but those that directories take."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.breaches: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"p", "ol", "ul", "li", "a", "br"} or any(name != "href" for name, _ in attrs):
            self.breaches.append(f"<{tag} {attrs}> is not taken")
        self.breaches += [f"{value!r} is no address" for _, value in attrs if not _URL.fullmatch(value or "")]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.breaches.append(f"</{tag}> closes nothing")

    def handle_comment(self, data: str) -> None:
        self.breaches.append(f"there is a comment, {data!r}")

    def handle_decl(self, decl: str) -> None:
        self.breaches.append(f"there is a declaration, {decl!r}")
