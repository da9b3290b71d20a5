"""Counts the text, links and controls in each element of a page: one pass, all descendants included."""

import re

from lxml import etree
from msgspec import Struct

from chaptercast.document.formats.html.element_kinds import MACHINE_TEXT
from chaptercast.document.formats.html.parse import Element

LINK_DENSITY = 0.5
"""An element is a list of links if at least this share of its text is links."""
LOGO = re.compile(r"logo|brand|site-?(?:title|name)", re.IGNORECASE)
"""Class or id of the name of a site. Such an element is not a title, even if it is an `h1`."""

_UNSEEN = frozenset({"template", "noscript", "noembed", "rp"})
_CONTROLS = frozenset({"input", "button", "select", "textarea", "form"})


class Holding(Struct):
    """The content of an element."""

    text: int = 0
    """Visible characters, without the white space at the ends of text nodes."""
    linked: int = 0
    """Number of these characters in links."""
    links: int = 0
    controls: int = 0
    titles: int = 0
    """Number of `h1` elements that are not a logo."""

    @property
    def unlinked(self) -> int:
        """Characters outside of links."""
        return self.text - self.linked

    @property
    def link_list(self) -> bool:
        """Whether it is mostly links."""
        return self.linked >= LINK_DENSITY * self.text if self.text else self.links > 0


Survey = dict[Element, Holding]


def survey(root: Element) -> Survey:
    """Returns the content of each element of a page. Elements for the machine are left out, with all they contain."""
    found: Survey = {}
    stack: list[Holding] = []
    linked = 0
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        if event == "start":
            holding = Holding(links=tag == "a", controls=tag in _CONTROLS, titles=tag == "h1" and not is_logo(element))
            found[element] = holding
            stack.append(holding)
            linked += tag == "a"
            if tag in MACHINE_TEXT or tag in _UNSEEN:
                events.skip_subtree()
            else:
                _count(holding, element.text, linked)
            continue
        linked -= tag == "a"
        holding = stack.pop()
        if stack:
            around = stack[-1]
            around.text += holding.text
            around.linked += holding.linked
            around.links += holding.links
            around.controls += holding.controls
            around.titles += holding.titles
            _count(around, element.tail, linked)
    return found


def is_logo(element: Element) -> bool:
    """Returns whether the class or id of an element says that it is the name of the site."""
    return LOGO.search(f"{element.get('class', '')} {element.get('id', '')}") is not None


def _count(holding: Holding, text: str | None, linked: int) -> None:
    length = len(text.strip()) if text else 0
    holding.text += length
    if linked:
        holding.linked += length
