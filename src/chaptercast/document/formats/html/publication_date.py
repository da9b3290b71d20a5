"""When a web page was published: what its data, its markup, its address and the lines about its title say."""

import re
from collections.abc import Iterator
from itertools import islice

from chaptercast.document.formats.html.element_content import folded, line_of
from chaptercast.document.formats.html.element_kinds import MACHINE_TEXT
from chaptercast.document.formats.html.page_metadata import Statements
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.metadata.dates import date_in, to_iso

META = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish_date", "publish-date", "published", "published_time", "publication_date", "dc.date", "dcterms.date", "dcterms.created",
    "dcterms.issued", "dc.date.issued", "dc.date.created", "citation_publication_date", "citation_date", "sailthru.date",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "article.published", "date.release", "datecreated", "og:article:published_time",
    "shareaholic:article_published_time", "bt:pubdate", "timestamp", "creation_date", "last-modified", "article:modified_time",
    "og:updated_time",
)  # fmt: skip
"""Names of `<meta>` that tell a date, the more telling ones first."""
LINE = 90
"""Characters of a line that tells a date."""
_CLASSES = re.compile(
    r"(?:^|[-_\s])(?:dates?|published|posted|pub-?date|timestamp|time|datum|fecha|data|post-?info|meta|byline|dateline|entry-date)"
    r"(?=$|[-_\s])",
    re.IGNORECASE,
)
_OTHER = re.compile(r"comment|related|recommend|sidebar|widget|footer|teaser|card|copyright", re.IGNORECASE)
_HOLDERS = 5
_ADDRESS = re.compile(
    r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)|[/_-]((?:19|20)\d{2})(\d{2})(\d{2})(?=[/_.-])"
)
_MOST = 8000
"""Lines that are looked at."""


def date_of(root: Element, statements: Statements) -> str:
    """When a page says that it was published, in ISO 8601; empty if it does not say."""
    for source in (
        _described(statements),
        _in_meta(statements),
        _marked(root),
        _in_address(root, statements),
        _in_lines(root),
    ):
        found = next((date for date in source if date), "")
        if found:
            return found
    return ""


def _described(statements: Statements) -> Iterator[str]:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        for node in statements.articles:
            if isinstance(node.get(name), str):
                yield to_iso(node[name])


def _in_meta(statements: Statements) -> Iterator[str]:
    for name in META:
        for text in statements.meta.get(name, ()):
            yield to_iso(text)


def _marked(root: Element) -> Iterator[str]:
    """Elements that are marked as the date: the surest first, and none of other articles or comments."""
    weaker: list[str] = []
    for element in root.iter():
        sure = "datePublished" in element.get("itemprop", "") or element.get("pubdate") is not None
        if not sure and (element.tag not in ("time", "abbr") or _of_something_else(element)):
            continue
        given = (
            element.get("datetime")
            or element.get("content")
            or (element.get("title", "") if element.tag == "abbr" else "")
        )
        text = line_of(element, LINE)
        date = to_iso(given) or (date_in(text) if element.tag != "abbr" else "")
        if sure and date:
            yield date
        elif date:
            weaker.append(date)
    yield from weaker


def _of_something_else(element: Element) -> bool:
    around = (element, *islice(element.iterancestors(), _HOLDERS))
    return any(
        _OTHER.search(f"{e.get('class', '')} {e.get('id', '')}") or e.tag in ("aside", "footer", "nav") for e in around
    )


def _in_address(root: Element, statements: Statements) -> Iterator[str]:
    canonical = (link.get("href", "") for link in root.iter("link") if link.get("rel", "").lower() == "canonical")
    for address in (statements.first("og:url"), *canonical):
        match = _ADDRESS.search(address)
        if match:
            yield to_iso("-".join(part.zfill(2) for part in match.groups() if part))


def _in_lines(root: Element) -> Iterator[str]:
    """Short lines with a date: those so named, then those after the title, then those before it."""
    named: list[str] = []
    after: list[str] = []
    before: list[str] = []
    titled = False
    for element in islice(root.iter(), _MOST):
        titled = titled or element.tag == "h1"
        if element.tag in MACHINE_TEXT or len(element) > _HOLDERS:
            continue
        is_named = _CLASSES.search(f"{element.get('class', '')} {element.get('id', '')}") is not None
        texts = [line_of(element, LINE)] if is_named else [element.text or "", *(child.tail or "" for child in element)]
        for text in texts:
            line = folded(text)
            if 6 <= len(line) <= LINE and any(map(str.isdigit, line)) and not _of_something_else(element):
                date = date_in(line)
                if date and is_named:
                    named.append(date)
                elif date:
                    (after if titled else before).append(date)
    yield from named
    yield from (*after[:1], *before[:1])
