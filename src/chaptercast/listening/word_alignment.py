"""Aligns heard words with expected words, and finds the places where they differ. Pure."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from chaptercast.listening.words import Token

_ALIKE = 0.34
"""Words that differ in at most this share of their letters are spellings of the same word: harbour and harbor, pine wood and pinewood."""
_CHANGE, _DEGREE = 0.35, 0.95
"""Cost of replacing a word: the minimum, and the addition if all letters differ. Losing or adding a word costs 1."""


class Step(NamedTuple):
    """A pair of token indices. One of them is None if the token is lost or added."""

    expected: int | None
    heard: int | None


class Block(Struct, frozen=True):
    """A place where the heard tokens differ from the expected ones: ranges of both."""

    expected: tuple[int, int]
    heard: tuple[int, int]
    lost: int
    """Number of expected tokens without a heard one."""
    added: int
    """Number of heard tokens without an expected one."""
    changed: int
    """Number of tokens that were replaced by different ones."""
    distance: float
    """Share of their letters that differs."""

    @property
    def is_spelling(self) -> bool:
        """Whether it may be the same text in another spelling."""
        return self.distance <= _ALIKE


def blocks(expected: Sequence[Token], heard: Sequence[Token]) -> list[Block]:
    """Returns the places where the two differ, in order."""
    found: list[Block] = []
    run: list[Step] = []
    place = (0, 0)
    for step in (*steps([t.sound for t in expected], [t.sound for t in heard]), None):
        same = (
            step is not None
            and step.expected is not None
            and step.heard is not None
            and expected[step.expected].sound == heard[step.heard].sound
        )
        if step is not None and not same:
            run.append(step)
            continue
        if run:
            found.append(_block(run, place, expected, heard))
            run = []
        if step is not None and step.expected is not None and step.heard is not None:
            place = (step.expected + 1, step.heard + 1)
    return _merged(found, expected, heard)


def _merged(found: Sequence[Block], expected: Sequence[Token], heard: Sequence[Token]) -> list[Block]:
    """Returns the places; two that are a token apart are one if words are only cut otherwise: “Enando c, e Vasco”, “È Nando Cevasco”."""
    merged: list[Block] = []
    for block in found:
        last = merged[-1] if merged else None
        if (
            last
            and block.expected[0] - last.expected[1] <= 1
            and _letters_more(last, expected, heard) * _letters_more(block, expected, heard) < 0
        ):
            whole = _both(last, block, expected, heard)
            if whole.is_spelling:
                merged[-1] = whole
                continue
        merged.append(block)
    return merged


def _letters_more(block: Block, expected: Sequence[Token], heard: Sequence[Token]) -> int:
    """Returns how many letters more are heard there than expected."""
    return _letters(heard, block.heard) - _letters(expected, block.expected)


def _letters(tokens: Sequence[Token], place: tuple[int, int]) -> int:
    return sum(len(token.sound) for token in tokens[slice(*place)])


def _both(one: Block, other: Block, expected: Sequence[Token], heard: Sequence[Token]) -> Block:
    own, got = (one.expected[0], other.expected[1]), (one.heard[0], other.heard[1])
    texts = ["".join(token.sound for token in side) for side in (expected[slice(*own)], heard[slice(*got)])]
    counts = (one.lost + other.lost, one.added + other.added, one.changed + other.changed)
    return Block(own, got, *counts, difference(*texts))


def _block(run: Sequence[Step], place: tuple[int, int], expected: Sequence[Token], heard: Sequence[Token]) -> Block:
    begin, first = place
    end = begin + sum(step.expected is not None for step in run)
    last = first + sum(step.heard is not None for step in run)
    wanted = "".join(token.sound for token in expected[begin:end])
    got = "".join(token.sound for token in heard[first:last])
    pairs = [
        (expected[s.expected].sound, heard[s.heard].sound)
        for s in run
        if s.expected is not None and s.heard is not None
    ]
    return Block(
        (begin, end),
        (first, last),
        sum(step.heard is None for step in run),
        sum(step.expected is None for step in run),
        sum(difference(a, b) > _ALIKE for a, b in pairs),
        difference(wanted, got),
    )


def steps(expected: Sequence[str], heard: Sequence[str]) -> list[Step]:
    """Returns the cheapest alignment of the two."""
    rows: list[list[float]] = [[float(n) for n in range(len(heard) + 1)]]
    for at, one in enumerate(expected, 1):
        above, row = rows[-1], [float(at)]
        for place, other in enumerate(heard, 1):
            row.append(min(above[place - 1] + _cost(one, other), above[place] + 1, row[place - 1] + 1))
        rows.append(row)
    return list(_traced(expected, heard, rows))[::-1]


def _traced(expected: Sequence[str], heard: Sequence[str], rows: Sequence[Sequence[float]]) -> Iterator[Step]:
    """Yields the steps of the alignment, from the end to the beginning."""
    at, place = len(expected), len(heard)
    while at or place:
        here = rows[at][place]
        if at and place and here == rows[at - 1][place - 1] + _cost(expected[at - 1], heard[place - 1]):
            at, place = at - 1, place - 1
            yield Step(at, place)
        elif at and here == rows[at - 1][place] + 1:
            at -= 1
            yield Step(at, None)
        else:
            place -= 1
            yield Step(None, place)


def _cost(one: str, other: str) -> float:
    return 0.0 if one == other else _CHANGE + _DEGREE * difference(one, other)


@lru_cache(maxsize=50_000)
def difference(one: str, other: str) -> float:
    """Returns the share of the longer text's letters that must change: 0 if both are the same, 1 if nothing is."""
    if one == other:
        return 0.0
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        above, row = row, [at]
        for place, another in enumerate(other, 1):
            row.append(min(above[place - 1] + (letter != another), above[place] + 1, row[place - 1] + 1))
    return row[-1] / max(len(one), len(other), 1)


def share(expected: Sequence[Token], heard: Sequence[Token]) -> float:
    """Returns the share of the expected tokens that was heard, whatever else was heard."""
    sounds, others = [token.sound for token in expected], [token.sound for token in heard]
    same = sum(
        step.expected is not None and step.heard is not None and sounds[step.expected] == others[step.heard]
        for step in steps(sounds, others)
    )
    return same / max(1, len(expected))


def lost(expected: Sequence[Token], heard: Sequence[Token]) -> set[int]:
    """Returns the numbers of the expected tokens of which nothing was heard, or only a part."""
    wanted, got = ([token.sound for token in side] for side in (expected, heard))
    return {
        step.expected
        for step in steps(wanted, got)
        if step.expected is not None and (step.heard is None or len(got[step.heard]) < len(wanted[step.expected]) - 1)
    }


def errors(expected: Sequence[Token], heard: Sequence[Token]) -> int:
    """Returns the number of tokens that are lost, added or replaced (Levenshtein): the basis of error rates."""
    row = list(range(len(heard) + 1))
    for at, one in enumerate(expected, 1):
        above, row = row, [at]
        for place, other in enumerate(heard, 1):
            row.append(min(above[place - 1] + (one.sound != other.sound), above[place] + 1, row[place - 1] + 1))
    return row[-1]
