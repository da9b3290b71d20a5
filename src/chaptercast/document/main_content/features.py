"""What is seen of a stretch of text that tells whether it belongs to the article: by itself, around it, before and after it."""

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
"""Boxes around a stretch whose names are near."""
_AROUND = 7
"""Boxes around a stretch that are looked at."""
_WORDS_TYPES = frozenset({"text", "email", "search", "tel", "url"})
_FIELD_HOLDERS = 5
LITTLE = 0.3
"""Share of the running text that a box beside the article has at the most."""
_KIN = 3
"""Boxes that must look alike for two stretches to be kin."""
SMALL_BOX, LARGE_BOX = 3, 10
"""Stretches in the smallest box around one that is looked at, and in a larger one."""
SECTION = 8
"""Stretches after a heading that are looked at."""
_BODY_KEY = 400
"""Characters of an article's text, as the page's data give it, from which on it is believed."""
_DESCRIPTION_KEY = 30

_SENTENCE = (".", "!", "?", "。", "！", "？", "…", "।", "؟", "۔")
_CLOSING = "\"'”’»」』)）]"
_BULLET = re.compile(r"[•‣▪●○■□▶►»›>|/–—·#*✓✔→←»«-]\s*\w")
_KEPT_NAMES = frozenset({"body", "article", "lead"})
"""Kinds of names that also count of a box that holds most of the page."""


class Statement(Struct, frozen=True):
    """What a page says of its article in its data, as keys: letters and digits only, in one case."""

    title: str = ""
    description: str = ""
    body: str = ""
    """All of the article's text."""


class Signs(Struct, frozen=True):
    """What is seen of a stretch."""

    words: float
    linked: float
    level: int
    tag: str
    sentence: bool
    """Ends as a sentence does."""
    colon: bool
    says: frozenset[str]
    """What kind of furniture it speaks like, see `phrases`."""
    listed: bool
    """Begins with a bullet, or holds bars."""
    tags: frozenset[str]
    """Of the boxes around it."""
    own: frozenset[str]
    """Kinds of names of its box."""
    near: frozenset[str]
    """Those of the boxes next around it."""
    far: frozenset[str]
    in_article: bool | None
    """Whether it stands in what the page marks as its article; None where it marks nothing."""
    outside_only: bool
    """Whether it stands outside of the one `article` of a page, which has its one title in it."""
    in_main: bool | None
    in_body: bool | None
    in_core: bool
    in_densest: bool
    steps_to_densest: int
    """Boxes from it up to the densest one that it stands in, or from that one up to where both stand in."""
    side: str
    """`before`, `amid` or `after` the running text of the densest box."""
    box_words_each: float
    box_prose: float
    """Share of the page's running text that the small box around it has."""
    large_linked: float
    large_words_each: float
    in_teasers: bool
    """Stands in a box whose headings lead elsewhere."""
    in_gallery: bool
    """Stands in a counted series beside the article."""
    announced: str
    """The kind of what a line before it, or it itself, announces: `comments`, `related`, `sign-up`, `author`; or nothing."""
    by_field: bool
    """Stands in a small box with a field to fill in."""
    kin: float
    """Share of the page's running text that stands in boxes of the same looks: its own, and two around it."""
    links_before: bool
    """The one before is mostly a link."""
    links_after: bool
    heading_before: bool
    heading_after: bool
    like_before: bool
    """The one before has the same tag and class."""
    like_after: bool
    beside_before: bool
    """The one before stands in the same box, or in a neighbour of its box."""
    beside_after: bool
    section: str
    """What a heading heads: `nothing`, `links`, `little`, `text`; empty for what is no heading."""
    to_title: int | None
    """How many stretches after the title it stands; None where no title is found."""
    is_title: bool
    described: bool
    """It is the description that the page gives."""
    in_data: bool | None
    """Whether it is in the article's text as the page's data give it; None where they do not."""
    position: float
    """0 to 1."""
    after_end: bool
    """What comes after comments, a newsletter or related articles were announced, and no running text since."""


class Standing(Struct, frozen=True):
    """What all that stands in a box has in common."""

    names: frozenset[str]
    """Kinds of names of the box and of all around it."""
    article: bool = False
    only: bool = False
    main: bool = False
    body: bool = False
    core: bool = False
    densest: bool = False
    steps: int = 0
    """Boxes up from here to the densest one around it, or from that one up to one that holds both."""
    small: Box | None = None
    large: Box | None = None


def signs_of(layout: Layout, region: Region, statement: Statement) -> list[Signs]:
    """What is seen of each stretch."""
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
            tags=box.tags,
            own=self._names(box),
            near=near,
            far=self.standings[around[NEAR]].names - near if len(around) > NEAR else frozenset(),
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

    def _names(self, box: Box) -> frozenset[str]:
        """The kinds of names of a box; of one with most of the page only those of an article."""
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
        """The stretch that says the title: a heading before others."""
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
    """What stands around a field for words."""
    inputs = (e for e in root.iter("input", "textarea") if e.get("type", "text").lower() in _WORDS_TYPES)
    return frozenset(around for each in inputs for around in islice(each.iterancestors(), _FIELD_HOLDERS))


def _looks(box: Box) -> tuple[tuple[str, str], ...]:
    return tuple(each.look for each in box.around(_KIN))


def _alike(first: Stretch, second: Stretch) -> bool:
    a, b = first.box, second.box
    return a is b or (a.tag == b.tag and a.element.get("class") == b.element.get("class"))


def _beside(first: Stretch, second: Stretch) -> bool:
    return first.box is second.box or first.box.parent is second.box.parent
