"""How French says its numbers: un and une, d'euros after millions, ordinals."""

import re

from chaptercast.script.normalise.edits import Match
from chaptercast.script.normalise.western.number_grammar import Tongue, next_word, numeral, precedes

_MILLE = "mille"
_LAST_PART, _LAST_WHOLE, _MOST_PARTS = 20, 5, 12
"""Of fractions: others are said with `sur`, but for those that decimals have."""
_DECIMAL_PARTS = frozenset({100, 1000, 10_000, 100_000, 1_000_000})


class French(Tongue):
    """French."""

    language = "fr"
    separators = r". '’"
    points = ","
    joined_fraction = True

    def __init__(self) -> None:
        super().__init__()
        self.feminine = frozenset(self.table["grammar"]["feminine"].split())

    def integer(self, value: int, following: str = "", /) -> str:
        """With une before a feminine noun: vingt et une heures."""
        spoken = numeral(value, "fr")
        ends_in_one = value % 10 == 1 and value % 100 not in (11, 71, 91)
        return f"{spoken}e" if ends_in_one and self.is_feminine(following) else spoken

    def is_feminine(self, noun: str) -> bool:
        """By a list of nouns, and by endings that are sure."""
        sure = re.search(r"(?:tion|sion|ité|ence|ette|euse|trice|esse|ière|aine)s?\Z", noun)
        return noun.lower() in self.feminine or bool(sure)

    def is_one(self, written: str) -> bool:
        """Below two everything is singular: 1,5 mètre."""
        return bool(re.match(r"[01](?:,|\Z)", written))

    def ordinal(self, value: int, *, feminine: bool = False) -> str:
        """Deuxième; premier or première. num2words keeps an s or an e that the ordinal has not."""
        if value == 1:
            return "première" if feminine else "premier"
        stem = re.sub(r"(?<=vingt)s\Z|(?<=cent)s\Z|(?<=ion)s\Z|e\Z", "", numeral(value, "fr"))
        return re.sub(r"cinq\Z", "cinqu", re.sub(r"neuf\Z", "neuv", stem)) + "ième"

    def day(self, value: int) -> str:
        """The day of a month: le premier mai, le deux mai."""
        return "premier" if value == 1 else self.integer(value)

    def date(self, year: int | None, month: int, day: int, _found: Match, /) -> str:
        """Vingt-cinq septembre; the article is the writer's."""
        spoken = f"{self.day(day)} {self.month_names[month - 1]}"
        return f"{spoken} {self.year(year)}" if year else spoken

    def hours(self, hour: int) -> str:
        """Quinze heures."""
        return f"{self.integer(hour, 'heures')} {'heure' if hour <= 1 else 'heures'}"

    def clock(self, hour: int, minute: int, second: int | None, _found: Match, /) -> str:
        """Quinze heures quarante."""
        spoken = self.hours(hour)
        if minute or second:
            spoken += f" {self.integer(minute, 'minutes')}"
        return f"{spoken} et {self.integer(second, 'secondes')} secondes" if second else spoken

    def money(self, low: str, high: str | None, scale: str, currency: str, found: Match, /) -> str:
        """Trois millions d'euros, deux milliards de dollars, cinq mille euros."""
        plural = self.currencies[currency][1]
        joint = "d'" if plural[0] in "aeiou" else "de "
        if not scale:
            spoken = super().money(low, high, scale, currency, found)
            return re.sub(rf"(?<=llion|liard) (?={plural}\Z)|(?<=llions|liards) (?={plural}\Z)", f" {joint}", spoken)
        name = self.scales[scale][0 if self.is_one(low) and not high else 1]
        if name == _MILLE:
            head = name if low == "1" and not high else f"{self.amount(low, high, name)} {name}"
            return f"{head} {plural}"
        return f"{self.amount(low, high, name)} {name} {joint}{plural}"

    def price(self, whole: int, hundredths: int, forms: list[str]) -> str:
        """Seize euros cinquante."""
        units = f"{self.integer(whole, forms[1])} {forms[whole > 1]}"
        return f"{units} {self.integer(hundredths)}" if hundredths else units

    def fraction(self, whole: str | None, over: int, under: int, found: Match, /) -> str | None:
        """Deux tiers, un quart, deux et demi."""
        if over >= under and not whole and (under > _LAST_WHOLE or over > _MOST_PARTS):
            return None
        if (under > _LAST_PART and under not in _DECIMAL_PARTS) or precedes(r"échelle (?:de |du |au )?", found):
            return f"{self.integer(over)} sur {self.integer(under)}"
        part = {2: "demi", 3: "tiers", 4: "quart"}.get(under) or self.ordinal(under)
        if over > 1 and under != 3:
            part += "s"
        noun = self.noun_after(found)
        if whole and under == 2:
            return f"{self.number(whole)} et {'demie' if self.is_feminine(noun) else 'demi'}"
        unit = noun not in ("", next_word(found)) and under != 2 and not whole
        half_of = self.is_feminine(noun) and under == 2 and over == 1 and not whole
        spoken = f"{'une' if half_of else self.integer(over)} {part}" + (
            f" {'de' if noun[0] not in 'aeéhou' else 'd’'}" if unit else ""
        )
        return f"{self.number(whole)} et {spoken}" if whole else spoken


TONGUE = French()
