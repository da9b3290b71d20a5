"""Parses HTML source into a tree with lxml, without losing anything: see `parse`."""

import html
import re
from itertools import dropwhile
from typing import Any

from lxml import etree

from chaptercast.document.formats.html.element_kinds import METADATA, VOID

Element = Any
"""An lxml element: lxml has no type annotations of its own."""

DEPTH_LIMIT = 500
"""Maximum nesting depth, used if libxml2 refuses the document as too deep. Elements nested deeper become part of the one at this depth."""

_CDATA = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.IGNORECASE | re.DOTALL)
"""A CDATA section, or an element for the machine with the CDATA sections in it."""
_SUBSET = re.compile(
    r"([^<]*+(?:<\?[^>]*+>\s*+)?(?><!--.*?-->\s*)*+<!DOCTYPE[^\[>]*+)\[([^\]]*+)\]\s*>", re.IGNORECASE | re.DOTALL
)
"""The part before it is matched possessively, so that nothing is tried twice: a page may begin with any number of comments."""
_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]{1,50})\s+[\"']([^\"'&%<>]{0,100})[\"']\s*>")
"""Entities of a few characters. Entities that contain other entities are not read."""
_REFERENCE = re.compile(r"&([\w.-]{1,50});")
_END = re.compile(r"</(?:html|body)\b[^>]*>", re.IGNORECASE)
_SELF_CLOSED = re.compile(r"<([a-zA-Z][\w:.-]*)((?:\s[^<>]*?)?)/>")
_XHTML = re.compile(
    r"\s*<\?xml\b|[^<]*(?:<!--.*?-->\s*)?(?:<!DOCTYPE[^>]*>)?\s*<html\b[^>]*\bxmlns\s*=", re.IGNORECASE | re.DOTALL
)


def parse(source: str, *, xhtml: bool = False) -> Element | None:
    """Returns the root element of an HTML file or fragment; None if it is empty.

    libxml2 (2.14) drops everything after `</html>`, and everything nested deeper than 2,048 elements. So the end tags of `html` and
    `body`, which have no effect, lose their names before parsing, and a document that is too deep is parsed again, flattened.

    libxml2 does not know the elements of HTML 5, and leaves those that come before all others in the head: they are moved to the body.

    In XHTML, `<a id="x"/>` is an empty element; an HTML parser would leave it open. CDATA sections are text in XHTML, and a document
    may declare entities of its own.
    """
    if xhtml or _XHTML.match(source):
        source = _SELF_CLOSED.sub(_written_out, _as_html(source))
    data = _END.sub("</>", source).encode()
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
        broken = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    except etree.XMLSyntaxError:
        return None
    return _with_whole_body(_flattened(data) if broken else root)


def _as_html(source: str) -> str:
    """Returns XHTML without what HTML does not have: CDATA sections, and declarations in the document type."""
    if "<![CDATA[" in source:
        end = source.rfind("]]>") + len("]]>")  # every section that begins before this point has an end
        source = _CDATA.sub(_uncovered, source[:end]) + source[end:]
    declared = _SUBSET.match(source)
    if declared is None:
        return source
    entities = dict(_ENTITY.findall(declared[2]))
    source = declared[1] + source[declared.end() - 1 :]
    if not entities:
        return source
    return _REFERENCE.sub(lambda match: entities.get(match[1], match[0]), source)


def _uncovered(match: "re.Match[str]") -> str:
    return match[0] if match[2] is None else html.escape(match[2], quote=False)


def _written_out(match: "re.Match[str]") -> str:
    name = match[1]
    return match[0] if name.lower() in VOID else f"<{name}{match[2]}></{name}>"


def _with_whole_body(root: Element | None) -> Element | None:
    """Returns the tree with content that ends the head moved to the body, for pages without these tags (HTML, 13.2.6.4.4)."""
    head = root.find("head") if root is not None and root.tag == "html" else None
    if root is None or head is None:
        return root
    strays = list(dropwhile(lambda element: element.tag in METADATA, head))
    if strays:
        body = root.find("body")
        if body is None:
            body = etree.SubElement(root, "body")
        strays[-1].tail, body.text = (strays[-1].tail or "") + (body.text or ""), None
        body[:0] = strays
    return root


def _flattened(data: bytes) -> Element | None:
    parser = etree.HTMLParser(target=_Flattener(), encoding="utf-8", huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, AssertionError):
        return None


class _Flattener:
    """A parser target that builds a tree no deeper than `DEPTH_LIMIT`."""

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth <= DEPTH_LIMIT:
            self._builder.start(tag, dict(attributes))

    def end(self, tag: str) -> None:
        if self._depth <= DEPTH_LIMIT:
            self._builder.end(tag)
        self._depth -= 1

    def data(self, text: str) -> None:
        self._builder.data(text)

    def comment(self, text: str) -> None:
        """Ignores a comment."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Ignores a processing instruction."""

    def close(self) -> Element:
        return self._builder.close()
