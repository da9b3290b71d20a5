"""The input values of the models, frozen."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from msgspec import Struct

from chaptercast.speech.engines.neural.phonemes.clauses import Bracket, is_spoken


class Word(NamedTuple):
    """A word of a text, and where its sound begins."""

    at: int
    """The index of its first symbol."""
    offset: int
    """Its position in the text, in characters."""
    length: int
    """Its length in characters."""


class Spelling(Struct, frozen=True):
    """A text in a model's spelling."""

    symbols: str
    """One character per symbol, in the model's own letters: phonemes, stress and tone marks, punctuation, spaces."""
    words: tuple[Word, ...] = ()
    """In order, without overlap."""
    unread: tuple[tuple[int, int], ...] = ()
    """Begin and end of each stretch that the model cannot say, in characters of the text."""


def joined(spellings: Sequence[Spelling]) -> Spelling:
    """The spellings of consecutive pieces of one text, joined into one."""
    symbols = ""
    words: list[Word] = []
    unread: list[tuple[int, int]] = []
    for spelling in spellings:
        words += [word._replace(at=word.at + len(symbols)) for word in spelling.words]
        unread += spelling.unread
        symbols += spelling.symbols
    return Spelling(symbols, tuple(words), tuple(sorted(unread)))


def moved(spelling: Spelling, by: int) -> Spelling:
    """The spelling of a piece that begins at character `by` of a longer text."""
    return Spelling(
        spelling.symbols,
        tuple(word._replace(offset=word.offset + by) for word in spelling.words),
        tuple((begin + by, end + by) for begin, end in spelling.unread),
    )


def bracketed(spelling: Spelling, brackets: Sequence[Bracket]) -> Spelling:
    """The spelling with quotation marks and brackets put back: opening ones before the next word, closing ones after the previous word."""
    for bracket in brackets:
        place, mark = bracket
        opens = bracket.opens
        later = next(
            (number for number, word in enumerate(spelling.words) if word.offset >= place), len(spelling.words)
        )
        if later == (len(spelling.words) if opens else 0):
            continue  # there is no such word
        at = spelling.words[later].at if later < len(spelling.words) else len(spelling.symbols)
        at = at if opens else len(spelling.symbols[:at].rstrip())
        words = (
            word._replace(at=word.at + len(mark)) if number >= later else word
            for number, word in enumerate(spelling.words)
        )
        spelling = Spelling(spelling.symbols[:at] + mark + spelling.symbols[at:], tuple(words), spelling.unread)
    return spelling


def known(spelling: Spelling, symbols: Collection[str]) -> Spelling:
    """The spelling without symbols that are not among the model's `symbols`.

    Words that contained such symbols are listed as unread. A word that has no sounding symbol left is removed from the words.
    """
    lacking = [at for at, symbol in enumerate(spelling.symbols) if symbol not in symbols]
    starts = [word.at for word in spelling.words]
    owners = {bisect_right(starts, at) - 1 for at in lacking}
    kept = "".join(symbol for symbol in spelling.symbols if symbol in symbols)
    words: list[Word] = []
    named = list(spelling.unread)
    for number, (word, after) in enumerate(zip(spelling.words, [*starts[1:], len(spelling.symbols)], strict=False)):
        at, end = (place - bisect_left(lacking, place) for place in (word.at, after))
        sounds = is_spoken(kept[at:end])
        if sounds:
            words.append(word._replace(at=at))
        if number in owners or not sounds:
            named.append((word.offset, word.offset + word.length))
    return Spelling(kept, tuple(words), tuple(sorted(named)))
