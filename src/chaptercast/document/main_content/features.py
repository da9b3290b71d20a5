"""Features of a stretch of text that tell whether it belongs to the article: its own, and those of the text around, before and after it."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from msgspec import Struct

from chaptercast.document.formats.html.element_content import key
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.main_content.groups import announced_of, gallery_of, teasers_of
from chaptercast.document.main_content.phrases import kinds_of
from chaptercast.document.main_content.text_blocks import MOST, Box, Layout, Stretch
from chaptercast.document.main_content.text_region import Region

NEAR = 3
"""The names of this many boxes around a stretch count as near."""
_AROUND = 7
"""Number of boxes around a stretch that are examined."""
_WORDS_TYPES = frozenset({"text", "email", "search", "tel", "url"})
_FIELD_HOLDERS = 5
LITTLE = 0.3
"""A box beside the article has at most this share of the running text."""
_KIN = 3
"""Two stretches are kin if this many of their boxes look alike."""
SMALL_BOX, LARGE_BOX = 3, 10
"""Minimum number of stretches in the small and in the large box around a stretch."""
SECTION = 8
"""Number of stretches after a heading that are examined."""
_BODY_KEY = 400
"""The article text in the page's data is trusted from this many characters on."""
_DESCRIPTION_KEY = 30

_SENTENCE = (".", "!", "?", "。", "！", "？", "…", "।", "؟", "۔")
_CLOSING = "\"'”’»」』)）]"
_BULLET = re.compile(r"[•‣▪●○■□▶►»›>|/–—·#*✓✔→←»«-]\s*\w")
_OPEN = frozenset({"dialog"})
"""A tag and a kind of name that tell nothing about text in the page's only article."""
_KEPT_NAMES = frozenset({"body", "article", "lead"})
"""Kinds of names that count even for a box that holds most of the page."""


class Statement(Struct, frozen=True):
    """What the page's data say about its article. The values are keys: letters and digits only, in one case."""

    title: str = ""
    description: str = ""
    body: str = ""
    """The whole text of the article."""


class Signs(Struct, frozen=True):
    """The features of a stretch."""

    words: float
    linked: float
    level: int
    tag: str
    sentence: bool
    """The text ends as a sentence does."""
    colon: bool
    says: frozenset[str]
    """The kinds of boilerplate that the text is worded like, see `phrases`."""
    listed: bool
    """The text begins with a bullet, or contains bars."""
    tags: frozenset[str]
    """Tags of the boxes around it."""
    own: frozenset[str]
    """Kinds of names of its own box."""
    near: frozenset[str]
    """Kinds of names of the nearest boxes around it."""
    far: frozenset[str]
    in_article: bool | None
    """Whether it is in what the page marks as its article; None if the page marks nothing."""
    outside_only: bool
    """Whether it is outside the page's one `article`, which contains the page's one title."""
    in_main: bool | None
    in_body: bool | None
    in_core: bool
    in_densest: bool
    steps_to_densest: int
    """Number of boxes up to the densest box that contains it. If that box does not contain it: from the densest box up to the first box
    that contains both."""
    side: str
    """Position relative to the running text of the densest box: `before`, `amid` or `after`."""
    box_words_each: float
    box_prose: float
    """Share of the page's running text that is in the small box around it."""
    large_linked: float
    large_words_each: float
    in_teasers: bool
    """It is in a box whose headings link to other pages."""
    in_gallery: bool
    """It is in a counted series beside the article."""
    announced: str
    """The kind of section that this line, or one before it, announces: `comments`, `related`, `sign-up` or `author`; empty if none."""
    by_field: bool
    """It is in a small box with an input field."""
    kin: float
    """Share of the page's running text in boxes that look the same: same own box, and same two boxes around it."""
    links_before: bool
    """The stretch before it is mostly a link."""
    links_after: bool
    heading_before: bool
    heading_after: bool
    like_before: bool
    """The stretch before it has the same tag and class."""
    like_after: bool
    beside_before: bool
    """The stretch before it is in the same box, or in a neighbour of that box."""
    beside_after: bool
    section: str
    """What follows a heading: `nothing`, `links`, `little` or `text`; empty if this is not a heading."""
    to_title: int | None
    """Number of stretches since the title; None if no title was found."""
    is_title: bool
    described: bool
    """It is the description that the page gives."""
    in_data: bool | None
    """Whether it is in the article text in the page's data; None if the data have no article text."""
    position: float
    """Position in the page, from 0 to 1."""
    after_end: bool
    """Comments, a newsletter or related articles were announced before it, and no running text has come since."""


class Standing(Struct, frozen=True):
    """What all text in a box has in common."""

    names: frozenset[str]
    """Kinds of names of the box and of all boxes around it."""
    article: bool = False
    only: bool = False
    main: bool = False
    body: bool = False
    core: bool = False
    densest: bool = False
    steps: int = 0
    """Number of boxes from here up to the densest box, or from the densest box up to the first box that contains both."""
    small: Box | None = None
    large: Box | None = None


def signs_of(layout: Layout, region: Region, statement: Statement) -> list[Signs]:
    """Returns the features of each stretch."""
    return _Viewer(layout, region, statement).all()


class _Viewer:
    def __init__(self, layout: Layout, region: Region, statement: Statement) -> None:
        self.stretches = layout.stretches
        self.region = region
        self.statement = statement
        self.standings = self._standings(layout.boxes)
        self.title = self._title()
        self.fields = _fields(layout.boxes[0].element)
        self.kin: Counter[tuple[tuple[str, str], ...]] = Counter()
        for stretch in layout.stretches:
            self.kin[_looks(stretch.box)] += round(stretch.words) if stretch.is_prose else 0
        self.says = [kinds_of(stretch.text) for stretch in layout.stretches]
        self.teasers = teasers_of(layout, region)
        self.gallery = gallery_of(layout, region)
        self.announced_kinds = announced_of(layout, region, self.says)
        self.announced = False

    def all(self) -> list[Signs]:
        return [self._signs(i, stretch) for i, stretch in enumerate(self.stretches)]

    def _signs(self, i: int, stretch: Stretch) -> Signs:
        region, box = self.region, stretch.box
        standing = self.standings[box]
        around = box.around(_AROUND)
        says = self.says[i]
        before = self.stretches[i - 1] if i else None
        after = self.stretches[i + 1] if i + 1 < len(self.stretches) else None
        small, large = standing.small or box, standing.large or box
        near = frozenset().union(*(self._names(b) for b in around[:NEAR]))
        text = stretch.text
        own = key(text)
        data = self.statement.body if len(self.statement.body) >= _BODY_KEY else ""
        description = self.statement.description
        end = text.rstrip(_CLOSING)
        return Signs(
            words=stretch.words,
            linked=stretch.linked,
            level=stretch.level,
            tag=box.tag,
            sentence=end.endswith(_SENTENCE),
            colon=end.endswith((":", "：")),
            says=says,
            listed=_BULLET.match(text) is not None or (" | " in text and stretch.words < 20),
            tags=box.tags - _OPEN if standing.only else box.tags,
            own=self._names(box),
            near=near - _OPEN if standing.only else near,
            far=self._far(around, near) - _OPEN if standing.only else self._far(around, near),
            in_article=standing.article if region.articles else None,
            outside_only=region.only is not None and not standing.only,
            in_main=standing.main if region.mains else None,
            in_body=standing.body if region.bodies else None,
            in_core=standing.core,
            in_densest=standing.densest,
            steps_to_densest=standing.steps,
            side="before" if i < region.first else "after" if i > region.last else "amid",
            box_words_each=small.words_each,
            box_prose=small.prose / (region.prose or 1),
            large_linked=large.link_share,
            large_words_each=large.words_each,
            in_teasers=box in self.teasers,
            in_gallery=box in self.gallery,
            announced=self.announced_kinds.get(i, ""),
            by_field=any(b.element in self.fields and b.prose < LITTLE * region.prose for b in around[:NEAR]),
            kin=self.kin[_looks(box)] / (region.prose or 1),
            links_before=before is not None and before.linked > 0.7,
            links_after=after is not None and after.linked > 0.7,
            heading_before=before is not None and before.level > 0,
            heading_after=after is not None and after.level > 0,
            like_before=before is not None and _alike(before, stretch),
            like_after=after is not None and _alike(after, stretch),
            beside_before=before is not None and _beside(before, stretch),
            beside_after=after is not None and _beside(after, stretch),
            section=self._section(i) if stretch.level else "",
            to_title=i - self.title if self.title is not None else None,
            is_title=len(own) >= 8 and own == self.statement.title,
            described=len(own) >= _DESCRIPTION_KEY and bool(description) and (own in description or description in own),
            in_data=(len(own) >= 3 and own in data) if data else None,
            position=i / len(self.stretches),
            after_end=self._after_end(i, stretch, says),
        )

    def _far(self, around: Sequence[Box], near: frozenset[str]) -> frozenset[str]:
        """Returns the kinds of names that are further out than the near ones."""
        return self.standings[around[NEAR]].names - near if len(around) > NEAR else frozenset()

    def _names(self, box: Box) -> frozenset[str]:
        """Returns the kinds of names of a box. If the box holds most of the page, only the kinds that an article has."""
        return box.names & _KEPT_NAMES if box.words > MOST * self.region.words else box.names

    def _standings(self, boxes: Sequence[Box]) -> dict[Box, Standing]:
        region = self.region
        steps = {box: n for n, box in enumerate(region.densest.around(len(boxes)))} if region.densest else {}
        found: dict[Box, Standing] = {}
        for box in boxes:
            outer = found[box.parent] if box.parent is not None else Standing(frozenset())
            found[box] = Standing(
                outer.names | self._names(box),
                outer.article or box in region.articles,
                outer.only or box is region.only,
                outer.main or box in region.mains,
                outer.body or box in region.bodies,
                outer.core or box is region.core,
                outer.densest or box is region.densest,
                0 if box is region.densest else steps.get(box, outer.steps + outer.densest),
                box if box.stretches >= SMALL_BOX else outer.small,
                box if box.stretches >= LARGE_BOX else outer.large,
            )
        return found

    def _title(self) -> int | None:
        """Returns the index of the stretch with the title. A heading is preferred to other text."""
        title = self.statement.title
        found = None
        for i, stretch in enumerate(self.stretches):
            own = key(stretch.text) if title and len(stretch.text) < 400 else ""
            if len(own) >= 8 and (own in title or title in own):
                if stretch.level:
                    return i
                found = i if found is None else found
        return found

    def _section(self, i: int) -> str:
        rest = self.stretches[i + 1 : i + SECTION]
        upto = next((n for n, s in enumerate(rest) if s.level), len(rest))
        if not upto:
            return "nothing"
        characters = sum(len(s.text) for s in rest[:upto])
        if sum(s.linked * len(s.text) for s in rest[:upto]) > 0.6 * characters:
            return "links"
        words = sum(s.words for s in rest[:upto])
        return "little" if words < 15 else "text" if words < 40 else "long text"

    def _after_end(self, i: int, stretch: Stretch, says: frozenset[str]) -> bool:
        ends = (
            stretch.words < 12
            and bool(says & {"related", "comments", "sign-up"})
            and (stretch.level > 0 or i > self.region.last)
        )
        if stretch.is_prose and self.standings[stretch.box].densest:
            self.announced = False
        announced, self.announced = self.announced, self.announced or ends
        return announced


def _fields(root: Element) -> frozenset[Element]:
    """Returns the elements around a text input field."""
    inputs = (e for e in root.iter("input", "textarea") if e.get("type", "text").lower() in _WORDS_TYPES)
    return frozenset(around for each in inputs for around in islice(each.iterancestors(), _FIELD_HOLDERS))


def _looks(box: Box) -> tuple[tuple[str, str], ...]:
    return tuple(each.look for each in box.around(_KIN))


def _alike(first: Stretch, second: Stretch) -> bool:
    a, b = first.box, second.box
    return a is b or (a.tag == b.tag and a.element.get("class") == b.element.get("class"))


def _beside(first: Stretch, second: Stretch) -> bool:
    return first.box is second.box or first.box.parent is second.box.parent
