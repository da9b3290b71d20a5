"""Reads plain text: written by hand, by programs, or typed as in old books."""

from chaptercast.document.formats.plain_text.gutenberg import is_book
from chaptercast.document.formats.plain_text.reader import is_prose, read_page, read_plain_text, read_preformatted
from chaptercast.document.formats.plain_text.unknown_markup import read_asciidoc, read_org

__all__ = ["is_book", "is_prose", "read_asciidoc", "read_org", "read_page", "read_plain_text", "read_preformatted"]
