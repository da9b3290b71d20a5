"""Finds the title of a web page: weighs its headings, its data and its `<title>` against each other, and removes the name of the site."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from chaptercast.document.formats.html.element_content import folded, key
from chaptercast.document.formats.html.element_statistics import is_logo
from chaptercast.document.formats.html.kickers import KICKER
from chaptercast.document.formats.html.page_metadata import Statements
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.metadata.merging import flat
from chaptercast.document.model import Block, Heading, plain

_SEPARATOR = re.compile(r"\s+[-–—|·•»«›‹│:_/\\~]\s+|\s*[|_»›│｜]\s*|\s*[–—]\s+|(?<=[^\x00-\x7f])[-–—_](?=[^\x00-\x7f])")
_LONGEST = 1000
"""Maximum number of characters of a title that is examined part by part."""
_PHRASE = 3
"""Number of words of a `<title>` that may be a title by itself."""
_OPENING = 12
"""Number of headings at the beginning that may have the title."""
_HOST = re.compile(r"https?://([^/:?#]{4,100})", re.IGNORECASE)
_HOST_LABEL = 4
"""A part of an address that names the site by itself has at least this many letters."""
_SITE_META = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "al:android:app_name",
    "cre",
    "dc.publisher",
)
_TITLE_META = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "parsely-title",
    "sailthru.title",
)

ENOUGH = 2.0
"""A title with this weight is certain enough to be used as the author's."""


class Weights(Struct, frozen=True):
    """The weight of each place where a title may stand."""

    only_heading: float = 3.0
    """The only `h1` of the page."""
    one_word: float = 1.5
    """The only `h1`, if it is a single word: “News”, “Welcome”."""
    opening_heading: float = 1.5
    """The first of several `h1`, if no text comes before it."""
    first_heading: float = 1.0
    """The first heading in the text that is read, on level 2."""
    other_heading: float = 0.5
    """Another heading on level 1 or 2, or an `h1` outside the text that is read: it confirms another source."""
    data: float = 2.0
    """`headline` or `name` in the page's JSON-LD."""
    meta: float = 2.0
    """`og:title` and similar names."""
    page: float = 1.0
    """The whole `<title>`."""
    page_phrase: float = 2.0
    """The whole `<title>`, if it is several words and either has no separator or lost the known name of the site."""
    page_part: float = 1.5
    """A part of `<title>`. It has this weight only if another source has the same words."""


WEIGHTS = Weights()


class Titles(Struct, frozen=True):
    """The titles of a page."""

    title: str
    """The title of the page if it is certain; empty for a fragment, which has only headings."""
    page_title: str
    """The content of `<title>`, without the name of the site."""


def titles_of(root: Element, statements: Statements, blocks: Sequence[Block]) -> Titles:
    """Weighs the sources of a page's title, and returns the result."""
    sites = {*_sites(statements), *(key("".join(each.itertext())) for each in root.iter("h1") if is_logo(each))}
    named = {*sites, *_hosts(root, statements)}
    said: dict[str, tuple[float, str]] = {}
    """By key: the weight, and the best spelling."""

    def add(text: str, weight: float) -> None:
        own = key(text)
        if own and own not in sites:
            so_far, written = said.get(own, (0.0, text))
            said[own] = (so_far + weight, written)

    whole = _kicked(root)
    for text, weight in _headings(root, blocks):
        add(whole.get(key(text), text), weight)
    headings = set(said)
    for text in _described(statements):
        add(whole.get(key(text), text), WEIGHTS.data)
    told = (text for name in _TITLE_META for text in statements.meta.get(name, ())[:1])
    metas = dict.fromkeys(whole.get(key(text), text) for text in told)
    others = headings | {key(text) for text in metas}
    for text in dict.fromkeys(without_site(text, named, others - {key(text)}) for text in metas):
        add(text, WEIGHTS.meta)
    page = statements.page_title
    confirmed = [part for part in _parts(page) if key(part) in said]
    for part in dict.fromkeys(confirmed):
        add(part, WEIGHTS.page_part)
    bare = without_site(page, named, set(said))
    if not confirmed:
        alone = bare != page or not _SEPARATOR.search(page)
        add(bare, WEIGHTS.page_phrase if len(bare.split()) >= _PHRASE and alone else WEIGHTS.page)
    best = max(said.values(), key=lambda weighed: weighed[0], default=(0.0, ""))
    if set(said) <= headings and not page and not metas:  # a fragment: its title is found as in any other document
        return Titles("", "")
    return Titles(best[1] if best[0] >= ENOUGH else "", bare)


def _sites(statements: Statements) -> Iterator[str]:
    """Yields the names of the site, as keys."""
    for name in _SITE_META:
        yield from map(key, statements.meta.get(name, ()))
    for node in statements.articles:
        yield key(flat(node.get("publisher")))


def _hosts(root: Element, statements: Statements) -> Iterator[str]:
    """Yields the site names in the address of a page, as keys: `islandpost.example` and `islandpost`."""
    canonical = (link.get("href", "") for link in root.iter("link") if link.get("rel", "").lower() == "canonical")
    for address in (statements.first("og:url"), *canonical):
        match = _HOST.match(address)
        if match:
            labels = match[1].lower().removeprefix("www.").split(".")
            yield from (key("".join(labels)), *(key(label) for label in labels[:-1] if len(label) >= _HOST_LABEL))


def _kicked(root: Element) -> dict[str, str]:
    """Returns the headlines whose kicker was separated by `part_kickers`: by the key of both lines, the headline alone."""
    found: dict[str, str] = {}
    for heading in root.iter("h1"):
        above = heading.getprevious()
        if above is not None and above.tag == "p" and above.get("class") == KICKER:
            headline = folded("".join(heading.itertext())).lstrip(" :–—-|·•/")
            found[key("".join(above.itertext())) + key(headline)] = headline
    return found


def _headings(root: Element, blocks: Sequence[Block]) -> Iterator[tuple[str, float]]:
    """Yields the headings of a page that may be its title, with their weights."""
    ones = [heading for heading in root.iter("h1") if not is_logo(heading)]
    texts = [folded("".join(heading.itertext())) for heading in ones]
    read = [block for block in blocks if isinstance(block, Heading)]
    kept = [folded(plain(block.inlines)) for block in read if block.level == 1]
    single = len(set(texts)) == 1
    apart = bool(ones) and not any(map(_in_article, ones)) and next(root.iter("article", "main"), None) is not None
    if len(set(kept)) == 1 and key(kept[0]) in map(key, texts):
        alone = WEIGHTS.only_heading if _several(kept[0]) else WEIGHTS.one_word
        yield kept[0], WEIGHTS.other_heading if apart else alone
    elif kept:
        opens = isinstance(blocks[0], Heading) and blocks[0].level == 1
        yield kept[0], WEIGHTS.opening_heading if opens else WEIGHTS.other_heading
    elif single:
        yield texts[0], WEIGHTS.only_heading if _in_article(ones[0]) else WEIGHTS.other_heading
    seen = set(kept[:1]) or set(texts[:1])
    first = next((block for block in read if block.level > 1 or not apart), None)
    for block in read[:_OPENING]:
        text = folded(plain(block.inlines))
        if block.level <= 2 and text not in seen:
            seen.add(text)
            yield text, WEIGHTS.first_heading if block is first else WEIGHTS.other_heading


def _several(text: str) -> bool:
    """Returns whether a text has more than one word, as far as spaces tell."""
    return " " in text or not text.isascii()


def _in_article(element: Element) -> bool:
    return next(element.iterancestors("article", "main"), None) is not None


def _described(statements: Statements) -> Iterator[str]:
    """Yields the titles that JSON-LD gives for the first article that it describes."""
    for node in statements.articles[:1]:
        yield from dict.fromkeys(folded(flat(node[name])) for name in ("headline", "name") if node.get(name))


def _separators(title: str) -> list[tuple[int, int]]:
    """Returns the positions where a title may be cut; none if it is too long to be a title."""
    return [match.span() for match in _SEPARATOR.finditer(title)] if len(title) <= _LONGEST else []


def _parts(title: str) -> list[str]:
    """Returns the text before and after each separator, the longest first."""
    found = _separators(title)
    cuts = [(title[:start], title[end:]) for start, end in found]
    parts = {part.strip() for cut in cuts for part in cut if part.strip()}
    parts |= {title[a[1] : b[0]].strip() for a, b in pairwise(found)}
    return sorted((part for part in (*parts, title) if part), key=lambda part: (-len(part), part))


def without_site(title: str, sites: Iterable[str], headings: Iterable[str]) -> str:
    """Returns a title without the name of its site: the part that one of `headings` repeats, or the part beside a known site name.

    Both are keys.
    """
    known, named = set(headings), set(sites)
    if not known.isdisjoint([key(title)]):
        return title
    parts = _parts(title)
    for part in parts:
        if key(part) in known:
            return part
    cuts = [(title[:start].strip(), title[end:].strip()) for start, end in _separators(title)]
    for before, after in cuts:
        if key(after) in named and before:
            return before
        if key(before) in named and after:
            return after
    return title
