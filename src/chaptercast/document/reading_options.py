"""The user's options for reading an article."""

from enum import StrEnum


class PageScope(StrEnum):
    """How much of a web page is read."""

    ARTICLE = "article"
    """The article; the whole page if it seems to have none."""
    ALL = "all"
    """Everything that a browser shows."""
