"""The feed as a whole: RSS 2.0 with what Apple and Podcasting 2.0 add."""

import re
from collections.abc import Sequence
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from lxml import etree

from chaptercast import __version__
from chaptercast.publication.feed import addresses
from chaptercast.publication.feed.elements import NAMESPACES, add, qualified
from chaptercast.publication.feed.items import add_item, add_person
from chaptercast.publication.feed.show import Show
from chaptercast.publication.feed.text import as_html
from chaptercast.publication.model import SiteEpisode

FEED_FILE = "feed.xml"
_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Of podcasts' identifiers (Podcasting 2.0, `docs/tags/guid.md`)."""
_HEAD_BYTES = 1 << 16
"""In which the channel's own elements stand."""


def feed(show: Show, guid: str, cover: str, episodes: Sequence[SiteEpisode]) -> bytes:
    """The feed of `episodes`, newest first; `cover` is the name of a file of the site. Same values, same bytes."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap=NAMESPACES)
    channel = add(root, "channel")
    _add_show(channel, show, guid, cover, episodes)
    for place, listed in enumerate(episodes[: show.limit or None]):
        add_item(channel, listed, show, number=len(episodes) - place)
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return whole


def show_guid(show: Show, built: Path) -> str:
    """What the podcast is known by for life: what the user says, else what the feed at `built` says, else made from its address."""
    return show.guid or _built_guid(built) or guid_of(addresses.of_file(show.base_url, FEED_FILE))


def guid_of(url: str) -> str:
    """The identifier of the podcast whose feed was first at `url`."""
    return str(uuid5(_NAMESPACE, re.sub("^[a-z]+://", "", url).rstrip("/")))


def _built_guid(path: Path) -> str:
    parser = etree.XMLPullParser(("end",), tag=qualified("podcast:guid"), resolve_entities=False, no_network=True)
    try:
        with path.open("rb") as stream:
            parser.feed(stream.read(_HEAD_BYTES))
        return next((str(UUID(element.text)) for _, element in parser.read_events()), "")
    except (OSError, ValueError, TypeError, AttributeError, etree.XMLSyntaxError):
        return ""  # there is none, or it is none of ours


def _add_show(channel: Any, show: Show, guid: str, cover: str, episodes: Sequence[SiteEpisode]) -> None:
    address, picture = f"{show.base_url}/", addresses.of_file(show.base_url, cover)
    feed_address = addresses.of_file(show.base_url, FEED_FILE)
    add(channel, "title", show.title)
    add(channel, "link", address)
    add(channel, "atom:link", href=feed_address, rel="self", type="application/rss+xml")
    add(channel, "description", as_html(show.description))
    add(channel, "language", show.language)
    if show.copyright:
        add(channel, "copyright", show.copyright)
    if episodes:
        add(channel, "pubDate", format_datetime(episodes[0].published, usegmt=True))
    add(channel, "generator", f"chaptercast {__version__}")
    image = add(channel, "image")
    add(image, "url", picture)
    add(image, "title", show.title)
    add(image, "link", address)
    _add_for_apple(channel, show, picture)
    _add_for_podcasting_2(channel, show, guid)


def _add_for_apple(channel: Any, show: Show, picture: str) -> None:
    add(channel, "itunes:image", href=picture)
    for category in show.categories:
        parent = channel
        for name in category:
            parent = add(parent, "itunes:category", text=name)
    add(channel, "itunes:explicit", str(show.explicit).lower())
    add(channel, "itunes:author", show.author or show.title)
    add(channel, "itunes:type", show.type)
    if show.owner:
        owner = add(channel, "itunes:owner")
        add(owner, "itunes:name", show.owner.name)
        add(owner, "itunes:email", show.owner.href)
    if show.new_feed_url:
        add(channel, "itunes:new-feed-url", show.new_feed_url)
    if show.block:
        add(channel, "itunes:block", "Yes")
    if show.complete:
        add(channel, "itunes:complete", "Yes")


def _add_for_podcasting_2(channel: Any, show: Show, guid: str) -> None:
    add(channel, "podcast:guid", guid)
    add(channel, "podcast:medium", show.medium)
    add(channel, "podcast:locked", "yes" if show.locked else "no", owner=show.owner.href if show.owner else "")
    for person in show.persons:
        add_person(channel, person)
    add(channel, "podcast:txt", "true", purpose="ai-content")
