"""What a user may choose of how an article is read."""

from enum import StrEnum

from msgspec import Struct


class PageScope(StrEnum):
    """How much of a web page is read."""

    ARTICLE = "article"
    """Its article; all of it where it seems to have none."""
    ALL = "all"
    """All that a browser shows."""


class PdfChoices(Struct, frozen=True):
    """What a user may choose of how a PDF is read."""

    first: int = 1
    """The first page that is read."""
    last: int = 0
    """The last; 0 for the last that there is."""
    password: str = ""
