"""What formulas are called in each language: `words/TAG.toml`, one for each; `words/neutral.toml` where there is none."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from chaptercast.common.language_tags import closest
from chaptercast.common.units import UNDETERMINED, LanguageTag, primary
from chaptercast.script.normalise.chinese.numerals import cardinal
from chaptercast.script.normalise.western.number_grammar import numeral

_FOLDER = Path(__file__).parent / "words"
_NEUTRAL = "neutral"
_UNSPACED = frozenset({"zh", "ja", "yue"})
_MOST_DIGITS = 15
"""A longer whole number is said digit by digit."""
_TWO = 2
_PAIR = {"zh": "两", "zh-Hant": "兩"}
"""Two of something, in Chinese."""
_TRADITIONAL = str.maketrans("万亿", "萬億")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


class Vocabulary(Struct, frozen=True):
    """The words for formulas in one language."""

    language: str
    neutral: bool
    """No words: formulas are put in a row of signs that can be read."""
    spaced: bool
    """Whether words are set apart by spaces."""
    numerals: str
    decimal: str
    decimal_mark: str
    forms: Mapping[str, str]
    fractions: Mapping[str, list[str]]
    accents: Mapping[str, list[str]]
    double: Mapping[str, str]
    states: Mapping[str, str]
    letters: Mapping[str, str]
    names: Mapping[str, str]
    signs: Mapping[str, str]

    def number(self, written: str) -> str:
        """A number in words; both marks of decimals are known, and groups of three as the language writes them."""
        other = "," if self.decimal_mark == "." else "."
        if _GROUPED.fullmatch(written) and (written[-4] == other or len(re.findall("[.,]", written)) > 1):
            written = re.sub("[.,]", "", written)
        elif len(marks := re.findall("[.,]", written)) == 2 and marks[0] != marks[1]:
            written = written.replace(marks[0], "")
        whole, *rest = re.split("[.,]", written)
        gap = " " if self.spaced else ""
        if not rest:
            return self.integer(whole)
        if len(rest) > 1:
            return f"{gap}{self.signs[',']}{gap}".join(map(self.integer, (whole, *rest)))
        digits = gap.join(map(self.integer, rest[0]))
        return f"{self.integer(whole or '0')}{gap}{self.decimal}{gap}{digits}"

    def count(self, value: int) -> str:
        """How many there are of something."""
        return _PAIR[self.numerals] if value == _TWO and self.numerals in _PAIR else self.integer(str(value))

    def integer(self, digits: str) -> str:
        """A whole number in words; as digits where the language has no numerals here."""
        return _integer(digits, self.numerals, self.spaced)


@lru_cache(maxsize=4096)
def _integer(digits: str, numerals: str, spaced: bool) -> str:
    if not numerals or not digits.isdecimal():
        return digits
    if len(digits) > _MOST_DIGITS or (len(digits) > 1 and digits[0] == "0"):
        return (" " if spaced else "").join(_integer(digit, numerals, spaced) for digit in digits)
    if numerals in _PAIR:
        said = cardinal(str(int(digits)), liang=False)
        return said if numerals == "zh" else said.translate(_TRADITIONAL)
    return numeral(int(digits), numerals).replace(",", "")


@cache
def vocabulary(language: LanguageTag) -> Vocabulary:
    """The words of a language, or of one that its readers understand as well; else none."""
    files = languages()
    match = None if primary(language) == primary(UNDETERMINED) else closest(language, files)
    return _read(files[match] if match else _FOLDER / f"{_NEUTRAL}.toml")


@cache
def languages() -> Mapping[LanguageTag, Path]:
    """The languages that there are words in, with their files."""
    return MappingProxyType(
        {LanguageTag(path.stem): path for path in sorted(_FOLDER.glob("*.toml")) if path.stem != _NEUTRAL}
    )


def _read(path: Path) -> Vocabulary:
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    names = ("forms", "fractions", "accents", "double", "states", "letters", "names", "signs")
    return Vocabulary(
        language=table["language"],
        neutral=path.stem == _NEUTRAL,
        spaced=primary(LanguageTag(table["language"])) not in _UNSPACED,
        numerals=table["numerals"],
        decimal=table["decimal"],
        decimal_mark=table["decimal-mark"],
        **{name: MappingProxyType(table.get(name, {})) for name in names},
    )
