"""Finds the boilerplate of a web page: navigation, consent boxes, share and sign-up boxes, related links, comments, footers.

An element is judged by its tag and role, by its names (`boilerplate_names`), by its content (links, controls, little text), and by its
place, inside or outside the article. When in doubt, text is kept. An element that holds the title or most of the text is never
boilerplate.
"""

from enum import Enum, auto
from itertools import islice

from lxml import etree

from chaptercast.document.formats.html.boilerplate_names import BOX, COMMENTS, LEAVE, LEAVE_LENGTH, is_named
from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.formats.html.element_kinds import BLOCK, HEADING_LEVELS
from chaptercast.document.formats.html.element_statistics import Holding, Survey, is_logo, survey
from chaptercast.document.formats.html.parse import Element

MOST = 0.5
"""No boilerplate holds this share of a page's text."""
PROSE = 120
"""Characters outside links: as many as in a paragraph."""
MARKED_SHARE = 0.4
"""`main` or `article` is accepted as the article if it holds at least this share of the unlinked text."""
FOUND_SHARE = 0.7
"""The same for an element that is not marked as the article."""
NAMES = 24
"""Number of class and id tokens that are examined."""

ROLES = frozenset(
    (
        *("navigation", "search", "banner", "contentinfo", "complementary", "dialog", "alertdialog"),
        *("menu", "menubar", "toolbar", "tablist", "doc-toc", "doc-pagelist"),
    ),
)
TAGS = frozenset({"nav", "dialog", "search", "menu"})
PAGE_TAGS = frozenset({"header", "footer", "aside"})
"""Elements that are boilerplate if they belong to the page rather than to the article."""

_WITHIN_LINES = frozenset({"mw-editsection", "mw-jump-link", "mw-cite-backlink-label"})
"""MediaWiki's class names for elements within a line of text that are not part of the text."""
_PERMALINKS = frozenset(
    {
        "headerlink",
        "header-anchor",
        "header-link",
        "anchor",
        "bookmark",
        "permalink",
        "anchorjs-link",
        "hash-link",
        "heading-anchor",
        "direct-link",
    }
)
_SIGN_LENGTH = 3

_PAGE = frozenset({"html", "body", "head"})
_NAMED_INLINE = frozenset({"a", "span", "ins"})
_COMMENT_TAGS = frozenset({"section", "div", "ol", "ul", "aside", "article"})
_CONTAINERS = frozenset(
    {"div", "section", "ul", "ol", "table", "td", "tr", "tbody", "center", "article", "main", "form"}
)
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", "…", "”", "»", "」", '"')


class Place(Enum):
    """The place of an element."""

    INSIDE = auto()
    """In the article, or between its title and its text."""
    OUTSIDE = auto()
    """Outside the element that the page marks as its article."""
    APART = auto()
    """Outside the element that looks like the article."""
    ANYWHERE = auto()
    """The article cannot be told from the rest of the page."""


def find_furniture(root: Element, *, whole_page: bool) -> dict[Element, None]:
    """Returns the elements that are not part of the article, only the outermost ones.

    In a fragment, everything counts as inside the article.
    """
    held = survey(root)
    region, place = (root, Place.INSIDE) if not whole_page else _region(root, held)
    title = _title(root, region)
    kept = {element for core in (region, title) if core is not None for element in (core, *core.iterancestors())}
    inside = _article(region, title)
    found = find_ways_out(root, held) if place in (Place.APART, Place.ANYWHERE) else {}
    total = held[root].text
    within = 0
    between = False
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "end":
            within -= element in inside
            continue
        between = (between or element is title) and element is not region
        here = Place.INSIDE if within or (between and region is not None) else place
        doubtful = element not in kept and _may_be(element)
        if element in found or (doubtful and _is_furniture(element, held.get(element), here, total)):
            found[element] = None
            events.skip_subtree()
        within += element in inside
    return found


def find_small_furniture(root: Element) -> dict[Element, None]:
    """Returns small elements within lines that are not text: links to edit a section, and links of a heading to itself."""
    found: dict[Element, None] = {}
    for element in root.iter("a", "span", "sup"):
        names = element.get("class", "").split()
        if not _WITHIN_LINES.isdisjoint(names) or (element.tag == "a" and _is_permalink(element, names)):
            found[element] = None
    return found


def _is_permalink(link: Element, names: list[str]) -> bool:
    """Returns whether a link leads to the heading that contains it, and holds only a sign."""
    text = folded("".join(link.itertext()))
    if not text or len(text) > _SIGN_LENGTH or any(map(str.isalnum, text)):
        return False
    address = link.get("href", "")
    return address.startswith("#") and (not _PERMALINKS.isdisjoint(names) or _in_heading(link))


def _in_heading(link: Element) -> bool:
    return any(around.tag in HEADING_LEVELS for around in islice(link.iterancestors(), 3))


def _article(region: Element | None, title: Element | None) -> set[Element]:
    """Returns the elements inside the article: its region, and the elements beside a title that is outside the region."""
    found = set() if region is None else {region}
    beside = None if title is None else title.getparent()
    if beside is not None and beside.tag not in _PAGE and not (region is not None and beside in region.iterancestors()):
        found.add(beside)
    return found


def _may_be(element: Element) -> bool:
    """Returns whether an element may be boilerplate, by a quick test: blocks, and inline elements with a name."""
    tag = element.tag
    return (tag in BLOCK and tag not in _PAGE) or (tag in _NAMED_INLINE and bool(element.attrib))


def _is_furniture(element: Element, holding: Holding | None, place: Place, total: int) -> bool:
    if holding is None or not (holding.text or holding.controls):
        return False
    if holding.titles and place is not Place.OUTSIDE:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}".split()[:NAMES]
    if element.tag in _COMMENT_TAGS and any(COMMENTS.fullmatch(name) for name in names):
        return True
    if holding.text > MOST * total and not holding.link_list:
        return False
    marked = element.tag in TAGS or element.get("role", "") in ROLES
    return marked or (bool(names) and is_named(" ".join(names), holding)) or _is_out_of_place(element, holding, place)


def _is_out_of_place(element: Element, holding: Holding, place: Place) -> bool:
    """Returns whether an element is boilerplate because of its place."""
    tag = element.tag
    if tag in PAGE_TAGS and (place is not Place.INSIDE or (tag != "header" and holding.link_list)):
        return True
    if place is Place.OUTSIDE and tag in BLOCK:
        return holding.unlinked < PROSE or holding.link_list
    if place is Place.APART and tag in _CONTAINERS and holding.unlinked < PROSE:
        return holding.link_list or not folded("".join(element.itertext())).endswith(_SENTENCE_ENDS)
    return False


def _region(root: Element, held: Survey) -> tuple[Element | None, Place]:
    """Returns the element that holds the article, and the place of the elements outside it."""
    prose = held[root].unlinked
    mains = [element for element in root.iter() if element.tag == "main" or element.get("role") == "main"]
    for candidates in (mains, list(root.iter("article"))):
        seen = [element for element in candidates if element in held]
        best = max(seen, key=lambda element: held[element].text, default=None)
        if best is not None and held[best].unlinked >= MARKED_SHARE * prose:
            return best, Place.OUTSIDE
    body = next(root.iter("body"), None)
    region = body
    while region is not None:
        inner = (child for child in region if child.tag in _CONTAINERS and child in held)
        step = next((child for child in inner if held[child].unlinked >= FOUND_SHARE * prose), None)
        if step is None:
            break
        region = step
    return (None, Place.ANYWHERE) if region is body else (region, Place.APART)


def _title(root: Element, region: Element | None) -> Element | None:
    """Returns the `h1` of the article if it is outside the region: the only one of the page that is not a logo."""
    found = [heading for heading in root.iter("h1") if not is_logo(heading)]
    if len(found) != 1 or (region is not None and region in found[0].iterancestors()):
        return None
    return found[0]


def find_ways_out(root: Element, held: Survey | None = None) -> dict[Element, None]:
    """Returns the blocks with links to unsubscribe from a newsletter, or to open it in a browser."""
    links = [link for link in root.iter("a") if _leaves(link)]
    if links and held is None:
        held = survey(root)
    blocks = (next((e for e in link.iterancestors() if e.tag in BLOCK), None) for link in links)
    return {
        b: None for b in blocks if b is not None and held and b in held and b.tag not in _PAGE and held[b].text <= BOX
    }


def _leaves(link: Element) -> bool:
    text = folded("".join(link.itertext()))
    return len(text) <= LEAVE_LENGTH and LEAVE.search(text) is not None
