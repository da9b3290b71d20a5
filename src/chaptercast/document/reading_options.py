"""What a user may choose of how an article is read."""

from enum import StrEnum


class PageScope(StrEnum):
    """How much of a web page is read."""

    ARTICLE = "article"
    """Its article; all of it where it seems to have none."""
    ALL = "all"
    """All that a browser shows."""
