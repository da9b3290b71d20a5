"""What the models are given: frozen values."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from msgspec import Struct

from chaptercast.speech.engines.neural.phonemes.clauses import Bracket, is_spoken


class Word(NamedTuple):
    """A word of a text, and where its sound begins."""

    at: int
    """Number of its first symbol."""
    offset: int
    """Where it begins in the text, in characters."""
    length: int
    """How many characters it has."""


class Spelling(Struct, frozen=True):
    """A text as a model reads it."""

    symbols: str
    """In the model's own letters, a symbol a character: phonemes, marks of stress and tone, punctuation, spaces."""
    words: tuple[Word, ...] = ()
    """In order; their texts do not overlap."""
    unread: tuple[tuple[int, int], ...] = ()
    """Begin and end of what the model cannot say, in characters of the text."""


def joined(spellings: Sequence[Spelling]) -> Spelling:
    """Spellings of pieces of one text, in order, as one."""
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
    """The same with quotation marks and brackets put back: before the next word those that open, after the one before those that close."""
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
    """The same without what is none of the `symbols` of a model.

    The words that have such are named as not read. Those of which nothing is left that sounds are no words of it any more.
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
