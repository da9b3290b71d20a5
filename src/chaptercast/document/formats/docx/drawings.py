"""Images, shapes, charts and diagrams at their place in the text: what stands for them in words."""

from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct

from chaptercast.common.unicode_text import xml_text
from chaptercast.document.formats.docx.context import TEXT
from chaptercast.document.formats.docx.package import Relation
from chaptercast.document.formats.docx.qualified_names import Element, every, is_on, name, value
from chaptercast.document.formats.html.element_content import folded, picture
from chaptercast.document.formats.html.inline_content import Picture

_SHOWN = TEXT | {"w:txbxContent", "w:sym", "wp:docPr", "v:imagedata", "v:textpath", "w:footnoteReference"}
_PICTURES = ("a:blip", "v:imagedata", "c:chart", "cx:chart", "dgm:relIds", "o:OLEObject")


class Drawing(Struct, frozen=True):
    """What was found in a drawing."""

    picture: Picture | None = None
    boxes: tuple[Element, ...] = ()
    """Text boxes: elements that hold paragraphs."""
    charts: tuple[str, ...] = ()
    """Ids of the charts' parts."""
    diagrams: tuple[str, ...] = ()
    """Ids of the parts that hold a diagram's data."""
    lines: tuple[str, ...] = ()
    """Text that stands in shapes without paragraphs of their own: decorative lettering."""
    rule: bool = False
    """A line across the page."""


def alternatives(element: Element) -> tuple[Element | None, tuple[Element, ...]]:
    """Of `mc:AlternateContent`, the version that is read: the first that shows anything we know; and the others."""
    versions = [each for each in element if name(each) in ("mc:Choice", "mc:Fallback")]
    chosen = next((each for each in versions if any(name(inner) in _SHOWN for inner in each.iter())), None)
    return chosen, tuple(each for each in versions if each is not chosen)


def look(drawing: Element, relations: Mapping[str, Relation]) -> Drawing:
    """Look at `w:drawing`, `w:pict` or `w:object`."""
    boxes: list[Element] = []
    lines: list[str] = []
    for each in _shown(drawing):
        kind = name(each)
        if kind == "w:txbxContent":
            boxes.append(each)
        elif kind == "a:txBody":
            lines += [line for part in every(each, "a:p") if (line := _line(part))]
        elif kind == "v:textpath":
            lines += [line for line in (folded(each.get("string") or ""),) if line]
    charts = tuple(value(each, "id", "r") for each in every(drawing, "c:chart", "cx:chart"))
    diagrams = tuple(value(each, "dm", "r") for each in every(drawing, "dgm:relIds"))
    rule = any(value(each, "hr", "o") in ("t", "true", "1") for each in every(drawing, "v:rect", "v:shape"))
    alt = _alternative(drawing)
    shown = None
    if alt or (not boxes and not rule and any(name(each) in _PICTURES for each in drawing.iter())):
        shown = _picture(alt, _source(drawing, relations), decorative=_is_decorative(drawing))
    return Drawing(shown, tuple(boxes), charts, diagrams, tuple(lines), rule)


def _shown(drawing: Element) -> Iterator[Element]:
    """The elements that are read: one of several versions, and nothing within a text box, which has a reader of its own."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        yield element
        kind = name(element)
        if kind == "mc:AlternateContent":
            chosen, _ = alternatives(element)
            waiting += [] if chosen is None else [chosen]
        elif kind != "w:txbxContent":
            waiting += [*element][::-1]


def _line(paragraph: Element) -> str:
    return folded("".join(each.text or "" for each in every(paragraph, "a:t")))


def _alternative(drawing: Element) -> str:
    """The alternative text: of the whole, else of its parts."""
    for each in every(drawing, "wp:docPr"):
        given = each.get("descr") or each.get("title")
        if given and given.strip():
            return str(given)
    parts = (
        each.get("descr") or each.get("title") or each.get("alt") or value(each, "title", "o")
        for each in drawing.iter()
        if name(each).rpartition(":")[2] in ("cNvPr", "shape", "imagedata", "rect", "group", "oval", "roundrect")
    )
    return "; ".join(dict.fromkeys(part.strip() for part in parts if part and part.strip()))


def _is_decorative(drawing: Element) -> bool:
    return any(is_on(each) or each.get("val") in ("1", "true") for each in every(drawing, "adec:decorative"))


def _source(drawing: Element, relations: Mapping[str, Relation]) -> str:
    """The file of an image, the program that made an object."""
    for each in every(drawing, "a:blip", "v:imagedata"):
        identity = value(each, "embed", "r") or value(each, "link", "r") or value(each, "id", "r")
        if identity in relations:
            return relations[identity].target
    programs = (each.get("ProgID") or "" for each in every(drawing, "o:OLEObject"))
    return next(filter(None, programs), "")


def _picture(alt: str, source: str, *, decorative: bool) -> Picture:
    """As an image of a page, by the same rules for what is no alternative text."""
    image = etree.Element("img", {"src": xml_text(source)})
    if alt.strip():
        image.set("alt", xml_text(alt))
    if decorative:
        image.set("role", "presentation")
    return picture(image, "img")
