"""Times of day, and what joins dates and times to ranges, in Chinese."""

from chaptercast.script.normalise.chinese.grammar import around, counted, near
from chaptercast.script.normalise.chinese.numerals import cardinal, digits
from chaptercast.script.normalise.edits import Match, Rule, before, rule


def _clock(found: Match) -> str | None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), found["second"]
    if hour > 24 or minute > 59 or (second and int(second) > 59) or near("ratios", around(found)):
        return None
    if second and near("lengths_of_time", before(found, 12)):
        return (f"{counted(str(hour), '小时')}小时" if hour else "") + f"{_minutes(minute)}{_seconds(second)}"
    if not second and near("scores", around(found)) and not near("daytime", around(found)):
        return None
    spoken = f"{counted(str(hour), '点')}点"
    if minute or second:
        spoken += ("零" if 0 < minute < 10 else "") + _minutes(minute)
    return spoken + _seconds(second)


def _minutes(written: int) -> str:
    return f"{cardinal(str(written))}分"


def _seconds(written: str | None) -> str:
    return f"{cardinal(str(int(written)))}秒" if written else ""


def _race(found: Match) -> str:
    """`1'23"45`, the time of a race."""
    seconds = found[2].removeprefix("0") if found[2][:2] != "0." else found[2]
    return f"{counted(found[1], '分钟')}分{counted(seconds or '0', '')}秒"


def _centimetres(found: Match) -> str:
    return digits(found[0])


RULES: tuple[Rule, ...] = (
    rule("time", r"(?<![\d:.])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?![\d:])", _clock, needs=":"),
    rule("to a time", r"(?<=:\d\d) ?[-~–—] ?(?=\d{1,2}:\d\d)", "到", needs=":"),
    rule("to a date", r"(?<=[年月日号时点]) ?[-~–—] ?(?=\d)", "到", needs="-~–—"),
    rule(
        "weekdays",
        r"(?<=[周期][一二三四五六日天]) ?[-~–—] ?(?=周|星期|[一二三四五六日天])",
        "到",
        needs="周期",
    ),
    rule("centimetres of a height", r"(?<=\d米)\d{2}(?![\d.长宽高深])", _centimetres),
    rule("minutes and seconds", r"(?<![\d.])(\d{1,2})['′](\d{1,2}(?:\.\d+)?)[\"″]", _race, needs="'′"),
)
