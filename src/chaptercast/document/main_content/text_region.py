"""Where the running text of a page is: what it marks as its article, and where paragraphs stand together."""

from collections.abc import Sequence

from msgspec import Struct

from chaptercast.document.formats.html.element_content import key
from chaptercast.document.main_content.text_blocks import Box, Layout, Stretch

MARKED_SHARE = 0.35
"""Share of the running text that an element marked as the article must hold to be taken for it."""
BODY_SHARE = 0.2
"""The same of one that is marked as the article's text."""
ENOUGH_TITLED = 100
"""The same of one of several, with the page's title in it."""
TITLE_KEY, TITLE_LEVEL = 8, 2
"""Letters of a title, and level of the heading that says it."""
ENOUGH = 30
"""Words of running text that the only `article` of a page has at least."""
LEAST = 0.15
"""Share of the running text that it has at least."""
CORE_SHARE = 0.75
"""Share of the running text that is followed down from the root."""
_SHARES = (1.0, 0.5, 1 / 3, 1 / 6, 1 / 9)
"""What a paragraph gives to the boxes around it, inmost first, as Readability has it."""
_HOLDERS = 16
"""How far up they are looked for."""
_SCORED_WORDS = 6
_COMMAS = ",，、;；"
_NOT_SCORED = frozenset({"nav", "footer", "aside", "form"})
_PARTS = frozenset(
    {"p", "li", "td", "th", "tr", "tbody", "ul", "ol", "dl", "dd", "dt", "blockquote", "pre", "h2", "h3", "h4"}
)
"""Boxes that are parts of a text and never all of it."""


class Region(Struct, frozen=True):
    """Where the article seems to be."""

    core: Box | None
    """The smallest box with most of the running text."""
    densest: Box | None
    """The box whose paragraphs score highest."""
    only: Box | None
    """The one `article` of a page with its one title in it, or the one of several in which a heading says what the page is called."""
    articles: frozenset[Box]
    """`article` elements that hold much of the running text; empty if the page marks none."""
    mains: frozenset[Box]
    bodies: frozenset[Box]
    """What microdata call the article's text."""
    first: int
    """The first stretch of running text in the densest box."""
    last: int
    prose: float
    """Words of running text in the page."""
    words: float


def region_of(layout: Layout, title: str = "") -> Region:
    """Look where the running text is; `title` is a key of what the page calls itself."""
    boxes, stretches = layout.boxes, layout.stretches
    root = boxes[0] if boxes else None
    words, prose = (root.words, root.prose) if root else (0.0, 0.0)
    only = _only_article(boxes) or _titled_article(stretches, title)
    if only is not None and only.prose < LEAST * prose:
        only = None
    own = _held(boxes, only) if only else set(boxes)
    densest = _densest([stretch for stretch in stretches if stretch.box in own])
    held = _held(boxes, densest)
    inside = [i for i, s in enumerate(stretches) if s.is_prose and s.box in held]

    def marked(share: float, *marks: str) -> frozenset[Box]:
        return frozenset(box for box in boxes if box.prose >= share * prose > 0 and _is_marked(box, marks))

    return Region(
        _core(boxes, only or root),
        densest,
        only,
        marked(MARKED_SHARE, "article") or frozenset({only} if only else ()),
        marked(MARKED_SHARE, "main"),
        marked(BODY_SHARE, "articlebody"),
        inside[0] if inside else len(stretches),
        inside[-1] if inside else -1,
        prose,
        words,
    )


def _only_article(boxes: Sequence[Box]) -> Box | None:
    """The one `article` of a page if it holds its one title, however short it is beside other text."""
    articles = [box for box in boxes if box.tag == "article"]
    titles = [box for box in boxes if box.tag == "h1"]
    if len(articles) == len(titles) == 1 and "article" in titles[0].tags and articles[0].prose >= ENOUGH:
        return articles[0]
    return None


def _titled_article(stretches: Sequence[Stretch], title: str) -> Box | None:
    """The `article` with running text in which a heading says what the page calls itself."""
    for stretch in stretches:
        if (
            0 < stretch.level <= TITLE_LEVEL
            and "article" in stretch.box.tags
            and len(title) >= TITLE_KEY
            and key(stretch.text) == title
        ):
            articles = (box for box in stretch.box.around(_HOLDERS) if box.tag == "article")
            return next((box for box in articles if box.prose >= ENOUGH_TITLED), None)
    return None


def _held(boxes: Sequence[Box], holder: Box | None) -> set[Box]:
    """The boxes in a box, and itself."""
    held: set[Box] = set()
    for box in boxes:
        if box is holder or box.parent in held:
            held.add(box)
    return held


def _is_marked(box: Box, marks: tuple[str, ...]) -> bool:
    element = box.element
    said = f"{element.get('itemprop', '')} {element.get('property', '')} {element.get('role', '')} {box.tag}".lower()
    return any(mark in said.replace("schema:", "").split() for mark in marks)


def _core(boxes: Sequence[Box], root: Box | None) -> Box | None:
    inner: dict[Box, Box] = {}
    prose = root.prose if root else 0.0
    for box in boxes:
        if box.parent is not None and box.stretches > 1 and box.prose >= CORE_SHARE * prose > 0:
            inner[box.parent] = box
    core = root
    while core is not None and core in inner:
        core = inner[core]
    return core


def _densest(stretches: Sequence[Stretch]) -> Box | None:
    """The box with the best score, as Readability reckons it: commas and length of the paragraphs in it, links against it."""
    scores: dict[Box, float] = {}
    for stretch in stretches:
        if stretch.words < _SCORED_WORDS or stretch.level or stretch.linked > 0.5 or _NOT_SCORED & stretch.box.tags:
            continue
        score = 1 + sum(stretch.text.count(c) for c in _COMMAS) + min(len(stretch.text) / 100, 3)
        holders = (box for box in stretch.box.around(_HOLDERS) if box.tag not in _PARTS)
        for box, share in zip(holders, _SHARES, strict=False):
            scores[box] = scores.get(box, 0.0) + score * share
    return max(scores, key=lambda box: scores[box] * (1 - box.link_share), default=None)
