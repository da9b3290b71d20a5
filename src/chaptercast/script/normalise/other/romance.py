"""Portuguese and Italian: numbers that agree in gender."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.grammar import Grammar, ordinal_numeral
from chaptercast.script.normalise.western.number_grammar import follows, numeral

_MILLION = 1_000_000
_LAST_RULER_IN_ORDER = 10
_BEFORE_Z = re.compile(r"(?i)z|s[^aeiouàèéìòù]|gn|ps|x|y")
"""Before it the Italian article for one is `uno`."""


class Portuguese(Grammar):
    """Portuguese, with the numerals of Brazil or of Portugal."""

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Um, uma; dois, duas; duzentos, duzentas."""
        spoken = self._groups(value) if self.numbers == "pt_BR" else numeral(value, self.numbers)
        if gender != "f":
            return spoken
        head, mark, tail = spoken.rpartition("ilhões" if "ilhões" in spoken else "ilhão")
        tail = re.sub(r"(?<!\w)(um|dois)(?!\w)", lambda found: {"um": "uma", "dois": "duas"}[found[0]], tail)
        return head + mark + re.sub(r"(?<=ent)os(?!\w)", "as", tail)

    def _groups(self, value: int) -> str:
        """`e` stands before the last group alone, where that is short: um milhão dez mil cento e um, um milhão e dez mil."""
        if value < _MILLION:
            return numeral(value, self.numbers).replace(",", "")
        groups = [value // 1000**index % 1000 for index in range(len(str(value)) // 3, -1, -1)]
        sizes = range(len(groups) - 1, -1, -1)
        counted = [(group, size) for group, size in zip(groups, sizes, strict=True) if group]
        said = [numeral(group * 1000**size, self.numbers).replace(",", "") for group, size in counted]
        last = counted[-1][0]
        joint = " e " if last < 100 or last % 100 == 0 else " "
        return joint.join(filter(None, (" ".join(said[:-1]), said[-1])))

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Terceiro, terceira, vigésima primeira."""
        spoken = ordinal_numeral(value, self.numbers).replace(",", "")
        feminine = re.sub(r"o(?!\w)", "a", spoken) if gender.startswith("f") else spoken
        return re.sub(r"(?<=[oa])(?!\w)", "s", feminine) if gender.endswith("p") else feminine

    def ruler(self, name: str, value: int) -> str:
        """Pedro segundo, Luís catorze, Isabel segunda."""
        female = name.rsplit(maxsplit=1)[-1] in ("Isabel", "Elizabeth", "Elizabete", "Maria", "Catarina")
        said = self.ordinal(value, "f" if female else "m") if value <= _LAST_RULER_IN_ORDER else self.integer(value)
        return f"{name} {said}"

    def fraction(self, over: int, under: int) -> str | None:
        """Um terço, dois quintos, três doze avos."""
        own = {2: "meio", 3: "terço", 100: "centésimo", 1000: "milésimo"}
        if under <= 10 or under in own:
            part = own.get(under) or self.ordinal(under)
            return f"{self.integer(over)} {part}{'s' * (over != 1)}"
        return f"{self.integer(over)} {self.integer(under)} avos"


class Italian(Grammar):
    """Italian."""

    def integer(self, value: int, gender: str = "c", case: str = "n") -> str:  # noqa: ARG002
        """Un anno, una casa; uno where nothing follows."""
        if value == 1 and gender in ("m", "f", "z"):
            return {"m": "un", "f": "una", "z": "uno"}[gender]
        return re.sub(r"(?<=\w)tre\Z", "tré", numeral(value, self.numbers))

    def gender_of(self, word: str) -> str:
        """By the ending; `z` for a masculine noun that begins as `zio` does."""
        gender = super().gender_of(word)
        return "z" if gender == "m" and _BEFORE_Z.match(word) else gender

    def digit(self, value: int) -> str:
        """Uno, due, tre."""
        return self.integer(value)

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Terzo, terza."""
        spoken = ordinal_numeral(value, self.numbers)
        return f"{spoken.removesuffix('o')}a" if gender == "f" else spoken

    def fraction(self, over: int, under: int) -> str | None:
        """Un terzo, due quinti, un mezzo."""
        if over > under * 10:
            return None
        part = "mezzo" if under == 2 else self.ordinal(under)
        return f"un {part}" if over == 1 else f"{self.integer(over)} {part.removesuffix('o')}i"

    def ruler(self, name: str, value: int) -> str:
        """Luigi quattordicesimo, Elisabetta seconda."""
        female = name.endswith("a") and name not in ("Andrea", "Luca", "Nicola")
        return f"{name} {self.ordinal(value, 'f' if female else 'm')}"


def portuguese_rules(g: Portuguese) -> tuple[Rule, ...]:
    """Quarters and halves of a year, as companies write them: `1T24`."""
    nouns = {"T": "trimestre", "S": "semestre"}

    def part(found: Match) -> str:
        return f"{g.ordinal(int(found[1]))} {nouns[found[2]]} de {g.year(g.full_year(found[3]))}"

    return (rule("part of a year", r"(?<![\w.,])([1-4])([TS])((?:20)?\d\d)(?!\w)", part, needs="TS"),)


def early_rules(g: Italian) -> tuple[Rule, ...]:
    """Before the rules that languages share: the minutes of a match, `al 90'`."""

    def minute(found: Match) -> str:
        return g.ordinal(int(found[1])) + ("" if follows(" minuto", found) else " minuto")

    return (
        rule("minute of a match", r"(?:(?<=[ad]l )|(?<=ll['’])|(?<=il ))(\d{1,3})['’′](?!\w)", minute, needs="'’′"),
    )
