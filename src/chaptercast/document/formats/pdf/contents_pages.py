"""Recognises contents pages: rows of titles with page numbers. A listener has the chapters, so the rows are left out and reported."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from chaptercast.document.formats.pdf.page import Line, Page

_LEADERS = re.compile(r"(?:[.·…_]\s?){3,}\s*(?:[\divxlc]{1,6}|[A-Z]-?\d{1,3})\s*$", re.IGNORECASE)
_END = 60
"""Number of letters at the end of a line in which leaders are looked for: of a long line of dots, each was a beginning."""
_NUMBER = re.compile(r"(?:\d{1,4}|[ivxlc]{1,6})")
_TITLE = re.compile(
    r"\W*(?:table of contents|contents|brief contents|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice|indice|sumário|"
    r"目\s*[录錄次]|содержание|оглавление|spis treści|inhoud(?:sopgave)?|innehåll)\W*",
    re.IGNORECASE,
)
_FEWEST = 4
_KNOWN = 0.6
"""Minimum share of the lines of a page of contents without a title that stand on other pages, too."""
_LONGEST = 120
"""Maximum length of an entry without a page number."""


def places_of_lines(pages: Sequence[Page]) -> dict[str, set[int]]:
    """Returns the numbers of the pages on which each short line of a document stands; nothing if no page may be one of contents."""
    found: dict[str, set[int]] = {}
    if not any(
        any(_TITLE.fullmatch(line.text) for line in page.lines) or sum(map(_is_entry, page.lines)) >= _FEWEST
        for page in pages
    ):
        return found
    for page in pages:
        for line in page.lines:
            if len(line.text) <= _LONGEST:
                found.setdefault(_words(line.text), set()).add(page.number)
    return found


def contents_lines(
    lines: Sequence[Line], places: Mapping[str, set[int]] = MappingProxyType({}), page: int = 0
) -> set[int]:
    """Returns the indices of the lines that are a table of contents, its title included.

    Below the title "Contents", a line without a page number is an entry if it stands on another page, too. `places` has the numbers of
    the pages of all short lines, `page` is that of these.
    """
    leading = [bool(_LEADERS.search(line.text[-_END:])) for line in lines]
    title = next((index for index, line in enumerate(lines) if _TITLE.fullmatch(line.text)), None)
    if title is None and not any(leading):
        return _counted(lines, places, page)
    entries = [
        index
        for index, line in enumerate(lines)
        if leading[index]
        or (title is not None and index > title and (_is_entry(line) or places.get(_words(line.text), set()) - {page}))
    ]
    if len(entries) < _FEWEST or (title is None and 2 * sum(leading) < len(lines) and not _row(entries)):
        return set()
    first = title if title is not None and title < entries[0] else entries[0]
    if 2 * len(entries) < entries[-1] - entries[0] + 1:  # other text stands between: not a table of contents
        return set()
    return set(range(first, entries[-1] + 1))


def _counted(lines: Sequence[Line], places: Mapping[str, set[int]], page: int) -> set[int]:
    """Returns the lines of a page of contents without a title: most of its lines are those of other pages, several with rising numbers."""
    known = [index for index, line in enumerate(lines) if places.get(_words(_name(line)), set()) - {page}]
    numbers = [int(last) for index in known if _is_entry(lines[index]) and (last := _last(lines[index])).isdecimal()]
    if len(numbers) < _FEWEST or numbers != sorted(numbers) or len(known) < _KNOWN * len(lines):
        return set()
    return set(range(known[0], known[-1] + 1))


def _last(line: Line) -> str:
    return line.cells[-1][2].strip() if line.cells else line.text.rstrip().rpartition(" ")[2]


def _name(line: Line) -> str:
    """Returns an entry without its page number."""
    return line.text.rstrip().removesuffix(_last(line)) if _is_entry(line) else line.text


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_entry(line: Line) -> bool:
    last = _last(line)
    return bool(_NUMBER.fullmatch(last)) and any(c.isalpha() for c in line.text[: -len(last)])


def _row(entries: Sequence[int]) -> bool:
    """Returns whether enough entries follow one another to be a table of contents within other text."""
    return len(entries) >= 6 and entries[-1] - entries[0] < 2 * len(entries)
