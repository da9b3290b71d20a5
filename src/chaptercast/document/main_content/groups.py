"""What stands together that is no part of the article: boxes of teasers, and what comes after words that announce other things."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from chaptercast.document.main_content.text_blocks import Box, Layout
from chaptercast.document.main_content.text_region import Region

MOST = 0.5
"""Share of a page's running text from which on a box is the article, or a page of teasers."""
TEASERS = 2
"""Headings that lead elsewhere which make a box one of teasers."""
_LED = 0.7
"""Share of its headings that do."""
TEASER_WORDS = 70
"""Words for each of them at the most."""
_COUNTED = re.compile(r"\d{1,3}\s?(?:/|of|von|sur|de|di)\s?\d{1,3}\b(?!/)")
COUNTED = 3
"""Lines with their place in a series that make one."""
BESIDE = 100
"""Words of running text beside a series that are an article."""
INDEX = 5
"""Headings that lead elsewhere which a list of pages has at least."""
INDEX_SHARE = 0.8
"""Share of the running text under them from which on a page is such a list."""
ANNOUNCEMENT = 12
"""Words of a line that announces what comes."""
_ANNOUNCED = ("comments", "related", "sign-up", "author")
"""Kinds of phrases that do."""
_LARGE = 0.3
"""Share of the running text from which on a box is not announced by its first line."""


def teasers_of(layout: Layout, region: Region) -> frozenset[Box]:
    """The boxes whose headings lead to other articles, and all boxes in them."""
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
    """The boxes of a series that is counted (“1/50”, “2 of 50”), where there is an article beside it, and all boxes in them."""
    counts: Counter[Box] = Counter()
    for stretch in layout.stretches:
        if _COUNTED.match(stretch.text):
            counts.update(stretch.box.around(len(layout.boxes)))
    found: set[Box] = set()
    for box in layout.boxes:
        if box.parent in found or (counts[box] >= COUNTED and region.prose - box.prose >= BESIDE):
            found.add(box)
    return frozenset(found)


def is_index(layout: Layout) -> bool:
    """Whether a page is a list of other pages: nearly all of its running text stands under headings that lead elsewhere."""
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
    """What kind of thing stretches belong to that a line before them announces: by their places, that line included."""
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
    """Whether a box begins with the stretch at `i`, and may be as a whole what that announces."""
    return box not in held and ends[box][0] == i and box.prose <= _LARGE * region.prose


def _section_end(layout: Layout, i: int, last: int) -> int:
    """The last stretch under the heading at `i`, before another heading of its level that leads nowhere, or running text."""
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
    """The first and the last stretch in each box."""
    ends: dict[Box, tuple[int, int]] = {}
    for i, stretch in enumerate(layout.stretches):
        box: Box | None = stretch.box
        while box is not None:
            ends[box] = (ends[box][0] if box in ends else i, i)
            box = box.parent
    return ends
