"""Finds the text that a page hides, and the text that is only hidden until a script has run.

Scripts do not run here. Text that makes up more than half of a page is the page itself, and was not written to be hidden. Whatever
hides it (an element, a class name, `noscript`) is then ignored.
"""

import re
from collections import Counter

from lxml import etree
from msgspec import Struct

from chaptercast.document.formats.html import css
from chaptercast.document.formats.html.element_kinds import MACHINE_TEXT
from chaptercast.document.formats.html.parse import Element

MOST = 0.5
"""Hidden elements never hold this share of a page's unlinked text."""
COPY = 200
"""`noscript` or `template` with this many characters of text may hold the article."""

_ALWAYS_SHOWN = frozenset({"html", "body", "main", "article"})
"""Elements that hold the article itself."""
_NO_TEXT = MACHINE_TEXT
_ROUNDS = 8
"""Maximum number of walks. What is found to be shown may contain something hidden in its turn."""
_UNSEEN = frozenset({"noscript", "template"})
_CLASSES = frozenset(
    {"hidden", "hide", "d-none", "is-hidden", "u-hidden", "visually-hidden", "uk-hidden", "collapse-hidden"}
)
"""Class names of widely used style sheets, such as Bootstrap's."""
_SHOWN_ELSEWHERE = re.compile(r"(?:d-(?:sm|md|lg|xl|xxl)-(?!none)|(?:sm|md|lg|xl|2xl):(?!hidden)|visible-)")
"""Class names that show an element on some screens."""
_JAVASCRIPT = re.compile(r"javascript|enable scripts|browser", re.IGNORECASE)


class _Hidden(Struct, eq=False):
    element: Element
    cause: str
    text: int = 0
    """Number of unlinked characters in it."""


def find_hidden(root: Element, styles: css.StyleSheet) -> set[Element]:
    """Returns the elements that are not shown, only the outermost ones: by CSS, attributes and class names; `noscript` and `template`."""
    passed: set[Element] = set()
    for _ in range(_ROUNDS):
        looker = _Looker(styles, passed)
        looker.look(root)
        shown = _shown(looker.hidden, looker.total)
        if not shown:
            break
        passed |= shown
    return {each.element for each in looker.hidden if each.element not in passed}


def _shown(hidden: list[_Hidden], total: int) -> set[Element]:
    """Returns the hidden elements that are the page all the same: one element, or all elements that are hidden for the same cause."""
    by_cause: Counter[str] = Counter()
    for each in hidden:
        by_cause[each.cause] += each.text
    return {
        each.element
        for each in hidden
        if (_is_copy(each) if each.cause == "noscript" else by_cause[each.cause] > MOST * total)
    }


def _is_copy(hidden: _Hidden) -> bool:
    """Returns whether it is text for readers without scripts. A message that scripts are missing does not count, nor does source text."""
    if hidden.text < COPY:
        return False
    text = "".join(hidden.element.itertext())
    return _JAVASCRIPT.search(text) is None and not text.lstrip().startswith("<")


class _Looker:
    """Walks over a page once, to find what is hidden and how much text is in it."""

    def __init__(self, styles: css.StyleSheet, passed: set[Element]) -> None:
        self.hidden: list[_Hidden] = []
        self.total = 0
        self._styles = styles
        self._passed = passed
        self._links = 0
        self._open: _Hidden | None = None
        self._shrunk: list[tuple[Element, int]] = []
        """Open elements in type too small to be seen, without any larger type in them so far; each with the total when it began."""

    def look(self, root: Element) -> None:
        """Walks over the page."""
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            if event == "start":
                if element.tag in _NO_TEXT:
                    events.skip_subtree()
                else:
                    self._start(element)
                    self._count(element.text)
                continue
            if element.tag not in _NO_TEXT:
                self._end(element)
            if element is not root:
                self._count(element.tail)

    def _start(self, element: Element) -> None:
        self._links += element.tag == "a"
        if self._open is not None or element in self._passed or element.tag in _ALWAYS_SHOWN:
            return
        style = self._styles.of(element.tag, element.attrib)
        cause = _cause(element, style)
        if cause:
            self._open = _Hidden(element, cause, self.total)
        elif css.of_no_size(style):
            self._shrunk.append((element, self.total))
        elif self._shrunk and css.sizes_type(style):
            self._shrunk.clear()

    def _end(self, element: Element) -> None:
        self._links -= element.tag == "a"
        if self._open is not None and self._open.element is element:
            self._open.text = self.total - self._open.text
            self.hidden.append(self._open)
            self._open = None
        if self._shrunk and self._shrunk[-1][0] is element:
            _, before = self._shrunk.pop()
            self.hidden.append(_Hidden(element, "font-size: 0", self.total - before))

    def _count(self, text: str | None) -> None:
        if text and not self._links:
            self.total += len(text.strip())


def _cause(element: Element, style: css.Declarations) -> str:
    """Returns why an element is not shown; empty if it is shown, as far as can be told."""
    if element.tag in _UNSEEN:
        return str(element.tag)
    attributes = element.attrib
    if not attributes:
        return str(element.tag) if css.hidden(style) else ""
    hidden = attributes.get("hidden")
    if hidden is not None and hidden != "until-found":
        return "hidden"
    if attributes.get("aria-hidden", "").strip().lower() == "true":
        return "aria-hidden"
    names = attributes.get("class", "")
    if css.hidden(style):
        return f"{attributes.get('style', '')} {names}" if style else names
    hiding = not _CLASSES.isdisjoint(names.split()) and element.tag != "p" and not _SHOWN_ELSEWHERE.search(names)
    return names if hiding else ""
