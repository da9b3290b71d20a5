"""Rewrites a feed for the server it is served from: addresses of the site's files become addresses on this server.

A feed must name files by their full address, and names those of the public site (`base_url` in show.toml). A subscriber here wants the
local files. So the server's copy differs from `feed.xml` only in the beginning of these addresses. Identifiers stay the same, so a
player that moves to the published feed recognises the episodes.
"""

from collections.abc import Callable
from typing import Any

from lxml import etree

_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
_ATTRIBUTES = ("href", "url")
_ELEMENTS = {"link", "url"}


def localised(feed: bytes, here: str, has: Callable[[str], bool]) -> bytes:
    """`feed` as it is served at `here`, an address that ends in a slash. `has` says whether a path is one of the site's files.

    The feed's own address (`atom:link`, `rel="self"`) shows the beginning of its addresses. A feed that cannot be read, or has no such
    address, stays as it is.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
    try:
        root = etree.fromstring(feed, parser)
    except etree.XMLSyntaxError:
        return feed
    base = next((link.get("href", "") for link in root.iter(_ATOM_LINK) if link.get("rel") == "self"), "")
    base = base[: base.rfind("/") + 1]
    if not base:
        return feed

    def moved(address: str) -> str | None:
        if not address.startswith(base) or not has(address[len(base) - 1 :].partition("#")[0]):
            return None
        return here + address[len(base) :]

    for element in root.iter(etree.Element):
        _move(element, moved)
    rewritten: bytes = etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True)
    return rewritten


def _move(element: Any, moved: Callable[[str], str | None]) -> None:
    for name in _ATTRIBUTES:
        if (address := moved(element.get(name, ""))) is not None:
            element.set(name, address)
    if element.tag in _ELEMENTS and (address := moved((element.text or "").strip())) is not None:
        element.text = address
