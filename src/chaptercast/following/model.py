"""The content of feeds: frozen values, the same for every kind of feed. All texts are untrusted."""

from msgspec import Struct

from chaptercast.common.units import LanguageTag


class Entry(Struct, frozen=True):
    """An article in a feed. Texts are empty if the feed does not give them."""

    guid: str = ""
    """The feed's identifier of the article."""
    link: str = ""
    """The address of its page."""
    other_links: tuple[str, ...] = ()
    """Other addresses of the same page."""
    title: str = ""
    """Plain text, one line."""
    authors: tuple[str, ...] = ()
    published: str = ""
    """ISO 8601 in UTC."""
    updated: str = ""
    """ISO 8601 in UTC."""
    content: str = ""
    """The feed's text of the article."""
    summary: str = ""
    """The feed's summary, which may be the full text."""
    is_plain: bool = False
    """Whether content and summary are plain text, not HTML."""
    language: LanguageTag | None = None


class Feed(Struct, frozen=True):
    """A feed."""

    title: str
    entries: tuple[Entry, ...]
    """In the order of the feed."""
    interval_s: float = 0.0
    """Seconds that the feed asks to be left alone between requests; 0 if it says nothing."""
