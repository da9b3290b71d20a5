"""How German says its numbers: ein and eine before nouns, endings of ordinals."""

import re

from chaptercast.script.normalise.edits import Match, before
from chaptercast.script.normalise.western.number_grammar import Tongue, follows, last_word, next_word, numeral, precedes

_FEMININE = re.compile(r"(?:ung|heit|keit|schaft|tion|sion|tät|ik|enz|anz|ur)(?:en)?\Z")
_LAST_PART = 100
"""Of fractions that have a name of their own, but for thousands."""
_YEAR_DIGITS = 4


class German(Tongue):
    """German."""

    language = "de"
    separators = r". '’"
    points = ","

    def __init__(self) -> None:
        super().__init__()
        self.grammar: dict[str, str] = self.table["grammar"]
        self.feminine = frozenset(self.grammar["feminine"].split())
        self.numbering = frozenset(self.grammar["numbering"].split())
        self.neuter = tuple(self.grammar["neuter"].split())
        self.feminine_ends = tuple(noun.lower() for noun in self.feminine)
        self.halves = {gender: self.grammar[gender].split() for gender in ("halber", "halbes")}

    def integer(self, value: int, following: str = "", /) -> str:
        """One is ein or eine before a noun, eins otherwise."""
        if value == 1 and following[:1].isupper():
            return "eine" if following in self.feminine or _FEMININE.search(following) else "ein"
        return numeral(value, "de")

    def year(self, value: int) -> str:
        """Neunzehnhundert, but zweitausend."""
        head, tail = divmod(value, 100)
        if 11 <= head <= 19:
            return f"{self.integer(head)}hundert{self.integer(tail) if tail else ''}"
        return self.integer(value)

    def ordinal(self, value: int, ending: str) -> str:
        """With its ending: `e`, `en`, `er`, `es`; hundertst and tausendst without ein."""
        spoken = numeral(value, "de", "ordinal").removesuffix("e") + ending
        return spoken.removeprefix("ein") if value in (100, 1000) else spoken

    def counted(self, found: Match) -> str:
        """Nothing after a number that names: `Abs. 1 Satz 2` is Absatz eins."""
        return "" if last_word(found) in self.numbering or before(found, 2).rstrip().endswith("§") else next_word(found)

    def gender(self, noun: str) -> str:
        """Of a noun, by its ending or by that of the compound: `f`, `n`, or `m`, which most are that are numbered."""
        small = noun.lower()
        if _FEMININE.search(small) or small.endswith(self.feminine_ends):
            return "f"
        neuter = small.endswith(self.neuter) or small.removesuffix("s").removesuffix("e").endswith(self.neuter)
        return "n" if neuter or re.search(r"(?:chen|lein|ment|um)\Z", small) else "m"

    def date(self, year: int | None, month: int, day: int, found: Match, /) -> str:
        """Am vierundzwanzigsten November."""
        spoken = f"{self.ordinal(day, ending(found))} {self.month_names[month - 1]}"
        return f"{spoken} {self.year(year)}" if year else spoken

    def clock(self, hour: int, minute: int, second: int | None, found: Match, /) -> str:
        """Zwanzig Uhr fünfzehn; with seconds and `h` it is a length of time."""
        if second is not None and found[0].endswith("h"):
            return self.span(hour, minute, second)
        spoken = f"{'ein' if hour == 1 else self.integer(hour)} Uhr"
        if minute or second:
            spoken += f" {self.integer(minute)}"
        return f"{spoken} und {self.integer(second, 'Sekunde')} Sekunde{'n' * (second != 1)}" if second else spoken

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
        if under > _LAST_PART and under not in (1000, 10_000, 100_000, 1_000_000):
            return None
        if under == 2 and over == 1:
            return self._half(whole, found)
        part = {2: "Halbe", 3: "Drittel", 7: "Siebtel"}.get(under) or f"{self.ordinal(under, 'el').capitalize()}"
        if whole and under in (3, 4):  # eineinviertel
            return f"{self.number(whole).removesuffix('s')}{'ein' if over == 1 else self.integer(over)}{part.lower()}"
        one = "" if not whole and last_word(found) in ("ein", "das", "dieses", "jedes") else "ein "
        spoken = f"{one if over == 1 else f'{self.integer(over)} '}{part}"
        return f"{self.number(whole)} {spoken}" if whole else spoken

    def _half(self, whole: str | None, found: Match) -> str:
        if whole:
            return f"{self.number(whole).removesuffix('s') if whole == '1' else self.number(whole)}einhalb"
        noun = self.noun_after(found)
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
_DEFINITE = frozenset(
    {"der", "die", "das", "diese", "dieses", "jedes", "jede", "dieser", "jeder", "jene", "jener", "jenes"}
)
_WEAK = frozenset(TONGUE.grammar["before_en"].split()) - _DEFINITE
_STRONG = frozenset(TONGUE.grammar["before_es"].split())
_POSSESSIVES = re.compile(r"(?:[mdsk]eine|eine|ihre|unsere|eure)\Z")
_DATIVES = frozenset(
    {"in", "auf", "mit", "von", "zu", "nach", "bei", "aus", "an", "seit", "vor", "unter", "neben", "hinter", "zwischen"}
)
_STRONG_ENDINGS = {"m": "er", "f": "e", "n": "es"}


def ending(found: Match) -> str:
    """The ending of a day's ordinal, from the word before it."""
    word = last_word(found)
    if word in _DEFINITE:
        return "en" if word == "der" and precedes(rf"(?:{TONGUE.grammar['before_der']}) der ", found) else "e"
    return "en" if word else "er"


def ending_before(noun: str, found: Match) -> str:
    """The ending of an ordinal from the word before it, and from the gender of `noun` after it: `der` may be of four cases."""
    word, gender = last_word(found), TONGUE.gender(noun)
    pair = re.search(r"([^\W\d_]+) \d{1,3}\.,? (?:und|oder|bis|bis zu[rm]) \Z", before(found, 40))
    word = pair[1].lower() if pair else word
    if word in ("der", "dieser", "jeder", "jener"):
        oblique = gender == "f" or precedes(rf"(?:{TONGUE.grammar['before_der']}) {word} ", found)
        return "en" if oblique else "e"
    if word in _DEFINITE or _POSSESSIVES.search(word):
        return "e"
    if word in _STRONG:
        return _STRONG_ENDINGS[gender]
    if word in _WEAK or word == "und":
        return "en"
    if word in _DATIVES:
        return "er" if gender == "f" else "em"
    return "en" if word and gender == "m" and not precedes(r"[.!?:–—-] ?", found) else _STRONG_ENDINGS[gender]


def takes_ordinal(found: Match) -> bool:
    """Whether the word before a number with a full stop, or the noun after it, makes it an ordinal, where the sentence goes on."""
    if follows(rf" (?i:\w*(?:{TONGUE.grammar['ordinal_nouns']}))(?!\w)", found, 40):
        return True
    word = last_word(found)
    known = word in _WEAK or word in _STRONG or word in _DEFINITE or word == "und" or bool(_POSSESSIVES.search(word))
    if not known or len(found[1]) == _YEAR_DIGITS:
        return False
    return follows(rf" (?:[a-zäöü]|(?!(?:{TONGUE.sentence_head})\b)[A-ZÄÖÜ])", found)
