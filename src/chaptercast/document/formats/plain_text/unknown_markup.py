"""Detects texts in an unknown markup language. They are read as plain text, and the listener is told."""

from msgspec.structs import replace

from chaptercast.document.formats.plain_text.reader import read_plain_text
from chaptercast.document.formats.reader_result import Reading


def read_asciidoc(text: str) -> Reading:
    """An AsciiDoc text as plain text."""
    return _as_plain_text(text, "AsciiDoc")


def read_org(text: str) -> Reading:
    """An Org text as plain text."""
    return _as_plain_text(text, "Org")


def _as_plain_text(text: str, format_name: str) -> Reading:
    note = f"{format_name} is read as plain text: its own marks are spoken, or stay in the text."
    return replace(read_plain_text(text), notes=(note,))
