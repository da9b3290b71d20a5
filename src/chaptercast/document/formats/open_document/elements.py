"""What each element of an OpenDocument text becomes in HTML: a table from its name to a rule (ODF 1.3, part 3, sections 5 to 10)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from chaptercast.document.formats.html.element_content import folded, number
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.formats.html.xml_to_html import Rebuilder
from chaptercast.document.formats.open_document.list_numbering import ListStyles
from chaptercast.document.formats.open_document.namespaces import said_of
from chaptercast.document.formats.open_document.styles import Styles
from chaptercast.document.model import Omission, Reason

SPACES = 200
"""Spaces that one element can stand for."""
REPEATED = 200
"""Cells or rows that one element can stand for."""

SHAPES = frozenset(
    (
        *("custom-shape", "rect", "ellipse", "circle", "polygon", "regular-polygon", "polyline", "path", "line"),
        *("connector", "measure", "caption"),
    )
)
_SPANS = (
    ("table:number-columns-spanned", "colspan"),
    ("table:number-columns-repeated", "colspan"),
    ("table:number-rows-spanned", "rowspan"),
)
_DEEPEST = 6
_PICTURES = frozenset({"image", "object", "object-ole", "plugin", "applet", "floating-frame"})


class _List(NamedTuple):
    """A list in the making."""

    style: str
    start: int
    made: Element | None
    """None where it only numbers headings."""


class TextBuilder(Rebuilder):
    """A text in the making."""

    def __init__(self, styles: Styles, lists: ListStyles, object_of: Callable[[str], Element | None]) -> None:
        """`object_of` gives the content of an embedded object, by the name that a frame has for it."""
        super().__init__()
        self.styles = styles
        self.lists = lists
        self.object_of = object_of
        self.beside: list[Element] = []
        """Boxes that stand beside the paragraph at hand: they follow it."""
        self.notes = etree.Element("div")
        self._lists: list[_List] = []
        """The lists around, outermost first."""
        self._next: dict[str, int] = {}
        """The number that a list of a style has to go on with."""
        self._paragraphs = 0
        """How many paragraphs are around: a box in one has some of its own."""

    def enter(self, element: Element) -> Element | None:
        return RULES.get(element.tag, TextBuilder.transparent)(self, element)

    def leave(self, element: Element) -> None:
        if element.tag == "list":
            ended = self._lists.pop()
            if ended.made is not None and ended.made.tag == "ol":
                self._next[ended.style] = ended.start + len(ended.made.findall("li"))
        elif element.tag in ("p", "h"):
            self._paragraphs -= 1
            if not self._paragraphs:
                for box in self.beside:
                    self.at.append(box)
                self.beside.clear()

    def run(self, source: Element) -> None:
        """Rebuild a text, its notes at the end."""
        super().run(source)
        if len(self.notes):
            self.body.append(self.notes)

    # Rules

    def transparent(self, _element: Element) -> Element | None:
        """What is in it goes where it stands."""
        return self.at

    def nothing(self, _element: Element) -> Element | None:
        """No text."""
        return None

    def paragraph(self, element: Element) -> Element | None:
        """A paragraph; a heading, where its style is one's."""
        name = said_of(element, "text:style-name")
        level = self.styles.outline_level(name)
        self._paragraphs += 1
        if self.styles.descends(name, "Title"):
            return self.make("h1", {"class": "title"})
        if level:
            return self._heading(level, name)
        if self.styles.descends(name, "Preformatted_20_Text"):
            return self._line_of_code()
        into = self.at
        if self.styles.descends(name, "Quotations"):
            into = self._going_on("blockquote")
        return etree.SubElement(into, "p", self.styles.looks("paragraph", name))

    def heading(self, element: Element) -> Element | None:
        """A heading."""
        self._paragraphs += 1
        level = number(said_of(element, "text:outline-level"), 1, 1, 10)
        return self._heading(level, said_of(element, "text:style-name"))

    def _heading(self, level: int, style: str) -> Element:
        """The heading of a part; that of the whole has the style of titles."""
        looks = self.styles.looks("paragraph", style)
        return self.make(f"h{min(level + 1, _DEEPEST)}", {key: looks[key] for key in ("class", "lang") if key in looks})

    def _line_of_code(self) -> Element:
        block = self._going_on("pre")
        if len(block):
            etree.SubElement(block, "br")
        return etree.SubElement(block, "span")

    def _going_on(self, tag: str) -> Element:
        """The element before this place, if it is of a kind, or else a new one."""
        self.settle()
        last = self.at[-1] if len(self.at) else None
        return last if last is not None and last.tag == tag and not (last.tail or "").strip() else self.make(tag)

    def span(self, element: Element) -> Element | None:
        """Text of a look of its own."""
        return self.make("span", self.styles.looks("text", said_of(element, "text:style-name")))

    def link(self, element: Element) -> Element | None:
        """A link."""
        return self.make("a", {"href": said_of(element, "xlink:href")})

    def spaces(self, element: Element) -> Element | None:
        """Several spaces."""
        self.text(" " * number(said_of(element, "text:c"), 1, 1, SPACES))
        return None

    def tab(self, _element: Element) -> Element | None:
        """A tabulator."""
        self.text("\t")
        return None

    def line_break(self, _element: Element) -> Element | None:
        """The end of a line."""
        self.make("br")
        return None

    def list_of_items(self, element: Element) -> Element | None:
        """A list; one that holds headings only numbers them."""
        style = said_of(element, "text:style-name") or (self._lists[-1].style if self._lists else "")
        first = next(element.iter("p", "h"), None)
        if not style and first is not None:
            style = self.styles.list_style(said_of(first, "text:style-name"))
        start = self._start(element, style)
        made = None
        if not _numbers_headings(element):
            made = self.make("ul") if start is None else self.make("ol", {"start": str(start)})
        self._lists.append(_List(style, start or 1, made))
        return self.at if made is None else made

    def _start(self, element: Element, style: str) -> int | None:
        """From what number a list counts; None if it does not."""
        start = self.lists.start(style, len(self._lists) + 1)
        if start is None:
            return None
        first = element.find("list-item")
        given = said_of(first, "text:start-value") if first is not None else ""
        if given:
            return number(given, 1, 0, 10**6)
        goes_on = said_of(element, "text:continue-numbering") == "true" or said_of(element, "text:continue-list")
        return self._next.get(style, start) if goes_on else start

    def item(self, element: Element) -> Element | None:
        """An item of a list."""
        return self.at if _numbers_headings(element.getparent()) else self.make("li")

    def note(self, element: Element) -> Element | None:
        """A footnote or endnote: its mark here, its text at the end."""
        identity = said_of(element, "text:id") or f"note-{len(self.notes) + 1}"
        mark = element.find("note-citation")
        label = folded("".join(mark.itertext())) if mark is not None else ""
        reference = self.make("a", {"href": f"#{identity}", "role": "doc-noteref"})
        etree.SubElement(reference, "sup").text = label
        return etree.SubElement(self.notes, "aside", {"id": identity, "role": "doc-footnote"})

    def remark(self, element: Element) -> Element | None:
        """A remark on the text, which is no part of it."""
        for paragraph in element.iter("p"):
            self.leave_out(paragraph, Reason.REMARK)
        return None

    def deleted(self, element: Element) -> Element | None:
        """What was deleted, and is kept to be seen as a change."""
        for deletion in element.iter("deletion"):
            for paragraph in deletion.iter("p", "h"):
                self.leave_out(paragraph, Reason.DELETED)
        return None

    def described(self, element: Element) -> Element | None:
        """What a shape is called or looks like; elsewhere the title of the document, as a field."""
        if element.getparent().tag not in SHAPES | {"g"}:
            return self.at
        if element.getnext() is None or element.getnext().tag != "desc":
            words = [
                folded("".join(each.itertext()))
                for each in (element.getprevious(), element)
                if each is not None and each.tag in ("title", "desc")
            ]
            self.make("img", {"src": "drawing", "alt": " ".join(words)})
        return None

    def navigation(self, element: Element) -> Element | None:
        """A list of contents, of illustrations, of words: pages of paper, which a recording has not."""
        body = element.find("index-body")
        return self.leave_out(body if body is not None else element, Reason.BOILERPLATE)

    def page_number(self, element: Element) -> Element | None:
        """The number of a page."""
        return self.leave_out(element, Reason.PAGE_NUMBER)

    def hidden(self, element: Element) -> Element | None:
        """Text that is shown under a condition only."""
        text = said_of(element, "text:string-value") or folded("".join(element.itertext()))
        self.left_out += [Omission(text, Reason.HIDDEN)] if text else []
        return None

    def section(self, element: Element) -> Element | None:
        """A section, which may be hidden."""
        shown = said_of(element, "text:display") in ("", "true")
        return self.make("div") if shown else self.leave_out(element, Reason.HIDDEN)

    def leave_out(self, element: Element, reason: Reason) -> Element | None:
        """Name what is in an element as left out."""
        text = folded(" ".join(element.itertext()))
        if text:
            self.left_out.append(Omission(text, reason))
        return None

    def box(self, _element: Element) -> Element | None:
        """A box of text: it follows the paragraph that it is anchored to."""
        if not self._paragraphs:
            return self.make("div")
        box = etree.Element("div")
        self.beside.append(box)
        return box

    def frame(self, element: Element) -> Element | None:
        """An image, a formula or a chart, by the words that stand for it; a box of text."""
        if element.find("text-box") is not None:
            return self.at  # what stands for it in words stands in it
        held = next((child for child in element if child.tag in ("object", "object-ole")), None)
        content = self._object(held) if held is not None else None
        if content is not None and content.tag == "math":
            for source in list(content.iter("annotation")):  # the same formula as the program's editor writes it
                source.getparent().remove(source)
            self.at.append(content)
            return None
        pictured = next((child for child in element if child.tag in _PICTURES), None)
        if pictured is None:
            return self.at
        words = [folded("".join(child.itertext())) for child in element if child.tag in ("title", "desc")]
        image = self.make("img", {"src": said_of(pictured, "xlink:href") or "image"})
        if any(words):
            image.set("alt", " ".join(dict.fromkeys(word for word in words if word)))
        if content is not None:
            self.leave_out(content, Reason.FIGURES)
        return None

    def _object(self, held: Element) -> Element | None:
        inline = held.find("math")
        return inline if inline is not None else self.object_of(said_of(held, "xlink:href"))

    def table(self, _element: Element) -> Element | None:
        """A table."""
        return self.make("table")

    def header_rows(self, _element: Element) -> Element | None:
        """The rows of a table that head its columns."""
        return self.make("thead")

    def row(self, _element: Element) -> Element | None:
        """A row of a table."""
        return self.make("tr")

    def cell(self, element: Element) -> Element | None:
        """A cell of a table; one that says nothing may stand for many."""
        headed = element.getparent().getparent().tag == "table-header-rows"
        attributes = {}
        for name, ours in _SPANS:
            span = number(said_of(element, name), 1, 1, REPEATED)
            if span > 1:
                attributes[ours] = str(span)
        return self.make("th" if headed else "td", attributes)

    def ruby(self, _element: Element) -> Element | None:
        """Text with its reading."""
        return self.make("ruby")

    def ruby_text(self, _element: Element) -> Element | None:
        """How a text is read."""
        return self.make("rt")


def _numbers_headings(element: Element) -> bool:
    """Whether a list is there only to give its headings their numbers."""
    first = next(element.iter("p", "h"), None)
    return first is not None and first.tag == "h"


_Rule = Callable[[TextBuilder, Element], Element | None]
RULES: Mapping[str, _Rule] = MappingProxyType(
    {
        "p": TextBuilder.paragraph,
        "h": TextBuilder.heading,
        "span": TextBuilder.span,
        "a": TextBuilder.link,
        "s": TextBuilder.spaces,
        "tab": TextBuilder.tab,
        "tab-stop": TextBuilder.tab,
        "line-break": TextBuilder.line_break,
        "list": TextBuilder.list_of_items,
        "list-item": TextBuilder.item,
        "note": TextBuilder.note,
        "annotation": TextBuilder.remark,
        "tracked-changes": TextBuilder.deleted,
        **dict.fromkeys(
            (
                "table-of-content",
                "illustration-index",
                "table-index",
                "object-index",
                "user-index",
                "alphabetical-index",
            ),
            TextBuilder.navigation,
        ),
        **dict.fromkeys(("page-number", "page-continuation"), TextBuilder.page_number),
        **dict.fromkeys(("hidden-text", "hidden-paragraph"), TextBuilder.hidden),
        "section": TextBuilder.section,
        "text-box": TextBuilder.box,
        **dict.fromkeys(SHAPES, TextBuilder.box),
        **dict.fromkeys(("title", "desc"), TextBuilder.described),
        "frame": TextBuilder.frame,
        "table": TextBuilder.table,
        "table-header-rows": TextBuilder.header_rows,
        "table-row": TextBuilder.row,
        "table-cell": TextBuilder.cell,
        "ruby": TextBuilder.ruby,
        "ruby-text": TextBuilder.ruby_text,
        **dict.fromkeys(
            (
                *("note-citation", "annotation-end", "soft-page-break", "forms", "sequence-decls", "variable-decls"),
                *("user-field-decls", "dde-connection-decls", "table-columns", "table-column", "covered-table-cell"),
                *(
                    "table-of-content-source",
                    "bibliography-source",
                    "script",
                    "meta-field-source",
                    "binary-data",
                    "shapes",
                ),
                *("event-listeners", "glue-point", "enhanced-geometry", "image-map", "title-template"),
            ),
            TextBuilder.nothing,
        ),
    },
)
"""Elements that have a rule; what is in others goes where they stand."""
