"""The text of a diagram ("SmartArt", ECMA-376, 21.4): its boxes as a list, in lists within it as they hang together."""

from collections import defaultdict

from chaptercast.document.formats.docx.qualified_names import Element, every, integer
from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.model import Block, ListBlock, Paragraph, Span

DEEPEST = 20
"""Boxes that hang on one another; deeper ones stand beside those at this depth."""


def read_diagram(root: Element) -> tuple[Block, ...]:
    """The blocks of a diagram's data."""
    texts = {point.get("modelId") or "": _texts(point) for point in every(root, "dgm:pt")}
    below: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for link in every(root, "dgm:cxn"):
        if (link.get("type") or "parOf") == "parOf":
            below[link.get("srcId") or ""].append((integer(link.get("srcOrd") or ""), link.get("destId") or ""))
    held = {identity for links in below.values() for _, identity in links}
    told: set[str] = set()
    items: list[tuple[Block, ...]] = []
    for identity in [*(each for each in texts if each not in held), *texts]:
        items += _items(identity, texts, below, told, 0)
    return (ListBlock(tuple(items)),) if items else ()


def _items(
    identity: str,
    texts: dict[str, list[str]],
    below: defaultdict[str, list[tuple[int, str]]],
    told: set[str],
    depth: int,
) -> list[tuple[Block, ...]]:
    """A box, with those that hang on it as a list within; of an empty box only those."""
    if identity in told:
        return []
    told.add(identity)
    own = [Paragraph((Span(text),)) for text in texts.get(identity, ())]
    inner: list[tuple[Block, ...]] = []
    for _, under in sorted(below.get(identity, ())):
        if depth < DEEPEST:
            inner += _items(under, texts, below, told, depth + 1)
    if not own:
        return inner
    return [(*own, ListBlock(tuple(inner))) if inner else tuple(own)]


def _texts(point: Element) -> list[str]:
    paragraphs = ("".join(each.text or "" for each in every(part, "a:t")) for part in every(point, "a:p"))
    return [text for text in map(folded, paragraphs) if text]
