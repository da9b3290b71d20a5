"""Recognises number words in any language of the normaliser, by its own output for digits."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from chaptercast.common.units import LanguageTag, primary
from chaptercast.listening.words import Token, spoken, tokens

_SAMPLE = (*range(2, 100), 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 2000, 1_000_000, 2_000_000)
_STEM = 4
"""Number of letters that an ordinal has in common with its number: fourteenth, vierzehnte, catorceavo."""
_HAN = frozenset("零〇一二两三四五六七八九十百千万亿點点")
_ORDINALS = frozenset(("first", "third", "premier", "primero", "primeiro", "primo", "erste", "ersten", "erster"))
"""Ordinals of dates that are not made of their numbers."""
ONES = frozenset(
    ("one", "un", "une", "uno", "una", "um", "uma", "ein", "eins", "eine", "en", "ett", "et", "y", "and", "und")
)
"""What may follow a number as a part of it: two hundred *and one*, doscient*as una*."""
_UNITS = ONES - {"en", "ett", "et", "y", "and", "und"}
_ARTICLES = frozenset(
    (
        "un",
        "une",
        "uno",
        "una",
        "um",
        "uma",
        "ein",
        "eine",
        "one",
        "een",
        "en",
        "ett",
        "et",
        "e",
        "y",
        "i",
        "and",
        "und",
        "og",
        "och",
    )
)
"""Numbers, or parts of numbers, that usually have another meaning."""

_GENDER = re.compile(r"a(?=s?$)")
"""The feminine ending of numbers in Romance languages, with the plural's after it."""


@cache
def _sounds(language: LanguageTag) -> frozenset[str]:
    found = {token.sound for number in _SAMPLE for token in tokens(spoken(str(number), language), language)}
    feminine = {f"{sound[:-2]}as" for sound in found if sound.endswith("tos")}
    return frozenset(((found | feminine) - _ARTICLES) | _ORDINALS)


@cache
def _stems(language: LanguageTag) -> tuple[str, ...]:
    return tuple(sound for sound in _sounds(language) - _ORDINALS if len(sound) >= _STEM)


def is_number(token: Token, language: LanguageTag) -> bool:
    """Returns whether a token is a number, an ordinal, or part of one."""
    if primary(language) in ("zh", "yue", "ja"):
        return token.shown in _HAN
    return token.sound in _sounds(language) or token.sound.startswith(_stems(language))


def is_one_word_other(wanted: Sequence[Token], got: Sequence[Token], language: LanguageTag) -> bool:
    """Returns whether exactly one word differs, and is a number on both sides: seven thousand for eight thousand."""
    pairs = [(one, other) for one, other in zip(wanted, got, strict=False) if one.sound != other.sound]
    return len(wanted) == len(got) and len(pairs) == 1 and all(is_number(token, language) for token in pairs[0])


def is_same(wanted: Sequence[Token], got: Sequence[Token]) -> bool:
    """Returns whether two numbers differ by gender only: setecientas cuarenta y una, setecientos cuarenta y uno."""
    if len(wanted) != len(got):
        return False
    return all(
        _GENDER.sub("o", one.sound) == _GENDER.sub("o", other.sound) for one, other in zip(wanted, got, strict=True)
    )


def one_more(tokens: Sequence[Token], language: LanguageTag) -> str:
    """Returns the one that a recogniser wrote beside a number, as an article: 200 una. Empty if there is none."""
    pairs = pairwise(tokens)
    return next((one.shown for number, one in pairs if one.sound in _UNITS and is_number(number, language)), "")
