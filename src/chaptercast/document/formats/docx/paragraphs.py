"""The paragraphs and tables of one part, in order: the text itself, a note, a text box (ECMA-376, 17.2)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from chaptercast.document.block_text import texts
from chaptercast.document.formats.docx.context import Context, Part
from chaptercast.document.formats.docx.drawings import alternatives
from chaptercast.document.formats.docx.element_handlers import HANDLERS as OF_TEXT
from chaptercast.document.formats.docx.element_handlers import reason_of_control
from chaptercast.document.formats.docx.embedded_files import read_chunk
from chaptercast.document.formats.docx.fields import NAVIGATION
from chaptercast.document.formats.docx.flow_items import Item
from chaptercast.document.formats.docx.numbering import Marker
from chaptercast.document.formats.docx.qualified_names import Element, child, name, value
from chaptercast.document.formats.docx.run_properties import (
    NO_OUTLINE_LEVEL,
    Numbered,
    ParagraphProperties,
    paragraph_properties,
)
from chaptercast.document.formats.docx.runs import State, TextReader
from chaptercast.document.formats.docx.styles import Style
from chaptercast.document.formats.docx.tables import read_table
from chaptercast.document.formats.html.inline_content import Picture, Segment
from chaptercast.document.model import (
    Block,
    CodeBlock,
    Figure,
    Heading,
    Inlines,
    Origin,
    Paragraph,
    Reason,
    Span,
    plain,
)
from chaptercast.document.outline.word_lists import is_only

LONGEST_ENTRY = 150
"""Characters of a line of a list of contents that has neither a number behind a tab nor a link."""
LONGEST_NAME = 60
"""Characters of the name of a list of contents."""
_TAGS: Mapping[str, str] = MappingProxyType({"term": "dt", "definition": "dd"})


class ParagraphReader:
    """Reads the blocks of one part."""

    def __init__(self, context: Context, part: Part) -> None:
        self.context = context
        self.part = part
        self.state = State()
        self._pending: TextReader | None = None
        """What was read of a paragraph that the next one goes on."""
        self._heads: list[Item] = []
        """What may be the heading of a list of contents: the next paragraph shows it."""
        self._after_image = False

    def read(self, elements: Iterable[Element]) -> list[Item]:
        """The items of some paragraphs, tables and what may stand around them."""
        found: list[Item] = []
        for element in elements:
            handler = HANDLERS.get(name(element))
            if handler is not None:
                found += handler(self, element)
            elif not name(element).endswith("Pr"):
                found += self._wrapped(element)
        return found

    def _read_whole(self, elements: Iterable[Element]) -> list[Item]:
        """The items of something that its last paragraph ends: a cell, a text box."""
        return self.read(elements) + self.finish()

    def finish(self) -> list[Item]:
        """What is left when all has been read: text that waited for another paragraph."""
        found = self._headed(contents=False)
        reader, self._pending = self._pending, None
        if reader is None:
            return found
        return found + self._items(reader, ParagraphProperties(), self.context.styles.get(""), None)

    def _headed(self, *, contents: bool) -> list[Item]:
        """What waited for the next paragraph: left out with it, if that belongs to a list of contents."""
        waiting, self._heads = self._heads, []
        if contents:
            for item in waiting:
                self.context.leave_out_entry(" ".join(texts((item.block,))))
            return []
        return waiting

    # Paragraphs

    def paragraph(self, element: Element) -> list[Item]:
        """`w:p`."""
        own = paragraph_properties(child(element, "w:pPr"))
        style = self.context.styles.get(own.style)
        before = self.finish() if self._pending and style.role == "code" else []
        said = _combined(own, style)
        level = _level(said, style)
        navigation = self._is_navigation(element, style, level)
        if navigation or _begins_contents(element):
            self._headed(contents=True)
        reader = self._pending or TextReader(self.context, self.part, self.state, OF_TEXT)
        self._pending = None
        one_line = bool(level) or style.role == "title"
        reader.read(element, style, navigation=navigation, one_line=one_line)
        if own.drop_capital or own.mark_deleted:
            if own.mark_deleted:
                reader.line.text(" ", reader.span)
            self._pending = reader
            return before
        marker = None
        if not (navigation or own.mark_hidden or self.state.reasons):
            marker = self.context.numbering.marker(said.numbered, own.style)
        found = self._items(reader, said, style, marker)
        if not found:
            return before
        found = before + self._headed(contents=False) + found
        if not _names_contents(found[-1].block):
            return found
        self._heads = [found.pop()]
        return found

    def _is_navigation(self, element: Element, style: Style, level: int) -> bool:
        """Whether a paragraph is a line of a list of contents. Running text ends one that was never closed."""
        if style.role == "navigation":
            return True
        if not self.state.fields.navigation:
            return False
        marks = any(name(each) in ("w:tab", "w:hyperlink", "w:fldChar", "w:fldSimple") for each in element.iter())
        length = sum(len(each.text or "") for each in element.iter() if name(each) == "w:t")
        if not level and (marks or length <= LONGEST_ENTRY):
            return True
        self.state.fields.leave_navigation()
        return False

    def _items(self, reader: TextReader, said: ParagraphProperties, style: Style, marker: Marker | None) -> list[Item]:
        level = _level(said, style)
        segments = reader.take()
        if level or style.role == "title":
            found = self._heading(segments, level, style, marker)
        else:
            program = _program(reader)
            pictures = [segment for segment in segments if isinstance(segment, Picture)]
            found = program + self._running(pictures if program else segments, self._origin(reader, said, style))
            found[:1] = [replace(first, marker=marker) for first in found[:1]]
        indents = (said.indent, marker.indent if marker else None, style.paragraph.indent)
        indent = next((each for each in indents if each is not None), 0)
        found = [replace(item, role=style.role, indent=indent) for item in found]
        after, reader.after = reader.after, []
        return found + self._later(after)

    def _heading(self, segments: Sequence[Segment], level: int, style: Style, marker: Marker | None) -> list[Item]:
        """A heading with the number that stands before it; images in it come after."""
        spans: list[Span] = []
        for segment in segments:
            if not isinstance(segment, Picture):
                spans += [*([Span(" ")] if spans else []), *segment]
        label = marker.text if marker else ""
        if label and (spans or sum(map(str.isalpha, label)) > 1):
            spans = [Span(_lead(label, followed=bool(spans))), *spans]
        found: list[Item] = []
        if spans:
            found.append(Item(_headline(tuple(spans), level, style)))
            self._after_image = False
        pictures = [segment for segment in segments if isinstance(segment, Picture)]
        return found + self._running(pictures, Origin("p"))

    def _running(self, segments: Sequence[Segment], origin: Origin) -> list[Item]:
        found: list[Item] = []
        for segment in segments:
            block: Block
            if isinstance(segment, Picture):
                block = self._figure(segment)
            else:
                block = Paragraph(segment, origin=replace(origin, after_image=self._after_image))
                self._after_image = False
            found.append(Item(block, attached=bool(found)))
        return found

    def _figure(self, picture: Picture) -> Figure:
        if not picture.alt:
            reason = Reason.DECORATIVE if picture.decorative else Reason.NO_ALT
            self.context.leave_out(picture.source[:200] or "image", reason)
        self._after_image = self._after_image or not picture.amid
        return Figure(picture.alt, (), picture.source, picture.decorative)

    def _origin(self, reader: TextReader, said: ParagraphProperties, style: Style) -> Origin:
        usual = self.context.usual_size
        size = reader.sizes.most_common(1)[0][0] if reader.sizes else usual
        named = (style.role,) if style.role in ("subtitle", "caption") else style.classes
        return Origin(
            _TAGS.get(style.role, "p"), named, centred=bool(said.centred), font_percent=round(100 * size / usual)
        )

    def _later(self, after: Iterable[Element | Block]) -> list[Item]:
        """What stood in a paragraph and is read after it, each with fields of its own."""
        found: list[Item] = []
        for each in after:
            if isinstance(each, Block):
                found.append(Item(each))
                continue
            around, self.state.fields = self.state.fields, type(self.state.fields)()
            found += self._read_whole([each] if name(each) in ("w:p", "w:tbl") else each)
            self.state.fields = around
        return found

    # What stands around paragraphs

    def _wrapped(self, element: Element) -> list[Item]:
        """An element that holds paragraphs, or else text that stands in none."""
        if any(name(each) in ("w:p", "w:tbl", "w:altChunk") for each in element.iter()):
            return self.read(element)
        reader = self._pending or TextReader(self.context, self.part, self.state, OF_TEXT)
        self._pending = None
        style = self.context.styles.get("")
        reader.read(element.makeelement("nothing"), style)
        reader.handle(element)
        return self._items(reader, ParagraphProperties(), style, None)

    def silent(self, element: Element) -> list[Item]:
        """What a tracked change took away."""
        with self.state.silent(Reason.DELETED):
            return self._wrapped(element)

    def controlled(self, element: Element) -> list[Item]:
        """A content control."""
        content = child(element, "w:sdtContent")
        reason = reason_of_control(child(element, "w:sdtPr"))
        if reason is Reason.BOILERPLATE:
            self._headed(contents=True)
        with self.state.silent(reason):
            return [] if content is None else self.read(content)

    def alternate(self, element: Element) -> list[Item]:
        """One of several versions."""
        chosen, others = alternatives(element)
        if chosen is None:
            return []
        self.context.leave_out_others(chosen, others)
        return self.read(chosen)

    def table(self, element: Element) -> list[Item]:
        """`w:tbl`."""
        before = self.finish()
        self._after_image = False
        return before + read_table(element, self.context, self.state, self._read_whole)

    def chunk(self, element: Element) -> list[Item]:
        """A file of another format."""
        relation = self.part.relations.get(value(element, "id", "r"))
        blocks = () if relation is None else read_chunk(relation, self.context)
        return self.finish() + [Item(block) for block in blocks]

    def nothing(self, _element: Element) -> list[Item]:
        """Marks that nobody sees."""
        return []


def _program(reader: TextReader) -> list[Item]:
    """Lines of program text, as they stand."""
    text, reader.program = "".join(reader.program).rstrip(), []
    return [Item(CodeBlock(text))] if text.strip() else []


def _headline(inlines: Inlines, level: int, style: Style) -> Block:
    """A heading, or the title of the whole; the name of a list of contents is neither, however it is set."""
    if level:
        return Heading(inlines, level + 1, origin=Origin("p"))
    if style.role == "title" and not is_only(plain(inlines), "contents"):
        return Heading(inlines, 1, origin=Origin("p", ("document-title",)))
    return Paragraph(inlines, origin=Origin("p"))


def _begins_contents(element: Element) -> bool:
    """Whether a list of contents begins in a paragraph."""
    code = "".join(each.text or "" for each in element.iter("{*}instrText"))
    return any(word.upper() in NAVIGATION for word in code.split()[:1])


def _names_contents(block: Block) -> bool:
    """Whether a block is "Contents" or the like, and nothing else."""
    if not isinstance(block, Heading | Paragraph):
        return False
    text = plain(block.inlines)
    return len(text) <= LONGEST_NAME and is_only(text, "contents")


def _combined(own: ParagraphProperties, style: Style) -> ParagraphProperties:
    """What a paragraph says of itself, and where it says nothing what its style does."""
    under = style.paragraph
    numbered = Numbered(
        under.numbered.numbering if own.numbered.numbering is None else own.numbered.numbering,
        under.numbered.level if own.numbered.level is None else own.numbered.level,
    )
    return replace(
        own,
        outline_level=under.outline_level if own.outline_level is None else own.outline_level,
        numbered=numbered,
        centred=under.centred if own.centred is None else own.centred,
    )


def _level(said: ParagraphProperties, style: Style) -> int:
    """The level of a heading, from 1; 0 for others: body text, the title of the whole, lines of a list of contents."""
    if said.outline_level in (None, NO_OUTLINE_LEVEL) or style.role in ("navigation", "title"):
        return 0
    return (said.outline_level or 0) + 1


def _lead(label: str, *, followed: bool) -> str:
    """The number of a heading before its words; where it is words itself ("Chapter 2") something has to part them."""
    if not followed:
        return label
    words = sum(map(str.isalpha, label)) > 1 and label[-1].isalnum()
    return f"{label}: " if words else f"{label} "


HANDLERS: Mapping[str, Callable[[ParagraphReader, Element], list[Item]]] = MappingProxyType(
    {
        "w:p": ParagraphReader.paragraph,
        "w:tbl": ParagraphReader.table,
        "w:sdt": ParagraphReader.controlled,
        "w:altChunk": ParagraphReader.chunk,
        "mc:AlternateContent": ParagraphReader.alternate,
        **dict.fromkeys(("w:del", "w:moveFrom"), ParagraphReader.silent),
        **dict.fromkeys(("w:sectPr", "w:tcPr", "w:tblPr", "w:bookmarkStart", "w:bookmarkEnd"), ParagraphReader.nothing),
    }
)
"""What is done with each element that may stand beside paragraphs."""
