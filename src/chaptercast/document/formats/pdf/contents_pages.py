"""Recognises contents pages: rows of titles with page numbers. A listener has the chapters, so the rows are left out and reported."""

import re
from collections.abc import Sequence

from chaptercast.document.formats.pdf.page import Line

_LEADERS = re.compile(r"(?:[.·…_]\s?){3,}\s*(?:[\divxlc]{1,6}|[A-Z]-?\d{1,3})\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\d{1,4}|[ivxlc]{1,6})")
_TITLE = re.compile(
    r"\W*(?:table of contents|contents|brief contents|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice|indice|sumário|"
    r"目\s*[录錄次]|содержание|оглавление|spis treści|inhoud(?:sopgave)?|innehåll)\W*",
    re.IGNORECASE,
)
_FEWEST = 4


def contents_lines(lines: Sequence[Line]) -> set[int]:
    """Returns the indices of the lines that are a table of contents, its title included."""
    leading = [bool(_LEADERS.search(line.text)) for line in lines]
    title = next((index for index, line in enumerate(lines) if _TITLE.fullmatch(line.text)), None)
    entries = [
        index
        for index, line in enumerate(lines)
        if leading[index] or (title is not None and index > title and _is_entry(line))
    ]
    if len(entries) < _FEWEST or (title is None and 2 * sum(leading) < len(lines) and not _row(entries)):
        return set()
    first = title if title is not None and title < entries[0] else entries[0]
    if 2 * len(entries) < entries[-1] - entries[0] + 1:  # other text stands between: not a table of contents
        return set()
    return set(range(first, entries[-1] + 1))


def _is_entry(line: Line) -> bool:
    last = line.cells[-1][2].strip() if line.cells else line.text.rstrip().rpartition(" ")[2]
    return bool(_NUMBER.fullmatch(last)) and any(c.isalpha() for c in line.text[: -len(last)])


def _row(entries: Sequence[int]) -> bool:
    """Returns whether enough entries follow one another to be a table of contents within other text."""
    return len(entries) >= 6 and entries[-1] - entries[0] < 2 * len(entries)
