"""Rejoins words split at the end of a line: `nega-` and `tive` are "negative", `well-` and `known` stay "well-known".

A line alone does not show the difference, so the other words of the text decide: does it have the whole word elsewhere, the two parts
with a hyphen, or both parts as words? The frequency of hyphens at line ends decides, too: a text that splits words does so every few
lines; in other texts a hyphen stands there only by chance.
"""

import re

PARTING = 0.03
"""The minimum share of lines with a final hyphen in a text that splits words."""
FEWEST = 2
"""The minimum number of such lines."""

SIGNS = frozenset("-\u2010\u00ad¬")
"""Signs for a split at the end of a line."""
_END = re.compile(r"[-\u2010\u00ad¬][ \t]*\n")
_AT_END = re.compile(r"([^\W\d_]+)([-\u2010\u00ad¬])[ \t]*\n[ \t>*]*([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:[-\u2010][^\W\d_]+)*")
_FIRST = re.compile(r"[^\W\d_]+")
_LAST = re.compile(r"[^\W\d_]+(?=[-\u2010\u00ad¬]$)")
_ALWAYS = "\u00ad¬"
"""Signs that only mark a split."""

_COMPOUNDING_WORDS = """
well self ex half ill all cross high low long short old new ever never much so good bad mid semi two three four five six seven
eight nine ten twenty thirty forty fifty sixty seventy eighty ninety first second third one man free full hard light heavy deep
broad left right north south east west
"""
COMPOUNDING = frozenset(_COMPOUNDING_WORDS.split())
"""English words that form compounds with a hyphen."""
SURELY_COMPOUNDING = frozenset({"well", "self", "ill", "half", "ex"})
"""Words that nearly always keep the hyphen before a whole word: "well-known", but "self-ish"."""
FULL_WORD = 5
_SUSPENDED_WORDS = """
und oder bzw bis sowie and or to nor et ou y e o u ed od en of och eller og i lub a nebo
"""
_SUSPENDED = frozenset(_SUSPENDED_WORDS.split())
"""Before these, a hyphen stands for a part of a later word: `Ein- und Ausgang`."""
_ENDING = 2
"""Such a word of at most so many letters may be an ending (`Datei-en`) in a text that has it nowhere else."""
_ENCLITIC_WORDS = """
il elle je tu nous vous ils elles moi toi lui leur là même mêmes lhe lhes
"""
_ENCLITIC = frozenset(_ENCLITIC_WORDS.split())
"""These are attached to a word with a hyphen in French and Portuguese: `dit-il`."""


class Hyphens:
    """The vocabulary of a text."""

    def __init__(self, text: str) -> None:
        parted = len(_AT_END.findall(text)) if _END.search(text) else 0
        rest = _AT_END.sub(" ", text) if parted else ""
        found = {word.casefold().replace("\u2010", "-") for word in _WORD.findall(rest)}
        self._compounds = {word for word in found if "-" in word}
        self._words = found | {part for word in self._compounds for part in word.split("-")}
        lines = sum(map(bool, map(str.strip, text.split("\n")))) if parted else 1
        self._parts_words = parted >= FEWEST and parted >= PARTING * lines

    def joined(self, before: str, after: str) -> tuple[str, str]:
        """The end of one line, with or without its hyphen, and the text between it and the next: a blank, or nothing."""
        if before[-1:] not in SIGNS or not before[-2:-1].isalnum():
            return before, " "
        first, second = _LAST.search(before), _FIRST.match(after)
        if second is not None and second[0] in _SUSPENDED and (len(second[0]) > _ENDING or second[0] in self._words):
            return before, " "
        parted = first is not None and second is not None and self._is_one_word(first[0], second[0])
        return (before[:-1] if parted or before[-1] in _ALWAYS else before), ""

    def _is_one_word(self, first: str, second: str) -> bool:
        """Whether two parts are one word, split at the end of a line."""
        if not (second.islower() or first.isupper() or second[0].islower()) or len(first) == 1:
            return False
        one, first, second = (first + second).casefold(), first.casefold(), second.casefold()
        compound = f"{first}-{second}" in self._compounds
        if compound or one in self._words:
            return not compound
        known = first in self._words, second in self._words
        if first in SURELY_COMPOUNDING and len(second) >= FULL_WORD:
            return False
        if second in _ENCLITIC or (first in COMPOUNDING and (known[1] or not self._parts_words)):
            return False
        return self._parts_words or not (known[0] and (known[1] or len(first) > 3))
