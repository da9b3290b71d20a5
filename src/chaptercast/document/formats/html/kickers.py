"""Separates the line above a headline (the kicker) from the `h1` that contains both, so that it is not read as part of the title."""

import re

from lxml import etree

from chaptercast.document.formats.html.element_content import folded, key
from chaptercast.document.formats.html.parse import Element

KICKER = "kicker"
"""The class of the paragraph that a kicker becomes."""
_NAMES = re.compile(
    r"kicker|over-?line|dachzeile|title-?header|eyebrow|top-?line|(?:pre|super|sub)-?(?:title|head)|h1-?small|rubrik|catch-?line",
    re.IGNORECASE,
)


def part_kickers(root: Element) -> None:
    """Moves each line above a headline into a paragraph before its `h1`."""
    for heading in list(root.iter("h1")):
        inner = heading
        while len(inner) == 1 and not (inner.text or "").strip() and not (inner[0].tail or "").strip():
            inner = inner[0]
        if not len(inner) or (inner.text or "").strip() or heading.getparent() is None:
            continue
        first = inner[0]
        line = folded("".join(first.itertext()))
        rest = folded("".join(inner.itertext()))[len(line) :]
        named = first.tag == "small" or _NAMES.search(first.get("class", ""))
        if not named or not key(line) or (" " not in rest.strip() and rest.isascii()) or not key(rest):
            continue
        inner.text, first.tail = first.tail, None
        inner.remove(first)
        paragraph = etree.Element("p", {"class": KICKER})
        paragraph.append(first)
        heading.addprevious(paragraph)
