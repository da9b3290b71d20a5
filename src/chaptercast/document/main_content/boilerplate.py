"""Finds the boilerplate of a page: whole elements, and loose text nodes between others, that are not the article."""

from collections.abc import Callable, Collection, Sequence
from enum import Enum, auto

from msgspec import Struct

from chaptercast.document.formats.html.element_kinds import MEDIA
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.main_content.features import Statement, signs_of
from chaptercast.document.main_content.groups import is_index
from chaptercast.document.main_content.scoring import judge
from chaptercast.document.main_content.text_blocks import Box, Layout, Stretch, layout_of
from chaptercast.document.main_content.text_region import region_of

_PAGE = frozenset({"html", "body"})
_SHOWN = MEDIA | {"img", "picture"}


NOTE_DEPTH = 6
"""Number of boxes around a text that are searched for the note that contains it."""
SMALL = 60
"""A page with fewer words than this is too small to judge."""


class Kind(Enum):
    """The kind of a page."""

    ARTICLE = auto()
    SMALL = auto()
    """Too small to tell."""
    OTHER = auto()
    """Not an article: an index, or a page of search results."""


class Around(Struct, frozen=True):
    """What surrounds the article."""

    kind: Kind
    elements: dict[Element, None] = {}
    """Elements that hold nothing of the article. Only the outermost ones are listed."""
    loose: dict[tuple[Element, bool], str] = {}
    """Text nodes beside those of the article. The key is an element and a flag: false for the text that the element begins with, true for
    the text that follows it. The first node of a stretch has all of its text."""


def find_around(
    root: Element,
    statement: Statement,
    is_block: Callable[[Element], bool],
    is_shown: Callable[[Element], bool],
    notes: Collection[Element] = (),
) -> Around:
    """Returns what is not the article. `notes` are the elements with the notes that the article refers to: they belong to it."""
    layout = layout_of(root, is_block, is_shown)
    if not layout.stretches or layout.boxes[0].words < SMALL:
        return Around(Kind.SMALL)
    if is_index(layout):
        return Around(Kind.OTHER)
    region = region_of(layout, statement.title)
    kept = judge(layout, signs_of(layout, region, statement))
    if not _is_article(layout, kept):
        return Around(Kind.OTHER)
    if notes:
        kept = [
            keep or any(box.element in notes for box in stretch.box.around(NOTE_DEPTH))
            for stretch, keep in zip(layout.stretches, kept, strict=True)
        ]
    empty = _empty(layout, kept)
    elements = {box.element: None for box in empty if box.parent not in empty}
    for element in _pictures_outside(root, layout.stretches, kept):
        elements.setdefault(element)
    loose: dict[tuple[Element, bool], str] = {}
    for stretch, keep in zip(layout.stretches, kept, strict=True):
        if not keep and stretch.box not in empty:
            loose.update((piece, "" if n else stretch.text) for n, piece in enumerate(stretch.pieces))
    return Around(Kind.ARTICLE, elements, loose)


ARTICLE_WORDS = 30
"""If this many words of running text are kept, they are an article."""
ARTICLE_SHARE = 0.3
"""If this share of the page's words is kept, it is an article too."""


def _is_article(layout: Layout, kept: Sequence[bool]) -> bool:
    chosen = [stretch for stretch, keep in zip(layout.stretches, kept, strict=True) if keep]
    prose = sum(stretch.words for stretch in chosen if stretch.is_prose)
    words = sum(stretch.words for stretch in chosen)
    return words > 0 and (prose >= ARTICLE_WORDS or words >= ARTICLE_SHARE * layout.boxes[0].words)


def _empty(layout: Layout, kept: Sequence[bool]) -> set[Box]:
    """Returns the boxes that hold nothing of the article."""
    full: set[Box] = set()
    for stretch, keep in zip(layout.stretches, kept, strict=True):
        box: Box | None = stretch.box if keep else None
        while box is not None and box not in full:
            full.add(box)
            box = box.parent
    return {box for box in layout.boxes if box not in full and box.tag not in _PAGE}


def _pictures_outside(root: Element, stretches: Sequence[Stretch], kept: Sequence[bool]) -> list[Element]:
    """Returns the images before the first and after the last text of the article: logos and other pictures of the site."""
    order = {element: n for n, element in enumerate(root.iter())}
    places = [order[stretch.pieces[0][0]] for stretch, keep in zip(stretches, kept, strict=True) if keep]
    first, last = min(places), max(places)
    return [element for element, n in order.items() if element.tag in _SHOWN and not first <= n <= last]
