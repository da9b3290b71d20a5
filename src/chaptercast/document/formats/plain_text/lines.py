"""The lines of a plain text, how wide they look, and the chunks that blank lines part."""

import unicodedata
from collections.abc import Iterable, Iterator

from msgspec import Struct

TAB = 8
"""Columns between tabulator stops."""
_WIDE = "\u1100"
"""The first character that may be wide."""


class Line(Struct, frozen=True):
    """A line with something on it."""

    text: str
    """Without the white space around it."""
    indent: int
    """Columns of white space before it."""
    width: int
    """Columns, indent included."""
    word: int = 0
    """Columns of its first word."""
    full_width_indent: bool = False


class Chunk(Struct, frozen=True):
    """Lines without a blank one between them."""

    lines: tuple[Line, ...]
    blanks: int = 0
    """Blank lines before it."""


def columns(text: str) -> int:
    """How many columns a text takes; an East Asian character takes two."""
    return len(text) if text.isascii() or max(text) < _WIDE else sum(1 + is_wide(character) for character in text)


def is_wide(character: str) -> bool:
    """Whether a character takes two columns (UAX #11)."""
    return unicodedata.east_asian_width(character) in "WF"


def line_of(raw: str) -> Line:
    """A line as it stands in the text, tabulators expanded."""
    text = raw.strip()
    before = raw[: len(raw) - len(raw.lstrip())]
    indent = columns(before)
    word = columns(text.split(None, 1)[0]) if text else 0
    return Line(text, indent, indent + columns(text), word, "\u3000" in before)


def chunks(lines: Iterable[str]) -> Iterator[Chunk]:
    """The chunks of a text."""
    found: list[Line] = []
    blanks = since = 0
    for raw in lines:
        if raw.strip():
            if not found:
                blanks, since = since, 0
            found.append(line_of(raw))
            continue
        if found:
            yield Chunk(tuple(found), blanks)
            found = []
        since += 1
    if found:
        yield Chunk(tuple(found), blanks)
