"""What a user may choose of how an article is read."""

from enum import StrEnum

from msgspec import Struct


class PageScope(StrEnum):
    """How much of a web page is read."""

    ARTICLE = "article"
    """Its article; all of it where it seems to have none."""
    ALL = "all"
    """All that a browser shows."""


class ReadingOptions(Struct, frozen=True):
    """How an article is read. Each format takes what concerns it."""

    page: PageScope = PageScope.ARTICLE
    """Of a web page."""


AS_USUAL = ReadingOptions()
