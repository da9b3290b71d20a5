"""What has to be known of a whole page before the walk: its style sheet, its notes, its furniture, its size of type."""

import re
from collections import Counter

from lxml import etree

from chaptercast.document.html import formulas
from chaptercast.document.html import style as css
from chaptercast.document.html.furniture import find_furniture
from chaptercast.document.html.notes import Notes, find_notes
from chaptercast.document.html.parse import Element
from chaptercast.document.html.tags import MACHINE_TEXT, NOT_TEXT, UNSEEN
from chaptercast.document.html.things import language_of, text_of
from chaptercast.document.language import canonical
from chaptercast.document.model import Omission, Reason
from chaptercast.units import LanguageTag

_ALWAYS_SHOWN = frozenset({"html", "body", "main", "article"})
"""Elements that hold the article itself: where they are hidden, a script that does not run here shows them."""


class Page:
    """A parsed page and what was found by looking it over."""

    def __init__(self, root: Element, *, whole_page: bool = False, furnished: bool = True) -> None:
        """`furnished`: whether there may be navigation and the like in it."""
        self.root = root
        self.styles = css.StyleSheet([sheet.text or "" for sheet in root.iter("style")])
        self.language = declared_language(root)
        self.notes: Notes = find_notes(root)
        self.furniture = find_furniture(root, whole_page=whole_page) if furnished else {}
        self.dollars = formulas.has_dollars(root)
        """Whether single dollars stand around formulas."""
        self._scripted = any(formulas.is_source(script) for script in root.iter("script"))
        self.sized = self.styles.names_sizes or any(
            element.tag == "font" or "font" in element.get("style", "") for element in root.iter()
        )
        self.body_size = self._body_size() if self.sized else css.ROOT_SIZE

    def omission(self, element: Element, tag: str, style: css.Declarations, *, in_heading: bool) -> Omission | None:
        """Why an element is left out, with an empty text where that is not worth telling; None if it is to be read."""
        if tag == "head":
            return Omission("", Reason.NOT_TEXT)
        if tag in NOT_TEXT and not (tag == "button" and in_heading):
            return Omission(tag if tag in MACHINE_TEXT else text_of(element), Reason.NOT_TEXT)
        if tag in UNSEEN or (_is_hidden(element, style) and tag not in _ALWAYS_SHOWN):
            return Omission("" if tag == "rp" else text_of(element), Reason.HIDDEN)
        if self._scripted and formulas.is_set_again(element):
            return Omission(text_of(element), Reason.REPEATED)
        if element in self.furniture:
            return Omission(text_of(element), Reason.BOILERPLATE)
        return None

    def _body_size(self) -> float:
        """The font size of most of the text, in CSS pixels."""
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


def _is_hidden(element: Element, style: css.Declarations) -> bool:
    attributes = element.attrib
    if not attributes:
        return css.hidden(style)
    hidden = attributes.get("hidden")
    return (
        (hidden is not None and hidden != "until-found")
        or attributes.get("aria-hidden", "").strip().lower() == "true"
        or css.hidden(style)
    )


def is_whole_page(source: str) -> bool:
    """Whether HTML source is a page of its own and not a fragment of one."""
    return re.search(r"<(?:!doctype\s+html|html|head|body)\b", source[:PAGE_HEAD], re.IGNORECASE) is not None


PAGE_HEAD = 4096
"""Characters in which a page says that it is one."""


def declared_language(root: Element) -> LanguageTag | None:
    """The language of the page as a whole: of `html`, `body`, or of an only element in it."""
    element = root
    for _ in range(50):
        if language_of(element):
            return canonical(language_of(element))
        inner = [child for child in element if child.tag != "head"]
        if len(inner) != 1 or (element.text or "").strip() or (inner[0].tail or "").strip():
            return None
        element = inner[0]
    return None
