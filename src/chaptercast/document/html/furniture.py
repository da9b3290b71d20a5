"""The furniture of a web page: navigation, consent boxes, share and sign-up boxes, related links, comments, footers.

What is furniture is told by what an element is (tag, role), by what it is called (class, id), and by what it holds (links,
controls, little text). Names alone decide only where they leave no doubt; text in doubt is kept. Nothing that holds the title
or the most of the text is ever furniture.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from chaptercast.document.html.parse import Element
from chaptercast.document.html.tags import BLOCK, MACHINE_TEXT, UNSEEN
from chaptercast.document.html.things import folded

LINK_DENSITY = 0.5
"""Share of an element's text that is links, from which on it is a list of links."""
MOST_OF_THE_TEXT = 0.5
PROSE = 120
"""Characters of text outside links: as much as a paragraph has."""
SHORT = 300
"""Characters of text in a box."""
REGION_SHARE = 0.4
"""Share of the text outside links that the article must have to be taken for the article."""
NAME_LIMIT = 24
"""Class and id tokens looked at."""
LEAVE_LENGTH = 60
"""Characters of a link by which a newsletter is left."""

_PAGE = frozenset({"html", "body", "head"})
_NAMED_INLINE = frozenset({"a", "span", "ins"})
_COMMENT_TAGS = frozenset({"section", "div", "ol", "ul", "aside", "article"})
_LOGO = re.compile(r"logo|brand|site-?(?:title|name)", re.IGNORECASE)


@dataclass(slots=True)
class Holding:
    """What an element holds, all descendants together."""

    text: int = 0
    """Visible characters, white space folded roughly."""
    linked: int = 0
    links: int = 0
    controls: int = 0
    h1: int = 0
    blocks: int = 0

    @property
    def density(self) -> float:
        """The share of the text that is links."""
        return self.linked / self.text if self.text else (1.0 if self.links else 0.0)

    def add(self, other: "Holding") -> None:
        """Take in what a child holds."""
        self.text += other.text
        self.linked += other.linked
        self.links += other.links
        self.controls += other.controls
        self.h1 += other.h1
        self.blocks += other.blocks


Survey = dict[Element, Holding]

_CONTROLS = frozenset({"input", "button", "select", "textarea", "form"})


def survey(root: Element) -> Survey:
    """What each element of a page holds."""
    found: Survey = {}
    stack: list[Holding] = []
    linked = 0
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        if event == "start":
            holding = Holding(controls=tag in _CONTROLS, h1=tag == "h1", blocks=tag in BLOCK, links=tag == "a")
            found[element] = holding
            stack.append(holding)
            linked += tag == "a"
            if tag in MACHINE_TEXT or tag in UNSEEN:
                events.skip_subtree()
            else:
                _count(holding, element.text, linked)
            continue
        linked -= tag == "a"
        holding = stack.pop()
        if stack:
            stack[-1].add(holding)
            _count(stack[-1], element.tail, linked)
    return found


def _count(holding: Holding, text: str | None, linked: int) -> None:
    length = len(text.strip()) if text else 0
    holding.text += length
    if linked:
        holding.linked += length


def _names(*words: str) -> "re.Pattern[str]":
    return re.compile(rf"(?:^|[-_:\s])(?:{'|'.join(words)})(?=$|[-_:\d\s])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """A name of an element, and what else must be true of it."""

    names: "re.Pattern[str]"
    needs: Callable[[Holding], bool] = lambda _: True


def _links(holding: Holding) -> bool:
    return holding.density >= LINK_DENSITY


def _links_or_controls(holding: Holding) -> bool:
    return _links(holding) or holding.controls > 0


def _small(holding: Holding) -> bool:
    return _links_or_controls(holding) or holding.text <= SHORT


RULES: tuple[Rule, ...] = (
    Rule(_names("cookies?", "cookie-?banner", "consent", "gdpr", "ccpa", "privacy-?banner", "onetrust", "cmp"), _small),
    Rule(_names("breadcrumbs?", "crumbs?", "skip-?link", "skip-?to-?content", "skipnav", "pagination", "pager")),
    Rule(
        _names("nav", "navbar", "navigation", "navi", "menu", "site-?menu", "toolbar", "topbar", "skip"),
        _links_or_controls,
    ),
    Rule(
        _names("share", "sharing", "social", "sharedaddy", "addthis", "addtoany", "follow-?us", "bdsharebuttonbox"),
        _small,
    ),
    Rule(
        _names("newsletter", "subscribe", "subscription", "sign-?up", "signup", "mailing-?list", "mc_embed"),
        _links_or_controls,
    ),
    Rule(
        _names("related", "recommend(?:ed|ations?|s)?", "more-?stories", "read-?(?:more|next)", "see-?also-?links"),
        _links,
    ),
    Rule(
        _names(
            "popular",
            "trending",
            "most-?(?:read|popular|viewed)",
            "latest(?:-posts)?",
            "hot-?news",
            "outbrain",
            "taboola",
        ),
        _links,
    ),
    Rule(_names("ads?", "adverts?", "advertisements?", "adsense", "adsbygoogle", "sponsor(?:ed)?", "promos?"), _small),
    Rule(_names("tags?", "tag-?(?:list|links|cloud)", "categor(?:y|ies)", "cat-?links", "keywords?"), _links),
    Rule(
        _names(
            "sidebar",
            "side-?bar",
            "widget",
            "widget-?area",
            "site-?(?:header|footer)",
            "page-?footer",
            "colophon",
            "masthead",
        ),
        _small,
    ),
    Rule(
        _names(
            "login", "log-?in", "popup", "modal", "overlay", "paywall", "app-?download", "qr-?code", "back-?to-?top"
        ),
        _small,
    ),
    Rule(
        _names("prev-?next", "next-?prev", "post-?nav(?:igation)?", "nav-?(?:links|previous|next)", "toc-?nav"), _links
    ),
)
"""By class or id, inside the article as well as outside."""

COMMENTS = re.compile(
    r"(?:reader-?|user-?|the-?|post-?|article-?)?comments?(?:[-_]?(?:list|area|section|thread|form|respond|box|container|wrapper|wrap))?"
    r"|commentlist|disqus_thread|respond|pinglun|livefyre|fb-comments",
    re.IGNORECASE,
)
"""Class or id of what readers said below the article."""

FURNITURE_ROLES = frozenset(
    ["navigation", "search", "banner", "contentinfo", "complementary", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tablist", "doc-toc", "doc-pagelist"],
)
FURNITURE_TAGS = frozenset({"nav", "dialog", "search", "menu"})
PAGE_TAGS = frozenset({"header", "footer", "aside"})
"""Elements that are furniture where they belong to the page and not to the article."""

LEAVE = re.compile(
    r"\b(?:unsubscribe|opt[ -]out|manage (?:your )?(?:e-?mail )?preferences|update (?:your )?preferences"
    r"|(?:view|read|open|see)\b.{0,30}\b(?:in (?:your|a|the) (?:web )?browser|online)"
    r"|abmelden|abbestellen|im browser (?:ansehen|anzeigen|öffnen|lesen)|online ansehen"
    r"|se désabonner|se désinscrire|désinscription|(?:voir|afficher|lire).{0,30}(?:navigateur|en ligne)"
    r"|darse de baja|cancelar (?:la |tu |su )?suscripción|ver .{0,30}navegador"
    r"|退订|取消订阅|取消訂閱|在浏览器中(?:查看|打开)|在瀏覽器中|配信停止|配信を停止|ブラウザで(?:表示|見る|読む))",
    re.IGNORECASE,
)
"""Links by which a newsletter is left, or seen elsewhere."""


def find_furniture(root: Element, *, whole_page: bool) -> dict[Element, None]:
    """The elements that are not part of the article, outermost ones. Of a fragment, all is inside the article."""
    held = survey(root)
    region = _region(root, held) if whole_page else root
    title = _title(root, region)
    beside_title = None if title is None else title.getparent()
    kept = {element for core in (region, title) if core is not None for element in (core, *core.iterancestors())}
    article = {
        element
        for element in (region, beside_title)
        if element is not None and (element is region or element not in kept)
    }
    found = dict.fromkeys(_ways_out(root, held) if region is None else ())
    total = held[root].text
    places = tuple(Where(inside=inside, region=region is not None, total=total) for inside in (False, True))
    within = 0
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "end":
            within -= element in article
            continue
        if element in found or (
            element not in kept and _may_be(element) and _is_furniture(element, held.get(element), places[within > 0])
        ):
            found[element] = None
            events.skip_subtree()
        within += element in article
    return found


@dataclass(frozen=True, slots=True)
class Where:
    """Where an element stands."""

    inside: bool
    """In the article, or beside its title."""
    region: bool
    """The page says which part of it is the article."""
    total: int
    """Characters of text in the page."""


def _may_be(element: Element) -> bool:
    """A quick look: blocks, and inline elements with a name."""
    tag = element.tag
    return tag in BLOCK or (tag in _NAMED_INLINE and bool(element.attrib))


def _is_furniture(element: Element, holding: Holding | None, where: Where) -> bool:
    tag = element.tag
    if tag in _PAGE or holding is None or not (holding.text or holding.controls):
        return False
    if holding.h1 and (where.inside or not where.region):
        return False
    if _is_comments(element):
        return True
    if holding.text > MOST_OF_THE_TEXT * where.total and not _links(holding):
        return False
    if tag in FURNITURE_TAGS or element.get("role", "") in FURNITURE_ROLES or _is_named(element, holding):
        return True
    if tag in PAGE_TAGS and (not where.inside or (tag != "header" and _links(holding))):
        return True
    if where.inside or not where.region or tag not in BLOCK:
        return False
    return holding.text - holding.linked < PROSE or _links(holding)


def _names_of(element: Element) -> list[str]:
    return f"{element.get('class', '')} {element.get('id', '')}".split()[:NAME_LIMIT]


def _is_comments(element: Element) -> bool:
    return element.tag in _COMMENT_TAGS and any(COMMENTS.fullmatch(name) for name in _names_of(element))


def _is_named(element: Element, holding: Holding) -> bool:
    names = " ".join(_names_of(element))
    return bool(names) and any(rule.names.search(names) and rule.needs(holding) for rule in RULES)


def _region(root: Element, held: Survey) -> Element | None:
    """The element that holds the article: `main`, or the `article` with most of the text."""
    prose = held[root].text - held[root].linked
    mains = [element for element in root.iter() if element.tag == "main" or element.get("role") == "main"]
    for candidates in (mains, list(root.iter("article"))):
        best = max(candidates, key=lambda element: held[element].text if element in held else 0, default=None)
        if best in held and held[best].text - held[best].linked >= REGION_SHARE * prose:
            return best
    return None


def _title(root: Element, region: Element | None) -> Element | None:
    """The `h1` of the article where it stands outside of the region: the only one of the page, and not a logo."""
    found = list(root.iter("h1"))
    if len(found) != 1 or any(_LOGO.search(name) for name in _names_of(found[0])):
        return None
    return None if region is not None and region in found[0].iterancestors() else found[0]


def _ways_out(root: Element, held: Survey) -> list[Element]:
    """The blocks in which a newsletter is left, or opened in a browser."""
    found = []
    for link in root.iter("a"):
        text = folded("".join(link.itertext()))
        if len(text) <= LEAVE_LENGTH and LEAVE.search(text):
            block = next((element for element in link.iterancestors() if element.tag in BLOCK), None)
            if block in held and block.tag not in _PAGE and held[block].text <= SHORT and not held[block].h1:
                found.append(block)
    return found
