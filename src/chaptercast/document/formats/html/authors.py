"""Finds the authors of a web page: the names in its data, its markup and its byline, without the words around them."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from chaptercast.document.formats.html.element_content import folded, key, line_of
from chaptercast.document.formats.html.page_metadata import Statements
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.metadata.merging import flat

META = (
    "author", "article:author", "article:author:name", "parsely-author", "dc.creator", "dcterms.creator", "citation_author", "byl",
    "sailthru.author", "dc.contributor", "og:author", "article.author", "author_name", "article:author_name", "authors",
)  # fmt: skip
"""Names of `<meta>` elements that give an author, the most reliable ones first."""
BYLINE_LENGTH = 120
"""Maximum number of characters. A longer byline is a text about the author."""
_NAME_LENGTH = 60
_LONGEST = 2000
"""Number of characters of a list of names that are examined."""
_MOST = 30
"""Maximum number of authors."""
_LINES = 3000
"""Number of elements in which a byline is searched for."""
_PARTICLES = frozenset({"de", "der", "van", "von", "la", "le", "al", "el", "bin", "da", "di", "du", "den", "dos", "y"})
_NO_BYLINES = frozenset({"html", "body", "img", "input", "script", "style"})
_HOLDERS = 4

_CLASSES = re.compile(
    r"(?:^|[-_\s])(?:byline(?:-?name|-?author)?|by-?line|(?:article|post|entry|story|news|blog|meta|p|single|content)[-_]?authors?(?:[-_]?name)?"
    r"|authors?(?:[-_]?(?:name|link|url|title))?|written-?by|posted-?by|writer|auteur|autor(?:en|es)?|fn|contributor(?:-name)?)(?=$|[-_\s])",
    re.IGNORECASE,
)
_OTHER_CLASSES = re.compile(
    r"comment|related|recommend|avatar|social|share|bio|widget|sidebar|footer|teaser|card|quote", re.IGNORECASE
)
_BY = r"by|von|par|por|di|door|af|av|od|przez|автор|text|texte|texto|testo|tekst|words|作者|文|撰文|記者|记者|编辑|編輯|글"
_VERBS = (
    r"posted|written|published|submitted|authored|contributed|reported|created|story|article|post|added|eingestellt|veröffentlicht"
    r"|geschrieben|verfasst|erstellt|publié|écrit|rédigé|publicado|escrito|pubblicato|scritto|geschreven|gepubliceerd|opublikowano"
)
_PREFIX = re.compile(
    rf"(?:(?:view all (?:posts|articles)|all posts|alle beiträge|more posts)\s+(?:by|von)\s+"
    rf"|(?:{_VERBS})\s*(?:(?:on|am|le|el|in)\s[^.]{{3,30}}?\s)?(?:{_BY})\s*[:：|｜/／]?\s+"
    rf"|(?:{_VERBS})\s*[:：]\s*|(?:eingestellt|veröffentlicht|publié)\s+(?!am|le|on|in)"
    rf"|(?:{_BY})\s*[:：|｜/／]\s*|(?:{_BY})\s+|(?:authors?|autore?n?|auteurs?|autor(?:es)?|autorin|автор)\s*[:：]\s*|(?:author|autor|autorin|auteur)\s+(?=[A-Z])"
    r"|(?:作者|文|撰文|記者|记者)\s*[:：|｜/／]?\s*)",
    re.IGNORECASE,
)
_DAYS = (
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|(?:mon|tues?|wed|thu|thurs|fri|sat|sun)(?=[,.]|\s+\w+\s\d)"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
_MONTHS = (
    r"jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?"
    r"|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?"
)
_AFTER = re.compile(
    rf"\s*(?:[|｜•·/]|\s[-–—]\s|[-–—]\s|\s[-–—]|,?\s+\(|[,;]?\s*@|\bhttps?:|\S+@\S+)"
    rf"|(?:,\s*|\s+)(?:on|am|at|in|for|für|updated?|published|posted|last|zuletzt|aktualisiert)\b\s*:?(?=\s+\S)"
    rf"|(?:,\s*|\s+)(?:{_DAYS})\b|[,]?\s*\b(?:{_MONTHS})\b\.?\s*\d|[,]?\s*\d|\s*(?:攝影|摄影|编辑|編輯|责编|責編|图|圖)"
    rf"|\s+(?:photos?|fotos?)\b|,\s*(?:[a-z]|(?:staff|senior|chief|contributing|associate|special|editor|reporter|writer|correspondent"
    rf"|ph\.?d|m\.?d|the|reuters|ap|afp|dpa|cnn|bbc)\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*[;；、]\s*|\s*,\s*(?:and|und|et|y|e|en|&)\s+|\s+(?:and|und|et|with|&)\s+|\s*,\s+(?=[A-ZÀ-Ý][^,]*\s[^,]+)"
)
_NO_NAME = re.compile(
    r".*(?:https?:|www\.|@|/)|(?:.*\s)?(?:admin|administrator|webmaster|guest|anonymous|unknown|redaktion|staff|editors?|team|authors?|autor|posts?)"
    rf"|(?:(?:{_VERBS}|publiziert|artikel|beitrag|follow|about)\b\s*)*(?:{_BY}|on|am|le|el|del|the author)?",
    re.IGNORECASE,
)
"""Addresses, job titles, and words that stand before a name."""
_TRADE = re.compile(
    r"\s+(?:(?:staff|senior|chief|news|games|sports|science|health|politics|business|contributing|managing)\s+)*"
    r"(?:editors?|reporters?|writers?|correspondents?|columnists?|(?:chef)?redakteur\w*)\b.*",
    re.IGNORECASE,
)
"""An occupation after the name."""
_OFFICE = re.compile(
    r"(?:staff|senior|chief|contributing|associate|special|managing|news|editors?|reporters?|writers?|correspondent|columnist)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(rf"(?:(?:{_VERBS}|publiziert|artikel|beitrag)\b\s*)*(?:{_BY}|on|am|le|el)?", re.IGNORECASE)
"""Words that stand before a name, without the name."""
_ADDRESS = re.compile(r"https?:|www\.|^@|^/|^\d+$|\{\{|%")


def authors_of(root: Element, statements: Statements) -> tuple[str, ...]:
    """Returns the names of the authors of a page, in order; empty if the page does not give any."""
    sites = {key(name) for name in statements.meta.get("og:site_name", ())}
    sites |= {key(flat(node.get("publisher"))) for node in statements.articles}
    weak: tuple[str, ...] = ()
    for source in (_described(statements), _in_meta(statements), _marked_up(root), _in_text(root)):
        names = tuple(islice(dict.fromkeys(name for name in source if name), _MOST))
        good = tuple(name for name in names if key(name) not in sites and not _NO_NAME.fullmatch(name))
        if good:
            return good
        weak = weak or tuple(name for name in names if not _ADDRESS.search(name) and not _LEADS.fullmatch(name))
    return weak


def _described(statements: Statements) -> Iterator[str]:
    for node in statements.articles:
        given = node.get("author") or node.get("creator")
        names = list(_names(given, statements.persons)) if given else []
        if names:
            yield from names
            return


def _names(given: Any, persons: Mapping[str, str]) -> Iterator[str]:
    """Yields the names in a JSON-LD value: given directly, or by reference."""
    for each in given if isinstance(given, list) else [given]:
        name = each.get("name") or persons.get(str(each.get("@id")), "") if isinstance(each, dict) else each
        for text in name if isinstance(name, list) else [name]:
            if isinstance(text, str):
                yield from named_in(text)


def _in_meta(statements: Statements) -> Iterator[str]:
    for name in META:
        found = [each for text in statements.meta.get(name, ()) for each in named_in(text)]
        if found:
            yield from found
            return


def _marked_up(root: Element) -> Iterator[str]:
    """Yields the names in the byline that the markup of the page identifies as one: the first that has a name, and those beside it."""
    first: Element | None = None
    within: set[Element] = set()
    for element in root.iter():
        if not _is_byline(element) or _of_something_else(element):
            continue
        if any(around in within for around in islice(element.iterancestors(), _HOLDERS)):
            continue
        if first is not None and not _beside(first, element):
            return
        names = [name for name in _said_by(element) if not _LEADS.fullmatch(name)]
        if names:
            first = element if first is None else first
            within.add(element)
            yield from names


def _said_by(byline: Element) -> list[str]:
    inner = next((e for e in byline.iter() if e is not byline and _says_name(e)), byline)
    text = folded(inner.get("content", "")) or line_of(inner, BYLINE_LENGTH)
    return named_in(text) if len(text) <= BYLINE_LENGTH else []


def _says_name(element: Element) -> bool:
    names = element.get("class", "").split()
    return element.get("itemprop") == "name" or "author" in element.get("rel", "").split() or "fn" in names


def _is_byline(element: Element) -> bool:
    if "author" in element.get("rel", "").split() or "author" in element.get("itemprop", "").split():
        return True
    names = f"{element.get('class', '')} {element.get('data-testid', '')}"
    return len(names) > 1 and element.tag not in _NO_BYLINES and _CLASSES.search(names) is not None


def _of_something_else(element: Element) -> bool:
    around = (element, *islice(element.iterancestors(), _HOLDERS))
    return any(
        _OTHER_CLASSES.search(f"{e.get('class', '')} {e.get('id', '')}") or e.tag in ("aside", "nav") for e in around
    )


def _beside(first: Element, other: Element) -> bool:
    """Returns whether two elements have the same parent, or neighbouring parents."""
    parent = first.getparent()
    return other.getparent() is parent or (parent is not None and other.getparent().getparent() is parent.getparent())


def _in_text(root: Element) -> Iterator[str]:
    """Yields the names in the first line that says who wrote the text."""
    for element in islice(
        root.iter("p", "div", "span", "li", "h2", "h3", "h4", "h5", "h6", "em", "address", "td", "small"), _LINES
    ):
        if len(element) > _HOLDERS:
            continue
        text = line_of(element, BYLINE_LENGTH)
        if _PREFIX.match(text) and not _of_something_else(element):
            names = named_in(text)
            if names and all(_is_person(name) for name in names):
                yield from names
                return


def _is_person(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 4 and all(word[:1].isupper() or word in _PARTICLES for word in words)


def named_in(text: str) -> list[str]:
    """Returns the names in a byline, without “by”, dates, addresses and job titles. Two authors are two names."""
    text = folded(text[:_LONGEST])
    if _ADDRESS.search(text):
        return []
    prefix = _PREFIX.match(text)
    while prefix and prefix.end() < len(text):
        text = text[prefix.end() :]
        prefix = _PREFIX.match(text)
    parts = (_AFTER.split(part, maxsplit=1)[0] for part in _BETWEEN.split(text))
    names = (_TRADE.sub("", part).strip(" ,:;·|-–—*()") for part in parts)
    return [
        name for name in names if len(name) <= _NAME_LENGTH and any(map(str.isalpha, name)) and not _OFFICE.match(name)
    ]
