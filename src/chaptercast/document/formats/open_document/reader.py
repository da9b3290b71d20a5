"""The parts of an OpenDocument text: its content, its styles, its metadata, in a ZIP container or in one XML file."""

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.formats.open_document.elements import TextBuilder
from chaptercast.document.formats.open_document.list_numbering import ListStyles
from chaptercast.document.formats.open_document.styles import Styles
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.formats.run_languages import believed
from chaptercast.document.formats.xml_source import parse_xml
from chaptercast.document.metadata.dates import to_iso
from chaptercast.document.metadata.language import canonical
from chaptercast.document.metadata.office_properties import authors_of, title_of
from chaptercast.document.model import Metadata, Omission, Reason
from chaptercast.document.sources.encoding import decode
from chaptercast.document.sources.zip_container import Archive
from chaptercast.errors import InputError

CONTENT, STYLES, META, MANIFEST = "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"
_IMAGE = re.compile(r"<office:binary-data\b[^>]*>[^<]*</office:binary-data\s*>")
"""Most of a file that is one XML document, and nothing that is read."""
_PAGE_ENDS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")


class _Parts(Struct, frozen=True):
    """The roots of a document's parts."""

    content: Element
    others: tuple[Element, ...]
    """Styles and metadata, where they are parts of their own."""
    object_of: Callable[[str], Element | None]

    def all(self, tag: str) -> Iterator[Element]:
        """The elements of a name in all parts."""
        for part in (*self.others, self.content):
            yield from part.iter(tag)


def read_open_document(data: bytes, name: str) -> Reading:
    """The text of a file in a ZIP container. Raises `InputError` for what is damaged, protected or made to hurt."""
    with Archive(data, name) as archive:
        if MANIFEST in archive and next(archive.xml(MANIFEST).iter("encryption-data"), None) is not None:
            raise InputError(
                f"{name} is protected by a password", "Open it, save a copy without the password, and give that."
            )
        others = tuple(archive.xml(part) for part in (STYLES, META) if part in archive)

        def object_of(address: str) -> Element | None:
            part = f"{address.removeprefix('./').rstrip('/')}/{CONTENT}"
            return archive.xml(part) if address and part in archive else None

        return _read(_Parts(archive.xml(CONTENT), others, object_of), name)


def read_flat_open_document(data: bytes, name: str) -> Reading:
    """The text of a file that is one XML document. Raises `InputError` for what is damaged."""
    source = _IMAGE.sub("", decode(data, name))
    return _read(_Parts(parse_xml(source, name), (), lambda _address: None), name)


def _read(parts: _Parts, name: str) -> Reading:
    text = next(parts.content.iter("body"), None)
    text = text.find("text") if text is not None else None
    if text is None:
        raise InputError(f"{name} is an OpenDocument file without a text, not an article", "Give a text document.")
    sources = [source for tag in ("styles", "automatic-styles") for source in parts.all(tag)]
    styles = Styles(sources)
    builder = TextBuilder(styles, ListStyles(sources), parts.object_of)
    metadata = _metadata(parts.all("meta"))
    language = metadata.language or canonical(styles.language)
    if language:
        builder.root.set("lang", language)
    builder.run(text)
    builder.left_out += _page_ends(parts.all("master-styles"))
    return believed(builder.reading(metadata))


def _page_ends(masters: Iterable[Element]) -> Iterator[Omission]:
    """Heads and feet of pages, each text once."""
    found = (folded(" ".join(end.itertext())) for master in masters for end in master.iter(*_PAGE_ENDS))
    for text in dict.fromkeys(found):
        if text:
            yield Omission(text, Reason.BOILERPLATE)


def _metadata(roots: Iterable[Element]) -> Metadata:
    """What the file says of itself. Its author is who began it: `creator` is who changed it last."""
    values: dict[str, str] = {}
    for root in roots:
        for element in root.iter():
            values.setdefault(element.tag, folded(element.text or ""))
    return Metadata(
        page_title=title_of(values.get("title", "")),
        author=authors_of(values.get("initial-creator", "")) or authors_of(values.get("creator", "")),
        date=to_iso(values.get("date", "") or values.get("creation-date", "")),
        language=canonical(values.get("language", "")),
        description=values.get("description", ""),
    )
