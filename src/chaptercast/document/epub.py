"""EPUB 2 and 3: the package document, the files of the spine in order, and the headings that only the contents list has.

All files become one page, so that a note in another file is found (EPUB 3.3, sections 4 to 7).
"""

import posixpath
import re
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from chaptercast.document.archive import Archive
from chaptercast.document.dates import to_iso
from chaptercast.document.encoding import decode
from chaptercast.document.epub_contents import Entry, add_missing_headings, entries_of_nav, entries_of_ncx
from chaptercast.document.html.page import Page
from chaptercast.document.html.parse import Element, parse
from chaptercast.document.html.things import folded, text_of
from chaptercast.document.html.walk import Walker
from chaptercast.document.language import canonical
from chaptercast.document.model import Metadata, Omission, Reason
from chaptercast.document.reading import Reading
from chaptercast.errors import InputError
from chaptercast.text import xml_text

CONTAINER = "META-INF/container.xml"
_XHTML_TYPES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml"})
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
STYLES = 500_000
"""Bytes of style sheets that are looked at."""


class _Item(Struct, frozen=True):
    """A file of the book."""

    path: str
    media_type: str
    properties: frozenset[str]


def read_epub(data: bytes, name: str) -> Reading:
    """The text of a book, as one article. Raises `InputError` for what is damaged, protected or made to hurt."""
    with Archive(data, name) as archive:
        _refuse_protected(archive)
        package_path = _package_path(archive)
        package = archive.xml(package_path)
        items = _items(package, posixpath.dirname(package_path))
        spine = [items[ref.get("idref")] for ref in package.iter("itemref") if ref.get("idref") in items]
        texts = [item for item in spine if item.media_type in _XHTML_TYPES and item.path in archive]
        if not texts:
            raise InputError(f"{name} has no readable text in it", "Get a whole copy of it.")
        contents = {item.path for item in texts if "nav" in item.properties}
        root = _one_page(archive, [item.path for item in texts if item.path not in contents], items)
        add_missing_headings(root, _entries(archive, package, items))
        page = Page(root, furnished=False)
        walker = Walker(page)
        walker.run()
        left_out = [
            Omission(text_of(tree), Reason.BOILERPLATE)
            for path in contents
            if (tree := _tree(archive, path)) is not None
        ]
        return Reading(tuple(walker.blocks), (*left_out, *walker.left_out), _metadata(package))


def _refuse_protected(archive: Archive) -> None:
    if "META-INF/encryption.xml" not in archive:
        return
    methods = [
        method.get("Algorithm", "") for method in archive.xml("META-INF/encryption.xml").iter("EncryptionMethod")
    ]
    if "META-INF/rights.xml" in archive or any(method not in _FONT_ALGORITHMS for method in methods):
        raise InputError(f"{archive.name} is copy-protected and cannot be read", "Give a copy without protection.")


def _package_path(archive: Archive) -> str:
    for rootfile in archive.xml(CONTAINER).iter("rootfile"):
        path = unquote(rootfile.get("full-path", ""))
        if path in archive:
            return path
    raise InputError(f"{archive.name} is damaged: its package document is missing", "Get a whole copy of it.")


def _items(package: Element, folder: str) -> dict[str, _Item]:
    found = {}
    for item in package.iter("item"):
        path = resolved(folder, item.get("href", ""))
        properties = frozenset(item.get("properties", "").split())
        found[item.get("id", "")] = _Item(path, item.get("media-type", ""), properties)
    return found


def resolved(folder: str, href: str) -> str:
    """The path in the archive that a reference from a file in `folder` leads to."""
    path = unquote(href.partition("#")[0])
    return posixpath.normpath(posixpath.join(folder, path)) if path and path.isprintable() else ""


def _tree(archive: Archive, path: str) -> Element | None:
    return parse(decode(archive.read(path), f"{archive.name}: {path}"), xhtml=True)


def _one_page(archive: Archive, paths: list[str], items: dict[str, _Item]) -> Element:
    """All files as one page: each a `div` with its path as id, ids and links within the book made to agree."""
    root = etree.Element("html")
    head = etree.SubElement(root, "head")
    sheet = etree.SubElement(head, "style")
    sheet.text = _styles(archive, items)
    body = etree.SubElement(root, "body")
    for path in dict.fromkeys(paths):
        tree = _tree(archive, path)
        if tree is None:
            continue
        part = etree.SubElement(body, "div", id=path)
        content = tree.find("body") if tree.find("body") is not None else tree
        for name in ("lang", "dir"):
            value = content.get(name) or tree.get(name)
            if value:
                part.set(name, value)
        part.text = xml_text(content.text or "")
        part.extend(list(content))
        _relink(part, path)
    return root


def _relink(part: Element, path: str) -> None:
    folder = posixpath.dirname(path)
    for element in part.iter():
        if element is part:
            continue
        if element.get("id"):
            element.set("id", f"{path}#{element.get('id')}")
        if element.tag != "a":
            continue
        if element.get("name"):
            element.set("name", f"{path}#{element.get('name')}")
        href = element.get("href", "")
        if href and not re.match(r"[a-zA-Z][\w+.-]*:|//", href):
            target, _, fragment = href.partition("#")
            file = resolved(folder, target) if target else path
            element.set("href", f"#{file}#{fragment}" if fragment else f"#{file}")


def _styles(archive: Archive, items: dict[str, _Item]) -> str:
    sheets = [item.path for item in items.values() if item.media_type == "text/css" and item.path in archive]
    text = ""
    for path in sheets[:20]:
        if len(text) < STYLES:
            text += archive.read(path).decode("utf-8", errors="replace")
    return xml_text(text[:STYLES])


def _entries(archive: Archive, package: Element, items: dict[str, _Item]) -> list[Entry]:
    """The list of contents: the navigation document of EPUB 3, or the NCX of EPUB 2."""
    nav = next((item.path for item in items.values() if "nav" in item.properties and item.path in archive), "")
    if nav:
        tree = _tree(archive, nav)
        if tree is not None:
            return entries_of_nav(tree, posixpath.dirname(nav))
    spine = next(package.iter("spine"), None)
    named = items.get(spine.get("toc", "")) if spine is not None else None
    ncx = named or next((item for item in items.values() if item.media_type == "application/x-dtbncx+xml"), None)
    if ncx is None or ncx.path not in archive:
        return []
    return entries_of_ncx(archive.xml(ncx.path), posixpath.dirname(ncx.path))


def _metadata(package: Element) -> Metadata:
    """Dublin Core of the package document."""

    def values(name: str) -> list[str]:
        return [text for element in package.iter(name) if (text := folded("".join(element.itertext())))]

    tree = parse(next(iter(values("description")), ""))
    addresses = [value for value in values("source") + values("identifier") if re.match(r"https?://", value)]
    return Metadata(
        title=next(iter(values("title")), ""),
        author=", ".join(values("creator")),
        date=next((iso for value in values("date") if (iso := to_iso(value))), ""),
        language=next((tag for value in values("language") if (tag := canonical(value))), None),
        source=next(iter(addresses), ""),
        description=text_of(tree) if tree is not None else "",
    )
