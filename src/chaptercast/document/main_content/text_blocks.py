"""A page as its stretches of text, in order, and the boxes that they stand in.

A stretch is the text between two block boundaries: a paragraph, a heading, the words of a button, a line beside an image. A box is
an element that holds stretches; all that is counted of them is counted in each box around them.
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
"""Words of a stretch from which on it is running text, if it is not mostly links."""
PROSE_LINKED = 0.35
"""Share of it that links may have."""

MOST = 0.5
"""Share of a page's words from which on a box is no furniture whatever its tag and its name."""
AROUND = frozenset({"nav", "footer", "header", "aside", "form", "dialog", "figure", "a", "button"})
"""Tags that stand around an article, or within it, and are not it."""
LEADING = 0.7
"""Share of a heading that is a link from which on it leads elsewhere."""

_UNREAD = (MACHINE_TEXT | MEDIA | NOT_TEXT) - {"button", "output"}
_WIDE = re.compile("[\u3040-\u30ff\u2e80-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WIDE_PER_WORD = 1.7
"""Ideographs and kana that say as much as a word."""

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
"""The element that an ARIA role stands for."""


class Box(Struct, eq=False):
    """An element, and what it holds."""

    element: Element
    parent: "Box | None"
    depth: int
    tag: str
    names: frozenset[str]
    """The kinds that its class and id speak of."""
    tags: frozenset[str] = frozenset()
    """Of the element and all around it, roles as the tags that they stand for."""
    stretches: int = 0
    words: float = 0.0
    characters: int = 0
    linked: int = 0
    """Characters in links."""
    prose: float = 0.0
    """Words of running text."""
    headings: int = 0
    leading: int = 0
    """Headings that are links."""

    @property
    def link_share(self) -> float:
        """Share of its text that is links."""
        return self.linked / self.characters if self.characters else 0.0

    @property
    def words_each(self) -> float:
        """Words of a stretch, on average."""
        return self.words / self.stretches if self.stretches else 0.0

    @property
    def look(self) -> tuple[str, str]:
        """What boxes that look alike have in common."""
        return self.tag, self.element.get("class", "").partition(" ")[0]

    def around(self, most: int) -> "list[Box]":
        """Itself and the boxes around it, inmost first, `most` at most."""
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
    """Folded."""
    words: float
    linked: float
    """Share of it that is links."""
    level: int
    """Of the heading that it stands in; 0 for none."""
    leads: bool
    """Whether it is a heading that leads to another page."""
    pieces: list[tuple[Element, bool]]
    """The text nodes: an element, and whether it is the text after it instead of the one that it begins with."""

    @property
    def is_prose(self) -> bool:
        """Whether it is running text."""
        return self.words >= PROSE_WORDS and self.linked < PROSE_LINKED


def word_count(text: str) -> float:
    """How many words a text has; scripts without spaces are counted by what a word takes in them."""
    if text.isascii():
        return len(_WORD.findall(text))
    wide = len(_WIDE.findall(text))
    return len(_WORD.findall(_WIDE.sub(" ", text) if wide else text)) + wide / _WIDE_PER_WORD


class Layout(Struct, frozen=True):
    """A page as its stretches and its boxes."""

    stretches: tuple[Stretch, ...]
    """In order."""
    boxes: tuple[Box, ...]
    """Outer ones before those in them; the first is the root."""


def layout_of(root: Element, is_block: Callable[[Element], bool], is_shown: Callable[[Element], bool]) -> Layout:
    """The stretches of text in a page that have a letter or a digit, and the boxes that hold them."""
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
    """Fill in what each box holds."""
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
    """Fill in what each box stands in. What holds most of the page is the page, and not a form or a footer, whatever its tag."""
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
        """Open links, and those of them that lead to another page."""
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
        """The box of an element, and those around it where they are not known yet."""
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
