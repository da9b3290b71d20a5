"""What an HTML page says about itself: JSON-LD, OpenGraph and other `<meta>`, `<time>`, bylines, `<title>`."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from chaptercast.document.dates import to_iso
from chaptercast.document.html.page import Page
from chaptercast.document.html.parse import Element
from chaptercast.document.html.statements import Statements
from chaptercast.document.html.things import folded
from chaptercast.document.language import canonical
from chaptercast.document.metadata import flat, mended_title, merged
from chaptercast.document.model import Block, Heading, Metadata, plain

META: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline"),
    "author": ("author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "citation_author", "byl"),
    "date": (
        *(
            "article:published_time",
            "og:published_time",
            "datepublished",
            "date",
            "pubdate",
            "publishdate",
            "publish_date",
        ),
        *(
            "dc.date",
            "dcterms.date",
            "dcterms.created",
            "citation_publication_date",
            "sailthru.date",
            "parsely-pub-date",
        ),
    ),
    "language": ("og:locale", "content-language", "dc.language", "language"),
    "source": ("og:url", "twitter:url", "dc.identifier"),
    "image": ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "thumbnail"),
    "description": ("og:description", "description", "twitter:description", "dc.description"),
}
"""`name`, `property`, `itemprop` or `http-equiv` of `<meta>` for each field, the more telling ones first."""

_SEPARATOR = re.compile(r"\s+[-–—|·•»:_]\s+|\s*[|_»｜]\s*")
_BYLINE = re.compile(
    r"(?:by|von|par|por|di|door|text|作者|文|撰文|記者|记者)\s*[:：|｜/／]?\s+(?=\S)|(?:作者|文|撰文|記者|记者)\s*[:：|｜/／]\s*",
    re.IGNORECASE,
)
_AFTER_AUTHOR = re.compile(r"\s*[·|｜•]\s*|\s+(?:攝影|摄影|编辑|編輯|责编|責編|图|圖|photos?|fotos?)\b", re.IGNORECASE)
_BYLINE_CLASSES = frozenset(
    ["byline", "author", "article-author", "post-author", "entry-author", "author-name", "p-author", "autor", "auteur"]
)
BYLINE_LENGTH = 80
"""Characters; longer ones tell about the author."""


def page_metadata(page: Page, blocks: Iterable[Block] = ()) -> Metadata:
    """The metadata of a page, of several sources in one; `blocks` are what was read of it."""
    root = page.root
    found = merged(
        (
            _json_ld(page.statements),
            _meta(page.statements),
            _links(root),
            _marked_up(root),
            Metadata(language=page.language),
        )
    )
    title = page.statements.page_title
    headings = [folded(plain(block.inlines)) for block in blocks if isinstance(block, Heading) and block.level <= 2]
    names = {folded("".join(heading.itertext())) for heading in root.iter("h1")}.difference(headings)
    return replace(
        found,
        title=mended_title(_confirmed(found.title, headings, names)),
        page_title=mended_title(_confirmed(title, [*headings, found.title], names)),
        language=page.language or found.language,
    )


def _confirmed(title: str, headings: Collection[str], names: Collection[str]) -> str:
    """The title without the name of the site: what a heading repeats, or what is left beside a name."""
    parts = [(title[: match.start()], title[match.end() :]) for match in _SEPARATOR.finditer(title)]
    for before, after in parts:
        for part, other in ((before, after), (after, before)):
            if part and (part in headings or other in names):
                return part
    return title


def _fields(values: Mapping[str, str]) -> Metadata:
    known = {name: folded(value) for name, value in values.items()}
    author = known["author"]
    return Metadata(
        title=known["title"],
        author="" if author.startswith(("http:", "https:", "@")) else author,
        date=to_iso(known["date"]),
        language=canonical(known["language"]),
        source=known["source"],
        image=known["image"],
        description=known["description"],
    )


def _meta(statements: Statements) -> Metadata:
    return _fields({field: statements.first(*names) for field, names in META.items()})


def _links(root: Element) -> Metadata:
    for link in root.iter("link"):
        address = link.get("href", "").strip()
        if link.get("rel", "").lower() == "canonical" and re.match(r"https?://", address):
            return Metadata(source=address)
    return Metadata()


def _json_ld(statements: Statements) -> Metadata:
    return _article(statements.articles[0]) if statements.articles else Metadata()


def _article(node: Mapping[str, Any]) -> Metadata:
    names = {
        "title": ("headline", "name"),
        "author": ("author", "creator"),
        "date": ("datePublished", "dateCreated"),
        "language": ("inLanguage",),
        "source": ("url",),
        "image": ("image", "thumbnailUrl"),
        "description": ("description",),
    }
    values = {field: next((flat(node[key]) for key in keys if node.get(key)), "") for field, keys in names.items()}
    values["image"] = values["image"].split(", ")[0]
    return _fields(values)


def _marked_up(root: Element) -> Metadata:
    """A byline and a date in the page itself, by their markup."""
    author = date = ""
    for element in root.iter():
        names = set(element.get("class", "").split())
        if not author and (
            element.get("rel") == "author" or element.get("itemprop") == "author" or names & _BYLINE_CLASSES
        ):
            text = folded("".join(element.itertext()))
            author = _BYLINE.sub("", text, count=1) if 0 < len(text) <= BYLINE_LENGTH else ""
            author = _AFTER_AUTHOR.split(author)[0]
        if not date and (element.tag == "time" or element.get("itemprop") == "datePublished"):
            date = to_iso(element.get("datetime") or element.get("content") or folded("".join(element.itertext())))
        if author and date:
            break
    return Metadata(author=author, date=date)
