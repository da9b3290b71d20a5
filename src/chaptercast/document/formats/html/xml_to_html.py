"""Rebuilds XML of another format as an HTML tree: one pass, without recursion. A subclass decides what each element becomes."""

from lxml import etree

from chaptercast.common.unicode_text import xml_text
from chaptercast.document.formats.html.page_context import Page
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.formats.html.tree_walk import Walker
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.metadata.merging import merged
from chaptercast.document.model import Metadata, Omission


class Rebuilder:
    """Builds HTML in `root` from elements of another format."""

    def __init__(self) -> None:
        self.root = etree.Element("html")
        self.body = etree.SubElement(self.root, "body")
        self.at = self.body
        """The element to which the next content is added."""
        self.depths: dict[Element, int] = {}
        """Depths of the headings that the structure of the source names, see `Origin`."""
        self.left_out: list[Omission] = []
        self._pieces: list[str] = []
        self._within: Element = self.body
        self._after: Element | None = None
        """Where the pieces belong: in an element, after its last child if it has one."""

    def enter(self, element: Element) -> Element | None:
        """Returns the HTML element for the content of `element`; `self.at` if it has none of its own, None if `element` is left out."""
        raise NotImplementedError

    def leave(self, element: Element) -> None:
        """Called when all of an element has been seen. `self.at` is what it was before the element."""

    def run(self, source: Element) -> None:
        """Rebuilds the content of `source`."""
        around: list[Element] = []
        skipped = None
        events = etree.iterwalk(source, events=("start", "end"))
        for event, element in events:
            if event == "start":
                into = self.enter(element)
                if into is None:
                    skipped = element
                    events.skip_subtree()
                    continue
                around.append(self.at)
                self.at = into
                self.text(element.text)
                continue
            if element is skipped:
                skipped = None
            else:
                self.at = around.pop()
                self.leave(element)
            if element is not source:
                self.text(element.tail)

    def make(self, tag: str, attributes: dict[str, str] | None = None) -> Element:
        """Returns a new element at the current place. It may be filled or stay empty."""
        return etree.SubElement(self.at, tag, {name: xml_text(value) for name, value in (attributes or {}).items()})

    def text(self, text: str | None) -> None:
        """Adds text here. Text that comes in many pieces is joined when it has ended, or when `settle` is called."""
        if not text:
            return
        after = self.at[-1] if len(self.at) else None
        if self._pieces and (after is not self._after or self.at is not self._within):
            self.settle()
        self._within, self._after = self.at, after
        self._pieces.append(text)

    def settle(self) -> None:
        """Puts the collected text into the tree. Call it before reading text from the tree."""
        text = xml_text("".join(self._pieces))
        self._pieces.clear()
        if text and self._after is not None:
            self._after.tail = (self._after.tail or "") + text
        elif text:
            self._within.text = (self._within.text or "") + text

    def reading(self, metadata: Metadata) -> Reading:
        """Returns the result of reading the rebuilt tree as HTML."""
        self.settle()
        walker = Walker(Page(self.root, furnished=False, depths=self.depths))
        walker.run()
        declared = Metadata(language=walker.page.language)
        return Reading(tuple(walker.blocks), (*self.left_out, *walker.left_out), merged((metadata, declared)))
