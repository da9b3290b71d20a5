"""Converts Roman numerals to numbers."""

import re
import unicodedata

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_SHAPE = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
SIGNS = "Ⅰ-ↈ"
"""Unicode's own characters for Roman numerals: these are numerals everywhere."""
LETTERS = frozenset("IVXLCDM")


def value(numeral: str) -> int | None:
    """The value of a numeral in capital letters or in Unicode's own characters; `None` if it is not well-formed."""
    letters = unicodedata.normalize("NFKC", numeral).upper()
    if not letters or not _SHAPE.match(letters):
        return None
    values = [_VALUES[letter] for letter in letters]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))
