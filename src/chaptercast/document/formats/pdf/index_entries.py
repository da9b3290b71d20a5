"""Finds the entries of an index: short lines in the order of the alphabet that end with page numbers ("salt 12, 40-44")."""

import re
from collections.abc import Sequence
from itertools import pairwise

from chaptercast.document.formats.pdf.page import Line

_ENTRY = re.compile(r"[^\W\d_].*[^\d\s],?\s+\d{1,4}(?:\s?[,–-]\s?\d{1,4})*[nf]?\.?")
_LONGEST, _FEWEST = 80, 4
"""Maximum length of an entry, and minimum number of entries below one another."""
_ORDERED = 0.8
"""Minimum share of the entries that come after the one above them in the alphabet."""


def entry_starts(lines: Sequence[Line]) -> set[int]:
    """Returns the indices of the lines of a column that begin an entry of an index. An entry may have two lines."""
    found = [len(line.text) <= _LONGEST and _ENTRY.fullmatch(line.text.strip()) is not None for line in lines]
    starts: set[int] = set()
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and (
            found[end] or (end + 1 < len(lines) and found[end + 1] and _alike(*lines[end : end + 2]))
        ):
            end += 1
        begun = [index for index in range(at, end) if index == at or found[index - 1]]
        if sum(found[at:end]) >= _FEWEST and _is_ordered([lines[index].text for index in begun]):
            starts.update(begun)
        at = max(end, at + 1)
    return starts


def _alike(line: Line, below: Line) -> bool:
    return line.size == below.size and line.bold == below.bold


def _is_ordered(texts: Sequence[str]) -> bool:
    pairs = [(above.casefold(), below.casefold()) for above, below in pairwise(texts)]
    return sum(above < below for above, below in pairs) >= _ORDERED * len(pairs)
