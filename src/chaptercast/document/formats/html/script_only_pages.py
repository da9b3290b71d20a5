"""Recognises pages without text of their own, whose text a script adds when a browser shows them."""

from collections.abc import Iterable

from chaptercast.common.unicode_text import word_count
from chaptercast.document.block_text import texts
from chaptercast.document.formats.html.element_content import text_of
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.model import Block, Heading

_PLACES = frozenset(
    {
        "___gatsby",
        "__next",
        "__nuxt",
        "app",
        "app-root",
        "application",
        "main-app",
        "mount",
        "q-app",
        "react-root",
        "root",
        "svelte",
    }
)
"""The ids that frameworks give to the element that they fill."""
_FEW = 10
"""This many words can say that something is loading; every article has more."""


def is_shell(root: Element, blocks: Iterable[Block]) -> bool:
    """Returns whether a page has hardly any text, and the element for a script to fill is almost empty."""
    said = 0
    for text in texts(block for block in blocks if not isinstance(block, Heading)):
        said += word_count(text)
        if said >= _FEW:
            return False
    if next(root.iter("script"), None) is None:
        return False
    places = (element for element in root.iter() if element.get("id") in _PLACES or element.tag == "app-root")
    return any(word_count(text_of(place)) < _FEW for place in places)
