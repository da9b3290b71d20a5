"""Reads the address that a page gives as its own."""

from urllib.parse import urljoin

from chaptercast.document.sources.url import is_url
from chaptercast.errors import ChaptercastError

_HEAD = 200_000
"""Number of bytes at the beginning of a page that are examined."""


def canonical_address(data: bytes, url: str) -> str:
    """Returns the canonical address that the page at `url` gives; empty if it gives none."""
    head = data[:_HEAD]
    if b"canonical" not in head.lower():
        return ""
    import lxml.html

    from chaptercast.document.sources.encoding import decode

    try:
        text = decode(head, url).encode("utf-8", "replace")
        root = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (ValueError, lxml.etree.LxmlError, ChaptercastError):
        return ""
    for link in root.iter("link"):
        if "canonical" in link.get("rel", "").lower().split() and link.get("href"):
            try:
                address = urljoin(url, link.get("href", "").strip())
            except ValueError:
                return ""
            return address if is_url(address) else ""
    return ""
