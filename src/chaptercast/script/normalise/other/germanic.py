"""Dutch, Swedish, Danish, Norwegian: years by hundreds, ordinals in dates."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.grammar import Grammar, ordinal_numeral
from chaptercast.script.normalise.western.number_grammar import numeral

_HUNDREDS = range(1100, 2000)
"""Years that are said as so many hundreds."""


class Germanic(Grammar):
    """What these languages share."""

    def integer(self, value: int, gender: str = "c", case: str = "n") -> str:  # noqa: ARG002
        """One agrees with its noun."""
        one: dict[str, str] = self.table.get("one", {})
        if value == 1:
            return one.get(gender, one["c"])
        spoken = self._plain(value)
        return (
            f"{spoken.removesuffix(one['n'])}{one[gender]}"
            if gender == "m" and spoken.endswith(one.get("n", "-"))
            else spoken
        )

    def decimal(self, whole: str, fraction: str, case: str = "n") -> str:  # noqa: ARG002
        """En komma fem."""
        return f"{self.whole(whole, 'm')} {self.words['point']} {self.fraction_digits(fraction)}"

    def _plain(self, value: int) -> str:
        return numeral(value, self.numbers)

    def year(self, value: int, case: str = "n") -> str:  # noqa: ARG002
        """Negentienhonderdachtennegentig, nittonhundranittioåtta."""
        if value not in _HUNDREDS:
            return self.integer(value)
        rest = self._plain(value % 100) if value % 100 else ""
        return f"{self._plain(value // 100)}{self.words['hundred']}{self.words.get('hundred_and', '') if rest else ''}{rest}"

    def day(self, value: int, found: Match) -> str:
        """An ordinal where the language has them in dates."""
        return self.ordinal(value) if self.table.get("ordinal_days") else super().day(value, found)

    def fraction(self, over: int, under: int) -> str | None:
        """Twee derde, två tredjedelar."""
        own: dict[str, str] = self.table["parts"]
        if over > 10 * under:
            return None
        if f"{over}/{under}" in own:
            return own[f"{over}/{under}"]
        stem = own.get(str(under)) or f"{self.part_stem(under)}{own['ending']}"
        return f"{self.integer(over, own.get('gender', 'c'))} {stem}{own['plural'] if over != 1 else ''}"

    def part_stem(self, under: int) -> str:
        """The ordinal, of which a part is made."""
        return self.ordinal(under)

    def ruler(self, name: str, value: int) -> str:
        """Lodewijk de Veertiende, Karl den tolfte, Margrethe den Anden."""
        said = self.ordinal(value)
        return f"{name} {self.words['ruler']} {said.capitalize() if self.table.get('capital_rulers') else said}"


class Dutch(Germanic):
    """Dutch."""

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Eerste, twintigste."""
        return ordinal_numeral(value, "nl")


class Swedish(Germanic):
    """Swedish: tjugotjugofyra for the year, tvåtusentjugofyra for the number."""

    def _plain(self, value: int) -> str:
        """With what num2words gets wrong put right: fyrtio, en miljon ett."""
        spoken = numeral(value, "sv").replace("förti", "fyrti")
        spoken = re.sub(r"(miljon(?:er)?|miljard(?:er)?|biljon(?:er)?)(?=(?!er)[a-zåäö])", r"\1 ", spoken)
        return re.sub(r"(?<!\w)ett(?=hundra|tusen)", "", spoken)

    def year(self, value: int, case: str = "n") -> str:
        """Nittonhundranittioåtta, tjugohundra, tjugotjugofyra."""
        if 2000 <= value < 2100:
            rest = value % 100
            return f"tjugo{self._plain(rest)}" if rest > 9 else f"tjugohundra{self._plain(rest) if rest else ''}"
        return super().year(value, case)

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Första, tjugoförsta, hundrade."""
        return re.sub(r"\Aett(?=hundra|tusen)", "", ordinal_numeral(value, "sv").replace("förti", "fyrti"))

    def part_stem(self, under: int) -> str:
        """Tredje-, fem-, åtton-: from five on mostly the stem of the ordinal."""
        return self.ordinal(under)


class Danish(Germanic):
    """Danish; the words for numbers of num2words are joined as they are written."""

    def _plain(self, value: int) -> str:
        spoken = numeral(value, "da")
        spoken = re.sub(r"\Aet(?=hundrede|tusind)", "et ", spoken)
        spoken = re.sub(r"(?<=\w)(hundrede|tusinde?)(?=\w|\Z| )", r" \1 ", spoken).replace("tusinde ", "tusind ")
        return " ".join(spoken.replace("en millioner", "en million").split())

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Første, tredivte."""
        own: dict[str, str] = self.table["own_ordinals"]
        return own.get(str(value)) or ordinal_numeral(value, "da")


class Norwegian(Germanic):
    """Norwegian."""

    def _plain(self, value: int) -> str:
        """Ett hundre, ett tusen: those are neuter."""
        return re.sub(r"(?<!\w)en (?=hundre|tusen)", "ett ", super()._plain(value))

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Første, tjueførste."""
        return "hundrede" if value == 100 else ordinal_numeral(value, "no")


def early_rules(g: Germanic) -> tuple[Rule, ...]:
    """Before the rules that languages share: decades and centuries, `1920-talet`, `1800-tallet`."""
    if "century_word" not in g.table:
        return ()

    def century(found: Match) -> str:
        value = int(found[1])
        hundreds = f"{g.integer(value // 100)}{g.words['hundred']}" if value % 100 == 0 else g.year(value)
        return f"{hundreds.replace(' ', '')}{found[2]}"

    def decade(found: Match) -> str:
        said = g.year(int(found[1]))
        return f"{said.replace(' ', '').removesuffix('e')}erne"

    return (
        rule("decade", r"(?<![\w.,/-])(\d{2}|\d{4})['’]erne(?!\w)", decade, needs="'’"),
        rule(
            "century or decade",
            rf"(?<![\w.,/-])(\d{{2,4}})-({g.table['century_word']}[^\W\d_]*)(?!\w)",
            century,
            needs="-",
        ),
    )
