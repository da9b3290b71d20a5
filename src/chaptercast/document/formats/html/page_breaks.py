"""Recognises page numbers of the printed edition: marks where a printed page began (EPUB Structural Semantics, DPUB-ARIA 1.1)."""

import re
from collections.abc import Iterator

from chaptercast.document.formats.html.notes import roles
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.model import SourcePage

LONGEST = 24
"""Maximum number of characters of a mark."""
_ROLES = frozenset({"pagebreak", "doc-pagebreak"})
_TAG = "pagenum"
"""DTBook's tag for a mark."""
_CLASS = re.compile(
    r"(?:x-)?(?:ebookmaker|ebook|epub|print|book|orig(?:inal)?)?[-_]?(?:page?|pg)[-_]?(?:num(?:ber)?|nr|no|break)(?:[-_]?\d*|[-_]?[lr])|pb",
    re.IGNORECASE,
)
"""Whole class names: Gutenberg's `pagenum`, `x-ebookmaker-pageno`, `page-number`, `pgnum`."""
_MARK = re.compile(
    r"[\[({|/\s]*(?:(?:page|pages|pag|pg|pp?|seite|s|p[aá]gina|стр|с|第)[.:]?\s*)?"
    r"(?P<label>(?:\d{1,5}|[ivxlcdm]{1,12}|[A-Z]-?\d{1,4})(?:\s*[-–—/]\s*(?:\d{1,5}|[ivxlcdm]{1,12}))?)\s*(?:页|頁|ページ)?[\])}|/\s.]*",
    re.IGNORECASE,
)
"""`12`, `[Pg 13]`, `p. xiv`, `{45}`."""
_ID = re.compile(r"(?:page|pg|p)[-_]*0*([1-9]\d{0,4}|[ivxlcdm]{1,12})", re.IGNORECASE)
"""`page14`, `pg_xii`."""


def is_page_mark(element: Element) -> bool:
    """Returns whether an element only marks where a page of the printed edition begins."""
    attributes = element.attrib
    declared = element.tag == _TAG or (
        ("role" in attributes or "epub:type" in attributes) and not _ROLES.isdisjoint(roles(element))
    )
    if not declared and not any(map(_CLASS.fullmatch, attributes.get("class", "").split())):
        return False
    text = "".join(element.itertext()).strip()
    return len(text) <= LONGEST and (_MARK.fullmatch(text) is not None or (declared and not text))


def label_of(element: Element) -> str:
    """Returns the number of the page that a mark stands for: its text, its label or title, or its id; empty if it has none."""
    attributes = element.attrib
    for told in ("".join(element.itertext()), attributes.get("aria-label", ""), attributes.get("title", "")):
        if match := _MARK.fullmatch(told.strip()):
            return match["label"]
    named = _ID.fullmatch(attributes.get("id", "").rpartition("#")[2])
    return named[1] if named else ""


class PageBreaks:
    """The pages of the printed edition that begin in a text, in its order. `pages` is the result."""

    def __init__(self) -> None:
        self.pages: list[SourcePage] = []
        self._due = 0

    def begin(self, mark: Element) -> None:
        """Begins a page with the next text, if the mark has a number."""
        if label := label_of(mark):
            self.pages.append(SourcePage(label))
            self._due = len(self.pages)

    def parts(self, text: str, *, within_word: bool) -> Iterator[tuple[str, int]]:
        """Yields the parts of a text, each with the number of the page that begins with it, or 0.

        `within_word`: the text before it ends with a letter. A page that begins within a word begins with the next one.
        """
        begins = 0
        if within_word and text[:1].isalnum():
            space = re.search(r"\s", text)
            begins = space.start() if space else len(text)
        rest = text[begins:].lstrip()
        if not self._due or not rest:
            yield text, 0
            return
        if len(rest) < len(text):
            yield text[: -len(rest)], 0
        yield rest, self._due
        self._due = 0
