"""A language that writes its numbers as the West does: how it writes them, and how it says them.

The rules (`western.rules`) know what a clock time or an amount of money looks like; a `Tongue` knows how its language says one. What all
of them share stands here, and each language overrides what it does otherwise.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from chaptercast.script.normalise.data import alternatives, table
from chaptercast.script.normalise.edits import Match, after, before

LONGEST = 15
"""Longer whole numbers are said digit by digit: nobody hears an amount in them."""
_EXPONENTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


@lru_cache(maxsize=4096)
def numeral(value: int, language: str, kind: str = "cardinal") -> str:
    """A number in words by num2words: `cardinal` or `ordinal`."""
    from num2words import num2words

    return str(num2words(value, lang=language, to=kind))


class Tongue:
    """How numbers and signs are said in one language."""

    language: str
    separators = ","
    """What may stand between thousands: characters of a pattern's class."""
    points = "."
    """What may stand before a decimal fraction."""
    joined_fraction = False
    """Whether a decimal fraction is said as a number (`virgule trente-cinq`), not digit by digit."""
    day_first = True
    """Whether an all-digit date begins with the day where both readings are possible."""

    def __init__(self) -> None:
        self.table = table(self.language)
        self.words: dict[str, str] = self.table["words"]
        self.signs: dict[str, str] = self.table["signs"]
        self.months: list[str] = self.table["month_names"]
        self.units: dict[str, list[str]] = self.table["units"]
        self.currencies: dict[str, list[str]] = self.table["currencies"]
        self.scales: dict[str, list[str]] = self.table["scales"]
        s, p = self.separators, self.points
        self.number_pattern = rf"(?:\d{{1,3}}(?:[{s}]\d{{3}})+(?!\d)(?:[{p}]\d+)?|\d+(?:[{p}]\d+)?)"

    # Numbers

    def integer(self, value: int, following: str = "") -> str:
        """A whole number; `following` is the word after it, for languages where it agrees."""
        return numeral(value, self.language) if following or not following else ""

    def digits(self, written: str) -> str:
        """Digit by digit."""
        return " ".join(self.integer(int(digit)) for digit in written if digit.isdecimal())

    def parts(self, written: str) -> tuple[str, str]:
        """The digits of a number as it is written: before and after its decimal point."""
        grouped = re.fullmatch(rf"(\d{{1,3}}(?:[{self.separators}]\d{{3}})+)(?:[{self.points}](\d+))?", written)
        if grouped:
            return re.sub(r"\D", "", grouped[1]), grouped[2] or ""
        whole, *fraction = re.split(rf"[{self.points}]", written, maxsplit=1)
        return whole, fraction[0] if fraction else ""

    def number(self, written: str, following: str = "") -> str:
        """A whole number or decimal fraction as it is written in the language."""
        whole, fraction = self.parts(written)
        if not fraction:
            if (whole[0] == "0" and len(whole) > 1) or len(whole) > LONGEST:
                return self.digits(whole)
            return self.integer(int(whole), following)
        head = self.integer(int(whole)) if len(whole) <= LONGEST else self.digits(whole)
        return f"{head} {self.words['point']} {self.fraction_digits(fraction)}"

    def fraction_digits(self, fraction: str) -> str:
        """What stands after the decimal point."""
        zeros = len(fraction) - len(fraction.lstrip("0"))
        if not self.joined_fraction or not 0 < len(fraction) - zeros <= 2:
            return self.digits(fraction)
        return " ".join([self.integer(0)] * zeros + [self.integer(int(fraction))])

    def is_one(self, written: str) -> bool:
        """Whether a number takes the singular."""
        return written == "1"

    # What numbers measure

    def unit(self, name: str, written: str) -> str:
        """A unit of measure or currency after a number."""
        forms = self.units.get(name) or self.currencies[name]
        return forms[0] if self.is_one(written) else forms[1]

    def per(self, name: str) -> str:
        """`/h`, `/month`: after a unit."""
        return f"{self.words['per']} {self.units[name][0] if name in self.units else name}"

    def measure(self, low: str, high: str | None, unit: str, found: Match) -> str:
        """A number, or a range, and its unit."""
        name = self.unit(unit, high or low)
        if high:
            return f"{self.number(low, name)} {self.words['to']} {self.number(high, name)} {name}"
        return f"{self.number(low, name)} {name}"

    def money(self, low: str, high: str | None, scale: str, currency: str, found: Match) -> str:
        """An amount of money; `scale` is as it was written: `m`, `bn`, `million` or nothing."""
        if scale:
            name, joint = self.scales[scale][1 if not self.is_one(low) or high else 0], self.words["scaled"]
            return f"{self.amount(low, high, name)} {name}{joint}{self.currencies[currency][1]}".replace("' ", "'")
        if not high and (cents := self.cents(low)):
            whole, fraction = cents
            return self.price(whole, fraction, currency)
        return f"{self.amount(low, high, self.unit(currency, high or low))} {self.unit(currency, high or low)}"

    def amount(self, low: str, high: str | None, following: str) -> str:
        """A number, or a range."""
        if high:
            return f"{self.number(low, following)} {self.words['to']} {self.number(high, following)}"
        return self.number(low, following)

    def cents(self, written: str) -> tuple[int, int] | None:
        """Whole and hundredths of a price; None where there are no two decimals."""
        whole, fraction = self.parts(written)
        return (int(whole), int(fraction)) if len(fraction) == 2 and len(whole) <= LONGEST else None

    def price(self, whole: int, hundredths: int, currency: str) -> str:
        """`4.75` of a currency. Overridden: every language does it in its own way."""
        raise NotImplementedError

    # Dates and times

    def year(self, value: int) -> str:
        """A year."""
        return self.integer(value)

    def date(self, year: int | None, month: int, day: int, found: Match) -> str:
        """A day, said where `found` stands."""
        raise NotImplementedError

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:
        """A time of day."""
        raise NotImplementedError

    def span(self, hours: int, minutes: int, seconds: int) -> str:
        """A length of time written `2:14:07`."""
        h, m, s = self.table["span"]
        parts = [f"{self.integer(n, forms[n != 1])} {forms[n != 1]}" for n, forms in ((hours, h), (minutes, m), (seconds, s)) if n]
        return " ".join(parts)

    # Fractions, ratios, signs

    def fraction(self, whole: str | None, over: int, under: int, found: Match) -> str | None:
        """`2 1/2`; None where it is no fraction."""
        raise NotImplementedError

    def score(self, first: int, second: int) -> str:
        """A result between two sides."""
        return f"{self.integer(first)} {self.words['score']} {self.integer(second)}"

    def negative(self, sign: str | None) -> str:
        """The word for the sign of a number, with a space after it."""
        return {"-": f"{self.words['minus']} ", "−": f"{self.words['minus']} ", "+": f"{self.signs['+']} ", "±": f"{self.signs['±']} "}.get(sign or "", "")

    def power(self, written: str) -> str:
        """An exponent, after its base."""
        exponent = written.translate(_EXPONENTS)
        short = self.words.get({"2": "squared", "3": "cubed"}.get(exponent, ""), "")
        sign = f"{self.words['minus']} " if exponent[0] == "-" else ""
        return short or f"{self.words['power']} {sign}{self.integer(int(exponent.lstrip('-')))}"

    def name(self, written: str) -> str:
        """The number in a name (`A380`, `F-16`): one or two digits as a number, more in a way of the language."""
        return self.integer(int(written)) if len(written) < 3 and (written[0] != "0" or written == "0") else self.digits(written)

    def item(self, value: int) -> str:
        """The number of a list's item."""
        return self.integer(value)


def next_word(found: Match, *, skip: str = "") -> str:
    """The word after a match, past one of `skip`; empty where none follows at once."""
    word = re.match(rf" ?(?:(?:{skip}) )?([^\W\d_][\w'’-]*)", after(found, 40)) if skip else re.match(r" ?([^\W\d_][\w'’-]*)", after(found, 40))
    return word[1] if word else ""


def last_word(found: Match) -> str:
    """The word before a match, in lower case; empty where none stands there at once."""
    word = re.search(r"([^\W\d_][\w.'’-]*) ?[(“\"„«]?\Z", before(found, 30))
    return word[1].lower() if word else ""


def pattern_of(words: Any) -> str:
    """A pattern for any of the keys of a table, the longest first; one that nothing matches where there are none."""
    return f"(?:{alternatives(words)})" if words else r"(?!)"


Hook = Callable[[Match], str | None]

__all__ = ["Hook", "Tongue", "last_word", "next_word", "numeral", "pattern_of"]
