"""Recognises page numbers of the printed edition: marks where a printed page began (EPUB Structural Semantics, DPUB-ARIA 1.1)."""

import re

from chaptercast.document.formats.html.notes import roles
from chaptercast.document.formats.html.parse import Element

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
    r"(?:\d{1,5}|[ivxlcdm]{1,12}|[A-Z]-?\d{1,4})(?:\s*[-–—/]\s*(?:\d{1,5}|[ivxlcdm]{1,12}))?\s*(?:页|頁|ページ)?[\])}|/\s.]*",
    re.IGNORECASE,
)
"""`12`, `[Pg 13]`, `p. xiv`, `{45}`."""


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
