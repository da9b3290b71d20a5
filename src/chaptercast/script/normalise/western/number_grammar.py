"""The number grammar of a Western language: how it writes numbers, and how it says them.

The rules know the form of a clock time or an amount of money. A `Tongue` knows how its language says one. This class holds what all
languages share, and each language overrides the rest.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from chaptercast.script.normalise.data import alternatives, table
from chaptercast.script.normalise.edits import Match, after, before

LONGEST = 15
"""Longer integers are said digit by digit, because nobody hears an amount in them."""
_ASCII_DIGITS = frozenset("0123456789")
_LONGEST_GROUP = 8
"""More spelled characters than this in a row cannot be remembered."""
_EXPONENTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_PENNIES = 2
"""The number of decimals of a price, and the index of the hundredths among the forms of a currency."""


@lru_cache(maxsize=4096)
def numeral(value: int, language: str, kind: str = "cardinal") -> str:
    """A number in words by num2words: `cardinal` or `ordinal`."""
    from num2words import num2words

    return str(num2words(value, lang=language, to=kind))


class Tongue:
    """How one language says numbers and signs."""

    language: ClassVar[str]
    separators: ClassVar[str] = ","
    """Characters that may separate thousands, as the content of a pattern's class."""
    points: ClassVar[str] = "."
    """Characters that may stand before a decimal fraction."""
    joined_fraction: ClassVar[bool] = False
    """Whether decimals are said as one number (`virgule trente-cinq`), not digit by digit."""
    leading_point: ClassVar[bool] = False
    """Whether a decimal fraction may begin with its point: `.5`."""
    parts_of_one: ClassVar[bool] = False
    """Whether a fraction above one is still said as parts of one unit: tres y tres quintos de metro."""
    day_first: ClassVar[bool] = True
    """Whether an ambiguous date in digits begins with the day."""

    def __init__(self) -> None:
        self.table: Mapping[str, Any] = table(self.language)
        self.words: dict[str, str] = self.table["words"]
        self.signs: dict[str, str] = self.table["signs"]
        self.month_names: list[str] = self.table["month_names"]
        self.units: dict[str, list[str]] = self.table["units"]
        self.currencies: dict[str, list[str]] = self.table["currencies"]
        self.scales: dict[str, list[str]] = self.table["scales"]
        self.by_letter = [name for name in self.scales if len(name) == 1 or name.isupper()]
        """Scales of one letter or of capitals. They count only in amounts of money."""
        s, p = self.separators, self.points
        bare = rf"|(?<!\d)[{p}]\d+" if self.leading_point else ""
        foreign = (
            r"\d{1,3}(?:,\d{3})+\.\d\d?(?!\d|[.,]\d)|\d{1,3}(?:,\d{3}){2,}(?![\d,])(?:\.\d+)?|" if "," in p else ""
        )
        self.number_pattern = rf"(?:{foreign}\d{{1,3}}(?:[{s}]\d{{3}})+(?!\d)(?:[{p}]\d+)?|\d+(?:[{p}]\d+)?{bare})"
        self.sentence_head = pattern_of(self.table["sentence_heads"].split())

    # Numbers

    def integer(self, value: int, following: str = "", /) -> str:
        """An integer. `following` is the word after it, for languages with agreement."""
        raise NotImplementedError

    def digits(self, written: str) -> str:
        """Digit by digit."""
        return " ".join(self.integer(int(digit)) for digit in written if digit.isdecimal())

    def spelled(self, written: str) -> str:
        """Sign by sign, letters by their names, with a pause between groups and inside long ones."""
        return ", ".join(piece for group in re.findall(r"[^\W_]+", written) for piece in self._pieces(group))

    def _pieces(self, group: str) -> list[str]:
        size = len(group) if len(group) <= _LONGEST_GROUP else 3 if len(group) % 3 == 0 else 4
        pieces = (group[place : place + size] for place in range(0, len(group), size))
        return [
            " ".join(self.digits(sign) if sign in _ASCII_DIGITS else sign.upper() for sign in piece) for piece in pieces
        ]

    def parts(self, written: str) -> tuple[str, str]:
        """The digits of a written number before and after its decimal point. Two commas separate thousands, as in English."""
        if written.count(",") > 1 or ("," in self.points and re.fullmatch(r"\d{1,3},\d{3}\.\d\d?", written)):
            plain = written.replace(",", "").split(".", 1)
            return plain[0], plain[1] if len(plain) > 1 else ""
        grouped = re.fullmatch(rf"(\d{{1,3}}(?:[{self.separators}]\d{{3}})+)(?:[{self.points}](\d+))?", written)
        if grouped:
            return re.sub(r"\D", "", grouped[1]), grouped[2] or ""
        whole, *fraction = re.split(rf"[{self.points}]", written, maxsplit=1)
        return whole, fraction[0] if fraction else ""

    def whole(self, digits: str, following: str = "") -> str:
        """An integer from its digits. Digit by digit if it begins with a zero or is too long."""
        if len(digits) > LONGEST or (len(digits) > 1 and digits[0] == "0"):
            return self.digits(digits)
        return self.integer(int(digits), following)

    def number(self, written: str, following: str = "", /) -> str:
        """An integer or decimal fraction in the language's written form."""
        digits, fraction = self.parts(written)
        if not fraction:
            return self.whole(digits, following)
        return f"{self.whole(digits) if digits else ''} {self.words['point']} {self.fraction_digits(fraction)}".lstrip()

    def fraction_digits(self, fraction: str) -> str:
        """The digits after the decimal point, in words."""
        zeros = len(fraction) - len(fraction.lstrip("0"))
        if not self.joined_fraction or not 0 < len(fraction) - zeros <= _PENNIES:
            return self.digits(fraction)
        return " ".join([self.integer(0)] * zeros + [self.integer(int(fraction))])

    def is_one(self, written: str) -> bool:
        """Whether a number takes the singular."""
        return written == "1"

    def year(self, value: int) -> str:
        """A year."""
        return self.integer(value)

    def second_year(self, value: int) -> str:
        """The second of two consecutive years."""
        return self.year(value)

    def month_of_year(self, year: int, month: int) -> str:
        """May 2023."""
        return f"{self.month_names[month - 1]} {self.year(year)}"

    def type_name(self, written: str) -> str:
        """The type number of an aircraft: `737`."""
        return self.name(written)

    def name(self, written: str) -> str:
        """The number in a name (`A380`, `F-16`): up to three digits as a number, more digits one by one."""
        return self.whole(written) if len(written) <= 3 else self.digits(written)

    def negative(self, sign: str | None) -> str:
        """The word for a number's sign, with a space after it."""
        if not sign:
            return ""
        return f"{self.words['minus'] if sign in '-−–' else self.signs[sign]} "

    def power(self, written: str) -> str:
        """The exponent after its base."""
        exponent = written.translate(_EXPONENTS)
        short = self.words.get({"2": "squared", "3": "cubed"}.get(exponent, ""), "")
        sign = self.negative("-") if exponent[0] == "-" else ""
        return short or f"{self.words['power']} {sign}{self.whole(exponent.lstrip('-'))}"

    # Measures

    def unit(self, name: str, written: str) -> str:
        """A unit of measure or currency after a number."""
        forms = self.units.get(name) or self.currencies[name]
        return forms[0] if self.is_one(written) else forms[1]

    def per(self, name: str) -> str:
        """`/h`, `/month`: after a unit."""
        return f"{self.words['per']} {self.units[name][0] if name in self.units else name}"

    def amount(self, low: str, high: str | None, following: str) -> str:
        """A number or a range."""
        if high:
            return f"{self.number(low, following)} {self.words['to']} {self.number(high, following)}"
        return self.number(low, following)

    def measure(self, low: str, high: str | None, unit: str, found: Match, /) -> str:  # noqa: ARG002 - some look at the context
        """A number or a range, with its unit."""
        name = self.unit(unit, high or low)
        return f"{self.amount(low, high, name)} {name}"

    def scaled(self, low: str, high: str | None, scale: str, unit: str) -> str:
        """`3.5 million km`."""
        name = self.scales[scale][0 if self.is_one(low) and not high else 1]
        return f"{self.amount(low, high, name)} {name}{self.words['scaled']}{self.units[unit][1]}"

    def money(self, low: str, high: str | None, scale: str, currency: str, found: Match, /) -> str:
        """An amount of money. `scale` is the written one: `m`, `bn`, `million` or empty."""
        forms = self.currencies[currency]
        if scale:
            name = self.scales[scale][0 if self.is_one(low) and not high else 1]
            return f"{self.amount(low, high, name)} {name}{self.words['scaled']}{forms[1]}"
        whole, fraction = self.parts(low)
        if not high and len(fraction) == _PENNIES and len(whole) <= LONGEST:
            if int(whole or 0) or len(forms) <= _PENNIES:
                return self.price(int(whole or 0), int(fraction), forms)
            return f"{self.integer(int(fraction), forms[3])} {forms[2] if int(fraction) == 1 else forms[3]}"
        if high and any(len(self.parts(end)[1]) == _PENNIES for end in (low, high)):
            first, last = (self.money(end, None, "", currency, found) for end in (low, high))
            return f"{first} {self.words['to']} {last}"
        name = self.unit(currency, high or low)
        return f"{self.amount(low, high, name)} {name}"

    def price(self, whole: int, hundredths: int, forms: list[str]) -> str:
        """`4.75` of a currency with these `forms`."""
        raise NotImplementedError

    def counted(self, found: Match) -> str:
        """The counted noun: the word after a number."""
        return next_word(found)

    def noun_after(self, found: Match) -> str:
        """The word after a match. A singular unit name if a unit is written there."""
        word = re.match(r" ?([^\W\d_][\w.'’-]*)", after(found, 40))
        forms = word and self.units.get(word[1].rstrip("."))
        return forms[0] if forms else next_word(found)

    # Dates and times

    def date(self, year: int | None, month: int, day: int, found: Match, /) -> str:
        """A day, as it is said at the place of `found`."""
        raise NotImplementedError

    def clock(self, hour: int, minute: int, second: int | None, found: Match, /) -> str:
        """A time of day."""
        raise NotImplementedError

    def span(self, hours: int, minutes: int, seconds: int) -> str:
        """A duration written `2:14:07`."""
        counted = zip((hours, minutes, seconds), self.table["span"], strict=True)
        said = (f"{self.integer(count, forms[count != 1])} {forms[count != 1]}" for count, forms in counted if count)
        return " ".join(said) or f"{self.integer(0)} {self.table['span'][2][1]}"

    # Fractions and results

    def fraction(self, whole: str | None, over: int, under: int, found: Match, /) -> str | None:
        """`2 1/2`; `None` if it is not a fraction."""
        raise NotImplementedError

    def score(self, first: int, second: int) -> str:
        """A result between two sides."""
        return f"{self.integer(first)} {self.words['score']} {self.integer(second)}"


def stop(tongue: Tongue, found: Match) -> str:
    """The full stop of a sentence, if the match shares it at its end."""
    return "." if found[0].endswith(".") and ends_sentence(tongue, found) else ""


def ends_sentence(tongue: Tongue, found: Match) -> bool:
    """Whether the text ends with a match, or a sentence begins after it."""
    return follows(rf"[”\")»]*(?:\s*\Z|\s+[“(„«¿¡]?{tongue.sentence_head}(?!\w))", found)


def next_word(found: Match) -> str:
    """The word directly after a match; empty if there is none."""
    word = re.match(r" ?([^\W\d_][\w'’-]*)", after(found, 40))
    return word[1] if word else ""


def last_word(found: Match) -> str:
    """The word directly before a match, in lower case; empty if there is none."""
    word = re.search(r"([^\W\d_][\w.'’-]*) ?[(“\"„«]?\Z", before(found, 30))
    return word[1].lower() if word else ""


def precedes(pattern: str, found: Match, length: int = 30) -> bool:
    """Whether a match of `pattern` ends where the match begins."""
    return bool(re.search(rf"(?:{pattern})\Z", before(found, length)))


def follows(pattern: str, found: Match, length: int = 30) -> bool:
    """Whether a match of `pattern` begins where the match ends."""
    return bool(re.match(rf"(?:{pattern})", after(found, length)))


def pattern_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first. Without words, it never matches."""
    return f"(?:{alternatives(words) or '(?!)'})"


def names_of(words: Iterable[str]) -> str:
    """A pattern for names of months or days. A short name may have a full stop; a full name has none."""
    full = {word for word in words if len(word) > 4}
    short = {word.rstrip(".") for word in words if len(word) <= 5} - full
    return rf"(?:{alternatives(full)}|(?:{alternatives(short)})(?!\w)\.?)"
