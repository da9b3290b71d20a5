"""Chinese rules for times of day, and for the marks that join dates and times into ranges."""

import re

from chaptercast.script.normalise.chinese.grammar import HAN, around, begins, counted, near
from chaptercast.script.normalise.chinese.numerals import cardinal, digits
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule

_DASHES = frozenset("-~–—至到")
_NOON = 12
_LAST_HOUR, _LAST_MINUTE = 24, 59
_DAYTIME = re.compile(r"(?:上午|下午|中午|早上|早晨|晚上|凌晨|傍晚|[早晚])(?:的| )?\Z")


def _clock(found: Match) -> str | None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), found["second"]
    if hour > _LAST_HOUR or minute > _LAST_MINUTE or (second and int(second) > _LAST_MINUTE):
        return None
    if not second and near("ratios", around(found)):
        return None
    if second and (near("lengths_of_time", before(found, 12)) or begins("as_a_result", found)):
        return (f"{counted(str(hour), '小时')}小时" if hour else "") + f"{_minutes(minute)}{_seconds(second)}"
    if not second and _falling(found):
        return None
    if not second and near("scores", around(found)) and not _by_day(found, minute):
        return None
    return _time(str(hour), found["minute"], second)


def _falling(found: Match) -> bool:
    """Whether it belongs to a list that goes back in time (`21:19、19:21、21:17`): such lists are results."""
    if before(found, 1) in _DASHES or after(found, 1) in _DASHES:
        return False
    head = re.search(r"(?:\d{1,2}:\d\d[、，/])*\Z", before(found, 24))
    tail = re.match(r"(?:[、，/]\d{1,2}:\d\d)*", after(found, 24))
    listed = re.findall(r"(\d{1,2}):(\d\d)", f"{head[0] if head else ''}{found[0]}{tail[0] if tail else ''}")
    times = [(int(hour), int(minute)) for hour, minute in listed]
    if any(minute in (0, 30) for _, minute in times):
        return False
    impossible = any(hour > _LAST_HOUR or minute > _LAST_MINUTE for hour, minute in times)
    return impossible or times != sorted(times)


def _by_day(found: Match, minute: int) -> bool:
    """Near scores, a full or half hour is still a time, unless a score is announced."""
    return near("daytime", around(found)) or (minute in (0, 30) and not near("announced_scores", before(found, 8)))


def _time(hour: str, minute: str | None, second: str | None) -> str:
    spoken = f"{counted(str(int(hour)), '点')}点"
    if minute and (int(minute) or second):
        spoken += ("零" if 0 < int(minute) < 10 else "") + _minutes(int(minute))
    return spoken + _seconds(second)


def _half_day(found: Match) -> str | None:
    """`8:00 a.m.`, `3:30 PM`, `8pm`."""
    hour, minute, afternoon = int(found["hour"]), found["minute"], found["half"][0] in "pP"
    if hour > _LAST_HOUR or (minute and int(minute) > _LAST_MINUTE):
        return None
    spoken = _time(found["hour"], minute, found["second"])
    if _DAYTIME.search(before(found, 4)) or hour > _NOON:
        return spoken
    if hour == _NOON:
        return f"{'中午' if afternoon else '凌晨'}{spoken}"
    return f"{'下午' if afternoon else '上午'}{spoken}"


def _minutes(written: int) -> str:
    return f"{cardinal(str(written))}分"


def _seconds(written: str | None) -> str:
    return f"{cardinal(str(int(written)))}秒" if written else ""


def _race(found: Match) -> str:
    """`1'23"45`, the time of a race; `5'30"`, the time for a kilometre."""
    seconds = found[2].removeprefix("0") if found[2][:2] != "0." else found[2]
    return f"{counted(found[1], '分钟')}分{counted(seconds or '0', '')}秒{digits(found[3] or '')}"


def _swum(found: Match) -> str:
    """`1:53.36`: minutes, seconds, hundredths; `1:40:52.554` with hours."""
    hours = f"{counted(found['hours'], '小时')}小时" if found["hours"] else ""
    return f"{hours}{counted(str(int(found['minutes'])), '分钟')}分{cardinal(str(int(found['seconds'])))}秒{digits(found['parts'])}"


def _lasting(found: Match) -> str:
    """`4h18min`, `5m30s`."""
    hours = f"{counted(found['hours'], '小时')}小时" if found["hours"] else ""
    minutes = f"{counted(found['minutes'], '分钟')}分" if found["minutes"] else ""
    return f"{hours}{minutes}{cardinal(found['seconds']) + '秒' if found['seconds'] else '钟' * bool(minutes)}"


def _sprinted(found: Match) -> str:
    return f"{cardinal(found[1])}秒{digits(found[2])}"


def _minute_of_a_match(found: Match) -> str:
    added = f"加{cardinal(found[2], liang=False)}" if found[2] else ""
    return f"{cardinal(found[1], liang=False)}{added}分钟"


def _digits(found: Match) -> str:
    return digits(found[0])


_TO = "[-~–—]"

RULES: tuple[Rule, ...] = (
    rule(
        "time with half of the day",
        r"(?<![\d:.])(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?)? ?(?P<half>[AaPp]\.?[Mm]\b\.?)",
        _half_day,
        needs="AaPp",
        flags=re.ASCII,
    ),
    rule(
        "time of a swimmer",
        r"(?<![\d:.])(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)\.(?P<parts>\d{1,3})(?!\d|[:.]\d)",
        _swum,
        needs=":",
    ),
    rule(
        "time", r"(?<![\d:.])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?!\d|:\d)分?", _clock, needs=":"
    ),
    rule("to a time", rf"(?<=:\d\d) ?{_TO} ?(?=\d{{1,2}}:\d\d|次日|翌日|第二天|当日|当晚|凌晨|晚)", "到", needs=":"),
    rule("to another half of the day", rf"(?<=[AaPp][Mm]) ?{_TO} ?(?=\d)", "到", needs="mM"),
    rule(
        "time that something lasts",
        r"(?<![\d.A-Za-z])(?:(?P<hours>\d{1,3}) ?h ?)(?P<minutes>\d{1,2}) ?m(?:in)?(?: ?(?P<seconds>\d{1,2}) ?s)?(?![A-Za-z])",
        _lasting,
        needs="h",
    ),
    rule(
        "minutes that something lasts",
        r"(?<![\d.A-Za-z])(?P<hours>(?!))?(?P<minutes>\d{1,3}) ?m(?:in)? ?(?P<seconds>\d{1,2}) ?s(?![A-Za-z])",
        _lasting,
        needs="m",
    ),
    rule("to a date", rf"(?<=[年月日号时点半分秒]) ?{_TO} ?(?=\d(?![\d.,]*[%‰°])|次日|翌日)", "到", needs="-~–—"),
    rule(
        "weekdays",
        rf"(?<=[周期][一二三四五六日天]) ?{_TO} ?(?=周|星期|[一二三四五六日天])",
        "到",
        needs="周期",
    ),
    rule("time zone", r"(?:(?<=UTC)|(?<=GMT)) ?[-−] ?(?=\d)", "减", needs="UG"),
    rule("centimetres of a height", r"(?<=\d米)\d{2}(?![\d.长宽高深分秒点人个])", _digits, needs="米"),
    rule("hundredths of a second", r"(?<=\d秒)\d{1,3}(?![\d年月分秒个人米])", _digits, needs="秒"),
    rule("minutes and seconds", r"(?<![\d.°])(\d{1,2})['′](\d{1,2}(?:\.\d+)?)[\"″](\d\d(?!\d))?", _race, needs="'′"),
    rule("time of a sprinter", r"(?<![\d.'′°])(\d{1,2})[\"″](\d\d)(?!\d)", _sprinted, needs='"″'),
    rule(
        "minute of a match",
        rf"(?<![\d.°'′])(\d{{1,3}})(?:['′]?\+(\d{{1,2}}))?['′](?=[{HAN}，。、；：！？）)]| ?$)",
        _minute_of_a_match,
        needs="'′",
    ),
    rule("minutes of a match", r"(?<=\d)\+(?=\d{1,2}分钟)", "加", needs="+"),
)
