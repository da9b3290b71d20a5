"""How a language says numbers, and what it counts: by its table, and by what a language overrides where its grammar needs more.

`data/more/LANG.toml` holds the words. A noun in it is written `f:hora|horas`: its gender where that is not `m`, and its forms, in the
order that the way of counting (`plural`) asks for them.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from chaptercast.script.normalise.data import more, table
from chaptercast.script.normalise.edits import Match, after, before
from chaptercast.script.normalise.western.number_grammar import LONGEST, numeral, pattern_of

_FEW = range(2, 5)
_ARABIC_FEW = range(3, 11)
_PENNIES = 2
"""Decimals of a price."""
_CENTURY_OF_TWO_DIGITS = 50
"""A year of two digits above it is one of the twentieth century."""


class Noun(Struct, frozen=True):
    """What is counted."""

    forms: tuple[str, ...]
    gender: str = "m"


def ordinal_numeral(value: int, language: str) -> str:
    """An ordinal by num2words; the number itself where that has none, as for nought and for round thousands in Polish."""
    try:
        return numeral(value, language, "ordinal")
    except (IndexError, KeyError, NotImplementedError, OverflowError, ValueError):
        return numeral(value, language)


def noun(text: str) -> Noun:
    """From `f:hora|horas`."""
    gender, _, forms = text.rpartition(":")
    return Noun(tuple(forms.split("|")), gender or "m")


class Grammar:
    """How numbers are said in one language."""

    gap = " "
    """Between words."""

    def __init__(self, code: str, numbers: str = "") -> None:
        """`code` names the tables, `numbers` the language of num2words."""
        self.code, self.numbers = code, numbers or code
        self.basics: Mapping[str, Any] = table(code)
        self.table: Mapping[str, Any] = more(code)
        self.words: dict[str, str] = {
            "point": self.basics["point"],
            "minus": self.basics["minus"],
            **self.table["words"],
        }
        self.separators: str = self.table.get("separators", ". ")
        self.points: str = self.table.get("points", ",.")
        self.plural: str = self.table.get("plural", "one")
        self.months: list[str] = self.table.get("months", "").split()
        self.units = {name: noun(text) for name, text in self.table.get("units", {}).items()}
        self.scales = {name: noun(text) for name, text in self.table.get("scales", {}).items()}
        self.currencies: dict[str, tuple[Noun, ...]] = {
            sign: tuple(map(noun, text.split(" / "))) for sign, text in self.table.get("currencies", {}).items()
        }
        self.letters: str = self.table.get("letters", r"\w")
        """What no number stands directly before or after: characters of a pattern's class."""
        self.letters_after: str = self.table.get("letters_after", self.letters)
        """As `letters`, after a number or its unit alone: what begins like a unit is a word there."""

    @cached_property
    def number_pattern(self) -> str:
        """A number as it is written, without its sign."""
        s, p = self.separators, self.points
        group = r"\d{2,3}" if self.table.get("lakhs") else r"\d{3}"
        last = r"\d{3}" if self.table.get("lakhs") else ""
        grouped = rf"\d{{1,3}}(?:[{s}]{group})*[{s}]{last}" if last else rf"\d{{1,3}}(?:[{s}]{group})+"
        return rf"(?:{grouped}(?!\d)(?:[{p}]\d+)?|\d+(?:[{p}]\d+)?)"

    @cached_property
    def start(self) -> str:
        """Where a number begins."""
        return rf"(?<![{self.letters}])(?<![\d.,/:])(?<!\d[-–])"

    @cached_property
    def end(self) -> str:
        """Where what follows a number is no part of it."""
        elided = r"(?!['’][^\W\d_])" if self.table.get("elision") else ""
        return rf"(?![{self.letters_after}\d])(?![.,/:]\d|\.[A-Z]){elided}"

    @cached_property
    def month_pattern(self) -> str:
        """The full name of a month."""
        return pattern_of(name for name in self.months if name)

    # Numbers

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002 - some languages agree
        """A whole number, as it agrees with a noun of a gender in a case."""
        return numeral(value, self.numbers)

    def digits(self, written: str) -> str:
        """Digit by digit."""
        return self.gap.join(self.digit(int(sign)) for sign in written if sign in "0123456789")

    def digit(self, value: int) -> str:
        """One digit of many."""
        return self.integer(value)

    def grouped(self, written: str) -> str:
        """Digit by digit, with a pause between groups."""
        said = self.words.get("group", ", ").join(self.digits(group) for group in re.findall(r"\d+", written))
        return f"{self.words['plus']} {said}" if written.startswith("+") else said

    def whole(self, digits: str, gender: str = "m", case: str = "n") -> str:
        """A whole number from its digits; one by one where it begins with a zero or is too long."""
        if len(digits) > LONGEST or (len(digits) > 1 and digits[0] == "0"):
            return self.digits(digits)
        return self.integer(int(digits), gender, case)

    def parts(self, written: str) -> tuple[str, str]:
        """The digits of a number before and after its decimal point."""
        mark = rf"(?:[{self.separators}]\d{{2,3}})" if self.separators else "(?!)"
        grouped = re.fullmatch(rf"(\d{{1,3}}{mark}+)(?:[{self.points}](\d+))?", written)
        single = re.fullmatch(rf"\d{{1,3}}[{self.points}]\d\d", written)
        if grouped and not single:
            return re.sub(r"\D", "", grouped[1]), grouped[2] or ""
        whole, *fraction = re.split(rf"[{self.points}]", written, maxsplit=1)
        return whole, fraction[0] if fraction else ""

    def decimal(self, whole: str, fraction: str, case: str = "n") -> str:  # noqa: ARG002 - some languages agree
        """A decimal fraction."""
        return self.gap.join((self.whole(whole, "c"), self.words["point"], self.fraction_digits(fraction)))

    def fraction_digits(self, fraction: str) -> str:
        """What stands after the decimal point: digit by digit, or as a number up to as many digits as the table says."""
        zeros = len(fraction) - len(fraction.lstrip("0"))
        if zeros == len(fraction) or len(fraction) > self.table.get("joined_fraction", 0):
            return self.digits(fraction)
        return self.gap.join([self.digit(0)] * zeros + [self.integer(int(fraction), "c")])

    def number(self, written: str, gender: str = "m", case: str = "n") -> str:
        """A number as it is written."""
        whole, fraction = self.parts(written)
        return self.decimal(whole, fraction, case) if fraction else self.whole(whole, gender, case)

    def value(self, written: str) -> float:
        """What a number is worth."""
        whole, fraction = self.parts(written)
        return float(f"{whole}.{fraction or 0}")

    def part_of(self, noun: Noun) -> str:
        """The form of a noun after a fraction of it."""
        slavic = self.plural.endswith("slavic")
        return noun.forms[min(len(noun.forms) - 1, 3 if slavic and len(noun.forms) > 3 else int(slavic))]

    def negative(self, sign: str | None) -> str:
        """The word for the sign of a number, with what parts it from the number."""
        return f"{self.words['plus' if sign == '+' else 'minus']}{self.gap}" if sign else ""

    # What is counted

    def form(self, noun: Noun, written: str, case: str = "n") -> str:
        """The form of a noun after a number."""
        whole, fraction = self.parts(written)
        index = self._index(int(whole or 0), is_whole=not fraction, case=case)
        if index == 3 and len(noun.forms) < 4:
            index = 1 if self.plural == "east-slavic" else 2
        return noun.forms[min(index, len(noun.forms) - 1)]

    def _index(self, count: int, *, is_whole: bool, case: str) -> int:
        """Which form: 0 for one, 1 for few or for all others, 2 for many, 3 for a fraction."""
        tens, ones = count % 100, count % 10
        few = ones in _FEW and tens - ones != 10
        single = ones == 1 and tens != 11
        match self.plural:
            case "one":
                index = int(count != 1 or not is_whole)
            case "below-two":  # Portuguese: 1,5 milhão
                index = int(count != 1 if is_whole else count > 1)
            case "east-slavic" if case == "g" and is_whole:
                index = 1 if single else 2
            case "east-slavic":
                index = 3 if not is_whole else 0 if single else 1 if few else 2
            case "west-slavic":
                index = 3 if not is_whole else 0 if count == 1 else 1 if few else 2
            case "arabic":
                index = int(is_whole and tens in _ARABIC_FEW)
            case _:
                index = 0
        return index

    def counted(self, written: str, noun: Noun, case: str = "n") -> str:
        """A number and what it counts."""
        said = self.number(re.sub(r"\A0(?=\d(?!\d))", "", written), noun.gender, case)
        of = self.words.get("of_millions", "")
        joint = of if of and re.search(self.table["millions"], said) else self.gap
        return f"{said}{joint}{self.form(noun, written, case)}"

    def measured(self, low: str, high: str | None, noun: Noun, found: Match) -> str:
        """A number, or a range, of something."""
        if not high:
            return self.counted(low, noun, self.case(found))
        first, last = self.range_cases(found)
        named = found.groupdict().get("first")
        head = self.counted(low, noun, first) if named else self.number(low, noun.gender, first)
        return f"{self.range_head(found)}{head}{self.joint(found)}{self.counted(high, noun, last)}"

    def scaled(self, low: str, high: str | None, scale: str, of: Noun | None, found: Match) -> str:
        """`3,5 mln km`."""
        name = self.scales[scale]
        said = self.measured(low, high, name, found)
        millions = self.table.get("millions")
        joint = self.words.get("scaled", self.gap) if not millions or re.search(millions, said) else self.gap
        return f"{said}{joint}{of.forms[self._many(of)]}" if of else said

    def _many(self, noun: Noun) -> int:
        return min(len(noun.forms) - 1, 0 if self.plural == "arabic" else 2)

    def money(self, low: str, high: str | None, currency: str, found: Match) -> str:
        """An amount of money."""
        nouns = self.currencies[currency]
        case = self.case(found)
        if high and any(len(self.parts(end)[1]) == _PENNIES for end in (low, high)):
            return self.joint(found).join(self.money(end, None, currency, found) for end in (low, high))
        whole, fraction = self.parts(low)
        if high or len(fraction) != _PENNIES or len(nouns) < 2:
            return self.measured(low, high, nouns[0], found)
        cents = int(fraction)
        if not cents:
            return self.counted(whole, nouns[0], case)
        if self.table.get("cents") == "bare" and int(whole) and cents > 9:
            return f"{self.counted(whole, nouns[0], case)}{self.words['price']}{self.integer(cents)}"
        small = self.counted(str(cents), nouns[1], case)
        return f"{self.counted(whole, nouns[0], case)}{self.words['price']}{small}" if int(whole) else small

    # What stands around a number

    def case(self, found: Match) -> str:  # noqa: ARG002 - languages with cases look at what stands before
        """The case of a number where it stands: `n`, or `g` after words that ask for it."""
        return "n"

    def range_cases(self, found: Match) -> tuple[str, str]:
        """The cases of the two ends of a range."""
        return self.case(found), self.case(found)

    def range_head(self, found: Match) -> str:
        """What stands before a range, where no preposition does: `da`, to which `a` belongs."""
        return "" if self.governed(found) else self.words.get("from", "")

    def governed(self, found: Match) -> bool:
        """Whether a preposition, or an article, stands before a match."""
        return self.word_before(found) in self.table.get("prepositions", "").split()

    @property
    def range_joint(self) -> str:
        """What stands between the ends of a range."""
        return f"{self.gap}{self.words['to']}{self.gap}"

    def joint(self, found: Match) -> str:
        """What stands between the ends of a range, as what stands before it asks: `entre 5 e 10`."""
        if self.word_before(found) in self.table.get("between_words", "").split():
            return self.words["between"]
        return self.words.get("to_governed", self.range_joint) if self.governed(found) else self.range_joint

    def years(self, first: str, last: str, found: Match) -> str:
        """Two years: `dal 1914 al 1918`."""
        head, joint = "", self.joint(found)
        if "from_year" in self.words and not self.governed(found):
            head, joint = self.words["from_year"], self.words["to_year"]
        case = self.range_cases(found)
        second = self.year(int(last), case[1]) if len(last) == len(first) else self.number(last, case=case[1])
        return f"{head}{self.year(int(first), case[0])}{joint}{second}"

    def season(self, first: int, second: int, found: Match) -> str:  # noqa: ARG002 - languages with cases look around
        """`2023/24`, `24/7`: one after the other."""
        head = self.year(first) if first > _CENTURY_OF_TWO_DIGITS else self.integer(first)
        return f"{head}{self.gap}{self.integer(second)}"

    def days(self, first: int, last: int, found: Match) -> str:
        """`15–17 maggio`: dal quindici al diciassette."""
        head, joint = self.words.get("from_day"), self.words.get("to_day")
        if head and joint and not self.governed(found):
            return f"{head}{self.day(first, found)}{joint}{self.day(last, found)}"
        return f"{self.range_head(found)}{self.day(first, found)}{self.joint(found)}{self.day(last, found)}"

    def half_of(self, noun: str, gender: str) -> str | None:
        """`meia xícara`, `mezzo litro`: half, before what it is half of; None where the language says it as any fraction."""
        halves: dict[str, str] = self.table.get("halves", {})
        return halves.get(gender) if noun else None

    def governed_form(self, name: str, found: Match) -> str | None:  # noqa: ARG002 - languages with cases look around
        """An abbreviation in the case that the preposition before it asks for; None where that makes no difference."""
        return None

    def gender_of(self, word: str) -> str:
        """The gender of the noun that follows a number, as far as its ending or the table tells; `c` stands for no noun."""
        if not word:
            return "c"
        word = word.lower()
        for gender, words in self._gendered.items():
            if word in words:
                return gender
        for gender, pattern in self.table.get("endings", {}).items():
            if re.search(pattern, word):
                return str(gender)
        return "m"

    def gender_of_count(self, word: str, written: str) -> str:  # noqa: ARG002 - in some languages by the number, too
        """The gender of the noun that follows a number as it is written."""
        return self.gender_of(word)

    @cached_property
    def _gendered(self) -> dict[str, frozenset[str]]:
        return {gender: frozenset(words.split()) for gender, words in self.table.get("nouns", {}).items()}

    # Ordinals, years, dates, times

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002 - some languages agree
        """An ordinal number."""
        return ordinal_numeral(value, self.numbers)

    def year(self, value: int, case: str = "n") -> str:  # noqa: ARG002 - some languages have cases
        """A year."""
        return self.integer(value)

    def month_name(self, month: int) -> str:
        """A month by itself."""
        names = self.table.get("lone_months", "").split() or self.months
        return str(names[month - 1]) if names else self.integer(month)

    def full_year(self, written: str) -> int:
        """A year that may be written in two digits."""
        value = int(written)
        return value if len(written) > 2 else value + (1900 if value > _CENTURY_OF_TWO_DIGITS else 2000)

    def day(self, value: int, found: Match) -> str:  # noqa: ARG002 - some look around
        """The day of a month."""
        first = self.words.get("first_day")
        return first if first and value == 1 else self.integer(value)

    def date(self, year: int | None, month: int, day: int, found: Match) -> str:
        """A day of a month."""
        said = {"day": self.day(day, found), "month": self.months[month - 1] if self.months else self.integer(month)}
        if year is None:
            return self.words["day_month"].format(**said)
        return self.words["date"].format(**said, year=self.year(year, "g"))

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:
        """A time of day."""
        case = self.case(found)
        said = self.hour(hour, minute, case)
        if not minute and second is None and "full_hour" in self.words:
            return self.words["full_hour"].format(hour=said)
        if minute or (second is not None and self.words.get("hour_minute_second")):
            key = "hour_minute" if second is None else "hour_minute_second"
            minutes = self.minute(minute, case, named=second is not None)
            seconds = self.counted(str(second or 0), self.units.get("s") or self.units["sec"], case)
            said = self.words.get(key, self.words["hour_minute"]).format(hour=said, minute=minutes, second=seconds)
            if second is not None and key not in self.words:
                said = f"{said}{self.gap}{seconds}"
        return said

    def hour(self, value: int, minute: int, case: str) -> str:  # noqa: ARG002 - the hour may change with the minutes
        """The hours of a time of day."""
        counted = self.table.get("counted_hours", False)
        return self.counted(str(value), self.units["h"], case) if counted else self.integer(value, "f", case)

    def minute(self, value: int, case: str, *, named: bool) -> str:
        """The minutes of a time of day, `named` if seconds follow."""
        if self.table.get("counted_minutes") or named:
            return self.counted(str(value), self.units["min"], case)
        zero = self.words.get("zero_minute", "")
        return f"{zero}{self.integer(value)}" if value < 10 else self.integer(value)

    def fraction(self, over: int, under: int) -> str | None:
        """`2/3`; None where the language has no words for it."""
        joint = self.words.get("over")
        return f"{self.integer(over)}{joint}{self.integer(under)}" if joint else None

    def ruler(self, name: str, value: int) -> str:
        """`Luigi XIV`."""
        return f"{name}{self.words.get('ruler', ' ')}{self.ordinal(value)}"

    def stop(self, found: Match) -> str:
        """The full stop of a sentence, where it is that of an abbreviation at its end, too."""
        following = re.match(r"[”»)\"]*(?:\s*\Z|\s+[«“(]?(\w))", after(found, 24))
        ends = found[0].endswith(".") and following and (not following[1] or following[1].isupper())
        return "." if ends else ""

    def word_before(self, found: Match) -> str:
        """The word before a match, in small letters; empty where none stands there at once."""
        word = re.search(r"([^\W\d_]+)[.’']? ?[(“«\"]?\Z", before(found, 30))
        return word[1].lower() if word else ""
