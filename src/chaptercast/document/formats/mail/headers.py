"""The headers of a message as people read them, whatever is wrong with them."""

import codecs
import re
from collections.abc import Iterator
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from chaptercast.common.unicode_text import well_formed
from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.sources.encoding import SUPERSETS

NAMED = ("To", "Cc", "Reply-To", "Newsgroups", "Organization", "Keywords", "Comments")
"""Headers that a mail program shows and that are not spoken."""

_ENCODED_APART = re.compile(r"(\?=)\s+(=\?)")


def header(message: "Message[Any, Any]", name: str) -> str:
    """A header in plain words; empty if it is not there."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    data = str(raw).encode("utf-8", "surrogateescape")
    return worded(data.decode() if data.isascii() else _decoded(data, "utf-8", _charset_of_text(message)))


def _charset_of_text(message: "Message[Any, Any]") -> str:
    """The charset of the first text in a message, which headers are in that say nothing of theirs; empty if none says it."""
    for part in message.walk():
        try:
            charset = part.get_content_charset()
        except (LookupError, UnicodeError, ValueError):
            continue
        if charset:
            return charset
    return ""


def worded(raw: str) -> str:
    """A header's value with its encoded words (RFC 2047) decoded; what cannot be decoded stays as it is."""
    try:
        parts = decode_header(_ENCODED_APART.sub(r"\1\2", raw))
    except (HeaderParseError, ValueError):
        return folded(well_formed(raw))
    return folded(well_formed("".join(_decoded(part, charset or "", "utf-8") for part, charset in parts)))


def _decoded(part: bytes | str, *charsets: str) -> str:
    """The text of a header in the first charset that it can be in."""
    if isinstance(part, str):
        return part
    for charset in filter(None, charsets):
        try:
            declared = codecs.lookup(charset).name
            return part.decode(SUPERSETS.get(declared, declared))
        except (LookupError, UnicodeError, ValueError):
            continue
    return part.decode("cp1252", "replace")


def writers(message: "Message[Any, Any]") -> str:
    """Who wrote it: their names, or else their addresses."""
    people = getaddresses([header(message, "From")])
    return ", ".join(dict.fromkeys(name or address for name, address in people if name or address))


def sent(message: "Message[Any, Any]") -> str:
    """When it was written, in ISO 8601; empty where that is not said, or not to be read."""
    try:
        return parsedate_to_datetime(header(message, "Date")).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError, MessageError):
        return ""


def shown(message: "Message[Any, Any]") -> Iterator[str]:
    """The other headers that a reader of mail sees, each with its name."""
    for name in NAMED:
        value = header(message, name)
        if value:
            yield f"{name}: {value}"
