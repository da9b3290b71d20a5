"""Text fit for a feed: without what XML forbids, within the lengths that directories take, and never markup."""

import re
from bisect import bisect_right
from html import escape

MAX_LINE = 255
"""Characters of a title or name that Apple takes."""
MAX_DESCRIPTION_BYTES = 4000
"""Of a description that Apple takes."""

_NO_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0010fffe\U0010ffff]"
)
"""What no XML 1.0 document may hold, and the controls and noncharacters that it had better not (XML 1.0, 2.2)."""


def clean(text: str) -> str:
    """`text` without the characters that XML forbids or discourages."""
    return _NO_XML.sub("", text)


def line(text: str, limit: int = MAX_LINE) -> str:
    """`text` as one line of at most `limit` characters."""
    words = " ".join(clean(text).split())
    return words if len(words) <= limit else f"{words[: limit - 1].rstrip()}…"


def as_html(text: str) -> str:
    """`text` as HTML that shows it as it is; of at most 4000 bytes, the end is left off."""
    whole = clean(text).strip()
    if html_bytes(whole) <= MAX_DESCRIPTION_BYTES:
        return escape(whole, quote=False)
    room = MAX_DESCRIPTION_BYTES - html_bytes("…")
    fitting = bisect_right(range(1, len(whole)), room, key=lambda length: html_bytes(whole[:length]))
    return escape(whole[:fitting].rstrip(), quote=False) + "…"


def html_bytes(text: str) -> int:
    """How long `text` is as HTML."""
    return len(escape(text, quote=False).encode())
