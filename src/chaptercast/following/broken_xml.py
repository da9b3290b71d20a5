"""Repairs large feeds of broken XML before feedparser reads them, which would take very long."""

import html
import re
from xml.parsers import expat

_SMALL = 100_000
"""feedparser reads this many bytes within a few seconds, whatever is wrong with them."""
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_DECLARATION = re.compile(rb"<!ENTITY[^>]*>")
"""An entity declaration. An entity that stands for ten others can make a feed a thousand times longer."""
_BARE = re.compile(rb"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")


def mended(data: bytes) -> bytes:
    """Returns `data` unchanged if it is small or well-formed, else a well-formed version. Content that cannot be repaired is lost.

    The repaired version declares no entities.
    """
    data = _DECLARATION.sub(b"", data) if b"<!ENTITY" in data else data
    if len(data) <= _SMALL or _is_well_formed(data):
        return data
    from lxml import etree

    named = _BARE.sub(b"&amp;", _ENTITY.sub(_numbered, data))
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(named, parser)
    except (etree.LxmlError, ValueError):
        return data[:_SMALL]
    return data[:_SMALL] if root is None else bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _is_well_formed(data: bytes) -> bool:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


def _numbered(match: "re.Match[bytes]") -> bytes:
    """Returns a character reference by number for one of HTML's names, which XML does not know."""
    if match[1] in _OF_XML:
        return match[0]
    text = html.unescape(match[0].decode("ascii"))
    return match[0].replace(b"&", b"&amp;") if text.startswith("&") else "".join(f"&#{ord(c)};" for c in text).encode()
