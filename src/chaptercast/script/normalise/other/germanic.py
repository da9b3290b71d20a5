"""Dutch, Swedish, Danish, Norwegian: years by hundreds, ordinals in dates."""

import re

from chaptercast.script.normalise.edits import Match
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.western.tongue import numeral

_HUNDREDS = range(1100, 2000)
"""Years that are said as so many hundreds."""


class Germanic(Grammar):
    """What these languages share."""

    def integer(self, value: int, gender: str = "c", case: str = "n") -> str:  # noqa: ARG002
        """One agrees with its noun."""
        one: dict[str, str] = self.table.get("one", {})
        return one.get(gender, one["c"]) if value == 1 else self._plain(value)

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
        return numeral(value, "nl", "ordinal")


class Swedish(Germanic):
    """Swedish: tjugotjugofyra for the year, tvåtusentjugofyra for the number."""

    def _plain(self, value: int) -> str:
        spoken = numeral(value, "sv")
        return re.sub(r"\Aett(?=hundra|tusen)", "", spoken).replace("etttusen", "tusen")

    def year(self, value: int, case: str = "n") -> str:
        """Nittonhundranittioåtta, tjugohundra, tjugotjugofyra."""
        if 2000 <= value < 2100:
            rest = value % 100
            return f"tjugo{self._plain(rest)}" if rest > 9 else f"tjugohundra{self._plain(rest) if rest else ''}"
        return super().year(value, case)

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Första, tjugoförsta, hundrade."""
        return re.sub(r"\Aett(?=hundra|tusen)", "", numeral(value, "sv", "ordinal"))

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
        return own.get(str(value)) or numeral(value, "da", "ordinal")


class Norwegian(Germanic):
    """Norwegian."""

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Første, tjueførste."""
        return "hundrede" if value == 100 else numeral(value, "no", "ordinal")
