"""Adds sound to the package document of an EPUB 3: files, durations, narrator. What is in it stays byte for byte."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, unquote

from lxml import etree
from msgspec import Struct

from chaptercast.common.units import Milliseconds
from chaptercast.errors import InputError
from chaptercast.publication.exports.epub.package import ACTIVE
from chaptercast.publication.exports.epub.pages import clock
from chaptercast.publication.exports.epub_original.insertion import Page
from chaptercast.publication.exports.epub_original.markup_map import markup_map

_XHTML = "application/xhtml+xml"
_ANEW = "Use --as epub, which makes a new book of the text."


class Item(Struct, frozen=True):
    """A page in the reading order."""

    id: str
    path: str


class Addition(Struct, frozen=True):
    """A file that is added."""

    path: str
    media_type: str
    id: str


class Package(Struct, frozen=True):
    """The package document of an EPUB."""

    path: str
    content: bytes
    spine: tuple[Item, ...]

    @property
    def folder(self) -> str:
        """The folder that its addresses are relative to."""
        return posixpath.dirname(self.path)


def read_package(path: str, content: bytes) -> Package:
    """Returns the package. Raises `InputError` for an EPUB 2 and for a book that has sound of its own, `ValueError` if it is damaged."""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"{path} is no XML: {error}") from error
    if not root.get("version", "").startswith("3"):
        raise InputError("The book is an EPUB 2, which cannot have sound with its text.", _ANEW)
    items = {item.get("id", ""): item for item in root.iter("{*}item")}
    if any(item.get("media-overlay") for item in items.values()):
        raise InputError("The book has sound of its own with its text.", _ANEW)
    folder = posixpath.dirname(path)
    spine: dict[str, Item] = {}
    for reference in root.iter("{*}itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or item.get("media-type") != _XHTML or "nav" in item.get("properties", "").split():
            continue
        place = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        spine.setdefault(place, Item(item.get("id", ""), place))
    return Package(path, content, tuple(spine.values()))


def with_sound(
    package: Package,
    additions: Sequence[Addition],
    overlays: Mapping[str, Addition],
    durations: Mapping[str, Milliseconds],
    narrator: str,
) -> bytes:
    """Returns the package with the files that are added. `overlays` are by the id of their page, `durations` by the id of the overlay.

    Raises `ValueError` if the package lacks what every package has.
    """
    page = Page(markup_map(package.content))
    places = page.map.places
    try:
        metadata, manifest = (page.map.named(name)[0] for name in ("metadata", "manifest"))
    except IndexError as error:
        raise ValueError(f"{package.path} has no metadata or no manifest") from error
    prefix = manifest.tag.removesuffix("manifest")
    page.insert(metadata.inner_end, "".join(_metadata(prefix, places_said(page), durations, narrator)))
    for item in page.map.named("item"):
        overlay = overlays.get(item.attributes.get("id", ""))
        if overlay is not None and places[item.parent] is manifest:
            page.insert(item.start + 1 + len(item.tag.encode()), f' media-overlay="{overlay.id}"')
    listed = (
        f'<{prefix}item id="{added.id}" href="{quote(posixpath.relpath(added.path, package.folder or "."))}"'
        f' media-type="{added.media_type}"/>\n'
        for added in additions
    )
    page.insert(manifest.inner_end, "".join(listed))
    return page.content


def places_said(page: Page) -> frozenset[str]:
    """Returns what the metadata says of access by now, as `property=text`."""
    data = page.map.data
    return frozenset(
        f"{meta.attributes.get('property', '')}={data[meta.inner_begin : meta.inner_end].decode('utf-8', 'replace').strip()}"
        for meta in page.map.named("meta")
    )


def _metadata(prefix: str, said: frozenset[str], durations: Mapping[str, Milliseconds], narrator: str) -> Iterator[str]:
    from chaptercast.publication.exports.book_markup import esc

    told = [
        *((f'property="media:duration" refines="#{name}"', clock(length)) for name, length in durations.items()),
        ('property="media:duration"', clock(Milliseconds(sum(durations.values())))),
        ('property="media:active-class"', ACTIVE),
        ('property="media:narrator"', esc(narrator)),
    ]
    for name, text in (("accessMode", "auditory"), ("accessibilityFeature", "synchronizedAudioText")):
        if f"schema:{name}={text}" not in said:
            told.append((f'property="schema:{name}"', text))
    yield from (f"<{prefix}meta {attributes}>{text}</{prefix}meta>\n" for attributes, text in told)
