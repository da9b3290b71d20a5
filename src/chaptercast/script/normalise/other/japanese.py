"""Japanese and Korean: dates by their counters, weekdays in brackets, ranges, results, and the two ways in which Koreans count."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.western.dates import is_day
from chaptercast.script.normalise.western.tongue import follows, numeral, precedes

_NATIVE_UP_TO = 99
_HALF_DAY = 12


class Japanese(Grammar):
    """Japanese: words without spaces between; counters are left to whatever reads the kanji."""

    gap = ""

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """二千二十四."""
        spoken = numeral(value, "ja") if value else "零"
        return re.sub(r"(?<![一二三四五六七八九十百])千(?=[一二三四五六七八九十百]*[万億兆])", "一千", spoken)

    def grouped(self, written: str) -> str:
        """ゼロ三の一二三四の: as telephone numbers are said."""
        groups = [self.digits(group).replace("零", "ゼロ") for group in re.findall(r"\d+", written)]
        return ("プラス" if written.startswith("+") else "") + "の".join(groups)

    def date(self, year: int | None, month: int, day: int, found: Match) -> str:  # noqa: ARG002
        """二千二十四年一月三十日."""
        years = f"{self.year(year)}年" if year else ""
        return f"{years}{self.integer(month)}月{self.integer(day)}日"

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:
        """午前三時四十分."""
        half = found.groupdict().get("half")
        head = {"a": "午前", "p": "午後"}.get(half[0].lower(), "") if half else ""
        minutes = f"{self.integer(minute)}分" if minute or second is not None else ""
        seconds = f"{self.integer(second)}秒" if second is not None else ""
        return f"{head}{self.integer(hour)}時{minutes}{seconds}"

    def fraction(self, over: int, under: int) -> str | None:
        """三分の二."""
        return f"{self.integer(under)}分の{self.integer(over)}"


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


def early_rules(g: Grammar) -> tuple[Rule, ...]:
    """Before the rules that languages share."""
    return _japanese(g) if isinstance(g, Japanese) else _korean(g) if isinstance(g, Korean) else ()


def _weekdays(names: str, day: str, words: dict[str, str]) -> Rule:
    """`(金)`, `(月~水)`, `(月・祝)`: after a date."""
    one = rf"(?:[{names}]|{'|'.join(words)})"

    def say(found: Match) -> str:
        said = re.sub(rf"[{names}](?!曜)", lambda name: f"{name[0]}{day}", found["days"])
        for written, spoken in words.items():
            said = said.replace(written, spoken)
        to = "부터 " if day == "요일" else "から"
        return ("、" if day == "曜日" else " ") + re.sub(r" ?[~\-–] ?", to, re.sub("[・/]", "、", said))

    return rule(
        "weekday",
        rf"(?<=[日\d일]) ?[(（](?P<days>{one}(?: ?[~・/–-] ?{one})*)[)）]",
        say,
        needs=names,
    )


def _japanese(g: Grammar) -> tuple[Rule, ...]:
    def to(found: Match) -> str:  # noqa: ARG001
        return "から"

    def month_and_day(found: Match) -> str | None:
        month, day = int(found[1]), int(found[2])
        padded = found[1][0] == "0" or found[2][0] == "0"
        beside = (
            "." not in found[0]
            and follows(r"(?:から|まで|に(?!分)|の|は|\(|（|です|付|発|時点)", found)
            and not (month < day <= 10 and precedes("[のがはを]", found))
        )
        ended = "." not in found[0] and precedes("から|まで", found)
        return g.date(None, month, day, found) if is_day(month, day) and (padded or beside or ended) else None

    def clock(found: Match) -> str | None:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        return g.clock(hour, minute, None, found) if hour < 25 and minute < 60 else None

    def years(found: Match) -> str:
        return f"{g.year(int(found[1]))}から{g.year(int(found[2]))}"

    def score(found: Match) -> str | None:
        first, second = int(found[1]), int(found[2])
        if precedes("[区町村市目]", found):  # of an address
            return f"{g.integer(first)}の{g.integer(second)}"
        counted = follows("年|月|日|時|人|平方|個|回|度|歳|キロ|名|位|章|ページ|番|%|分|秒|週|万|億", found)
        if counted or (first < second and not re.search(g.table["score_words"], found.string)):
            return None
        return f"{g.integer(first)}対{g.integer(second)}"

    def room(found: Match) -> str:
        return g.digits(found[0])

    half = r"(?P<half>[ap]\.m\.|[AP]\.M\.|[apAP] ?[mM])"
    return (
        _weekdays("月火水木金土日", "曜日", {"祝": "祝日"}),
        rule("time with its half", rf"(?<![A-Za-z\d.:])(?P<hour>\d{{1,2}})(?::(?P<minute>[0-5]\d))? ?{half}(?![A-Za-z])", clock, needs="mM"),
        rule("weekdays", r"(?<![\u3400-\u9fff])([月火水木金土日])~([月火水木金土日])(?![\u3400-\u9fff])", lambda found: f"{found[1]}曜日から{found[2]}曜日", needs="~"),
        rule("room", r"(?<![A-Za-z\d.])\d{3,4}(?=号室|便)", room, needs="号便"),
        rule("places of an address", r"(?<![A-Za-z\d.,/+-])(?<!\d )(?!0)\d{1,4}-\d{1,3}-\d{1,4}(?![A-Za-z\d/-])", lambda found: "の".join(g.integer(int(part)) for part in found[0].split("-")) if not re.match(r"(?:19|20)\d\d-", found[0]) else None, needs="-"),
        rule("month and day", r"(?<![A-Za-z\d.,/-])(\d{1,2})[/.-](\d{1,2})(?![A-Za-z\d/-]|\.\d)(?!日)", month_and_day, needs="/-."),
        rule("years", r"(?<![A-Za-z\d])((?:1\d|20)\d\d)[-–~]((?:1\d|20)\d\d)(?=年)", years, needs="-–~"),
        rule("result", r"(?<![A-Za-z\d.,/:-])(\d{1,3})[-–](\d{1,3})(?![A-Za-z\d/:-]|\.\d|[=+])", score, needs="-–"),
        rule("from to", r"(?<=[\d%C)）\u3040-\u30ff\u3400-\u9fff]) ?~ ?(?=[\d$¥\u3040-\u30ff\u3400-\u9fff-])|(?<=[年月日時分])[-–](?=\d)|(?<=\d)-(?=\d+(?:\.\d+)?(?:年|月|日|時|人|平方|個|回|度|歳|キロ|名|位|章|ページ|%|分|秒|週))|(?<=:\d\d)-(?=\d)|(?<=\d\.\d\d)-(?=\d{4}\.)", to, needs="~-–"),
        rule("tilde after a number", r"(?<=[\d月日年時分円])~(?=[、。)）]|\Z)", "から", needs="~"),
        rule("padded", r"(?<!\d)0(\d)(?=[月日時分秒])", lambda found: g.integer(int(found[1])), needs="月日時分秒"),
    )  # fmt: skip


def _korean(g: Grammar) -> tuple[Rule, ...]:
    assert isinstance(g, Korean)  # noqa: S101 - chosen by the caller
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

    def native_noon(found: Match) -> str | None:
        return "영시" if found[0] == "자정" and follows(r"\Z", found) and not found.start() else None

    return (
        _weekdays("월화수목금토일", "요일", {}),
        rule("midnight", "자정", native_noon, needs="자"),
        rule(
            "number of its own",
            rf"(?<![A-Za-z\d.,/:-])(?:(?P<first>\d{{1,2}}) ?[-~–] ?)?(?P<number>\d{{1,3}}) ?(?=(?P<counter>{counters}))",
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


_PARTICLES = {
    "이": "이가",
    "가": "이가",
    "은": "은는",
    "는": "은는",
    "을": "을를",
    "를": "을를",
    "과": "과와",
    "와": "과와",
}
_SYLLABLES, _FINALS = 0xAC00, 28


def _particle(word: str, written: str) -> str:
    """The form of a particle after a word that ends in a consonant, or in a vowel."""
    closed, opened = _PARTICLES[written]
    return closed if (ord(word[-1]) - _SYLLABLES) % _FINALS else opened
