"""The list of contents of a book: the navigation document of EPUB 3, or the NCX of EPUB 2."""

import posixpath
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.formats.html.notes import roles
from chaptercast.document.formats.html.parse import Element

ENTRIES = 5000


class Entry(Struct, frozen=True):
    """A line of the list of contents."""

    label: str
    target: str
    """The path of the file, with `#` and an id if it leads into it."""
    depth: int
    """1 for the outermost."""
    leads: bool = True
    """Whether it is a link itself; one that is not has the target of the first link below it."""


def entries_of_nav(tree: Element, folder: str) -> list[Entry]:
    """The entries of an EPUB 3 navigation document: nested lists of links, and of headings without, in `nav epub:type="toc"`."""
    navs = list(tree.iter("nav"))
    nav = next((nav for nav in navs if roles(nav) & {"toc", "doc-toc"}), navs[0] if navs else None)
    if nav is None:
        return []
    found = []
    for item in nav.iter("li", "a"):
        link = item if item.tag == "a" else _unlinked(item)
        if link is None:
            continue
        depth = sum(ancestor.tag in ("ol", "ul") for ancestor in link.iterancestors())
        target = _target(folder, link.get("href", ""))
        found.append(Entry(_text(link), target, max(1, depth), leads=item.tag == "a"))
    return _kept(found)


def _unlinked(item: Element) -> Element | None:
    """What an item is called that is no link and holds some: the `span` before its list (EPUB 3.3, 7.4.2)."""
    label = next((child for child in item if child.tag not in ("ol", "ul")), None)
    holds = any(child.tag in ("ol", "ul") for child in item)
    return label if label is not None and holds and label.tag != "a" and label.find(".//a") is None else None


def entries_of_ncx(root: Element, folder: str) -> list[Entry]:
    """The entries of an EPUB 2 NCX: nested `navPoint` elements."""
    found = []
    for point in root.iter("navPoint"):
        label, content = point.find("navLabel"), point.find("content")
        if label is None:
            continue
        depth = 1 + sum(ancestor.tag == "navPoint" for ancestor in point.iterancestors())
        target = _target(folder, content.get("src", "")) if content is not None else ""
        found.append(Entry(_text(label), target, depth, leads=bool(target)))
    return _kept(found)


def _kept(found: list[Entry]) -> list[Entry]:
    """Those that lead somewhere; one that does not itself leads where the first below it does."""
    led: list[Entry] = []
    for entry in reversed(found[:ENTRIES]):
        below = led[-1] if led and led[-1].depth > entry.depth else None
        led.append(replace(entry, target=entry.target or (below.target if below else "")))
    return [entry for entry in reversed(led) if entry.label and entry.target]


def _target(folder: str, href: str) -> str:
    path, _, fragment = href.partition("#")
    file = posixpath.normpath(posixpath.join(folder, unquote(path))) if path else ""
    return f"{file}#{fragment}" if fragment else file


def _text(element: Element) -> str:
    return folded("".join(element.itertext()))
