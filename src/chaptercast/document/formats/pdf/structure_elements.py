"""Finds the leaves of a structure tree: the elements that hold one stretch of text each, in reading order."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from chaptercast.document.formats.pdf.page import ARTIFACT, Element, Glyph, Leaf

TRUSTED = 0.95
"""Minimum share of a page's glyphs that its structure must contain."""
_INLINE_KINDS = """
Span Link Reference Em Strong Sub Annot Quote BibEntry Code Ruby RB RT RP Warichu WT WP Private
"""
_INLINE = frozenset(_INLINE_KINDS.split())
_HELD = ("NonStruct", "Private")
_TITLES = re.compile(r"title|titel|titre|heading ?\d|überschrift ?\d", re.IGNORECASE)
_WHOLE_KINDS = """
P H H1 H2 H3 H4 H5 H6 LBody Lbl TD TH Caption Note FENote TOCI Title Formula Figure BlockQuote Code LI
"""
WHOLE = frozenset(_WHOLE_KINDS.split())
"""Elements whose text is one block. The text of other elements is split by the positions of its lines."""


class _Way(Struct, frozen=True):
    """The elements that contain an element."""

    kinds: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()


def leaves_of(tree: Sequence[Element]) -> list[tuple[Leaf, list[int]]]:
    """Returns the leaves of a tree, each with the numbers of its marked content."""
    counter = [0]
    found: list[tuple[Leaf, list[int]]] = []
    for element in tree:
        found.extend(_leaves(element, _Way(), counter, ""))
    return found


def _leaves(element: Element, way: _Way, counter: list[int], language: str) -> Iterator[tuple[Leaf, list[int]]]:
    counter[0] += 1
    language = element.language or language
    way = _Way((*way.kinds, _kind(element)), (*way.numbers, counter[0]))
    if element.kind in ("Figure", "Formula") and (element.alt or element.actual or element.kind == "Formula"):
        yield _leaf(element, way, language), _content(element)
        return
    run: list[int] = []
    for child in element.children:
        if isinstance(child, int):
            run.append(child)
        elif _is_inline(child):
            run.extend(_content(child))
        else:
            if run:
                yield _leaf(element, way, language), run
                run = []
            yield from _leaves(child, way, counter, language)
    if run:
        yield _leaf(element, way, language), run


def _kind(element: Element) -> str:
    """Returns the kind of an element. A paragraph that the file itself names as a title or a heading is one."""
    if element.kind == "P" and _TITLES.fullmatch(element.own.strip()):
        digit = re.search(r"\d", element.own)
        return f"H{digit[0]}" if digit else "Title"
    return element.kind


def _is_inline(element: Element) -> bool:
    if element.kind in _INLINE and not (element.alt and not element.children):
        return not any(isinstance(child, Element) and child.kind in WHOLE for child in element.children)
    return element.kind in _HELD and all(isinstance(child, int) or _is_inline(child) for child in element.children)


def _content(element: Element) -> list[int]:
    found: list[int] = []
    for child in element.children:
        found.extend([child] if isinstance(child, int) else _content(child))
    return found


def _leaf(element: Element, way: _Way, language: str) -> Leaf:
    return Leaf(way.kinds, way.numbers, element.alt, element.actual, language)


def replacements(tree: Sequence[Element]) -> dict[int, tuple[int, str]]:
    """Returns the replacement texts for marked content.

    The value is the first number of the marked content that is replaced together, and the text.
    """
    found: dict[int, tuple[int, str]] = {}
    waiting = list(tree)
    while waiting:
        element = waiting.pop()
        if element.actual and element.kind in (*_INLINE, "Lbl", "P", *_HELD):
            numbers = _content(element)
            found.update((number, (numbers[0], element.actual)) for number in numbers)
            continue
        waiting.extend(child for child in element.children if isinstance(child, Element))
    return found


def is_trusted(leaves: Sequence[tuple[Leaf, list[int]]], glyphs: Sequence[Glyph]) -> bool:
    """Returns whether a page's structure contains nearly all of its glyphs."""
    known = {number for _, numbers in leaves for number in numbers} | {ARTIFACT}
    return bool(leaves) and sum(glyph.tag in known for glyph in glyphs) >= TRUSTED * len(glyphs)


def replaced(glyphs: Sequence[Glyph], texts: Mapping[int, tuple[int, str]]) -> list[Glyph]:
    """Returns the glyphs, with replaced ones as one glyph that has the replacement text."""
    if not texts:
        return list(glyphs)
    result: list[Glyph] = []
    done: dict[int, Glyph] = {}
    for glyph in glyphs:
        found = texts.get(glyph.tag)
        if found is None:
            result.append(glyph)
            continue
        first, text = found
        if first in done:
            done[first].x1 = max(done[first].x1, glyph.x1)
            continue
        glyph.space = max(glyph.space, 2 if text[:1].isspace() else 0)
        glyph.text = " ".join(text.split())
        done[first] = glyph
        if glyph.text:
            result.append(glyph)
    return result
