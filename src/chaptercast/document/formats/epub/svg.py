"""Drawings (SVG) as HTML: what stands for one in words is an image with alternative text, and the text in it is text.

Pages of fixed layout consist of it, line by line: lines of one group are put together again where they only end for want of room.
"""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from chaptercast.common.unicode_text import xml_text
from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.formats.html.parse import Element

FULL_LINE = 40
"""Characters of a line that may have ended for want of room."""

_DESCRIPTIONS = frozenset({"title", "desc"})
_FOR_THE_MACHINE = frozenset({"style", "script", "metadata"})
_HYPHENATED = re.compile(r"[^\W\d_][-\u2010]$")
_KEPT = ("id", "class", "role", "aria-hidden", "aria-label", "lang", "{http://www.w3.org/XML/1998/namespace}lang")
_ENDS = (".", "!", "?", ":", ";", "…", "”", "»", "。", "！", "？", '"')


class _Line(Struct, frozen=True):
    """A line of text, and the group that it stands in."""

    group: Element
    text: str


def local(element: Element) -> str:
    """The name of an element without its prefix, in small letters; empty for what is none."""
    return element.tag.rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def as_html(drawing: Element) -> Element:
    """What a reader sees of a drawing: an `img`, or a `div` with one and with paragraphs."""
    lines = list(_lines(drawing))
    pages = [page for page in drawing.iter() if local(page) == "foreignobject"]
    image = _image(drawing)
    if not (lines or pages):
        return image
    result = etree.Element("div", {name: image.attrib.pop(name) for name in ("id", "lang") if name in image.attrib})
    if image.get("alt"):
        result.append(image)
    paragraph = None
    last: _Line | None = None
    for line in lines:
        if paragraph is None or last is None or line.group is not last.group:
            paragraph = etree.SubElement(result, "p")
            paragraph.text = line.text
        elif _HYPHENATED.search(last.text) and line.text[0].isalpha():
            _append(paragraph, line.text, without=0 if line.text[0].isupper() else 1)
        elif _goes_on(last.text, line.text):
            _append(paragraph, " " + line.text)
        else:
            etree.SubElement(paragraph, "br")
            _append(paragraph, line.text)
        last = line
    for page in pages:
        part = etree.SubElement(result, "div")
        part.text = xml_text(page.text or "")
        part.extend(list(page))
    return result


def _image(drawing: Element) -> Element:
    image = etree.Element("img", {name: drawing.get(name) for name in _KEPT if drawing.get(name)})
    said = [folded("".join(element.itertext())) for element in drawing.iter() if local(element) in _DESCRIPTIONS]
    said = list(dict.fromkeys(text for text in (drawing.get("aria-label", ""), *said) if text))
    if said:
        image.set(
            "alt",
            xml_text(" ".join(text if text.endswith(_ENDS) else f"{text}." for text in said[:-1]) + " " + said[-1]),
        )
    source = next((_address(element) for element in drawing.iter() if local(element) == "image"), "")
    if source:
        image.set("src", xml_text(source))
    return image


def _address(element: Element) -> str:
    return str(next((value for name, value in element.attrib.items() if name.endswith("href")), ""))


def _lines(drawing: Element) -> Iterator[_Line]:
    """The lines of all `text` elements, those in HTML within the drawing aside."""
    for element in drawing.iter():
        if local(element) == "text" and not _in_html(element, drawing):
            for text in _broken(element):
                if folded(text):
                    yield _Line(element.getparent(), xml_text(folded(text)))


def _in_html(element: Element, drawing: Element) -> bool:
    for ancestor in element.iterancestors():
        if ancestor is drawing:
            return False
        if local(ancestor) == "foreignobject":
            return True
    return False


def _broken(element: Element) -> Iterator[str]:
    """The text of a `text` element, cut where a part of it is set on a line of its own."""
    parts: list[str] = []
    height = element.get("y")
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            lower = node.get("y", height) != height or node.get("dy", "0").strip() not in ("", "0", "0em", "0px")
            if node is not element and lower:
                yield "".join(parts)
                parts, height = [], node.get("y", height)
            if local(node) not in _DESCRIPTIONS | _FOR_THE_MACHINE:
                parts.append(node.text or "")
        elif node is not element:
            parts.append(node.tail or "")
    yield "".join(parts)


def _goes_on(line: str, following: str) -> bool:
    """Whether a sentence goes on in the next line."""
    return following[0].islower() or (len(line) >= FULL_LINE and not line.endswith(_ENDS))


def _append(paragraph: Element, text: str, without: int = 0) -> None:
    """Put text at the end of a paragraph, without so many of its last characters."""
    holder, name = (paragraph[-1], "tail") if len(paragraph) else (paragraph, "text")
    before = getattr(holder, name) or ""
    setattr(holder, name, before[: len(before) - without] + text)
