"""Locates the running text of a page: what the page marks as its article, and where paragraphs stand together."""

from collections.abc import Sequence

from msgspec import Struct

from chaptercast.document.formats.html.element_content import key
from chaptercast.document.main_content.text_blocks import Box, Layout, Stretch

MARKED_SHARE = 0.35
"""An element that is marked as the article is accepted if it holds at least this share of the running text."""
BODY_SHARE = 0.2
"""Minimum share of the running text in an element that is marked as the text of the article."""
ENOUGH_TITLED = 100
"""Minimum words of running text in an `article` that has the page's title as a heading, or that stands in a dialog."""
TITLE_KEY, TITLE_LEVEL = 8, 2
"""Minimum number of letters of a title, and level of the heading that repeats it."""
ENOUGH = 30
"""Minimum number of words of running text in the page's only `article`."""
LEAST = 0.15
"""Minimum share of the running text in the page's only `article`."""
CORE_SHARE = 0.75
"""Share of the running text that is followed down from the root."""
_SHARES = (1.0, 0.5, 1 / 3, 1 / 6, 1 / 9)
"""Weights with which a paragraph counts for the boxes around it, innermost first, as in Readability."""
_HOLDERS = 16
"""Number of boxes around a paragraph that are examined."""
_SCORED_WORDS = 6
_COMMAS = ",，、;；"
_NOT_SCORED = frozenset({"nav", "footer", "aside", "form"})
_PARTS = frozenset(
    {"p", "li", "td", "th", "tr", "tbody", "ul", "ol", "dl", "dd", "dt", "blockquote", "pre", "h2", "h3", "h4"}
)
"""Boxes that are parts of a text, and never all of it."""


class Region(Struct, frozen=True):
    """Where the article seems to be."""

    core: Box | None
    """The smallest box with most of the running text."""
    densest: Box | None
    """The box whose paragraphs have the highest score."""
    only: Box | None
    """The page's one `article` if it contains the one title, or the one of several articles that has the page's title as a heading."""
    articles: frozenset[Box]
    """`article` elements with much of the running text; empty if the page marks none."""
    mains: frozenset[Box]
    bodies: frozenset[Box]
    """Elements that microdata mark as the text of the article."""
    first: int
    """The first stretch of running text in the densest box."""
    last: int
    prose: float
    """Number of words of running text in the page."""
    words: float


def region_of(layout: Layout, title: str = "") -> Region:
    """Locates the running text. `title` is a key of the page's title."""
    boxes, stretches = layout.boxes, layout.stretches
    root = boxes[0] if boxes else None
    words, prose = (root.words, root.prose) if root else (0.0, 0.0)
    only = _only_article(boxes) or _titled_article(stretches, title) or _shown_over_others(boxes)
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
    """Returns the page's one `article` if it contains the page's one title, even if it is shorter than other text."""
    articles = [box for box in boxes if box.tag == "article"]
    titles = [box for box in boxes if box.tag == "h1"]
    if len(articles) == len(titles) == 1 and "article" in titles[0].tags and articles[0].prose >= ENOUGH:
        return articles[0]
    return None


def _titled_article(stretches: Sequence[Stretch], title: str) -> Box | None:
    """Returns the `article` with running text that has the page's title as a heading."""
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


def _shown_over_others(boxes: Sequence[Box]) -> Box | None:
    """Returns the one `article` with running text in a dialog that lies over a page with other content."""
    articles = [box for box in boxes if box.tag == "article" and box.prose >= ENOUGH_TITLED]
    if len(articles) != 1:
        return None
    around = articles[0].around(_HOLDERS)
    return articles[0] if any("dialog" in box.tags or "dialog" in box.names for box in around) else None


def _held(boxes: Sequence[Box], holder: Box | None) -> set[Box]:
    """Returns a box and all boxes in it."""
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
    """Returns the box with the highest score, computed as in Readability: commas and length of its paragraphs add, links subtract."""
    scores: dict[Box, float] = {}
    for stretch in stretches:
        if stretch.words < _SCORED_WORDS or stretch.level or stretch.linked > 0.5 or _NOT_SCORED & stretch.box.tags:
            continue
        score = 1 + sum(stretch.text.count(c) for c in _COMMAS) + min(len(stretch.text) / 100, 3)
        holders = (box for box in stretch.box.around(_HOLDERS) if box.tag not in _PARTS)
        for box, share in zip(holders, _SHARES, strict=False):
            scores[box] = scores.get(box, 0.0) + score * share
    return max(scores, key=lambda box: scores[box] * (1 - box.link_share), default=None)
