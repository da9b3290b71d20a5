"""A sentence as blocks of lines that can be read while they are heard: cut between words, where it can be between clauses."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from operator import add, ne
from typing import Any, NamedTuple

LINES = 2
"""Of a block, at most."""

_SINGLE = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}"
"""What may stand at the end of a line and at the head of one, character by character."""
_OPENING = "“‘（【《「『〔〈｛［"
"""What does not stand at the end of a line."""
_CLOSING = "，。！？；：、）】》」』〕〉｝］”…—～·ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
"""What does not stand at the head of one."""
_CLAUSE_ENDS = tuple("，。！？；：、—–…,.;:!?؟،؛।")
_QUOTES = "”’»」』）)\"'"
"""What may follow them."""
_SPACE = re.compile(r"[^\S\u00a0\u202f]|[\x1c-\x1f]")
_UNFIT = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Block(NamedTuple):
    """Lines that are shown together. A tuple: there are thousands in an hour."""

    begin: int
    """Where they begin in the sentence, in characters."""
    lines: tuple[str, ...]


def cleaned(text: str) -> str:
    """`text`, character by character, without line breaks and without what no text file should hold."""
    if text.isprintable():  # the only space that counts as that is the common one
        return text
    return _UNFIT.sub("\ufffd", _SPACE.sub(" ", text))


def folded(text: str) -> str:
    """`cleaned` text as one line."""
    return (re.sub(" +", " ", text) if "  " in text else text).strip(" ")


def width(text: str) -> int:
    """How wide it is shown: an ideograph as two letters."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def blocks(text: str, limit: int) -> Iterator[Block]:
    """`cleaned` text in blocks of at most two lines that are no wider than `limit`."""
    if width(text) <= limit:
        yield Block(0, (folded(text),))
        return
    run = _Run(text, limit)
    begin = 0
    while begin < run.count:
        end = run.block_end(begin)
        yield Block(run.place(begin), run.lines(begin, end))
        begin = end


class _Run:
    """A text as units between which a line may end."""

    def __init__(self, text: str, limit: int) -> None:
        self._text = text
        self._limit = limit
        units = _units(text)
        if max(map(len, units)) > limit // 2:
            units = [unit for found in units for unit in _fitting(found, limit)]
        self.count = len(units)
        self._places = [0, *accumulate(map(len, units))]
        self._bare = [unit.rstrip(" ") for unit in units]
        self._spaces = list(map(ne, self._bare, units))
        widths = map(len if text.isascii() else width, self._bare)
        self._spaced = [0, *accumulate(map(add, widths, self._spaces))]
        """Widths of all before a unit, the spaces after them counted."""

    def place(self, unit: int) -> int:
        return self._places[unit]

    def block_end(self, begin: int) -> int:
        """The unit before which a block ends that begins with unit `begin`."""
        most = begin
        for _ in range(LINES):
            most = self._line_end(most)
        if most == self.count:
            return most
        start, end = self._spaced[begin], self._spaced[most]
        rest = self._spaced[-1] - end
        # A last block of a word or two would be gone before it is read: then both get about the half.
        best = (start + end + rest) / 2 if rest < self._limit / 2 else end
        ends = [n for n in range(begin + 1, most + 1) if self._spaced[n] - start >= (end - start) / 3]
        clauses = [n for n in ends if self._ends_a_clause(n - 1)]
        return min(clauses or ends or [most], key=lambda n: abs(self._spaced[n] - best))

    def lines(self, begin: int, end: int) -> tuple[str, ...]:
        """The units from `begin` to `end` on one line if they fit, else on two of about the same width."""
        if self._line_end(begin) >= end:
            return (self._line(begin, end),)
        middle = (self._spaced[begin] + self._spaced[end]) / 2
        breaks = [n for n in range(begin + 1, self._line_end(begin) + 1) if self._line_end(n) >= end]
        cut = min(breaks, key=lambda n: abs(self._spaced[n] - middle) - self._ends_a_clause(n - 1) * self._limit / 6)
        return self._line(begin, cut), self._line(cut, end)

    def _ends_a_clause(self, unit: int) -> bool:
        return self._bare[unit].rstrip(_QUOTES).endswith(_CLAUSE_ENDS)

    def _line(self, begin: int, end: int) -> str:
        return folded(self._text[self._places[begin] : self._places[end]])

    def _line_end(self, begin: int) -> int:
        """The unit before which a line ends that begins with unit `begin`."""
        room = self._spaced[begin] + self._limit
        end = bisect_right(self._spaced, room) - 1
        if end < self.count and self._spaces[end] and self._spaced[end + 1] - 1 <= room:
            end += 1  # the space after it is not shown
        return max(end, begin + 1) if begin < self.count else begin


def _units(text: str) -> list[str]:
    """What a line does not end within, each with the spaces after it; all of them joined are the text."""
    if text.isascii():  # the same, and found much sooner
        return re.findall(r"[^ ]+ *| +", text)
    return [found for match in _unit().finditer(text) if (found := match.group())]


@cache
def _unit() -> Any:
    import regex

    word = rf"[{_SINGLE}]\p{{M}}*’?|[^ {_SINGLE}{_OPENING}{_CLOSING}]+"
    return regex.compile(rf"[{_OPENING}]*(?:{word})?[{_CLOSING}]* *")


def _fitting(unit: str, limit: int) -> Iterator[str]:
    """A unit, in pieces where it is wider than a line: between graphemes, or within one that is wider itself."""
    if len(unit) <= limit // 2 or width(unit.rstrip(" ")) <= limit:
        yield unit
        return
    import regex

    piece = ""
    for grapheme in regex.findall(r"\X", unit):
        for part in (grapheme,) if width(grapheme) <= limit else grapheme:
            if piece and width(piece + part) > limit:
                yield piece
                piece = ""
            piece += part
    if piece:
        yield piece
