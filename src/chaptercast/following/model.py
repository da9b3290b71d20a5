"""What feeds say: frozen values, whatever kind of feed said it. All texts are strangers'."""

from msgspec import Struct

from chaptercast.common.units import LanguageTag


class Entry(Struct, frozen=True):
    """An article as its feed lists it; texts are empty where nothing is said."""

    guid: str = ""
    """What the feed knows it by."""
    link: str = ""
    """Where its page is."""
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
    """What the feed gives as the article's text."""
    summary: str = ""
    """What it gives as a summary, which may be the whole text all the same."""
    is_plain: bool = False
    """Whether content and summary are plain text, not HTML."""
    language: LanguageTag | None = None


class Feed(Struct, frozen=True):
    """A feed as it was read."""

    title: str
    entries: tuple[Entry, ...]
    """In the order of the feed."""
    interval_s: float = 0.0
    """How long it asks to be left alone after it was asked; 0 where it says nothing."""
