"""Plain text, as it is written by hand, by programs, and in old books."""

from chaptercast.document.formats.plain_text.gutenberg import is_book
from chaptercast.document.formats.plain_text.reader import is_prose, read_page, read_plain_text, read_preformatted

__all__ = ["is_book", "is_prose", "read_page", "read_plain_text", "read_preformatted"]
