"""Splits a spelling that is too long for a model: between sentences, else clauses, else words. Never truncates."""

import re
from collections.abc import Iterator

from chaptercast.speech.engines.neural.phonemes.clauses import ENDS
from chaptercast.speech.engines.neural.phonemes.model import Spelling

_CUTS = tuple(re.compile(rf"{after}(?= )") for after in (rf"[{re.escape(ENDS)}][”)]*", r"[,;:—][”)]*", r"(?<! )"))
"""Where a spelling may be split, in order of preference: after these marks, if a space follows."""


def pieces(spelling: Spelling, longest: int) -> Iterator[Spelling]:
    """Split the spelling into pieces of at most `longest` symbols. Its unread stretches go with the first piece."""
    unread, begin = spelling.unread, 0
    while begin < len(spelling.symbols) or unread:
        end = _end(spelling.symbols, begin, longest)
        words = tuple(word._replace(at=word.at - begin) for word in spelling.words if begin <= word.at < end)
        yield Spelling(spelling.symbols[begin:end], words, unread)
        unread = ()
        begin = end + (spelling.symbols[end : end + 1] == " ")


def _end(symbols: str, begin: int, longest: int) -> int:
    """The end of the piece that begins at `begin`. Every piece but the last has at least half of the maximum length, if possible."""
    if len(symbols) - begin <= longest:
        return len(symbols)
    for cut in _CUTS:
        ends = [found.end() for found in cut.finditer(symbols, begin + longest // 2, begin + longest + 1)]
        if ends:
            return ends[-1]
    return begin + longest
