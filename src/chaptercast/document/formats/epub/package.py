"""The package document of a book: its files, their order, and what it says about itself (EPUB 3.3, sections 5 and 6; OPF 2.0.1)."""

import posixpath
import re
from collections.abc import Mapping
from typing import Literal, TypeAlias
from urllib.parse import unquote

from msgspec import Struct

from chaptercast.document.formats.html.parse import Element
from chaptercast.document.sources.zip_container import Archive
from chaptercast.errors import InputError

CONTAINER = "META-INF/container.xml"
FALLBACKS = 10
"""How far a chain of fallbacks is followed."""

Kind: TypeAlias = Literal["text", "drawing", "picture", "other"]
"""What a file holds: XHTML, SVG, another image, or something that no reading system has to show."""

_TEXT_TYPES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml"})
_TEXT_NAMES = (".xhtml", ".html", ".htm", ".xht")
_OTHER_TYPES = re.compile(r"(?:image|audio|video|font)/|text/css|application/(?:x-dtbncx|smil|pls|font|x-font|json)")


class Item(Struct, frozen=True):
    """A file of the book."""

    path: str
    media_type: str
    properties: frozenset[str]
    fallback: str = ""
    """The id of the file that stands for it where it cannot be shown."""

    @property
    def kind(self) -> Kind:
        """What it holds, by its type; by its name where the type is none of a book's."""
        if self.media_type in _TEXT_TYPES:
            return "text"
        if self.media_type.startswith("image/svg"):
            return "drawing"
        if self.media_type.startswith("image/"):
            return "picture"
        named = self.path.lower().endswith(_TEXT_NAMES) and not _OTHER_TYPES.match(self.media_type)
        return "text" if named else "other"


class Package(Struct, frozen=True):
    """What the package document says of the files."""

    root: Element
    folder: str
    """Where the package document lies; what it names is named from there."""
    items: Mapping[str, Item]
    """By their ids."""
    spine: tuple[Item, ...]
    """In the order of reading, each once."""
    unknown: tuple[str, ...]
    """Ids that the spine names and that no file has."""

    def named(self, wanted: str) -> Item | None:
        """The first file with a property: `nav`, `cover-image`."""
        return next((item for item in self.items.values() if wanted in item.properties), None)

    def guided(self, kind: str) -> str:
        """The path of the file that the guide of EPUB 2 calls by a type: `toc`, `cover`; empty if none."""
        named = (one for one in self.root.iter("reference") if one.get("type", "").lower() == kind)
        return next((resolved(self.folder, one.get("href", "")) for one in named), "")


def read_package(archive: Archive) -> Package:
    """The package of a book. Raises `InputError` where it is missing or damaged."""
    path = _package_path(archive)
    root = archive.xml(path)
    folder = posixpath.dirname(path)
    items = {item.get("id", ""): _item(item, folder) for item in root.iter("item")}
    ids = [reference.get("idref", "") for reference in root.iter("itemref")]
    spine = [_shown(items[one], items) for one in ids if one in items]
    if not spine:  # a book without an order has that of its files
        spine = [item for item in items.values() if item.kind in ("text", "drawing") and "nav" not in item.properties]
    unknown = tuple(dict.fromkeys(one for one in ids if one and one not in items))
    return Package(root, folder, items, tuple({item.path: item for item in spine}.values()), unknown)


def _package_path(archive: Archive) -> str:
    """Where the container says that it is, or else the first file that is called like one."""
    rootfiles = archive.xml(CONTAINER).iter("rootfile") if CONTAINER in archive else ()
    named = (unquote(rootfile.get("full-path", "")) for rootfile in rootfiles)
    called = (name for name in archive.names if name.lower().endswith(".opf"))
    for path in (*named, *called):
        if path in archive:
            return path
    raise InputError(f"{archive.name} is damaged: its package document is missing", "Get a whole copy of it.")


def _item(item: Element, folder: str) -> Item:
    return Item(
        resolved(folder, item.get("href", "")),
        item.get("media-type", "").strip().lower(),
        frozenset(item.get("properties", "").split()),
        item.get("fallback", ""),
    )


def _shown(item: Item, items: Mapping[str, Item]) -> Item:
    """The item, or what stands for it where it is no text (EPUB 3.3, 3.5.1)."""
    shown = item
    for _ in range(FALLBACKS):
        if shown.kind in ("text", "drawing") or shown.fallback not in items:
            break
        shown = items[shown.fallback]
    return shown if shown.kind in ("text", "drawing") else item


def resolved(folder: str, href: str) -> str:
    """The path in the archive that a reference from a file in `folder` leads to."""
    path = unquote(href.partition("#")[0])
    return posixpath.normpath(posixpath.join(folder, path)) if path and path.isprintable() else ""
