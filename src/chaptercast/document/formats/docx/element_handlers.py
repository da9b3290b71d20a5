"""What each element of a paragraph is read as: a table from its name to a function (ECMA-376, 17.3.3)."""

import re
from types import MappingProxyType

from msgspec.structs import replace

from chaptercast.document.formats.docx import symbols
from chaptercast.document.formats.docx.context import gallery_of
from chaptercast.document.formats.docx.drawings import alternatives
from chaptercast.document.formats.docx.field_text import field_mark, instruction, simple_field, symbol
from chaptercast.document.formats.docx.inline_objects import drawing, formula, formulas, note, ruby
from chaptercast.document.formats.docx.qualified_names import Element, child, is_on, value
from chaptercast.document.formats.docx.run_properties import NOTHING_SAID, run_properties
from chaptercast.document.formats.docx.runs import Handlers, TextReader
from chaptercast.document.model import Reason

_ADDRESS = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_CONTENTS = frozenset({"Table of Contents", "Table of Figures"})


def reason_of_control(properties: Element | None) -> Reason | None:
    """Why the content of a content control is not read: it is a list of contents, or only asks for something to be written."""
    if is_on(child(properties, "w:showingPlcHdr")):
        return Reason.NOT_TEXT
    return Reason.BOILERPLATE if gallery_of(properties) in _CONTENTS else None


def _run(reader: TextReader, element: Element) -> None:
    reader.enter(run_properties(child(element, "w:rPr")))
    reader.walk(element)
    reader.mark = ""
    reader.enter(NOTHING_SAID)


def _text(reader: TextReader, element: Element) -> None:
    if element.text:
        reader.say(symbols.plain(element.text, reader.font) if reader.font else element.text)


def _break(reader: TextReader, element: Element) -> None:
    reader.end_line(of_page=value(element, "type") in ("page", "column"))


def _link(reader: TextReader, element: Element) -> None:
    """A link; one that leads into the document itself is none."""
    relation = reader.part.relations.get(value(element, "id", "r"))
    address = relation.target if relation is not None and relation.external else ""
    place = value(element, "anchor")
    around = reader.span.link
    if _ADDRESS.match(address):
        link = f"{address}#{place}" if place and "#" not in address else address
        reader.span = replace(reader.span, link=link)
    reader.walk(element)
    reader.span = replace(reader.span, link=around)


def _deleted(reader: TextReader, element: Element) -> None:
    with reader.state.silent(Reason.DELETED):
        reader.walk(element)


def _control(reader: TextReader, element: Element) -> None:
    with reader.state.silent(reason_of_control(child(element, "w:sdtPr"))):
        reader.walk(element)


def _alternate(reader: TextReader, element: Element) -> None:
    """One of several versions; words that only another one has are named."""
    chosen, others = alternatives(element)
    if chosen is None:
        return
    reader.context.leave_out_others(chosen, others)
    reader.walk(chosen)


def _later(reader: TextReader, element: Element) -> None:
    """A block that should not stand in a paragraph."""
    reader.after.append(element)


HANDLERS: Handlers = MappingProxyType(
    {
        "w:r": _run,
        **dict.fromkeys(("w:t", "w:delText", "m:t"), _text),
        **dict.fromkeys(("w:tab", "w:ptab"), lambda reader, _element: reader.gap()),
        **dict.fromkeys(("w:br", "w:cr"), _break),
        "w:noBreakHyphen": lambda reader, _element: reader.say("-"),
        "w:sym": lambda reader, element: symbol(reader, value(element, "font"), value(element, "char")),
        "w:hyperlink": _link,
        **dict.fromkeys(("w:del", "w:moveFrom"), _deleted),
        "w:sdt": _control,
        "mc:AlternateContent": _alternate,
        "w:fldChar": field_mark,
        **dict.fromkeys(("w:instrText", "w:delInstrText"), instruction),
        "w:fldSimple": simple_field,
        **dict.fromkeys(("w:footnoteReference", "w:endnoteReference"), note),
        "w:ruby": ruby,
        "m:oMath": formula,
        "m:oMathPara": formulas,
        **dict.fromkeys(("w:drawing", "w:pict", "w:object"), drawing),
        **dict.fromkeys(("w:tbl", "w:p", "w:txbxContent"), _later),
        **dict.fromkeys(("w:fldData", "w:ffData"), lambda _reader, _element: None),
    }
)
"""Elements that are more than what stands in them."""
