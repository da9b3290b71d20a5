"""How Spanish says its numbers: they agree with the noun after them."""

import re

from chaptercast.script.normalise.edits import Match
from chaptercast.script.normalise.western.number_grammar import Tongue, ends_sentence, last_word, next_word, numeral

_LAST_ORDINAL = 12
"""Up to it ordinals are words of their own."""
_LAST_WHOLE, _MOST_PARTS = 5, 12
"""Of fractions that are more than a whole; others are dates."""
_NOON, _EVENING = 12, range(8, 12)
_SCALES = frozenset({"mil", "millón", "millones", "billón", "billones", "trillón", "trillones"})
"""Numbers themselves, before which a number is cut short: veintiún millones."""
_WITHOUT_ACCENTS = str.maketrans("áéíóú", "aeiou")


class Spanish(Tongue):
    """Spanish."""

    language = "es"
    separators = r". "
    points = ",."
    joined_fraction = True
    parts_of_one = True

    def __init__(self) -> None:
        super().__init__()
        grammar = self.table["grammar"]
        self.feminine = frozenset(grammar["feminine"].split())
        self.masculine = frozenset(grammar["masculine"].split())
        self.not_nouns = frozenset(grammar["not_nouns"].split())
        self.unit_names = frozenset(name for forms in self.units.values() for name in forms)
        self.before_names = frozenset(grammar["before_names"].split())

    def counted(self, found: Match) -> str:
        """Nothing before a name: in `Honduras 2021 Departamentales` it is a year."""
        word = next_word(found)
        return "" if word[:1].isupper() and re.fullmatch(r"-?(?:19|20)\d\d", found[0]) else word

    def parts(self, written: str) -> tuple[str, str]:
        """Commas part thousands, as in America, where there are two of them or nothing but zeros follows."""
        if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}|\d{1,3},000", written):
            return written.replace(",", ""), ""
        return super().parts(written)

    def number(self, written: str, following: str = "", /) -> str:
        """The mark of a decimal fraction is said as it is written: 2,5 with coma, 2.5 with punto."""
        plural = following.endswith("s") and following not in self.unit_names and self.is_noun(following)
        if plural and re.fullmatch(r"[1-9]\d{0,2},\d{3}", written):  # `222,125 negocios`, as in America
            written = written.replace(",", ".")
        spoken = super().number(written, following)
        comma = f" {self.words['point']} "
        return spoken if "," in written else spoken.replace(comma, f" {self.words['version_point']} ")

    def integer(self, value: int, following: str = "", /) -> str:
        """Veintiún días, veintiuna niñas, doscientas personas; uno where it stands for itself."""
        spoken = re.sub(r"veintiuno(?= mil)", "veintiún", re.sub(r"(?<=[yo] un)o(?= mil)", "", numeral(value, "es")))
        counts_more = following in _SCALES
        if not counts_more and not self.is_noun(following):
            return spoken
        if not counts_more and self.is_feminine(following):
            spoken = re.sub(r"(?<=ient)os(?!\w)(?!.*ill[oó]n)", "as", spoken)
            return f"{spoken.removesuffix('o')}a" if spoken.endswith("uno") else spoken
        if spoken.endswith("veintiuno"):
            return f"{spoken.removesuffix('uno')}ún"
        return spoken.removesuffix("o") if spoken.endswith("uno") else spoken

    def is_noun(self, word: str) -> bool:
        """Whether the word after a number may be what it counts."""
        return len(word) > 2 and word.lower() not in self.not_nouns

    def is_feminine(self, noun: str) -> bool:
        """By the ending of the noun, and a list of those where that would be wrong."""
        noun = noun.lower()
        if noun in self.feminine or noun in self.masculine:
            return noun in self.feminine
        return len(noun) > 2 and bool(re.search(r"(?:as?|ci[oó]n|ciones|si[oó]n|siones|dad|dades|tud|tudes)\Z", noun))

    def measure(self, low: str, high: str | None, unit: str, found: Match, /) -> str:
        """Percentages do not agree; a range of measures goes from one to the other."""
        if unit in ("%", "‰"):
            return f"{self.amount(low, high, '')} {self.units[unit][1]}"
        spoken = super().measure(low, high, unit, found)
        return f"de {spoken}" if high and self.may_begin_with_de(found) else spoken

    def may_begin_with_de(self, found: Match) -> bool:
        """`dura 3-4 horas`: de tres a cuatro; not after a preposition, nor after the noun that the numbers name."""
        return last_word(found) not in self.before_names

    def money(self, low: str, high: str | None, scale: str, currency: str, found: Match, /) -> str:
        """Tres millones de euros, cinco mil euros."""
        plural = self.currencies[currency][1]
        if re.fullmatch(r"\d{1,3},\d{3}", low) and not high:  # as in America
            low = low.replace(",", ".")
        if not scale:
            spoken = super().money(low, high, scale, currency, found)
            return re.sub(rf"(?<=llón|ones) (?={plural}\Z)", " de ", spoken)
        name = self.scales[scale][0 if self.is_one(low) and not high else 1]
        head = name if name == "mil" and low == "1" and not high else f"{self.amount(low, high, '')} {name}"
        if name.startswith("mill") and low == "1" and not high:
            head = f"un {name}"
        return f"{head}{' ' if name == 'mil' else ' de '}{plural}"

    def price(self, whole: int, hundredths: int, forms: list[str]) -> str:
        """Dieciocho euros con cincuenta."""
        units = f"{self.integer(whole, forms[1])} {forms[whole != 1]}"
        if 0 < hundredths < 10 and len(forms) > 2:
            return f"{units} con {self.integer(hundredths, forms[3])} {forms[2 + (hundredths != 1)]}"
        return f"{units} con {self.integer(hundredths)}" if hundredths else units

    def date(self, year: int | None, month: int, day: int, _found: Match, /) -> str:
        """Veintisiete de abril de dos mil veintiuno."""
        spoken = f"{self.integer(day)} de {self.month_names[month - 1]}"
        return f"{spoken} de {self.year(year)}" if year else spoken

    def clock(self, hour: int, minute: int, second: int | None, found: Match, /) -> str:
        """Las quince cuarenta, las doce y cinco."""
        spoken = self.integer(hour, "horas") if hour in (1, 21) else self.integer(hour)
        if minute:
            spoken += f"{'' if minute > 9 else ' y'} {self.integer(minute)}"
        if second:
            spoken += f" y {self.integer(second, 'segundos')} segundo{'s' * (second != 1)}"
        half = found.groupdict().get("half")
        written = found[0].rstrip(".")
        if half:
            return (
                spoken
                + self._of_day(hour, half[0].lower())
                + ("." if found[0].endswith(".") and ends_sentence(self, found) else "")
            )
        if not written.endswith(("h", "hs", "hrs", "horas")):
            return spoken
        if hour == 1:
            return spoken if minute else f"{spoken} hora"
        return f"{spoken} horas"

    def _of_day(self, hour: int, half: str) -> str:
        """A. m. and p. m. in words."""
        if half == "a":
            return " de la noche" if hour == _NOON else " de la mañana"
        return " del mediodía" if hour == _NOON else " de la noche" if hour in _EVENING else " de la tarde"

    def ordinal(self, value: int, *, feminine: bool = False) -> str:
        """Cuarto, cuarta, vigésimo primero."""
        own: list[str] = self.table["ordinals"]
        spoken = own[value - 1] if 1 <= value <= _LAST_ORDINAL else _ordinal_words(value)
        return re.sub(r"o(?!\w)", "a", spoken) if feminine else spoken

    def short_ordinal(self, value: int, *, feminine: bool = False) -> str:
        """Before a noun: primer premio, tercer piso, vigésimo primer congreso."""
        return re.sub(r"(?<=(?:prim|terc)er)o\Z", "", self.ordinal(value, feminine=feminine))

    def fraction(self, whole: str | None, over: int, under: int, found: Match, /) -> str | None:
        """Dos tercios, tres cuartos, dos y medio."""
        if over >= under and not whole and (under > _LAST_WHOLE or over > _MOST_PARTS):
            return None
        noun = self.noun_after(found)
        half = "media" if self.is_feminine(noun) else "medio"
        if under == 2 and whole:
            return f"{self.number(whole)} y {half}"
        if under == 2 and over == 1 and noun:
            return half
        if noun == "partes":
            return f"{self.integer(over)} {self.ordinal(under, feminine=True)}s"
        part = self._part(under)
        if part is None:
            spoken = f"{self.integer(over)} sobre {self.integer(under)}"
        else:
            spoken = f"{'un' if over == 1 else self.integer(over)} {part}{'' if over == 1 else 's'}"
            spoken += " de" if noun != next_word(found) else ""
        return f"{self.number(whole)} y {spoken}" if whole else spoken

    def half_more(self, count: int, noun: str) -> str | None:
        """`2 1/2 horas`: dos horas y media; None where there is no noun."""
        forms = self.units.get(noun)
        if forms:
            noun = forms[count != 1]
        elif len(noun) < 2:
            return None
        elif count == 1:
            noun = re.sub("(?<=[aeo])s\\Z", "", noun)
        first, _, rest = noun.partition(" ")
        half = "media" if self.is_feminine(first) else "medio"
        return f"{self.integer(count, first)} {first} y {half}{f' {rest}' if rest else ''}"

    def _part(self, under: int) -> str | None:
        """Tercio, doceavo, centésimo; None where there is no word for it."""
        if under <= 10:
            return {2: "medio", 3: "tercio"}.get(under) or self.ordinal(under)
        if under < 100:
            stem = self.integer(under).replace(" y ", "i").removesuffix("o" if under % 10 == 1 and under > 20 else " ")
            stem = stem.removesuffix("a") if under % 10 == 0 and under > 20 else stem
            return f"{stem.translate(_WITHOUT_ACCENTS)}avo"
        if under < 1000:
            return _ordinal_words(under) if under % 100 == 0 else None
        scale = next((scale for scale in (1_000_000, 1000) if under % scale == 0), None)
        if scale is None or under // scale >= 1000 or (under // scale > 10 and under // scale % 10):
            return None
        count = "" if under == scale else self.integer(under // scale).replace(" ", "")
        return count + ("milésimo" if scale == 1000 else "millonésimo")


def _ordinal_words(value: int) -> str:
    """By num2words, whose hundreds lack a letter."""
    return re.sub("(?<=cuadri)(?=gent)|(?<=septi)(?=gent)|(?<=octi)(?=gent)", "n", numeral(value, "es", "ordinal"))


TONGUE = Spanish()
