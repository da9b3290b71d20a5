"""Finds the publication date of a web page: in its data, its markup, its address and the lines near its title."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice

from msgspec import Struct

from chaptercast.document.formats.html.element_content import folded, key, line_of
from chaptercast.document.formats.html.element_kinds import MACHINE_TEXT
from chaptercast.document.formats.html.element_statistics import is_logo
from chaptercast.document.formats.html.page_metadata import Statements
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.metadata.dates import date_in, to_iso

META = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
    "publish-date", "published", "published_time", "publication_date", "dcterms.issued", "dc.date.issued",
    "citation_publication_date", "citation_date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
    "article.published", "og:article:published_time", "shareaholic:article_published_time", "bt:pubdate",
)  # fmt: skip
"""Names of `<meta>` elements that give the date of publication, the most reliable ones first."""
ANY_DATE = (
    "date", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "date.release", "datecreated", "timestamp",
    "creation_date",
)  # fmt: skip
"""Names that give some date of the page: used if no date stands beside the title."""
MODIFIED = ("last-modified", "article:modified_time", "og:updated_time")
"""Names that give the date of a change: the last resort."""
LINE = 90
"""Maximum number of characters of a line that gives a date."""
OPENING = 45
"""Number of characters at the beginning of a paragraph in which a date may stand: “Berlin, 25 January 2022 –”."""
TITLE_KEY = 8
"""Minimum number of letters of a heading that repeats the title."""
CLOSE = 60
"""Maximum number of elements between the title and a date that is certainly the article's."""
BEFORE = 3
"""A line before the title counts as this many times farther away than a line after it."""
_CLASSES = re.compile(
    r"(?:^|[-_\s])(?:dates?|published|posted|pub-?date|timestamp|time|datum|fecha|data|post-?info|meta|byline|dateline|entry-date)"
    r"(?=$|[-_\s])",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"comment|related|recommend|copyright|teaser", re.IGNORECASE)
"""Names of elements that are not part of the article."""
_BESIDE = re.compile(r"sidebar|widget|footer|(?<!v)card", re.IGNORECASE)
"""Names of elements beside the article, which sometimes give its date."""
_BESIDE_TAGS = frozenset({"aside", "footer", "nav"})
NAMED = 2
"""Rank of a line with a name for dates. `time` and the address come before it, other lines after it."""
_UNIVERSAL = re.compile(r"(?:Z|\+00:00)\Z")
_HOLDERS = 5
_CHILDREN = 12
_ADDRESS = re.compile(
    r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)|[/_-]((?:19|20)\d{2})(\d{2})(\d{2})(?=[/_.-])"
)
_ADDRESS_DAY_FIRST = re.compile(r"[/~_-](\d{2})-(\d{2})-((?:19|20)\d{2})(?=[/_.-]|$)")
_MOST = 8000
"""Maximum number of elements that are examined."""


class Told(Struct, frozen=True):
    """A date in the page, and the evidence for it: the smallest value is the best."""

    beside: bool
    """It is in an element beside the article."""
    rank: int
    distance: int
    """Number of elements between it and the title; those before the title count more."""
    date: str

    @property
    def is_sure(self) -> bool:
        """Whether it is near the title, and is marked or named as a date."""
        return not self.beside and self.rank <= NAMED and self.distance <= CLOSE


def date_of(root: Element, statements: Statements) -> str:
    """Returns the date of publication that the page gives, in ISO 8601; empty if it gives none."""
    stated = next(filter(None, (*_described(statements), *_in_meta(statements, META), *_sure(root))), "")
    if stated and not _UNIVERSAL.search(stated):
        return stated
    told = _told(root, statements)
    shown = next((each.date for each in told if each.is_sure), "")
    if stated:
        return shown if shown and _is_next_day(stated, shown) else stated
    rest = (*_in_meta(statements, ANY_DATE), *(each.date for each in told), *_in_meta(statements, MODIFIED))
    return shown or next(filter(None, rest), "")


def _is_next_day(stated: str, shown: str) -> bool:
    """Returns whether a moment in universal time is one day before or after the date that the page shows in its local time."""
    return abs(date.fromisoformat(stated[:10]) - date.fromisoformat(shown[:10])).days == 1


def _described(statements: Statements) -> Iterator[str]:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        for node in statements.articles:
            if isinstance(text := node.get(name), str):
                yield to_iso(text) or date_in(text)


def _in_meta(statements: Statements, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        for text in statements.meta.get(name, ()):
            yield to_iso(text)


def _sure(root: Element) -> Iterator[str]:
    """Yields the dates of elements that are marked as the date of publication."""
    for element in root.iter():
        if "datePublished" in element.get("itemprop", "") or element.get("pubdate") is not None:
            yield _given(element)


def _given(element: Element) -> str:
    """Returns the date of an element, from an attribute or its text."""
    title = element.get("title", "") if element.tag == "abbr" else ""
    text = line_of(element, LINE) if element.tag != "abbr" else ""
    return to_iso(element.get("datetime") or element.get("content") or title) or date_in(text)


def _told(root: Element, statements: Statements) -> list[Told]:
    """Returns the dates in the page, the most reliable first: `time` near the title, the address, lines."""
    title = _title_of(root, statements.statement.title)
    order = {element: n for n, element in enumerate(islice(root.iter(), _MOST))}
    place = order.get(title, 0)
    around = frozenset(title.iterancestors() if title is not None else ())
    found: list[Told] = []

    def add(element: Element, rank: int, date: str) -> None:
        holders = [e for e in (element, *islice(element.iterancestors(), _HOLDERS)) if e not in around]
        names = [f"{e.get('class', '')} {e.get('id', '')}" for e in holders]
        if not date or any(map(_OTHERS.search, names)):
            return
        beside = any(map(_BESIDE.search, names)) or any(e.tag in _BESIDE_TAGS for e in holders)
        distance = order[element] - place
        found.append(Told(beside, rank, distance if distance >= 0 else -BEFORE * distance, date))

    for element in order:
        if element.tag in MACHINE_TEXT:
            continue
        if element.tag in ("time", "abbr"):
            add(element, 0, _given(element))
        else:
            for rank, date in _in_line(element, order, place):
                add(element, rank, date)
    found += [Told(False, 1, 0, date) for date in _in_address(root, statements)]
    return sorted(found, key=lambda told: (told.beside, told.rank, told.distance))


def _in_line(element: Element, order: Mapping[Element, int], place: int) -> Iterator[tuple[int, str]]:
    """Yields the dates in the lines of an element, with ranks: a line with a name for dates, another line, the head of a paragraph."""
    if len(element) > _CHILDREN:
        return
    named = _CLASSES.search(f"{element.get('class', '')} {element.get('id', '')}") is not None
    for text in [line_of(element, LINE)] if named else [element.text or "", *(child.tail or "" for child in element)]:
        line = folded(text)
        if not any(map(str.isdigit, line[:LINE])) or len(line) < 6:
            continue
        if len(line) <= LINE:
            yield NAMED if named else NAMED + 1, date_in(line)
        elif order[element] > place:
            yield NAMED + 2, date_in(line[:OPENING])


def _title_of(root: Element, title: str) -> Element | None:
    """Returns the heading that repeats the page's title, or else the first heading of level 1."""
    found = None
    for heading in root.iter("h1", "h2", "h3"):
        if is_logo(heading):
            continue
        own = key("".join(heading.itertext()))
        if len(own) >= TITLE_KEY and own in title:
            return heading
        found = heading if found is None and heading.tag == "h1" else found
    return found


def _in_address(root: Element, statements: Statements) -> Iterator[str]:
    canonical = (link.get("href", "") for link in root.iter("link") if link.get("rel", "").lower() == "canonical")
    for address in (statements.first("og:url"), *canonical):
        match, day_first = _ADDRESS.search(address), _ADDRESS_DAY_FIRST.search(address)
        if match:
            yield to_iso("-".join(part.zfill(2) for part in match.groups() if part))
        elif day_first:
            yield to_iso("-".join(day_first.groups()[::-1]))
