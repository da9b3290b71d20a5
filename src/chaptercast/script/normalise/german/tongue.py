"""How German says its numbers: ein and eine before nouns, endings of ordinals."""

import re

from chaptercast.script.normalise.edits import Match
from chaptercast.script.normalise.western.tongue import Tongue, follows, last_word, next_word, numeral, precedes


class German(Tongue):
    """German."""

    language = "de"
    separators = r". '’"
    points = ","

    def __init__(self) -> None:
        super().__init__()
        self.grammar: dict[str, str] = self.table["grammar"]
        self.feminine = frozenset(self.grammar["feminine"].split())
        self.halves = {gender: self.grammar[gender].split() for gender in ("halber", "halbes")}

    def integer(self, value: int, following: str = "", /) -> str:
        """One is ein or eine before a noun, eins otherwise."""
        if value == 1 and following[:1].isupper():
            feminine = following in self.feminine or re.search(r"(?:ung|heit|keit|schaft|tion)\Z", following)
            return "eine" if feminine else "ein"
        return numeral(value, "de")

    def year(self, value: int) -> str:
        """Neunzehnhundert, but zweitausend."""
        head, tail = divmod(value, 100)
        if 11 <= head <= 19:
            return f"{self.integer(head)}hundert{self.integer(tail) if tail else ''}"
        return self.integer(value)

    def ordinal(self, value: int, ending: str) -> str:
        """With its ending: `e`, `en`, `er`, `es`."""
        return numeral(value, "de", "ordinal").removesuffix("e") + ending

    def date(self, year: int | None, month: int, day: int, found: Match, /) -> str:
        """Am vierundzwanzigsten November."""
        spoken = f"{self.ordinal(day, ending(found))} {self.month_names[month - 1]}"
        return f"{spoken} {self.year(year)}" if year else spoken

    def clock(self, hour: int, minute: int, second: int | None, _found: Match, /) -> str:
        """Zwanzig Uhr fünfzehn."""
        spoken = f"{'ein' if hour == 1 else self.integer(hour)} Uhr"
        if minute or second:
            spoken += f" {self.integer(minute)}"
        return f"{spoken} und {self.integer(second)} Sekunden" if second else spoken

    def measure(self, low: str, high: str | None, unit: str, found: Match, /) -> str:
        """In the dative the metre, the litre and their kin take an n: auf 800 Metern, but mit 5 Liter Wasser."""
        spoken = super().measure(low, high, unit, found)
        noun = next_word(found)
        alone = not noun[:1].isupper() or noun in self.grammar["dimensions"].split()
        dative = alone and low != "1" and spoken.endswith(("meter", "Meter", "liter", "Liter"))
        return f"{spoken}n" if dative and precedes(self.grammar["before_dative"], found) else spoken

    def price(self, whole: int, hundredths: int, forms: list[str]) -> str:
        """Vierzehn Euro neunzig."""
        units = f"{self.integer(whole, forms[0])} {forms[whole != 1]}"
        return f"{units} {self.integer(hundredths)}" if hundredths else units

    def fraction(self, whole: str | None, over: int, under: int, found: Match, /) -> str | None:
        """Zwei Drittel, zweieinhalb, ein halber Liter."""
        if over >= under or under > 100:
            return None
        if under == 2:
            return self._half(whole, found)
        part = {3: "Drittel", 7: "Siebtel", 16: "Sechzehntel"}.get(under)
        part = (
            part
            or f"{self.ordinal(under, '').rstrip('t').removesuffix('s')}{'stel' if under >= 20 else 'tel'}".capitalize()
        )
        spoken = f"{'ein' if over == 1 else self.integer(over)} {part}"
        return f"{self.number(whole)} {spoken}" if whole else spoken

    def _half(self, whole: str | None, found: Match) -> str:
        if whole:
            return f"{self.number(whole).removesuffix('s') if whole == '1' else self.number(whole)}einhalb"
        noun = next_word(found)
        ending = next((form for form, nouns in self.halves.items() if noun in nouns), "halbe")
        article = last_word(found)
        if article in ("ein", "eine"):
            return ending
        if article in ("einen", "einem", "einer", "eines"):
            return "halben"
        if not noun[:1].isupper():
            return "ein halb"
        return f"{'eine' if ending == 'halbe' else 'ein'} {ending}"


TONGUE = German()
_WEAK = frozenset(TONGUE.grammar["before_en"].split())
_STRONG = frozenset(TONGUE.grammar["before_es"].split())
ARTICLES = frozenset({"der", "die", "das", "diese", "dieses", "jedes", "jede"})


def ending(found: Match) -> str:
    """The ending of an ordinal, from the word before it: `der` may be of four cases, of which the nominative is the commonest."""
    word = last_word(found)
    if word in ARTICLES:
        return "en" if word == "der" and precedes(rf"(?:{TONGUE.grammar['before_der']}) der ", found) else "e"
    if word in _STRONG:
        return "es"
    return "en" if word else "er"


def takes_ordinal(found: Match) -> bool:
    """Whether the word before a number with a full stop makes it an ordinal, where the sentence goes on."""
    word = last_word(found)
    known = word in _WEAK or word in _STRONG or word in ARTICLES or word == "und"
    return known and follows(rf" (?:[a-zäöü]|(?!(?:{TONGUE.grammar['sentence_heads']})\b)[A-ZÄÖÜ])", found)
