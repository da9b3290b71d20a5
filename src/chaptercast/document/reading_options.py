"""What a user may choose of how an article is read."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct


class PageScope(StrEnum):
    """How much of a web page is read."""

    ARTICLE = "article"
    """Its article; all of it where it seems to have none."""
    ALL = "all"
    """All that a browser shows."""


class Ocr(StrEnum):
    """When the text of pictures of pages is recognised, and by what."""

    AUTO = "auto"
    """Where a page has no text, or none that is any."""
    ALWAYS = "always"
    """On all pages, whatever text they have."""
    NEVER = "never"
    TESSERACT = "tesseract"
    """As `auto`, by the program of that name, in the languages that it has."""


class PdfChoices(Struct, frozen=True):
    """What a user may choose of how a PDF is read."""

    first: int = 1
    """The first page that is read."""
    last: int = 0
    """The last; 0 for the last that there is."""
    password: str = ""
    ask: Callable[[str], str] | None = None
    """Asks somebody for the password of a file, given its name; empty for none."""
    ocr: Ocr = Ocr.AUTO
