"""The list of contents of a book, and the headings that it knows of but the text does not mark."""

import bisect
import posixpath
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from chaptercast.document.html.notes import roles
from chaptercast.document.html.parse import Element
from chaptercast.document.html.tags import HEADING_LEVELS
from chaptercast.document.html.things import folded
from chaptercast.text import xml_text

ENTRIES = 5000
NEAR = 3
"""Texts after the place that an entry leads to among which its heading is looked for."""
LOOKED_AT = 60
"""Elements among which they are looked for."""
LONGEST = 300
"""Characters of a heading."""

_TEXT_TAGS = frozenset({"p", "div", "span", "td", "center", "section", "header", "a", "b", "strong"})


class Entry(Struct, frozen=True):
    """A line of the list of contents."""

    label: str
    target: str
    """The path of the file, with `#` and an id if it leads into it."""
    depth: int
    """1 for the outermost."""


def entries_of_nav(tree: Element, folder: str) -> list[Entry]:
    """The entries of an EPUB 3 navigation document: nested lists of links in `nav epub:type="toc"`."""
    navs = list(tree.iter("nav"))
    nav = next((nav for nav in navs if roles(nav) & {"toc", "doc-toc"}), navs[0] if navs else None)
    if nav is None:
        return []
    found = []
    for link in nav.iter("a"):
        depth = sum(ancestor.tag == "ol" for ancestor in link.iterancestors())
        found.append(Entry(_text(link), _target(folder, link.get("href", "")), max(1, depth)))
    return [entry for entry in found[:ENTRIES] if entry.label and entry.target]


def entries_of_ncx(root: Element, folder: str) -> list[Entry]:
    """The entries of an EPUB 2 NCX: nested `navPoint` elements."""
    found = []
    for point in root.iter("navPoint"):
        label, content = point.find("navLabel"), point.find("content")
        if label is None or content is None:
            continue
        depth = 1 + sum(ancestor.tag == "navPoint" for ancestor in point.iterancestors())
        found.append(Entry(_text(label), _target(folder, content.get("src", "")), depth))
    return [entry for entry in found[:ENTRIES] if entry.label and entry.target]


def _target(folder: str, href: str) -> str:
    path, _, fragment = href.partition("#")
    file = posixpath.normpath(posixpath.join(folder, unquote(path))) if path else ""
    return f"{file}#{fragment}" if fragment else file


def _text(element: Element) -> str:
    return folded("".join(element.itertext()))


def add_missing_headings(root: Element, entries: Sequence[Entry]) -> None:
    """Make headings of what the list of contents calls so: the text that repeats an entry, or else the entry itself.

    An entry is left alone where a marked heading stands between it and the next.
    """
    elements = list(root.iter())
    order = {element: index for index, element in enumerate(elements)}
    places: dict[str, Element] = {}
    for element in elements:
        if element.get("id"):
            places.setdefault(element.get("id"), element)
    known = [(entry, places[entry.target]) for entry in entries if entry.target in places]
    starts = sorted({order[place] for _, place in known})
    headings = [index for index, element in enumerate(elements) if _is_heading(element)]
    done: set[Element] = set()
    for entry, place in known:
        if place in done or _heading_around(place):
            continue
        done.add(place)
        start = order[place]
        following = bisect.bisect_right(starts, start)
        end = starts[following] if following < len(starts) else len(elements)
        if bisect.bisect_left(headings, start) < bisect.bisect_left(headings, end):
            continue
        level = min(6, entry.depth + 1)
        named = _same_text(elements[start : min(end, start + LOOKED_AT)], entry.label)
        if named is not None:
            named.tag = f"h{level}"
        else:
            heading = etree.Element(f"h{level}")
            heading.text = xml_text(entry.label[:LONGEST])
            _put_first(place, heading)


def _is_heading(element: Element) -> bool:
    return element.tag in HEADING_LEVELS or element.get("role") == "heading"


def _heading_around(place: Element) -> bool:
    return any(_is_heading(element) for element in (place, *islice(place.iterancestors(), 20)))


def _same_text(following: Sequence[Element], label: str) -> Element | None:
    """The first of some elements whose text is the label, as far as letters and digits go; among the first texts only."""
    wanted = _letters([label])
    seen = 0
    for element in following:
        if wanted and element.tag in _TEXT_TAGS and _letters(element.itertext()) == wanted:
            return element
        seen += bool((element.text or "").strip())
        if seen >= NEAR:
            break
    return None


def _letters(texts: Iterable[str]) -> str:
    joined = ""
    for text in texts:
        joined += "".join(re.findall(r"\w+", text)).lower()
        if len(joined) > LONGEST:
            return ""
    return joined


def _put_first(place: Element, heading: Element) -> None:
    """Put a heading at a place: first in a container, before anything else."""
    if place.tag in ("div", "section", "article", "body"):
        heading.tail, place.text = xml_text(place.text or ""), None
        place.insert(0, heading)
    else:
        place.addprevious(heading)
