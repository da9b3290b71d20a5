"""DOCX by way of mammoth, into HTML: styles become headings and lists; sizes of type and centred lines are kept as classes."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.parsers.expat import ExpatError

from msgspec import Struct

from chaptercast.document.archive import Archive
from chaptercast.document.dates import to_iso
from chaptercast.document.html.reader import read_html
from chaptercast.document.html.things import folded, number
from chaptercast.document.language import canonical
from chaptercast.document.metadata import merged
from chaptercast.document.model import Metadata, Omission, Reason
from chaptercast.document.reading import Reading
from chaptercast.errors import InputError

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
CORE = "docProps/core.xml"
LARGEST = 16_000_000
"""Bytes of XML of the text, some 3,000 pages; mammoth takes 50 times as much memory."""
SIZES = range(6, 97)
"""Points of type that are told apart."""
SIZE_UNSAID = 10
"""Points where neither a run nor a style says anything (ECMA-376, 17.3.2.38)."""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_STYLES = (
    "p[style-name='Title'] => h1.title:fresh",
    "p[style-name='Subtitle'] => p.subtitle:fresh",
    "p[style-name='Quote'] => blockquote > p:fresh",
    "p[style-name='Intense Quote'] => blockquote > p:fresh",
    "p[style-name='Caption'] => p.caption:fresh",
    "r[style-name='Strong'] => strong",
    "u => u",
    "strike => s",
)
_PAGE_ENDS = re.compile(r"word/(?:header|footer)\d*\.xml")
_MADE_UP = "chaptercast"
_FAILURES = (ExpatError, LookupError, ValueError, AttributeError, TypeError, OSError, RecursionError)
"""What mammoth raises at a file that is not as it should be."""


def read_docx(data: bytes, name: str) -> Reading:
    """The text of a word-processor file. Raises `InputError` for what is damaged, protected or made to hurt."""
    with Archive(data, name) as archive:
        if len(archive.read(DOCUMENT)) > LARGEST:
            raise InputError(f"{name} is too large for one recording", "Save it in parts, or as HTML, and try again.")
        left_out = _left_out(archive)
        metadata = _metadata(archive)
        sizes = _sizes(archive)
    reading = read_html(_html(data, name, sizes), furnished=False)
    return Reading(reading.blocks, left_out + reading.left_out, merged((metadata, reading.metadata)))


class _Sizes(Struct, frozen=True):
    """Points of type: of text that says nothing of it, and all that are named."""

    usual: int
    named: tuple[int, ...]


def _sizes(archive: Archive) -> _Sizes:
    named = {_points(size) for size in archive.xml(DOCUMENT).iter("sz")}
    usual = SIZE_UNSAID
    if STYLES in archive:
        styles = archive.xml(STYLES)
        for place in ("docDefaults", "style[@w:default='1'][@w:type='paragraph']"):
            for size in styles.xpath(f"{place}//sz", namespaces={"w": WORD}):
                usual = _points(size) or usual
    return _Sizes(usual, tuple(sorted(size for size in named if size in SIZES)))


def _points(size: Any) -> int:
    return number(size.get(f"{{{WORD}}}val"), 0, 0, 400) // 2


def _left_out(archive: Archive) -> tuple[Omission, ...]:
    """Heads and feet of pages, and formulas, which mammoth does not read. Every XML file is looked at for what it must not have."""
    found: list[Omission] = []
    for member in archive.names:
        if not member.endswith((".xml", ".rels")):
            continue
        root = archive.xml(member)
        if _PAGE_ENDS.fullmatch(member):
            found.append(Omission(folded("".join(text.text or "" for text in root.iter("t"))), Reason.BOILERPLATE))
        formulas = root.iter("oMath") if member == DOCUMENT else ()
        found += [Omission(folded("".join(part.itertext())), Reason.UNSPEAKABLE) for part in formulas]
    return tuple(omission for omission in found if omission.text)


def _html(data: bytes, name: str, sizes: _Sizes) -> str:
    import mammoth  # takes a while to load, and only these files need it

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map="\n".join([*_STYLES, *_size_styles(sizes)]),
            transform_document=mammoth.transforms.paragraph(_with_size),
            convert_image=mammoth.images.img_element(lambda _image: {"src": "image"}),
        )
    except _FAILURES as error:
        raise InputError(
            f"{name} cannot be read as DOCX: {error}", "Save it anew, or as HTML, and try again."
        ) from error
    sheet = "".join(f".size-{size}{{font-size:{size}pt}}" for size in sizes.named)
    return f"<style>body{{font-size:{sizes.usual}pt}}{sheet}.centred{{text-align:center}}</style><body>{result.value}"


def _size_styles(sizes: _Sizes) -> Iterator[str]:
    """Rules for the styles that `_with_size` makes up."""
    yield f"p[style-name='{_MADE_UP} centred'] => p.centred:fresh"
    for size in sizes.named:
        yield f"p[style-name='{_MADE_UP} {size}'] => p.size-{size}:fresh"
        yield f"p[style-name='{_MADE_UP} {size} centred'] => p.size-{size}.centred:fresh"


def _with_size(paragraph: Any) -> Any:
    """A paragraph without a style of its own, with one made up that says its size and alignment."""
    if paragraph.numbering is not None or (paragraph.style_name or "Normal") not in ("Normal", "Body Text"):
        return paragraph
    sizes = [round(run.font_size) for run in _runs(paragraph.children) if run.font_size]
    size = max(set(sizes), key=sizes.count) if sizes else 0
    words = [str(size)] * (size in SIZES) + ["centred"] * (paragraph.alignment == "center")
    if not words:
        return paragraph
    return paragraph.copy(style_id=None, style_name=" ".join([_MADE_UP, *words]))


def _runs(children: Sequence[Any]) -> list[Any]:
    return [child for child in children if hasattr(child, "font_size")]


def _metadata(archive: Archive) -> Metadata:
    """The core properties of the file."""
    if CORE not in archive:
        return Metadata()
    values = {element.tag: " ".join((element.text or "").split()) for element in archive.xml(CORE).iter()}
    return Metadata(
        page_title=values.get("title", ""),
        author=values.get("creator", ""),
        date=to_iso(values.get("modified", "") or values.get("created", "")),
        language=canonical(values.get("language", "")),
        description=values.get("description", ""),
    )
