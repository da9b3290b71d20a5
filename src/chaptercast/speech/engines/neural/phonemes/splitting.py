"""A spelling that is longer than a model takes, in pieces: cut between sentences, else clauses, else words; never truncated."""

import re
from collections.abc import Iterator

from chaptercast.speech.engines.neural.phonemes.clauses import ENDS
from chaptercast.speech.engines.neural.phonemes.model import Spelling

_CUTS = tuple(re.compile(rf"{after}(?= )") for after in (rf"[{re.escape(ENDS)}][”)]*", r"[,;:—][”)]*", r"(?<! )"))
"""After what a spelling is cut, the best first: where a space follows."""


def pieces(spelling: Spelling, longest: int) -> Iterator[Spelling]:
    """The spelling in pieces of at most `longest` symbols. What it names as not read goes with the first."""
    unread, begin = spelling.unread, 0
    while begin < len(spelling.symbols) or unread:
        end = _end(spelling.symbols, begin, longest)
        words = tuple(word._replace(at=word.at - begin) for word in spelling.words if begin <= word.at < end)
        yield Spelling(spelling.symbols[begin:end], words, unread)
        unread = ()
        begin = end + (spelling.symbols[end : end + 1] == " ")


def _end(symbols: str, begin: int, longest: int) -> int:
    """Where a piece that begins at `begin` ends. One that is not the last has at least half of what it may have, where that can be."""
    if len(symbols) - begin <= longest:
        return len(symbols)
    for cut in _CUTS:
        ends = [found.end() for found in cut.finditer(symbols, begin + longest // 2, begin + longest + 1)]
        if ends:
            return ends[-1]
    return begin + longest
