"""Slavic languages: numbers, ordinals and years agree in gender and case.

Cases are `n`, `g`, `d`, `a`, `i`, `p` (nominative, genitive, dative, accusative, instrumental, prepositional); genders `m`, `f`, `n`, and
`p` for the plural.
"""

import re
from functools import lru_cache

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.grammar import Grammar, Noun, ordinal_numeral
from chaptercast.script.normalise.western.number_grammar import follows, numeral, precedes

_FRACTIONS = 4
"""Decimals that are said as tenths, hundredths, thousandths."""
_JOINED = 2
"""Decimals that are one number in Czech."""
_ELEVEN, _TWELVE = 11, 12


@lru_cache(maxsize=4096)
def _russian(value: int, kind: str, gender: str, case: str) -> str:
    from num2words import num2words

    plural = gender == "p"
    agreed = {"case": case, "gender": "m" if plural else gender, "plural": plural, "animate": False}
    return str(num2words(value, lang="ru", to=kind, **agreed))


_BY_NOUN = (
    ("i", ("с", "со", "между", "над", "под", "перед", "за"), "[аяь]ми"),
    ("p", ("в", "во", "на", "о", "об", "при"), "[ая]х"),
    ("d", ("к", "ко", "по"), "[ая]м"),
)
"""Cases of Russian that a preposition and the ending of the noun after the number tell together."""
_ACCUSATIVE = {"а": "у", "я": "ю", "ая": "ую", "яя": "юю"}


class Slavic(Grammar):
    """What these languages share."""

    def case(self, found: Match) -> str:
        """The genitive after the words that the table lists; not after an abbreviation: `с. 3` is a page."""
        if precedes(r"\w\. ?", found):
            return "n"
        word = self.word_before(found)
        return "g" if word in self._genitive else "a" if word in self.table.get("accusative", "").split() else "n"

    def form(self, noun: Noun, written: str, case: str = "n") -> str:
        """As elsewhere; in the accusative a feminine after one has an ending of its own."""
        form = super().form(noun, written, case)
        if case != "a" or noun.gender != "f" or form != noun.forms[0] or self.parts(written)[1]:
            return form
        return re.sub(r"(?<=\w)[ая]{1,2}(?!\w)", lambda found: _ACCUSATIVE[found[0]], form)

    def days(self, first: int, last: int, found: Match) -> str:
        """С пятнадцатого по семнадцатое: `по` asks for the accusative, `do` for the genitive."""
        if self.governed(found):
            return f"{self.day(first, found)} — {self.day(last, found)}"
        last_day = self.ordinal(last, "n", self.table.get("last_day_case", "n"))
        return f"{self.words['from_day']}{self.ordinal(first, 'n', 'g')}{self.words['to_day']}{last_day}"

    def season(self, first: int, second: int, found: Match) -> str:
        """`2024/25 учебном году`: the noun tells the case."""
        if first < _ELEVEN * 100:
            return super().season(first, second, found)
        kinds: dict[str, str] = self.table.get("year_nouns", {})
        after = found.string[found.end() : found.end() + 30]
        case = next((kind for words, kind in kinds.items() if re.search(rf" {words}(?!\w)", after)), "m n").split()[1]
        return f"{self.ordinal(first, 'm', case)} — {self.ordinal(second, 'm', case)}"

    def governed_form(self, name: str, found: Match) -> str | None:
        """`на стр. 5`: на странице."""
        forms: str | None = self.table.get("governed", {}).get(name)
        if not forms:
            return None
        word = self.word_before(found)
        prepositions: list[str] = self.table["governing"]
        return next(
            (form for form, words in zip(forms.split("|"), prepositions, strict=False) if word in words.split()), None
        )

    @property
    def _genitive(self) -> frozenset[str]:
        return frozenset(self.table.get("genitive", "").split())

    def gender_of_count(self, word: str, written: str) -> str:
        """The gender of a noun after a number, by its ending: after 1 and after 2 those differ."""
        value = int(self.parts(written)[0][-2:] or 0)
        ones = 0 if value in (_ELEVEN, _TWELVE) else value % 10
        for kind, pattern in self.table.get("after", {}).items():
            count, gender = kind.split()
            if int(count) == ones and re.search(pattern, word.lower()):
                return str(gender)
        return "m"

    def day(self, value: int, found: Match) -> str:
        """The day of a month is an ordinal: in the genitive, since most dates say when; by itself in the nominative."""
        if not before_text(found) or precedes(rf"(?i:(?<!\w)(?:{self.table.get('day_named', '(?!)')})) ", found):
            return self.ordinal(value, "n" if self.table.get("neuter_days") else "m")
        if precedes(rf"(?i:(?<!\w)(?:{self.table.get('day_dative', '(?!)')})) ", found):
            return self.ordinal(value, "n", "d")
        return self.ordinal(value, "n", "g")


def before_text(found: Match) -> bool:
    """Whether more than marks stand before a match, or a sentence goes on after a comma."""
    return bool(re.search(r"\w", found.string[: found.start()])) or follows(r"[ ,]+\w", found)


class Russian(Slavic):
    """Russian."""

    def case(self, found: Match) -> str:
        """`со 150 пассажирами`, `в 2 томах`: the noun tells the case, too."""
        word = "" if precedes(r"\w\. ?", found) else self.word_before(found)
        for case, prepositions, ending in _BY_NOUN:
            if word in prepositions and follows(rf" (?:[^\W\d_]+ )?[^\W\d_]+{ending}(?!\w)", found, 40):
                return case
        return super().case(found)

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:
        """Один, одна, одно; от двадцати одного."""
        gender, case = ("f", "a") if gender == "fa" else (gender, case)
        return _russian(value, "cardinal", gender if gender in "mfn" else "m", case)

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:
        """Третья, третьего, третьем."""
        if value == 0:
            return {"f": "нулевая", "n": "нулевое", "p": "нулевые"}.get(gender, "нулевой")
        return _russian(value, "ordinal", gender, case)

    def year(self, value: int, case: str = "n") -> str:
        """Тысяча девятьсот девяносто восьмой."""
        return self.ordinal(value, "m", case)

    def years(self, first: str, last: str, found: Match) -> str:
        """`война (1939–1945)`: с тысяча девятьсот тридцать девятого по тысяча девятьсот сорок пятый."""
        if self.governed(found):
            return super().years(first, last, found)
        head, joint = self.words["from_day"], self.words["to_day"]
        return f"{head}{self.year(int(first), 'g')}{joint}{self.year(int(last))}"

    def decimal(self, whole: str, fraction: str, case: str = "n") -> str:
        """Одна целая пять десятых."""
        if len(fraction) > _FRACTIONS or len(whole) > 9:
            return f"{self.whole(whole)} {self.words['point']} {self.digits(fraction)}"
        forms: list[str] = self.table["decimals"]
        one, many = forms[0].split("|")
        head = f"{self.integer(int(whole or 0), 'f', case)} {self._part(int(whole or 0), one, many, case)}"
        singular, plural = forms[len(fraction)].split("|")
        return f"{head} {self.integer(int(fraction), 'f', case)} {self._part(int(fraction), singular, plural, case)}"

    def _part(self, count: int, one: str, many: str, case: str) -> str:
        single = count % 10 == 1 and count % 100 != _ELEVEN
        ending = {"g": "ой", "a": "ую"}.get(case, "ая")
        return f"{one.removesuffix('ая')}{ending}" if single else many

    def fraction(self, over: int, under: int) -> str | None:
        """Две трети, пять шестых."""
        own = {(1, 2): "одна вторая", (1, 4): "одна четверть", (3, 4): "три четверти"}
        if over > 10 * under:
            return None
        thirds = {3: "треть|трети|третей"}.get(under)
        if thirds:
            single, few, many = thirds.split("|")
            ones = over % 10 if over % 100 not in range(11, 15) else 0
            return f"{self.integer(over, 'f')} {single if ones == 1 else few if ones in (2, 3, 4) else many}"
        if (over, under) in own:
            return own[over, under]
        is_one = over % 10 == 1 and over % 100 != _ELEVEN
        part = self.ordinal(under, "f") if is_one else self.ordinal(under, "p", "g")
        return f"{self.integer(over, 'f')} {part}"

    def range_cases(self, found: Match) -> tuple[str, str]:
        """От пяти до десяти: genitive, unless a preposition stands before it."""
        return ("n", "n") if self.governed(found) else ("g", "g")

    def joined(self, value: int) -> str:
        """The head of a compound: пяти-, двадцатипяти-, сто-."""
        own = {1: "одно", 100: "сто", 1000: "тысяче", 90: "девяносто"}
        return own.get(value) or self.integer(value, "m", "g").replace(" ", "")

    def ruler(self, name: str, value: int) -> str:
        """Людовик Четырнадцатый, Петра Первого, Екатерине Второй: as the name is declined."""
        for kind, pattern in self.table["ruler_endings"].items():
            if re.search(rf"(?:{pattern})\Z", name):
                gender, case = kind.split()
                spoken = self.ordinal(value, gender, case)
                head, space, last = spoken.rpartition(" ")
                return f"{name} {head}{space}{last[0].upper()}{last[1:]}"
        return f"{name} {self.ordinal(value).capitalize()}"


class Ukrainian(Russian):
    """Ukrainian; its ordinals are inflected here, from the nominative of num2words."""

    def case(self, found: Match) -> str:
        """The genitive, or the nominative."""
        return "g" if self.word_before(found) in self._genitive else "n"

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:
        """Один, одна, одне; два, дві; від двадцяти одного."""
        from num2words import num2words

        if case == "g":
            spoken = str(num2words(value, lang="uk", case="genitive")).replace("'", "’")
            return re.sub(r"(?<!\w)одного\Z", "однієї", spoken) if gender == "f" else spoken
        spoken = numeral(value, "uk").replace("'", "’")
        last = {"f": {"один": "одна", "два": "дві"}, "n": {"один": "одне"}, "fa": {"один": "одну"}}.get(gender, {})
        head, space, word = spoken.rpartition(" ")
        return f"{head}{space}{last.get(word, word)}"

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:
        """Третій, третя, третього."""
        spoken = ordinal_numeral(value, "uk").replace("'", "’").removeprefix("одна ")
        endings = _UKRAINIAN_SOFT if spoken.endswith("третій") else _UKRAINIAN_HARD
        return spoken[:-2] + endings.get(f"{gender}{case}", endings["mn"])

    def _part(self, count: int, one: str, many: str, case: str) -> str:
        single = count % 10 == 1 and count % 100 != _ELEVEN
        return one.removesuffix("а") + {"g": "ої", "a": "у"}.get(case, "а") if single else many

    def joined(self, value: int) -> str:
        """The head of a compound: п’яти-, двадцяти-, сто-."""
        own = {1: "одно", 100: "сто", 1000: "тисяче", 40: "сорока", 90: "дев’яносто"}
        return own.get(value) or self.integer(value, "m", "g").replace(" ", "")

    def fraction(self, over: int, under: int) -> str | None:
        """Дві третини → дві третіх; одна друга."""
        if over > 10 * under:
            return None
        single = over % 10 == 1 and over % 100 != _ELEVEN
        return f"{self.integer(over, 'f')} {self.ordinal(under, 'f') if single else self.ordinal(under, 'p', 'g')}"

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:
        """О чотирнадцятій тридцять."""
        if not 0 < hour < 24:
            return super().clock(hour, minute, second, found)
        word = self.word_before(found)
        kind = "p" if word in ("о", "об") else "g" if word in self._genitive else "n"
        said = self.ordinal(hour, "f", kind)
        minutes = "" if not minute else f" {'нуль ' if minute < 10 else ''}{self.integer(minute, 'f')}"
        return said + (minutes or " година" * (kind == "n"))


_UKRAINIAN_HARD = {
    "mn": "ий", "fn": "а", "nn": "е", "pn": "і", "mg": "ого", "ng": "ого", "fg": "ої", "pg": "их", "md": "ому", "nd": "ому",
    "fd": "ій", "pd": "им", "mp": "ому", "np": "ому", "fp": "ій", "pp": "их", "fa": "у", "ma": "ий", "na": "е", "pa": "і",
    "mi": "им", "ni": "им", "fi": "ою", "pi": "ими",
}  # fmt: skip
_UKRAINIAN_SOFT = {
    "mn": "ій", "fn": "я", "nn": "є", "pn": "і", "mg": "ього", "ng": "ього", "fg": "ьої", "pg": "іх", "md": "ьому", "nd": "ьому",
    "fd": "ій", "pd": "ім", "mp": "ьому", "np": "ьому", "fp": "ій", "pp": "іх", "fa": "ю", "ma": "ій", "na": "є", "pa": "і",
    "mi": "ім", "ni": "ім", "fi": "ьою", "pi": "іми",
}  # fmt: skip


class Polish(Slavic):
    """Polish."""

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Jeden, jedna, jedno; dwa, dwie."""
        if value == 1:
            return {"f": "jedna", "n": "jedno", "fa": "jedną"}.get(gender, "jeden")
        spoken = numeral(value, "pl")
        return re.sub(r"(?<!\w)dwa\Z", "dwie", spoken) if gender == "f" else spoken

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:
        """Trzeci, trzecia, trzeciego, trzecim: tens and ones are both ordinals."""
        ending = _POLISH.get(f"{gender}{case}")
        spoken = ordinal_numeral(value, "pl")
        if ending is None:
            return spoken
        return re.sub(r"(?<=\w)(y|i)(?!\w)", lambda found: _polish(found, ending), spoken)

    def years(self, first: str, last: str, found: Match) -> str:  # noqa: ARG002
        """`w latach 1990–2000`: as numbers."""
        return f"{self.integer(int(first))} — {self.integer(int(last))}"

    def year(self, value: int, case: str = "n") -> str:
        """Tysiąc dziewięćset trzydziesty dziewiąty."""
        return self.ordinal(value, "m", case)

    def decimal(self, whole: str, fraction: str, case: str = "n") -> str:  # noqa: ARG002
        """Trzy przecinek pięć."""
        return f"{self.whole(whole)} {self.words['point']} {self.fraction_digits(fraction)}"

    def fraction(self, over: int, under: int) -> str | None:
        """Jedna trzecia, dwie trzecie, pięć szóstych."""
        if over > 10 * under:
            return None
        few = over % 10 in (2, 3, 4) and over % 100 not in range(12, 15)
        part = self.ordinal(under, "f") if over == 1 else self.ordinal(under, "f", "p1" if few else "pg")
        return f"{self.integer(over, 'f')} {part}"

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:
        """O czternastej trzydzieści."""
        if not 0 < hour < 25 or second is not None:
            return super().clock(hour, minute, second, found)
        oblique = self.word_before(found) in self.table["before_hours"].split()
        said = self.ordinal(hour, "f", "p" if oblique else "n")
        return said + (f" {'zero ' if minute < 10 else ''}{self.integer(minute)}" if minute else "")

    def ruler(self, name: str, value: int) -> str:
        """Jan Trzeci, Jana Trzeciego."""
        case = "g" if re.search(r"[ai]a\Z|[^aeiouy]a\Z", name) else "n"
        return f"{name} {self.ordinal(value, 'm', case).title()}"


_POLISH = {
    "fn": "a", "nn": "e", "pn": "e", "mg": "ego", "ng": "ego", "fg": "ej", "fp": "ej", "mp": "ym", "np": "ym", "fp1": "e", "fpg": "ych",
    "pg": "ych", "pp": "ych", "md": "emu", "nd": "emu", "fa": "ą", "mi": "ym",
}  # fmt: skip
"""Endings in place of y or i."""


def _polish(found: Match, ending: str) -> str:
    """After i, k and g the letter stays."""
    soft = found[0] == "i" and not ending.startswith("y")
    head = found.string[found.start() - 1]
    if found[0] == "i" and ending.startswith("y"):
        return f"i{ending[1:]}"
    return f"i{ending}" if soft and (head not in "kg" or ending.startswith("e")) else ending


class Czech(Slavic):
    """Czech; num2words has no ordinals of it."""

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Jeden, jedna, jedno; dva, dvě."""
        spoken = numeral(value, "cs").replace("dvěstě", "dvě stě").replace("pětset", "pět set")
        one = {"f": "jedna", "n": "jedno", "fa": "jednu"}.get(gender, "jeden")
        spoken = re.sub(r"(?<!\w)jedna\Z", one, spoken)
        return re.sub(r"(?<!\w)dva\Z", "dvě", spoken) if gender in ("f", "n") else spoken

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:
        """První, druhá, třetího; up to ninety-nine, beyond that the number."""
        own: list[str] = self.table["ordinals"].split()
        tens: list[str] = self.table["ordinal_tens"].split()
        if value >= 100 or value < 1:
            return self.integer(value)
        words = [own[value - 1]] if value <= len(own) else [tens[value // 10 - 2]]
        if value > len(own) and value % 10:
            words.append(own[value % 10 - 1])
        ending = _CZECH.get(f"{gender}{case}", "")
        return " ".join(_czech(word, ending) for word in words)

    def ruler(self, name: str, value: int) -> str:
        """Karel Čtvrtý, Karla Čtvrtého."""
        case = "g" if name.endswith("a") else "n"
        return f"{name} {self.ordinal(value, 'm', case).title()}"

    def decimal(self, whole: str, fraction: str, case: str = "n") -> str:  # noqa: ARG002
        """Tři celé pět, nula celá dvě, dvanáct celých čtrnáct."""
        value = int(whole or 0)
        mark = "celá" if value < 2 else "celé" if value < 5 else "celých"
        joined = len(fraction) <= _JOINED and not fraction.startswith("0")
        parts = self.integer(int(fraction), "f") if joined else self.digits(fraction)
        return f"{self.integer(value, 'f')} {mark} {parts}"

    def fraction(self, over: int, under: int) -> str | None:
        """Jedna třetina, dvě třetiny, pět šestin."""
        parts: dict[str, str] = self.table["parts"]
        if str(under) not in parts:
            return super().fraction(over, under)
        few = over in (2, 3, 4)
        stem = parts[str(under)]
        return f"{self.integer(over, 'f')} {stem}{'a' if over == 1 else 'y' if few else ''}"


_CZECH = {"fn": "á", "nn": "é", "mg": "ého", "ng": "ého", "fg": "é", "mp": "ém", "np": "ém", "fp": "é", "fa": "ou"}


def _czech(word: str, ending: str) -> str:
    if not ending:
        return word
    if word.endswith("í"):  # první, třetí
        return word + {"ého": "ho", "ém": "m"}.get(ending, "")
    return f"{word.removesuffix('ý')}{ending}"


def decade_rules(g: Grammar) -> tuple[Rule, ...]:
    """Decades of Polish and Czech: `w latach 90.`, `v 90. letech`."""

    def polish(found: Match) -> str:
        return f"{found['noun']} {g.ordinal(int(found['decade']), 'p', 'p' if found['noun'].endswith('ch') else 'n')}"

    def czech(found: Match) -> str:
        return "".join((g.ordinal(int(found[1])).removesuffix("ý"), "á" if found[2] == "léta" else "ých"))

    if isinstance(g, Polish):
        return (rule("decade", r"(?<!\w)(?P<noun>(?i:lata|latach)) (?P<decade>[1-9]0)\.(?! ?\Z)", polish, needs="."),)
    return (rule("decade", r"(?<![\w.,])([1-9]0)\.(?= (letech|let|léta)(?!\w))", czech, needs="."),)
