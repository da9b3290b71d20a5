"""Text fit for a feed: without what XML forbids, within the lengths that directories take, and never markup."""

import re
from bisect import bisect_right
from html import escape

MAX_LINE = 255
"""Characters of a title or name that Apple takes."""
MAX_DESCRIPTION_BYTES = 4000
"""Of a description that Apple takes."""

_NO_XML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")
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
