"""Reports how each page was read, and how sure that is."""

from chaptercast.document.formats.pdf.page import Page
from chaptercast.document.model import ReadBy, SourcePage

_ONE_COLUMN, _COLUMNS = 0.97, 0.9
"""How sure the order of a page without structure is, with one column and with several: measured on 64 pages of the six labelled files."""
_NO_LETTERS = "the file does not say which letters its signs are"


def source_page(page: Page, odd_words: int = 0) -> SourcePage:
    """Returns what is known of the reading of a page. `odd_words` is the number of its words that look wrong."""
    label = page.label or str(page.number)
    if page.fault:
        return SourcePage(label, ReadBy.UNREADABLE, None, page.fault)
    if page.way == "scan" and not page.leaves:
        return SourcePage(label, ReadBy.PICTURE)
    if not page.has_words:
        bad = any(one.why == "unreadable" for one in page.bad)
        return SourcePage(label, ReadBy.UNREADABLE, None, _NO_LETTERS) if bad else SourcePage(label, ReadBy.EMPTY)
    if page.way == "OCR":
        return SourcePage(label, ReadBy.RECOGNITION, round(page.confidence, 2))
    way = ReadBy.STRUCTURE if page.leaves else ReadBy.LAYOUT
    order = _in_structure(page) if page.leaves else _ONE_COLUMN if _is_one_column(page) else _COLUMNS
    unknown = sum(len(one.text) for one in page.bad if one.why == "unknown")
    known = 1 - unknown / max(page.glyphs + unknown, 1)
    words = sum(len(line.text.split()) for line in page.lines)
    return SourcePage(label, way, round(order * known * (1 - odd_words / max(words, 1)), 2))


def _in_structure(page: Page) -> float:
    """Returns the share of a page's text that its structure contains; the rest is placed by where it stands."""
    unknown = {number for number, leaf in enumerate(page.leaves) if leaf.numbers == (0,)}
    total = sum(len(line.text) for line in page.lines)
    return 1 - sum(len(line.text) for line in page.lines if line.column in unknown) / max(total, 1)


def _is_one_column(page: Page) -> bool:
    return len({line.column for line in page.lines}) == 1
