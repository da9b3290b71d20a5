"""Reads Roman numerals that count headings: `I`, `II`, `III. The Quay`. A numeral outside a series may be a letter."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from chaptercast.document.model import Block, Heading, Inlines, plain

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_NUMERAL = r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_OPENING = re.compile(
    rf"(?P<word>[^\W\d_a-z]{{3,12}}\s+)?(?P<numeral>{_NUMERAL}|{_NUMERAL.lower()})(?=$|[.:)]?(?:\s|$)|\s?[—–-])"
)
"""A numeral at the start, perhaps after a word like `CHAPTER` in capitals. A word in usual spelling is read by the rules of its language.
"""


def with_readings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with the value as the reading of each numeral in a series of headings."""
    rows: defaultdict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for index, block in enumerate(blocks):
        word, value = _value(plain(block.inlines)) if isinstance(block, Heading) else ("", 0)
        if value and isinstance(block, Heading):
            rows[block.level, word].append((index, value))
    counted: dict[int, int] = {}
    for row in rows.values():
        for (first, value), (second, following) in pairwise(row):
            if following == value + 1:
                counted |= {first: value, second: following}
    return tuple(_counted(block, index, counted) for index, block in enumerate(blocks))


def _counted(block: Block, index: int, counted: Mapping[int, int]) -> Block:
    if index not in counted or not isinstance(block, Heading):
        return block
    return replace(block, inlines=_read_as(block.inlines, counted[index]))


def _value(text: str) -> tuple[str, int]:
    """The word before the numeral at the start of a heading, and the numeral's value; 0 if there is none."""
    found = _OPENING.match(text)
    values = [_VALUES[letter] for letter in found["numeral"].upper()] if found else []
    value = sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=False))
    word = (found["word"] or "").strip() if found else ""
    return word, 0 if word and not word.isupper() else value


def _read_as(inlines: Inlines, value: int) -> Inlines:
    """The text with its numeral in a span of its own, with the value as reading."""
    first, *rest = inlines
    found = _OPENING.match(plain(inlines))
    start, end = found.span("numeral") if found else (0, 0)
    if not start < end <= len(first.text):
        return inlines
    parts = [
        replace(first, text=first.text[:start]),
        replace(first, text=first.text[start:end], reading=str(value)),
        replace(first, text=first.text[end:]),
    ]
    return (*(part for part in parts if part.text), *rest)
