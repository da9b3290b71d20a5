"""Gathers what must be known about a whole page before the walk: style sheet, notes, boilerplate, font size."""

import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree

from chaptercast.common.units import LanguageTag
from chaptercast.document.formats.html import css, formulas
from chaptercast.document.formats.html.boilerplate import find_furniture, find_small_furniture, find_ways_out
from chaptercast.document.formats.html.element_content import language_of, text_of, texts_of
from chaptercast.document.formats.html.element_kinds import BLOCK, BLOCK_DISPLAYS, MACHINE_TEXT, NOT_TEXT
from chaptercast.document.formats.html.hidden_text import find_hidden
from chaptercast.document.formats.html.notes import Notes, find_notes
from chaptercast.document.formats.html.page_breaks import is_page_mark
from chaptercast.document.formats.html.page_metadata import statements_of
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.main_content.boilerplate import Kind, find_around
from chaptercast.document.metadata.language import canonical
from chaptercast.document.model import Omission, Reason

_UNSEEN = frozenset({"noembed", "rp"})
"""Elements that a browser does not show."""


class Page:
    """A parsed page, and what was found in it before the walk."""

    def __init__(
        self,
        root: Element,
        *,
        whole_page: bool = False,
        furnished: bool = True,
        depths: Mapping[Element, int] = MappingProxyType({}),
    ) -> None:
        """Analyses a page.

        `whole_page`: whether it is a page of its own. `furnished`: whether it may contain navigation and the like. `depths`: depths of
        the headings that the structure of a book names.
        """
        self.root = root
        self.depths = depths
        self.styles = css.StyleSheet([sheet.text or "" for sheet in root.iter("style")])
        self.language = declared_language(root)
        self.notes: Notes = find_notes(root)
        self.hidden = find_hidden(root, self.styles)
        self.statements = statements_of(root)
        self.furniture = find_small_furniture(root)
        self.loose: dict[tuple[Element, bool], str] = {}
        """Text nodes that are not part of the article, see `main_content.boilerplate.Around`."""
        self.is_article = True
        """Whether the page has an article, as far as can be told."""
        if furnished:
            self._leave_out(whole_page=whole_page)
        self.dollars = formulas.has_dollars(root)
        """Whether formulas are written between single dollars."""
        self._scripted = any(formulas.is_source(script) for script in root.iter("script"))
        self.sized = self.styles.names_sizes or any(
            element.tag == "font" or "font" in element.get("style", "") for element in root.iter()
        )
        self.is_preformatted = is_preformatted(root)
        """Whether nearly all of the page is in `pre`, as when a browser shows plain text."""
        self.body_size = self._body_size() if self.sized else css.ROOT_SIZE

    def is_block(self, element: Element) -> bool:
        """Returns whether an element begins and ends on a line of its own."""
        if element.tag in BLOCK:
            return True
        return self.styles.of(element.tag, element.attrib).get("display", "") in BLOCK_DISPLAYS

    def omission(self, element: Element, tag: str, *, in_heading: bool) -> tuple[Omission, ...] | None:
        """Returns why an element is left out; None if it is to be read. The result is empty if the omission is not worth reporting."""
        if tag == "head":
            return ()
        if tag in NOT_TEXT and not (tag == "button" and in_heading):
            return (Omission(tag if tag in MACHINE_TEXT else text_of(element), Reason.NOT_TEXT),)
        if tag in _UNSEEN or element in self.hidden:
            return () if tag == "rp" else (Omission(text_of(element), Reason.HIDDEN),)
        if reason := self._instead(element):
            return (Omission(text_of(element), reason),)
        if element in self.furniture:
            return tuple(Omission(text, Reason.BOILERPLATE) for text in texts_of(element))
        return None

    def _instead(self, element: Element) -> Reason | None:
        """Returns why an element is not read at its place although readers see it: it is not text, or is read from its source."""
        if is_page_mark(element):
            return Reason.PAGE_NUMBER
        return Reason.REPEATED if self._scripted and formulas.is_set_again(element) else None

    def _leave_out(self, *, whole_page: bool) -> None:
        """Finds the parts that are not the article."""
        unread = self.hidden | self.furniture.keys()
        kind = Kind.SMALL
        if whole_page:
            around = find_around(
                self.root,
                self.statements.statement,
                self.is_block,
                lambda each: each not in unread,
                self.notes.targets.keys(),
            )
            kind = around.kind
            self.furniture |= around.elements
            self.loose = around.loose
        self.is_article = kind is not Kind.OTHER
        if kind is Kind.ARTICLE:
            self.furniture |= find_ways_out(self.root)
        else:
            self.furniture |= find_furniture(self.root, whole_page=whole_page)

    def _body_size(self) -> float:
        """Returns the font size of most of the text, in CSS pixels."""
        counted: Counter[float] = Counter()
        sizes = [css.ROOT_SIZE]
        events = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in events:
            if event == "start":
                style = self.styles.of(element.tag, element.attrib)
                sizes.append(css.pixels(style, element.attrib, element.tag, sizes[-1]))
                text = element.text
                if element.tag in MACHINE_TEXT:
                    events.skip_subtree()
                    text = None
            else:
                sizes.pop()
                text = element.tail
            if text and not text.isspace():
                counted[sizes[-1]] += len(text)
        return counted.most_common(1)[0][0] if counted else css.ROOT_SIZE


PREFORMATTED = 0.8
"""Minimum share of a page's characters in `pre` if the page is plain text."""
PREFORMATTED_LENGTH = 1500
"""Minimum number of characters of such a text."""


def is_preformatted(root: Element) -> bool:
    """Returns whether nearly all of a page is in `pre`, as when a browser shows plain text."""
    held = sum(len(text_of(pre)) for pre in root.iter("pre"))
    return held > PREFORMATTED_LENGTH and held > PREFORMATTED * len(text_of(root))


def is_whole_page(source: str) -> bool:
    """Returns whether HTML source is a page of its own rather than a fragment."""
    return re.search(r"<(?:!doctype\s+html|html|head|body)\b", source[:PAGE_HEAD], re.IGNORECASE) is not None


PAGE_HEAD = 4096
"""Number of characters at the beginning in which a page says that it is one."""


def declared_language(root: Element) -> LanguageTag | None:
    """Returns the language of the whole page: of `html`, of `body`, or of the only element in the body."""
    element = root
    for _ in range(50):
        if language_of(element):
            return canonical(language_of(element))
        inner = [child for child in element if child.tag != "head"]
        if len(inner) != 1 or (element.text or "").strip() or (inner[0].tail or "").strip():
            return None
        element = inner[0]
    return None
