"""What stands in a line and is more than text: notes, phonetic guides, formulas, images, charts, diagrams, text boxes."""

from collections.abc import Callable, Iterator

from lxml import etree
from msgspec.structs import replace

from chaptercast.document.formats.docx import equations
from chaptercast.document.formats.docx.charts import read_chart
from chaptercast.document.formats.docx.context import text_of
from chaptercast.document.formats.docx.diagrams import read_diagram
from chaptercast.document.formats.docx.drawings import look
from chaptercast.document.formats.docx.qualified_names import Element, child, name, value
from chaptercast.document.formats.docx.runs import TextReader
from chaptercast.document.formats.html.inline_content import Picture
from chaptercast.document.model import Break, Paragraph, Reason, Span
from chaptercast.mathematics import mathml, writing

DEEPEST_FORMULA = 60
"""Elements of a formula within one another; a deeper one is named as a whole."""


_DRAWINGS = frozenset({"w:drawing", "w:pict", "w:object"})
_NO_FORMULA = _DRAWINGS | {"w:del", "w:moveFrom"}
"""What may stand in a formula and is no part of it."""


def note(reader: TextReader, element: Element) -> None:
    """A reference to a footnote or endnote: its number, or a mark of its own that stands after it in the run."""
    if reader.reason is not None:
        return
    kind = name(element).removeprefix("w:").removesuffix("Reference")
    following = element.getnext()
    own_mark = ""
    if value(element, "customMarkFollows") in ("1", "true", "on") and following is not None:
        own_mark = text_of(following) or "*"
    referred = reader.context.notes.refer(kind, value(element, "id"), own_mark)
    if own_mark:
        reader.mark = referred.identity
    else:
        reader.write(referred.label, replace(reader.span, note=referred.identity, raised=True))


def ruby(reader: TextReader, element: Element) -> None:
    """A phonetic guide: text with its reading."""
    reading, base = child(element, "w:rt"), child(element, "w:rubyBase")
    said = "" if reading is None else text_of(reading)
    annotated(reader, lambda: reader.walk(() if base is None else base), said)


def annotated(reader: TextReader, base: Callable[[], None], reading: str) -> None:
    """Read what `base` reads, with a reading."""
    if reader.reason is not None or reader.code:
        base()
        reader.say(f" {reading} ")
        return
    mark = reader.line.mark()
    base()
    if reading and not reader.line.annotate(mark, reading):
        reader.say(reading)
    reader.line.mark()


def formula(reader: TextReader, element: Element) -> None:
    """A formula: its tree, and LaTeX for what is seen."""
    reason = reader.reason
    if reason is None and _depth(element) > DEEPEST_FORMULA:
        reason = Reason.UNSPEAKABLE
    if reason is not None:
        reader.keep_aside(reason, f" {equations.words(element)} ")
        return
    for other in _outermost(element, _NO_FORMULA):
        if name(other) in _DRAWINGS:
            drawing(reader, other)
        else:
            reader.context.leave_out(text_of(other), Reason.DELETED)
    tree = mathml.read(equations.mathml(element))
    source = writing.latex(tree)
    if source:
        reader.state.fields.tell(source)
        reader.write(source, replace(reader.span, math=True, formula=tree))


def _outermost(element: Element, wanted: frozenset[str]) -> Iterator[Element]:
    """Elements of those names that stand in no other of them."""
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if name(each) in wanted:
            yield each
        else:
            waiting += [*each][::-1]


def formulas(reader: TextReader, element: Element) -> None:
    """Formulas that stand on lines of their own."""
    reader.line.soft_break()
    reader.walk(element)
    reader.line.soft_break()


def drawing(reader: TextReader, element: Element) -> None:
    """An image, a shape, a chart, a diagram; text boxes in it are read after the paragraph."""
    reason = reader.reason
    if reason is not None:
        reader.keep_aside(reason, f" {text_of(element)} ")
        return
    found = look(element, reader.part.relations)
    told = [_chart(reader, identity) for identity in found.charts]
    told += [_diagram(reader, identity) for identity in found.diagrams]
    if found.picture is not None and (found.picture.alt or not any(told)):
        reader.line.picture(found.picture)
    reader.after += [Paragraph((Span(line),)) for line in found.lines]
    reader.after += found.boxes
    if found.rule:
        reader.after.append(Break())


def _related(reader: TextReader, identity: str) -> Element | None:
    relation = reader.part.relations.get(identity)
    package = reader.context.package
    if relation is None or relation.external or relation.target not in package:
        return None
    return package.xml(relation.target, damaged=True)


def _chart(reader: TextReader, identity: str) -> bool:
    """Read a chart; whether anything was found in it."""
    root = _related(reader, identity)
    if root is None:
        return False
    chart = read_chart(root)
    if chart.table is not None:
        reader.after.append(chart.table)
    elif chart.titles:
        reader.line.picture(Picture("; ".join(chart.titles)))
    reader.context.leave_out(chart.figures, Reason.FIGURES)
    return bool(chart.table or chart.titles or chart.figures)


def _diagram(reader: TextReader, identity: str) -> bool:
    root = _related(reader, identity)
    blocks = () if root is None else read_diagram(root)
    reader.after += blocks
    return bool(blocks)


def _depth(element: Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(element, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
