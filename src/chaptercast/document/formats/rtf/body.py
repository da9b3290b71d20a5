"""The body of an RTF document as HTML: paragraphs as they end, in lists, in cells of tables within tables, in notes and boxes."""

import re

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from chaptercast.common.unicode_text import xml_text
from chaptercast.document.formats.html.parse import Element

_ORDERED = re.compile(r"\W*(?:(?P<number>\d{1,6})|[a-zA-Z]{1,5})[.):\]]\W*|(?P<alone>\d{1,6})")
_TYPED = re.compile(r"\s*([^\w\s]{1,2}|\(?(?:\d{1,6}|[a-zA-Z]{1,5})[.):\]])\s*\t\s*")
_DEEPEST = 6


class Look(Struct, frozen=True):
    """How a run of text looks."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: bool = False
    lowered: bool = False
    hidden: bool = False
    half_points: int = 0
    """Its size; 0 where nothing is said of it."""
    language: str = ""
    link: str = ""


class Manner(Struct, frozen=True):
    """How a paragraph stands."""

    level: int = 0
    """Of a heading as HTML has it, 1 for the title of the whole; 0 for others."""
    classes: str = ""
    centred: bool = False
    quoted: bool = False
    nesting: int = 0
    """In how many tables within one another it stands."""
    depth: int = 0
    """Of a list's item, from 0."""
    hanging: int | None = None
    """Where its first line begins, if that is before the others, as those of items do."""


class _Table(Struct):
    """A table in the making."""

    element: Element
    cells: list[Element] = field(default_factory=list)
    """Of the row at hand, finished ones."""
    cell: Element = field(default_factory=lambda: etree.Element("td"))


class Body:
    """A stretch of text with a flow of its own: the document, a note, a box."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.label = ""
        """The sign or number of a list's item, where the paragraph at hand is one."""
        self._line = etree.Element("p")
        self._look = Look()
        self._run: list[str] = []
        """Text of one look that is not in the line yet."""
        self._beside: list[Element] = []
        self._tables: list[_Table] = []
        self._lists: list[Element] = []
        self._places: list[int] = []
        """Where their items begin, of those that are only told by that."""

    def run(self, text: str, look: Look) -> None:
        """Add text to the line."""
        if look != self._look:
            self._end_run()
            self._look = look
        self._run.append(text)

    def put(self, element: Element) -> None:
        """Put an element into the line."""
        self._end_run()
        self._line.append(element)

    def _end_run(self) -> None:
        """Put the text of one look into the line."""
        text, look = "".join(self._run), self._look
        self._run.clear()
        if not text:
            return
        styles = {
            "font-weight:bold": look.bold,
            "font-style:italic": look.italic,
            "text-decoration:line-through": look.struck,
            "vertical-align:super": look.raised,
            "vertical-align:sub": look.lowered,
            "display:none": look.hidden,
            f"font-size:{look.half_points / 2}pt": bool(look.half_points),
        }
        style = ";".join(name for name, holds in styles.items() if holds)
        attributes = {"style": style, "lang": look.language, "href": look.link}
        given = {name: xml_text(value) for name, value in attributes.items() if value}
        etree.SubElement(self._line, "a" if look.link else "span", given).text = xml_text(text)

    def beside(self) -> Element:
        """A box that stands beside the paragraph at hand, and will follow it."""
        self._beside.append(etree.Element("div"))
        return self._beside[-1]

    def end_paragraph(self, manner: Manner) -> None:
        """End the line: what is on it becomes a paragraph where it belongs."""
        self._end_run()
        line, self._line = self._line, etree.Element("p")
        label, self.label = self.label.strip(), ""
        home = self._home(manner.nesting)
        if manner.hanging is not None and not label and len(line):
            label = _taken_off(line[0])
            manner = replace(manner, depth=self._depth_at(manner.hanging)) if label else manner
        if len(line) or label:
            self._place(home, line, label, manner)
        for box in self._beside:
            home.append(box)
        self._beside.clear()

    def _place(self, home: Element, line: Element, label: str, manner: Manner) -> None:
        """Put a paragraph where it belongs."""
        if label and (manner.level or _says_more(label)):
            line.insert(0, _text(f"{label} "))
        if manner.classes:
            line.set("class", xml_text(manner.classes))
        if manner.centred:
            line.set("style", "text-align:center")
        if manner.level:
            line.tag = f"h{min(manner.level, _DEEPEST)}"
            self._lists.clear()
            home.append(line)
        elif label:
            self._item(home, label, manner.depth).append(line)
        elif manner.quoted:
            self._lists.clear()
            quotation = home[-1] if len(home) and home[-1].tag == "blockquote" else etree.SubElement(home, "blockquote")
            quotation.append(line)
        else:
            self._lists.clear()
            home.append(line)

    def end_cell(self, manner: Manner) -> None:
        """End a cell of the table at hand."""
        nesting = max(1, manner.nesting)
        self.end_paragraph(Manner(**{name: getattr(manner, name) for name in ("classes", "centred")}, nesting=nesting))
        self._home(nesting)
        self._lists.clear()
        table = self._tables[-1]
        table.cells.append(table.cell)
        table.cell = etree.Element("td")

    def end_row(self, manner: Manner, *, headed: bool) -> None:
        """End a row of the table at hand."""
        self._home(max(1, manner.nesting))
        table = self._tables[-1]
        if not table.cells:
            return
        row = etree.SubElement(table.element, "tr")
        for cell in table.cells:
            cell.tag = "th" if headed else "td"
            row.append(cell)
        table.cells = []

    def finish(self) -> None:
        """End what is open."""
        self.end_paragraph(Manner(nesting=len(self._tables)))
        self._home(0)

    def _home(self, nesting: int) -> Element:
        """Where a paragraph goes that stands in so many tables; tables are opened and closed for it."""
        while len(self._tables) > nesting:
            ended = self._tables.pop()
            if ended.cells or len(ended.cell):
                row = etree.SubElement(ended.element, "tr")
                row.extend([*ended.cells, *([ended.cell] if len(ended.cell) else [])])
            self._lists.clear()
        while len(self._tables) < nesting:
            around = self._tables[-1].cell if self._tables else self.element
            self._tables.append(_Table(etree.SubElement(around, "table")))
            self._lists.clear()
        return self._tables[-1].cell if self._tables else self.element

    def _depth_at(self, place: int) -> int:
        """The depth of an item that begins at a place: one in others that begin before it."""
        around = [before for before in self._places if before < place] if self._lists else []
        self._places = [*around, place]
        return min(len(around), len(self._lists))

    def _item(self, home: Element, label: str, depth: int) -> Element:
        """A new item of the list at a depth, which is opened where there is none."""
        del self._lists[depth + 1 :]
        match = _ORDERED.fullmatch(label)
        tag = "ol" if match else "ul"
        if len(self._lists) == depth + 1 and self._lists[-1].tag != tag:
            self._lists.pop()
        while len(self._lists) <= depth:
            around = self._lists[-1][-1] if self._lists and len(self._lists[-1]) else home
            made = etree.SubElement(around, tag)
            number = (match["number"] or match["alone"]) if match else None
            if number:
                made.set("start", number)
            if len(self._lists) < depth:
                etree.SubElement(made, "li")
            self._lists.append(made)
        return etree.SubElement(self._lists[-1], "li")


def _taken_off(first: Element) -> str:
    """The sign or number of an item that was only typed before its text, with a tabulator: taken off the text."""
    found = _TYPED.match(first.text or "")
    if found is None:
        return ""
    first.text = (first.text or "")[found.end() :]
    return found[1]


def _says_more(label: str) -> bool:
    """Whether the label of an item says what a list cannot say by its number, as `Article 1.` does."""
    return any(map(str.isalnum, label)) and not _ORDERED.fullmatch(label)


def _text(text: str) -> Element:
    span = etree.Element("span")
    span.text = xml_text(text)
    return span
