"""Splits a page into its stretches of text, in order, and the boxes that contain them.

A stretch is the text between two block boundaries: a paragraph, a heading, the label of a button, a line beside an image. A box is an
element that contains stretches. What is counted for a stretch is counted for every box around it.
"""

import re
from collections.abc import Callable, Sequence

from lxml import etree
from msgspec import Struct

from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.formats.html.element_kinds import HEADING_LEVELS, MACHINE_TEXT, MEDIA, NOT_TEXT
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.main_content.names import kinds_of_names

PROSE_WORDS = 12
"""A stretch with this many words is running text, if it is not mostly links."""
PROSE_LINKED = 0.35
"""Share of running text that may be links."""

MOST = 0.5
"""A box with this share of the page's words is not boilerplate, whatever its tag and name."""
AROUND = frozenset({"nav", "footer", "header", "aside", "form", "dialog", "figure", "a", "button"})
"""Tags of elements around or within an article that are not the article itself."""
LEADING = 0.7
"""A heading links to another page if this share of it is a link."""

_UNREAD = (MACHINE_TEXT | MEDIA | NOT_TEXT) - {"button", "output"}
_WIDE = re.compile("[\u3040-\u30ff\u2e80-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WIDE_PER_WORD = 1.7
"""This many ideographs or kana carry as much meaning as one word."""

ROLES = {
    "navigation": "nav",
    "menu": "nav",
    "menubar": "nav",
    "toolbar": "nav",
    "tablist": "nav",
    "doc-toc": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "search": "form",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "main": "main",
    "article": "article",
}
"""The HTML element that each ARIA role stands for."""


class Box(Struct, eq=False):
    """An element, and what it contains."""

    element: Element
    parent: "Box | None"
    depth: int
    tag: str
    names: frozenset[str]
    """The kinds that its class and id name."""
    tags: frozenset[str] = frozenset()
    """Tags of the element and of all elements around it. Roles are replaced by the tags that they stand for."""
    stretches: int = 0
    words: float = 0.0
    characters: int = 0
    linked: int = 0
    """Number of characters in links."""
    prose: float = 0.0
    """Number of words of running text."""
    headings: int = 0
    leading: int = 0
    """Number of headings that are links."""

    @property
    def link_share(self) -> float:
        """Share of its text that is links."""
        return self.linked / self.characters if self.characters else 0.0

    @property
    def words_each(self) -> float:
        """Average number of words of its stretches."""
        return self.words / self.stretches if self.stretches else 0.0

    @property
    def look(self) -> tuple[str, str]:
        """What boxes that look alike have in common."""
        return self.tag, self.element.get("class", "").partition(" ")[0]

    def around(self, most: int) -> "list[Box]":
        """Returns the box and the boxes around it, innermost first, `most` at most."""
        boxes: list[Box] = []
        box: Box | None = self
        while box is not None and len(boxes) < most:
            boxes.append(box)
            box = box.parent
        return boxes


class Stretch(Struct, eq=False):
    """Text without a block boundary in it."""

    box: Box
    text: str
    """The text, with white space folded."""
    words: float
    linked: float
    """Share of it that is links."""
    level: int
    """Level of the heading that contains it; 0 if it is not in a heading."""
    leads: bool
    """Whether it is a heading that links to another page."""
    pieces: list[tuple[Element, bool]]
    """The text nodes: an element, and whether the node follows the element (true) or is the text that the element begins with (false)."""

    @property
    def is_prose(self) -> bool:
        """Whether it is running text."""
        return self.words >= PROSE_WORDS and self.linked < PROSE_LINKED


def word_count(text: str) -> float:
    """Returns the number of words. In scripts without spaces it is estimated from the number of characters."""
    if text.isascii():
        return len(_WORD.findall(text))
    wide = len(_WIDE.findall(text))
    return len(_WORD.findall(_WIDE.sub(" ", text) if wide else text)) + wide / _WIDE_PER_WORD


class Layout(Struct, frozen=True):
    """A page as its stretches and its boxes."""

    stretches: tuple[Stretch, ...]
    """In order."""
    boxes: tuple[Box, ...]
    """Outer boxes come before inner ones; the first is the root."""


def layout_of(root: Element, is_block: Callable[[Element], bool], is_shown: Callable[[Element], bool]) -> Layout:
    """Returns the stretches of text that contain a letter or a digit, and the boxes around them."""
    reader = _Reader(is_block)
    events = etree.iterwalk(root, events=("start", "end"))
    skipped = None
    for event, element in events:
        if event == "start":
            if element.tag in _UNREAD or not is_shown(element):
                skipped = element
                events.skip_subtree()
            else:
                reader.start(element)
            continue
        if element is skipped:
            skipped = None
        else:
            reader.end(element)
        if element.tail and element is not root:
            reader.text(element.tail, element, after=True)
    reader.flush()
    boxes = tuple(reader.boxes.values())
    _count(reader.found, boxes)
    _tell_tags(boxes)
    return Layout(tuple(reader.found), boxes)


def _count(stretches: Sequence[Stretch], boxes: Sequence[Box]) -> None:
    """Fills in what each box contains."""
    for stretch in stretches:
        box = stretch.box
        box.stretches += 1
        box.words += stretch.words
        box.characters += len(stretch.text)
        box.linked += round(stretch.linked * len(stretch.text))
        box.prose += stretch.words if stretch.is_prose else 0
        box.headings += stretch.level > 0
        box.leading += stretch.leads
    for box in reversed(boxes):
        around = box.parent
        if around is not None:
            around.stretches += box.stretches
            around.words += box.words
            around.characters += box.characters
            around.linked += box.linked
            around.prose += box.prose
            around.headings += box.headings
            around.leading += box.leading


def _tell_tags(boxes: Sequence[Box]) -> None:
    """Fills in the tags around each box. A box with most of the page is the page: its tag (form, footer) is ignored."""
    for box in boxes:
        around = box.parent.tags if box.parent else frozenset()
        own = frozenset({box.tag, ROLES.get(box.element.get("role", ""), box.tag)})
        if box.words > MOST * boxes[0].words:
            own -= AROUND
        box.tags = around if own <= around else around | own


class _Reader:
    """Collects text until a block begins or ends."""

    def __init__(self, is_block: Callable[[Element], bool]) -> None:
        self.found: list[Stretch] = []
        self._is_block = is_block
        self._blocks: list[Element] = []
        self.boxes: dict[Element, Box] = {}
        self._links = 0
        self._away = 0
        """Number of open links, and of those among them that lead to another page."""
        self._parts: list[str] = []
        self._linked: list[str] = []
        self._leading = 0
        self._pieces: list[tuple[Element, bool]] = []

    def start(self, element: Element) -> None:
        if element.tag == "br":
            self._parts.append(" ")
        if self._is_block(element):
            self.flush()
            self._blocks.append(element)
        self._count_link(element, 1)
        if element.text:
            self.text(element.text, element, after=False)

    def end(self, element: Element) -> None:
        self._count_link(element, -1)
        if self._blocks and self._blocks[-1] is element:
            self.flush()
            self._blocks.pop()

    def _count_link(self, element: Element, number: int) -> None:
        if element.tag == "a":
            self._links += number
            self._away += 0 if element.get("href", "#").startswith("#") else number

    def text(self, text: str, element: Element, *, after: bool) -> None:
        self._parts.append(text)
        if not text.isspace():
            self._pieces.append((element, after))
            if self._links:
                self._linked.append(text)
            self._leading += len(text.strip()) if self._away else 0

    def flush(self) -> None:
        text = folded("".join(self._parts)) if self._pieces else ""
        if any(map(str.isalnum, text)):
            box = self._box(self._blocks[-1] if self._blocks else self._pieces[0][0])
            linked = len(folded("".join(self._linked))) / len(text) if self._linked else 0.0
            level = next((HEADING_LEVELS[b.tag] for b in box.around(3) if b.tag in HEADING_LEVELS), 0)
            leads = level > 0 and self._leading >= LEADING * len(text)
            self.found.append(Stretch(box, text, word_count(text), min(1.0, linked), level, leads, self._pieces))
        self._parts, self._linked, self._pieces, self._leading = [], [], [], 0

    def _box(self, element: Element) -> Box:
        """Returns the box of an element. Creates it, and the boxes around it, if they are not known yet."""
        own = element
        path = []
        while element is not None and element not in self.boxes:
            path.append(element)
            element = element.getparent()
        for inner in reversed(path):
            self.boxes[inner] = _boxed(inner, self.boxes.get(inner.getparent()))
        return self.boxes[own]


def _boxed(element: Element, parent: Box | None) -> Box:
    tag = element.tag
    names = kinds_of_names(f"{element.get('class', '')} {element.get('id', '')}".strip())
    return Box(element, parent, parent.depth + 1 if parent else 0, tag, names)
