"""What runs and paragraphs say of themselves: the few properties that change what is read (ECMA-376, 17.3)."""

from typing import Any

from msgspec import Struct

from chaptercast.document.formats.docx.qualified_names import Element, child, integer, is_on, name, value

NO_OUTLINE_LEVEL = 9
"""The outline level of body text (17.3.1.20); 0 to 8 are those of headings."""


HALF_POINTS_UNSAID = 20
"""The size of type where nothing says it (17.3.2.38)."""


class RunProperties(Struct, frozen=True):
    """Of a run, or of a style; None and empty where nothing is said."""

    style: str = ""
    """The id of a character style."""
    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    position: str = ""
    """`superscript`, `subscript`, `baseline`."""
    half_points: int | None = None
    """Size of type."""
    font: str = ""
    """Of Latin letters and signs."""
    language: str = ""
    """Of alphabets written from left to right."""
    east_asian_language: str = ""
    complex_language: str = ""
    """Of scripts like Arabic, Hebrew, Thai."""


class Numbered(Struct, frozen=True):
    """A place in a list: which numbering, and its level from 0; None where the style decides it."""

    numbering: str | None = None
    level: int | None = None


class ParagraphProperties(Struct, frozen=True):
    """Of a paragraph, or of a style; None and empty where nothing is said."""

    style: str = ""
    outline_level: int | None = None
    numbered: Numbered = Numbered()
    indent: int | None = None
    """Of the lines from the margin where text begins, in twentieths of a point."""
    centred: bool | None = None
    drop_capital: bool = False
    """It holds the large first letter of the next paragraph."""
    mark_deleted: bool = False
    """A tracked change joins it with the next paragraph."""
    mark_hidden: bool = False


_FLAGS = {"w:b": "bold", "w:i": "italic", "w:strike": "struck", "w:dstrike": "struck", "w:vanish": "hidden"}


def run_properties(element: Element | None) -> RunProperties:
    """The content of `w:rPr`."""
    if element is None or not len(element):
        return NOTHING_SAID
    found: dict[str, Any] = {}
    for each in element:
        kind = name(each)
        if kind in _FLAGS:
            found[_FLAGS[kind]] = is_on(each) or bool(kind == "w:dstrike" and found.get("struck"))
        elif kind == "w:rStyle":
            found["style"] = value(each)
        elif kind == "w:vertAlign":
            found["position"] = value(each)
        elif kind == "w:sz":
            found["half_points"] = min(max(integer(value(each)), 0), 3276)
        elif kind == "w:rFonts":
            found["font"] = value(each, "ascii") or value(each, "hAnsi")
        elif kind == "w:lang":
            found["language"] = value(each)
            found["east_asian_language"] = value(each, "eastAsia")
            found["complex_language"] = value(each, "bidi")
    return RunProperties(**found) if found else NOTHING_SAID


NOTHING_SAID = RunProperties()


def paragraph_properties(element: Element | None) -> ParagraphProperties:
    """The content of `w:pPr`."""
    if element is None:
        return _PLAIN
    found: dict[str, Any] = {}
    for each in element:
        kind = name(each)
        if kind == "w:pStyle":
            found["style"] = value(each)
        elif kind == "w:outlineLvl":
            found["outline_level"] = min(max(integer(value(each), NO_OUTLINE_LEVEL), 0), NO_OUTLINE_LEVEL)
        elif kind == "w:numPr":
            found["numbered"] = _numbered(each)
        elif kind == "w:ind":
            found["indent"] = _indent(each)
        elif kind == "w:jc":
            found["centred"] = value(each) == "center"
        elif kind == "w:framePr":
            found["drop_capital"] = value(each, "dropCap") in ("drop", "margin")
        elif kind == "w:rPr":
            found["mark_deleted"] = child(each, "w:del") is not None or child(each, "w:moveFrom") is not None
            found["mark_hidden"] = is_on(child(each, "w:vanish"))
    return ParagraphProperties(**found) if found else _PLAIN


_PLAIN = ParagraphProperties()


def _numbered(element: Element) -> Numbered:
    numbering, level = child(element, "w:numId"), child(element, "w:ilvl")
    return Numbered(
        None if numbering is None else value(numbering),
        None if level is None else min(max(integer(value(level)), 0), 8),
    )


def _indent(element: Element) -> int | None:
    given = value(element, "left") or value(element, "start")
    return integer(given) if given else None
