"""The feed as a whole: RSS 2.0 with what Apple and Podcasting 2.0 add."""

import re
from collections.abc import Sequence
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid5

from lxml import etree

from chaptercast import __version__
from chaptercast.publication.feed import addresses
from chaptercast.publication.feed.elements import Writer, qualified, rss
from chaptercast.publication.feed.feed_text import clean
from chaptercast.publication.feed.items import add_item, add_person
from chaptercast.publication.feed.show import Show
from chaptercast.publication.model import SiteEpisode

FEED_FILE = "feed.xml"
_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Of podcasts' identifiers (Podcasting 2.0, `docs/tags/guid.md`)."""
_HEAD_BYTES = 1 << 16
"""In which the channel's own elements stand."""


def feed_of(show: Show, guid: str, cover: str, episodes: Sequence[SiteEpisode]) -> bytes:
    """The feed of `episodes`, newest first; `cover` is the name of a file of the site. Same values, same bytes."""
    stream = BytesIO()
    with rss(stream) as feed:
        _add_show(feed, show, guid, cover, episodes)
        for place, listed in enumerate(episodes[: show.limit or None]):
            add_item(feed, listed, show, number=len(episodes) - place)
    return stream.getvalue()


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


def _add_show(feed: Writer, show: Show, guid: str, cover: str, episodes: Sequence[SiteEpisode]) -> None:
    address, picture = f"{show.base_url}/", addresses.of_file(show.base_url, cover)
    feed_address = addresses.of_file(show.base_url, FEED_FILE)
    feed.add("title", show.title)
    feed.add("link", address)
    feed.add("atom:link", href=feed_address, rel="self", type="application/rss+xml")
    feed.add("description", clean(show.description).strip())
    feed.add("language", show.language)
    if show.copyright:
        feed.add("copyright", show.copyright)
    if episodes:
        feed.add("pubDate", format_datetime(episodes[0].published, usegmt=True))
    feed.add("generator", f"chaptercast {__version__}")
    with feed.inside("image"):
        feed.add("url", picture)
        feed.add("title", show.title)
        feed.add("link", address)
    _add_for_apple(feed, show, picture)
    _add_for_podcasting_2(feed, show, guid)


def _add_for_apple(feed: Writer, show: Show, picture: str) -> None:
    feed.add("itunes:image", href=picture)
    for category, *subcategories in show.categories:
        if not subcategories:
            feed.add("itunes:category", text=category)
            continue
        with feed.inside("itunes:category", text=category):
            for name in subcategories:
                feed.add("itunes:category", text=name)
    feed.add("itunes:explicit", str(show.explicit).lower())
    feed.add("itunes:author", show.author or show.title)
    feed.add("itunes:type", show.type)
    if show.owner:
        with feed.inside("itunes:owner"):
            feed.add("itunes:name", show.owner.name)
            feed.add("itunes:email", show.owner.href)
    if show.new_feed_url:
        feed.add("itunes:new-feed-url", show.new_feed_url)
    if show.block:
        feed.add("itunes:block", "Yes")
    if show.complete:
        feed.add("itunes:complete", "Yes")


def _add_for_podcasting_2(feed: Writer, show: Show, guid: str) -> None:
    feed.add("podcast:guid", guid)
    feed.add("podcast:medium", show.medium)
    feed.add("podcast:locked", "yes" if show.locked else "no", owner=show.owner.href if show.owner else "")
    for person in show.persons:
        add_person(feed, person)
    feed.add("podcast:txt", "true", purpose="ai-content")
