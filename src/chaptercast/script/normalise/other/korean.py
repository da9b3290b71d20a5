"""Korean: numbers from Chinese, its own before some counters, particles that go by the sound before them."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.dates import weekday_rule
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.western.number_grammar import numeral, precedes

_NATIVE_UP_TO = 99
_HALF_DAY = 12
_PARTICLES = ("이가", "은는", "을를", "과와")
"""After a consonant, and after a vowel."""
_SYLLABLES, _FINALS = 0xAC00, 28


class Korean(Grammar):
    """Korean: numbers from Chinese, and before some counters its own."""

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """이천이십사."""
        return numeral(value, "ko").replace(" ", "") if value else "영"

    def digits(self, written: str) -> str:
        """공일공: digits stand together."""
        return "".join(self.integer(int(sign)) for sign in written if sign in "0123456789")

    def grouped(self, written: str) -> str:
        """A telephone number: nought is 공 in those of the country."""
        groups = " ".join(self.digits(group) for group in re.findall(r"\d+", written))
        return (
            f"국가번호 {groups}" if written[0] == "+" else groups.replace("영", "공") if written[0] in "0(" else groups
        )

    def decimal(self, whole: str, fraction: str, case: str = "n") -> str:  # noqa: ARG002
        """십이점오."""
        return f"{self.whole(whole)}{self.words['point']}{self.digits(fraction)}"

    def native(self, value: int) -> str:
        """하나, 둘 as they stand before a counter: 한, 두, 스물다섯."""
        ones, tens = self.table["native_ones"].split(), self.table["native_tens"].split()
        if not 1 <= value <= _NATIVE_UP_TO:
            return self.integer(value)
        if value == 20:
            return "스무"
        head = tens[value // 10 - 1] if value > 9 else ""
        return head + (ones[value % 10 - 1] if value % 10 else "")

    def day(self, value: int, found: Match) -> str:  # noqa: ARG002
        """이십구일."""
        return f"{self.integer(value)}일"

    def month_name(self, month: int) -> str:
        """Without its 월."""
        return self.month(month).removesuffix("월")

    def month(self, value: int) -> str:
        """유월 and 시월 have lost a sound."""
        return {6: "유월", 10: "시월"}.get(value, f"{self.integer(value)}월")

    def date(self, year: int | None, month: int, day: int, found: Match) -> str:
        """이천년 십이월 이십구일."""
        years = f"{self.year(year)}년 " if year else ""
        return f"{years}{self.month(month)} {self.day(day, found)}"

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:  # noqa: ARG002
        """열시 삼십분."""
        hours = self.native(hour) if 1 <= hour <= _HALF_DAY else self.integer(hour)
        minutes = f" {self.integer(minute)}분" if minute or second else ""
        return f"{hours}시{minutes}{f' {self.integer(second)}초' if second else ''}"

    def fraction(self, over: int, under: int) -> str | None:
        """사분의 삼."""
        return f"{self.integer(under)}분의 {self.integer(over)}"


def early_rules(g: Korean) -> tuple[Rule, ...]:
    """Before the rules that languages share."""
    counters: str = g.table["native_counters"]

    def native(found: Match) -> str | None:
        first, value = found["first"], int(found["number"].replace(",", ""))
        if value > _NATIVE_UP_TO or not value:
            return None
        if found["counter"] == "시" and value > _HALF_DAY:
            return None
        if found["counter"] == "번째" and value == 1:
            return "첫 "
        head = f"{g.native(int(first))}에서 " if first and int(first) <= _NATIVE_UP_TO else ""
        return f"{head}{g.native(value)}" + ("" if found["counter"] == "시" else " ")

    def month(found: Match) -> str:
        return g.month(int(found[1]))

    def to(found: Match) -> str:
        return "부터 " if precedes("[일월년시분)]", found, 1) else "에서 "

    def part(found: Match) -> str:
        """The particle after a fraction goes by what is said last, not by what is written last."""
        over = g.integer(int(found[1]))
        return f"{g.integer(int(found[2]))}분의 {over}{_particle(over, found[3])}"

    return (
        weekday_rule("월화수목금토일", "요일", {}),
        rule(
            "number of its own",
            rf"(?<![A-Za-z\d.,/:제-])(?<!제 )(?:(?P<first>\d{{1,2}}) ?[-~–] ?)?(?P<number>\d{{1,3}}) ?(?=(?P<counter>{counters}))",
            native,
        ),
        rule(
            "fraction with a particle",
            r"(?<![A-Za-z\d.,/])(\d{1,4})/(\d{1,4})(이|가|은|는|을|를|과|와)(?![가-힣])",
            part,
            needs="/",
        ),
        rule("padded", r"(?<!\d)0(\d)(?=[월일분초])", lambda found: g.integer(int(found[1])), needs="월일분초"),
        rule("month", r"(?<![A-Za-z\d.,])(6|10)월", month, needs="월"),
        rule(
            "from to",
            r"(?<=[\d%월일년시분원도명개)]) ?[~–] ?(?=[\d월화수목금토일오₩$])|(?<=[월일년시])-(?=\d)",
            to,
            needs="~–-",
        ),
        rule("from to, of numbers", r"(?<=\d)[~–] ?(?=\d)", "에서 ", needs="~–"),
    )


def _particle(word: str, written: str) -> str:
    """The form of a particle after a word that ends in a consonant, or in a vowel."""
    pair = next(pair for pair in _PARTICLES if written in pair)
    closed, opened = pair[0], pair[1]
    return closed if (ord(word[-1]) - _SYLLABLES) % _FINALS else opened
