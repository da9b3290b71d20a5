"""How English says its numbers, as they are read in Britain and America alike."""

import re

from chaptercast.script.normalise.edits import Match, after
from chaptercast.script.normalise.western.number_grammar import Tongue, follows, last_word, next_word, numeral

_LONG_RESULT = 30
"""Results above it, as of votes, are said with `to`."""
_LAST_PART, _MOST_PARTS = 20, 40
"""Of fractions that are more than a whole: others are said with `over`."""
_FEW_PARTS = 10
"""`12/20 patients` are twelve out of twenty."""
_GOALS = 9
"""In results up to it, nothing is nil."""


class English(Tongue):
    """English."""

    language = "en"
    leading_point = True
    day_first = False

    def __init__(self) -> None:
        super().__init__()
        grammar = self.table["grammar"]
        self.not_nouns = frozenset(grammar["not_nouns"].split())
        self.articles = frozenset(grammar["articles"].split())
        self.singular_in_s = frozenset(grammar["singular_in_s"].split())
        self.plural = frozenset(grammar["plural"].split())

    def integer(self, value: int, _following: str = "", /) -> str:
        """Without the commas of num2words: they would be heard."""
        return numeral(value, "en").replace(",", "")

    def ordinal(self, value: int) -> str:
        """Third, twenty-first."""
        return numeral(value, "en", "ordinal").replace(",", "")

    def year(self, value: int) -> str:
        """By halves, but 2000 to 2009."""
        head, tail = divmod(value, 100)
        if not 1000 <= value < 10000 or 2000 <= value < 2010 or (head % 10 == 0 and tail < 10):
            return self.integer(value)
        return f"{self.integer(head)} {self.tail(tail) if tail else 'hundred'}"

    def second_year(self, value: int) -> str:
        """Two thousand and nine to ten."""
        return self.tail(value % 100)

    def tail(self, value: int) -> str:
        """Two digits after others: oh five, fifteen."""
        return f"oh {self.integer(value)}" if value < 10 else self.integer(value)

    def name(self, written: str) -> str:
        """`A380` is three eighty, `4090` goes by halves."""
        if len(written) == 4 and written[0] != "0":
            return self.year(int(written))
        if len(written) == 3 and written[0] != "0" and written[1:] != "00":
            return f"{self.integer(int(written[0]))} {self.tail(int(written[1:]))}"
        return super().name(written)

    def date(self, year: int | None, month: int, day: int, _found: Match, /) -> str:
        """Month before day, as in America, which Britain says as well."""
        spoken = f"{self.month_names[month - 1]} {self.ordinal(day)}"
        return f"{spoken}, {self.year(year)}" if year else spoken

    def clock(self, hour: int, minute: int, second: int | None, found: Match, /) -> str:
        """`20:15` as it stands; a full hour with o'clock, unless a.m. or p.m. follows."""
        half = f" {found['half'][0].lower()}.m." if found["half"] else ""
        head = self.integer(hour)
        if second:
            minutes = self.tail(minute) if minute else ", zero minutes"
            return (
                f"{head}{' ' if minute else ''}{minutes} and {self.integer(second)} second{'s' * (second != 1)}{half}"
            )
        if minute:
            return f"{head} {self.tail(minute)}{half}"
        if half:
            return head + half
        return f"{head} hundred" if hour > 12 or hour == 0 else f"{head} o'clock"

    def span(self, hours: int, minutes: int, seconds: int) -> str:
        """Two hours, fourteen minutes and seven seconds."""
        head, joint, tail = super().span(hours, minutes, seconds).rpartition(" minutes ")
        return f"{head}{joint}and {tail}" if joint else tail

    def measure(self, low: str, high: str | None, unit: str, found: Match, /) -> str:
        """In the singular before a noun: a ten kilometre run. A bare `m` may be a million."""
        if unit == "m" and " " not in found[0] and self._counts_people(found):
            return f"{self.amount(low, high, '')} million"
        name = self.unit(unit, high or low)
        if self._is_attribute(found):
            name = self.units[unit][0]
        return f"{self.amount(low, high, name)} {name}"

    def _counts_people(self, found: Match) -> bool:
        """`1.3m people`: no metres where a noun in the plural follows."""
        word = next_word(found)
        return self.is_plural(word) and word not in ("metres", "meters", "steps", "hurdles", "miles")

    def is_plural(self, word: str) -> bool:
        """Whether a word is surely a noun in the plural."""
        if word in self.plural:
            return True
        return (
            len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word.lower() not in self.singular_in_s
        )

    def _is_attribute(self, found: Match) -> bool:
        """Whether an amount stands before a noun as an adjective does: `a 10 km run`, `a $20 million grant`."""
        word = next_word(found)
        if after(found, 1) == "-":
            return bool(word)
        noun = word and word.lower() not in self.not_nouns and word[0].islower() and follows(" [a-z]", found)
        return bool(noun) and last_word(found) in self.articles

    def money(self, low: str, high: str | None, scale: str, currency: str, found: Match, /) -> str:
        """In the singular before a noun: a twenty million dollar grant."""
        spoken = super().money(low, high, scale, currency, found)
        singular, plural = self.currencies[currency][:2]
        if spoken.endswith(plural) and self._is_attribute(found):
            return spoken.removesuffix(plural) + singular
        return spoken

    def price(self, whole: int, hundredths: int, forms: list[str]) -> str:
        """Four dollars and seventy-five cents."""
        if len(forms) <= 2:
            return f"{self.number(f'{whole}.{hundredths:02d}')} {forms[1]}"
        units = f"{self.integer(whole)} {forms[whole != 1]}"
        return f"{units} and {self.integer(hundredths)} {forms[2 + (hundredths != 1)]}" if hundredths else units

    def per(self, name: str) -> str:
        """`$4/mo` in full."""
        return super().per({"mo": "month", "yr": "year", "wk": "week", "d": "day"}.get(name, name))

    def fraction(self, whole: str | None, over: int, under: int, found: Match, /) -> str | None:
        """Halves, quarters and so on; `of a` before the thing that is measured (2/3 cup)."""
        if not whole and (fixed := self.table["fractions"].get(f"{over}/{under}")):
            return str(fixed)
        if under > 100 or (over >= under and (under > _LAST_PART or over > _MOST_PARTS)):
            head = f"{self.number(whole)} and " if whole else ""
            return f"{head}{self.integer(over)} over {self.integer(under)}"
        if not whole and under > _FEW_PARTS and over < under and self.is_plural(next_word(found)):
            return f"{self.integer(over)} out of {self.integer(under)}"
        part = {2: "half", 4: "quarter"}.get(under) or self.ordinal(under)
        if whole:
            article = "an" if under in (8, 11, 18) or 80 <= under < 90 else "a"
            return f"{self.number(whole)} and {self._parts(over, part) if over > 1 else f'{article} {part}'}"
        if after(found, 1) == "-":
            return f"{self.integer(over)} {part}" if over > 1 or under not in (2, 4) else part
        return self._parts(over, part, self.noun_after(found)) + self._joint(under, found)

    def _parts(self, over: int, part: str, noun: str = "") -> str:
        """Two thirds, one third, a quarter; half before what is halved."""
        if over > 1:
            return f"{self.integer(over)} {'halves' if part == 'half' else f'{part}s'}"
        if part == "half" and noun in (*self.table["grammar"]["measures"].split(), "of"):
            return part
        return f"a {part}" if part == "quarter" else f"one {part}"

    def _joint(self, under: int, found: Match) -> str:
        """What stands between a fraction and a measure in the singular: half an hour, two thirds of a cup."""
        noun = self.noun_after(found)
        if noun.endswith("s") or noun not in self.table["grammar"]["measures"].split():
            return ""
        article = "an" if noun[0] in "aeiou" or noun == "hour" else "a"
        return f" {article}" if under == 2 else f" of {article}"

    def score(self, first: int, second: int) -> str:
        """Three one, and one nil; long results, as of votes, with to."""
        if max(first, second) > _LONG_RESULT and first != second:
            return super().score(first, second)
        nil = max(first, second) <= _GOALS
        return " ".join("nil" if nil and not goals else self.integer(goals) for goals in (first, second))


TONGUE = English()


def is_count(found: Match) -> bool:
    """Whether a noun in the plural follows a number like 2000: then it is counted, and is no year. 2024 is one all the same."""
    word = next_word(found)
    if word in TONGUE.plural or word in ("square", "cubic", "extra", "new", "more", "or"):
        return True
    written = re.sub(r"\D", "", found[0][:4])
    if int(written) % 10 and int(written) > 1900:
        return False
    return TONGUE.is_plural(word) and word[0].islower()
