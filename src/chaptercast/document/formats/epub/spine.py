"""The files of a book as one page: ids and links made to agree, drawings as HTML, and where everything is that a link can lead to."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct, field

from chaptercast.common.unicode_text import xml_text
from chaptercast.document.formats.epub.package import Item, resolved
from chaptercast.document.formats.epub.svg import as_html, local
from chaptercast.document.formats.html.element_content import text_of
from chaptercast.document.formats.html.parse import Element, parse
from chaptercast.document.model import Omission, Reason
from chaptercast.document.sources.encoding import decode
from chaptercast.document.sources.zip_container import Archive
from chaptercast.errors import InputError

STYLES = 500_000
"""Bytes of style sheets that are looked at."""
SHEETS = 20

_ADDRESS = re.compile(r"[a-zA-Z][\w+.-]*:|//")
_NAME = re.compile(r"[a-z][\w.-]*", re.ASCII)
_SWITCH = "epub:switch"
_READ_NAMESPACES = frozenset({"http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2000/svg"})


class Places:
    """Where links of a book lead: files, and elements in them. A name is found as it is written, or else without regard to case."""

    def __init__(self) -> None:
        self._exact: dict[str, Element] = {}
        self._folded: dict[str, Element] = {}

    def add(self, target: str, element: Element) -> None:
        """Make a place known; the first of several with one name is meant."""
        self._exact.setdefault(target, element)
        self._folded.setdefault(target.casefold(), element)

    def find(self, target: str) -> Element | None:
        """The element that a target means; the beginning of its file where only that is there."""
        for name in (target, unquote(target), target.partition("#")[0]):
            found = self._exact.get(name)
            if found is None:
                found = self._folded.get(name.casefold())
            if found is not None:
                return found
        return None


class OnePage(Struct):
    """All files as one page."""

    root: Element
    places: Places = field(default_factory=Places)
    left_out: list[Omission] = field(default_factory=list)
    pictures: int = 0
    """Files of the spine that are only an image."""


def one_page(archive: Archive, items: Iterable[Item], styles: str) -> OnePage:
    """All files of the spine as one page, each a `div` with its path as id. What cannot be read of them is named in `left_out`."""
    root = etree.Element("html")
    sheet = etree.SubElement(etree.SubElement(root, "head"), "style")
    sheet.text = styles
    body = etree.SubElement(root, "body")
    page = OnePage(root)
    for item in items:
        if item.path not in archive:
            page.left_out.append(Omission(item.path, Reason.MISSING))
        elif item.kind == "picture":
            page.pictures += 1
            page.left_out.append(Omission(item.path, Reason.NO_ALT))
        elif item.kind == "other":
            page.left_out.append(Omission(item.path, Reason.NOT_TEXT))
        else:
            _add(page, body, archive, item)
    return page


def tree_of(archive: Archive, path: str) -> Element | None:
    """The tree of one XHTML file; None where it is empty. A book is not refused for a few bytes that are no characters."""
    data = archive.read(path)
    try:
        source = decode(data, path)
    except InputError:
        source = data.decode("utf-8", "replace").replace("\0", "")
    return parse(source, xhtml=True)


def styles_of(archive: Archive, items: Mapping[str, Item]) -> str:
    """The style sheets of a book, as one."""
    sheets = [item.path for item in items.values() if item.media_type == "text/css" and item.path in archive]
    text = ""
    for path in sheets[:SHEETS]:
        if len(text) < STYLES:
            text += archive.read(path).decode("utf-8", errors="replace")
    return xml_text(text[:STYLES])


def _add(page: OnePage, body: Element, archive: Archive, item: Item) -> None:
    """Put one file at the end of the page."""
    if item.kind == "drawing":
        tree = etree.Element("body")
        tree.append(archive.xml(item.path))
    else:
        tree = tree_of(archive, item.path)
    if tree is None:
        return
    content = tree.find("body") if tree.find("body") is not None else tree
    part = etree.SubElement(body, "div", id=item.path)
    page.places.add(item.path, part)
    for around in (tree, content):
        if around.get("id"):
            page.places.add(f"{item.path}#{around.get('id')}", part)
    for name in ("lang", "dir"):
        value = content.get(name) or tree.get(name)
        if value:
            part.set(name, value)
    part.text = xml_text(content.text or "")
    part.extend(list(content))
    _prepare(page, part)
    _relink(page, part, item.path)


def _prepare(page: OnePage, part: Element) -> None:
    """Drawings as HTML, one of several versions of a thing, and names without prefixes of their own."""
    for element in list(part.iter()):
        name = local(element)
        if element.tag == _SWITCH:
            page.left_out += _choose(element)
        elif name == "svg" and element.getparent() is not None:
            html = as_html(element)
            html.tail = element.tail
            element.getparent().replace(element, html)
        elif ":" in element.tag and not element.tag.startswith("epub:") and _NAME.fullmatch(name):
            element.tag = name


def _choose(switch: Element) -> list[Omission]:
    """Leave of several versions of a thing the first that can be read, and name the others (EPUB 3.0, 2.2.4)."""
    versions = [version for version in switch if version.tag in ("epub:case", "epub:default")]
    read = (v for v in versions if v.tag == "epub:default" or v.get("required-namespace") in _READ_NAMESPACES)
    kept = next(read, None)
    others = [version for version in versions if version is not kept and kept is not None]
    for other in others:
        switch.remove(other)
    return [Omission(text, Reason.REPEATED) for other in others if (text := text_of(other))]


def _relink(page: OnePage, part: Element, path: str) -> None:
    folder = posixpath.dirname(path)
    for element in part.iter():
        if element is part:
            continue
        for name in ("id", "name") if element.tag == "a" else ("id",):
            if element.get(name):
                target = f"{path}#{element.get(name)}"
                element.set(name, target)
                page.places.add(target, element)
        href = element.get("href", "") if element.tag == "a" else ""
        if href and not _ADDRESS.match(href):
            target, _, fragment = href.partition("#")
            file = resolved(folder, target) if target else path
            element.set("href", f"#{file}#{fragment}" if fragment else f"#{file}")
