"""Groups of text that are not part of the article: boxes of teasers, and sections that a line announces (comments, related articles)."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from chaptercast.document.main_content.text_blocks import Box, Layout
from chaptercast.document.main_content.text_region import Region

MOST = 0.5
"""A box with this share of the page's running text is the article, or the whole page consists of teasers."""
TEASERS = 2
"""Minimum number of headings in a box of teasers that link to other pages."""
_LED = 0.7
"""Minimum share of the headings in a box of teasers that link to other pages."""
TEASER_WORDS = 70
"""Maximum number of words in a box of teasers for each heading that links to another page."""
_COUNTED = re.compile(r"\d{1,3}\s?(?:/|of|von|sur|de|di)\s?\d{1,3}\b(?!/)")
COUNTED = 3
"""Minimum number of lines with a place in a series (“2 of 50”) that make a series."""
BESIDE = 100
"""This many words of running text beside a series are an article."""
INDEX = 5
"""A list of pages has at least this many headings that link to other pages."""
INDEX_SHARE = 0.8
"""Minimum share of the running text under such headings in a list of pages."""
ANNOUNCEMENT = 12
"""A line that announces a section has at most this many words."""
_ANNOUNCED = ("comments", "related", "sign-up", "author")
"""Kinds of phrases that announce a section."""
_LARGE = 0.3
"""A box with this share of the running text is not announced by its first line."""


def teasers_of(layout: Layout, region: Region) -> frozenset[Box]:
    """Returns the boxes whose headings link to other articles, and all boxes inside them."""
    found: set[Box] = set()
    held = set(region.core.around(len(layout.boxes))) if region.core else set()
    for box in layout.boxes:
        if box.parent in found or (box not in held and _is_of_teasers(box, region)):
            found.add(box)
    return frozenset(found)


def _is_of_teasers(box: Box, region: Region) -> bool:
    led = box.leading
    if led < TEASERS or led < _LED * (box.headings - 1) or box.prose > MOST * region.prose:
        return False
    return box.words <= TEASER_WORDS * led


def gallery_of(layout: Layout, region: Region) -> frozenset[Box]:
    """Returns the boxes of a counted series (“1/50”, “2 of 50”) beside an article, and all boxes inside them."""
    counts: Counter[Box] = Counter()
    for stretch in layout.stretches:
        if _COUNTED.match(stretch.text):
            counts.update(stretch.box.around(len(layout.boxes)))
    found: set[Box] = set()
    held = set(region.only.around(len(layout.boxes))) if region.only else set()
    for box in layout.boxes:
        counted = counts[box] >= COUNTED and box not in held
        if box.parent in found or (counted and region.prose - box.prose >= BESIDE):
            found.add(box)
    return frozenset(found)


def is_index(layout: Layout) -> bool:
    """Returns whether a page is a list of other pages: nearly all of its running text is under headings that link to other pages."""
    root = layout.boxes[0]
    if root.leading < INDEX or root.leading < MOST * root.headings:
        return False
    under: list[float] = []
    leads = False
    for stretch in layout.stretches:
        if stretch.level:
            leads = stretch.leads
            under.append(0.0)
        elif leads and stretch.is_prose:
            under[-1] += stretch.words
    return sum(words for words in under if words <= TEASER_WORDS) >= INDEX_SHARE * root.prose


def announced_of(layout: Layout, region: Region, says: Sequence[frozenset[str]]) -> Mapping[int, str]:
    """Returns, by index, the kind of each stretch that belongs to an announced section. The line that announces it is included."""
    stretches = layout.stretches
    ends = _ends(layout)
    held = set(region.core.around(len(layout.boxes))) if region.core else set()
    found: dict[int, str] = {}
    for i, stretch in enumerate(stretches):
        kind = next((kind for kind in _ANNOUNCED if kind in says[i]), "") if stretch.words < ANNOUNCEMENT else ""
        if not kind or i in found:
            continue
        box = stretch.box
        while box.parent is not None and _may_be_announced(box.parent, i, ends, held, region):
            box = box.parent
        last = ends[box][1] if ends[box][0] == i and box not in held else i
        if last == i and stretch.level:
            last = _section_end(layout, i, ends[box.parent][1] if box.parent else i)
        if last > i:
            found.update(dict.fromkeys(range(i, last + 1), kind))
    return found


def _may_be_announced(box: Box, i: int, ends: Mapping[Box, tuple[int, int]], held: set[Box], region: Region) -> bool:
    """Returns whether a box begins with the stretch at `i`, and may be the whole section that this stretch announces."""
    return box not in held and ends[box][0] == i and box.prose <= _LARGE * region.prose


def _section_end(layout: Layout, i: int, last: int) -> int:
    """Returns the last stretch under the heading at `i`.

    The section ends before running text, or before a heading of the same level that is not a link.
    """
    stretches = layout.stretches
    level = stretches[i].level
    for n in range(i + 1, last + 1):
        stretch = stretches[n]
        if (stretch.level and stretch.level <= level and not stretch.leads) or (
            stretch.is_prose and stretch.box.parent is stretches[i].box.parent
        ):
            return n - 1
    return last


def _ends(layout: Layout) -> dict[Box, tuple[int, int]]:
    """Returns the first and the last stretch in each box."""
    ends: dict[Box, tuple[int, int]] = {}
    for i, stretch in enumerate(layout.stretches):
        box: Box | None = stretch.box
        while box is not None:
            ends[box] = (ends[box][0] if box in ends else i, i)
            box = box.parent
    return ends
