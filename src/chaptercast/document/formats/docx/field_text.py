"""The text of fields: where their code ends and what they show begins, and what those show that have no result (ECMA-376, 17.16)."""

from chaptercast.document.formats.docx import symbols
from chaptercast.document.formats.docx.fields import Field, Phase, arguments, ruby_of, shown
from chaptercast.document.formats.docx.inline_objects import annotated
from chaptercast.document.formats.docx.qualified_names import Element, integer, value
from chaptercast.document.formats.docx.runs import TextReader
from chaptercast.document.model import Reason


def field_mark(reader: TextReader, element: Element) -> None:
    """`w:fldChar`: a field begins, its result begins, or it ends."""
    kind = value(element, "fldCharType")
    fields = reader.state.fields
    if kind == "begin":
        fields.begin(element)
    elif kind == "separate":
        fields.separate()
    elif kind == "end":
        ended = fields.end()
        if ended is not None and not ended.told:
            _show(reader, ended)


def instruction(reader: TextReader, element: Element) -> None:
    """`w:instrText`: part of a field's code."""
    reader.state.fields.instruct(element.text or "")


def simple_field(reader: TextReader, element: Element) -> None:
    """`w:fldSimple`: a field with its code as an attribute, and its result as content."""
    stack = reader.state.fields.stack
    open_before = len(stack)
    stack.append(Field(phase=Phase.RESULT, code=value(element, "instr")))
    reader.walk(element)
    del stack[open_before:]


def symbol(reader: TextReader, font: str, code: str) -> None:
    """A sign by its font and its place in that, in hexadecimal digits; one that has no character is named."""
    try:
        sign = symbols.character(font, int(code, 16))
    except ValueError:
        sign = ""
    if sign:
        reader.say(sign)
    else:
        reader.context.leave_out(f"{font} {code}", Reason.UNSPEAKABLE)


def _show(reader: TextReader, ended: Field) -> None:
    """Read what a field shows that has no result."""
    words = arguments(ended.code)
    phonetic = ruby_of(ended.code)
    if phonetic is not None:
        reading, base = phonetic
        annotated(reader, lambda: reader.say(base), reading)
    elif ended.kind == "SYMBOL" and len(words) > 1:
        font = words[words.index("\\f") + 1] if "\\f" in words[:-1] else ""
        symbol(reader, font, words[1] if words[1].lower().startswith("0x") else f"{integer(words[1]):x}")
    elif ended.kind == "EQ" and len(words) > 1:
        reader.context.leave_out(ended.code.strip()[2:], Reason.UNSPEAKABLE)
    elif shown(ended):
        reader.say(shown(ended))
