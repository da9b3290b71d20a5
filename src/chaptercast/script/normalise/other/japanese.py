"""Japanese rules: dates by their counters, weekdays in brackets, ranges, results, addresses."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.dates import weekday_rule
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.western.dates import is_day
from chaptercast.script.normalise.western.number_grammar import follows, numeral, precedes

_HAN, _KANA = "\u3400-\u9fff", "\u3040-\u30ff"
_AFTER_DATE = r"(?:から|まで|に(?!分)|の|は|\(|（|です|付|発|時点)"
_COUNTERS = "年|月|日|時|人|平方|個|回|度|歳|キロ|名|位|章|ページ|番|%|分|秒|週"


class Japanese(Grammar):
    """Japanese: words without spaces. Whatever reads the kanji also handles counters."""

    gap = ""

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """二千二十四."""
        spoken = numeral(value, "ja") if value else "零"
        return re.sub(r"(?<![一二三四五六七八九十百])千(?=[一二三四五六七八九十百]*[万億兆])", "一千", spoken)

    def grouped(self, written: str) -> str:
        """ゼロ三の一二三四の: in the form of telephone numbers."""
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


def early_rules(g: Japanese) -> tuple[Rule, ...]:
    """Applied before the shared rules."""
    return (weekday_rule("月火水木金土日", "曜日", {"祝": "祝日"}), *_times(g), *_places(g), *_spans(g))


def _times(g: Japanese) -> tuple[Rule, ...]:
    def month_and_day(found: Match) -> str | None:
        """`12/15から`, `5-15に`, `08/08`. Other forms are a fraction or a result."""
        month, day = int(found[1]), int(found[2])
        if not is_day(month, day):
            return None
        padded = found[1][0] == "0" or found[2][0] == "0"
        dated = "." not in found[0] and (
            precedes("から|まで", found)
            or follows("[(（][月火水木金土日]", found)
            or (follows(_AFTER_DATE, found) and not (month < day <= 10 and precedes("[のがはを]", found)))
        )
        return g.date(None, month, day, found) if padded or dated else None

    def clock(found: Match) -> str | None:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        return g.clock(hour, minute, None, found) if hour < 25 and minute < 60 else None

    return (
        rule(
            "time with its half",
            r"(?<![A-Za-z\d.:])(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))? ?"
            r"(?P<half>[ap]\.m\.|[AP]\.M\.|[apAP] ?[mM])(?![A-Za-z])",
            clock,
            needs="mM",
        ),
        rule(
            "weekdays",
            rf"(?<![{_HAN}])([月火水木金土日])~([月火水木金土日])(?![{_HAN}])",
            lambda found: f"{found[1]}曜日から{found[2]}曜日",
            needs="~",
        ),
        rule(
            "month and day",
            r"(?<![A-Za-z\d.,/-])(\d{1,2})[/.-](\d{1,2})(?![A-Za-z\d/-]|\.\d)(?!日)",
            month_and_day,
            needs="/-.",
        ),
        rule("padded", r"(?<!\d)0(\d)(?=[月日時分秒])", lambda found: g.integer(int(found[1])), needs="月日時分秒"),
    )


def _places(g: Japanese) -> tuple[Rule, ...]:
    """Rooms, flights, and the numbers in an address: `港区1-2-3`."""

    def address(found: Match) -> str | None:
        parts = found[0].split("-")
        return None if re.match(r"(?:19|20)\d\d-", found[0]) else "の".join(g.integer(int(part)) for part in parts)

    return (
        rule("room", r"(?<![A-Za-z\d.])\d{3,4}(?=号室|便)", lambda found: g.digits(found[0]), needs="号便"),
        rule(
            "places of an address",
            r"(?<![A-Za-z\d.,/+-])(?<!\d )(?!0)\d{1,4}-\d{1,3}-\d{1,4}(?![A-Za-z\d/-])"
            r"|(?<=[区町村市目])\d{1,4}-\d{1,4}(?![A-Za-z\d/-])",
            address,
            needs="-",
        ),
    )


def _spans(g: Japanese) -> tuple[Rule, ...]:
    """Ranges and results."""

    def years(found: Match) -> str:
        return f"{g.year(int(found[1]))}から{g.year(int(found[2]))}"

    def score(found: Match) -> str | None:
        first, second = int(found[1]), int(found[2])
        if first < second and not re.search(g.table["score_words"], found.string):
            return None
        return f"{g.integer(first)}対{g.integer(second)}"

    return (
        rule(
            "leading point",
            r"(?<![A-Za-z\d.])\.(\d{2,3})(?![A-Za-z\d.])",
            lambda found: f"点{g.digits(found[1])}",
            needs=".",
        ),
        rule("rate of exchange", r"(?<=[ルドロ元])=(?=\d)", "、", needs="="),
        rule("years", r"(?<![A-Za-z\d])((?:1\d|20)\d\d)[-–~]((?:1\d|20)\d\d)(?=年)", years, needs="-–~"),
        rule(
            "result",
            rf"(?<![A-Za-z\d.,/:-])(\d{{1,3}})[-–](\d{{1,3}})(?![A-Za-z\d/-]|[.:]\d|[=+]|{_COUNTERS}|[万億])",
            score,
            needs="-–",
        ),
        rule(
            "from to",
            rf"(?<=[\d%C)）{_KANA}{_HAN}]) ?~ ?(?=[\d$¥{_KANA}{_HAN}-])|(?<=[年月日時分])[-–](?=\d)"
            rf"|(?<=\d)-(?=\d+(?:\.\d+)?(?:{_COUNTERS}))|(?<=:\d\d)-(?=\d)|(?<=\d\.\d\d)-(?=\d{{4}}\.)",
            "から",
            needs="~-–",
        ),
        rule("from", r"(?<=[\d月日年時分円])~(?=[、。)）]|\Z)", "から", needs="~"),
    )
