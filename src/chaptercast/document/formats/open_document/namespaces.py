"""The namespaces of OpenDocument 1.3, by which attributes are told; elements come without theirs."""

from chaptercast.document.formats.html.parse import Element

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = {
    **{name: f"{_OASIS}:{name}:1.0" for name in ("text", "style", "table", "draw", "office", "meta", "manifest")},
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}


def said_of(element: Element, name: str) -> str:
    """An attribute by its usual name: `text:style-name`; empty where it is not there."""
    prefix, _, plain = name.partition(":")
    return str(element.get(f"{{{_NAMESPACES[prefix]}}}{plain}", ""))
