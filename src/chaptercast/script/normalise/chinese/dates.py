"""Years, dates and times of day in Chinese."""

import re

from chaptercast.script.normalise.chinese.grammar import HAN, cardinal, counted, counts, digits, looks
from chaptercast.script.normalise.edits import DIGITS, Match, Rule, after, before, rule

_LONG = r"历史(?![性上])|文明|沧桑|之久|光阴|树龄|古树|老树|古银杏|大树|左右|以上|时光|的?(?:历史|岁月|传承|风雨|沧桑|古)(?![性上])"
_AGO = r"[以之]?前|[以之]?后|[以之]?来|间"
_ABOUT = r"(?:约|近|距今|大约|超过|上下|已有|长达|了|达|有着|拥有|历经|跨越|绵延|沉睡|过去)\Z"
SCORES = (
    r"比分|获胜|战胜|击败|击退|取胜|告负|不敌|领先|落后|淘汰|逼平|战平|横扫|大胜|险胜|完胜|惜败|逆转|扳平|半场|首局|次局|盘|局|赛|主场|客场|完败|力克|"
    r"负于|胜|打平|踢|进球|球队|客队|主队|决赛|联队|夺冠|晋级"
)


def _date(found: Match) -> str | None:
    year, month, day = found["year"], int(found["month"]), int(found["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{digits(year)}年{cardinal(str(month))}月{cardinal(str(day))}{found['name'] or '日'}"


def _month(found: Match) -> str:
    return f"{digits(found['year'])}年{cardinal(str(int(found['month'])))}月"


def _years(found: Match) -> str | None:
    first, last = found["first"], found["last"]
    if not found["year"]:
        plausible = 1000 <= int(first) < int(last) <= 2100
        if not plausible or looks(rf"\A[ ]?(?:[{HAN}](?<![年）、，。间之期的]))", after(found, 2)):
            return None
    joint = "到" if found["sign"] == "到" else "至"
    return f"{digits(first)}{found['middle'] or ''}{joint}{digits(last)}"


def _season(found: Match) -> str:
    return f"{digits(found['first'])}至{digits(found['last'])}"


def _year(found: Match) -> str | None:
    """A year digit by digit; not a length of time (2500年历史)."""
    written, following = found[0], after(found, 8)[1:]
    head = before(found, 4)
    if written.endswith("00") or looks(_ABOUT, head):
        if looks(rf"\A(?:{_LONG})", following):
            return None
        if looks(rf"\A(?:{_AGO})", following) and looks(_ABOUT, head) and written.endswith("00"):
            return None
    return digits(written)


def _short_year(found: Match) -> str | None:
    """`08年`, `98年5月`: two digits are a year where they cannot be a number of years."""
    if found[0][0] == "0":
        return digits(found[0])
    following, head = after(found, 6)[1:], before(found, 4)
    if looks(r"(?:[约近了达满第共有过]|长达|历时|时隔|整整|超过)\Z", head):
        return None
    if looks(
        r"\A(?:\d{1,2}月|底|初|末|春|夏|秋|冬|出生|生人|毕业|入学|世界杯|奥运|抗洪|高考|入伍|参军|下岗)", following
    ):
        return digits(found[0])
    return None


def _bare_year(found: Match) -> str | None:
    year = int(found[0])
    return digits(found[0]) if 1000 <= year <= 2100 else None


def _event_year(found: Match) -> str | None:
    """`2022北京冬奥会` at the head of a title: no measure follows."""
    return None if counts(after(found, 8)) or looks(r"\A[多余几万亿个]", after(found, 1)) else digits(found[0])


def _clock(found: Match) -> str | None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), found["second"]
    if hour > 24 or minute > 59 or (second and int(second) > 59):
        return None
    around = before(found, 10) + "|" + after(found, 8)
    if looks(r"比例|比率|比为|配比|之比|尺|稀释|按\Z", around) or (
        not second and looks(SCORES, around) and not looks(_DAYTIME, around)
    ):
        return None
    if second and looks(r"用时|成绩|耗时|纪录|跑|完赛|时长", before(found, 12)):
        hours = f"{counted(str(hour), '小时')}小时" if hour else ""
        return f"{hours}{cardinal(str(minute))}分{cardinal(str(int(second)))}秒"
    spoken = f"{_hour(hour)}点"
    if minute or second:
        spoken += ("零" if minute < 10 else "") + (f"{cardinal(str(minute))}分" if minute else "分")
    if second:
        spoken += f"{cardinal(str(int(second)))}秒"
    return spoken


_DAYTIME = (
    r"[上下中]午|早上|早晨|清晨|晚上|凌晨|傍晚|夜间|今晚|当晚|当日|今天|明天|昨天|时间|开赛|开始|开球|[日号]晚?\|"
)


def _hour(hour: int) -> str:
    return "两" if hour == 2 else cardinal(str(hour))


RULES: tuple[Rule, ...] = (
    rule("date", r"(?<![\d.])(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d.]\d|\d)(?P<name>[日号])?", _date),
    rule("date in one number", r"(?<!\d)(?P<year>20[0-3]\d|19\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?P<name>[日号])?(?=[^\d元人个]|$)", _date),
    rule("season", r"(?<!\d)(?P<first>(?:19|20)\d\d)[-/–—~](?P<last>(?:19|20)?\d\d)(?= ?(?:赛季|学年|年度|财年|雪季))", _season),
    rule("month of a year", r"(?<![\d.-])(?P<year>(?:19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])(?![\d/年]|-\d)", _month),
    rule("years", r"(?<![\d.])(?P<first>\d{4})(?P<middle>年)?(?P<sign>[-~–—至到])(?P<last>\d{4})(?!\d|\.\d|[-/])(?P<year>(?=年))?", _years),
    rule("years named", r"(?<!\d)(?:19|20)\d\d(?=[、和与及](?:19|20)\d\d年)", _bare_year),
    rule("year", r"(?<![\d.,-])[12]\d{3}(?=年(?!级))", _year),
    rule("year of the era", r"(?<=公元)\d{3}(?=年)|(?<=公元前)\d{3}(?=年)", lambda found: digits(found[0])),
    rule("short year", r"(?<![\d.第])\d\d(?=年(?!级|代))", _short_year),
    rule("year of a class", r"(?<![\d.])(?:19|20)\d\d(?=[级届款版]|赛季|财年|春夏|秋冬|世界杯|奥运|年度|亚洲杯|欧洲杯|春晚|亚运|冬奥)", _bare_year),
    rule("year alone", r"(?<=[（(《“])(?:1[5-9]|20)\d\d(?=[）)》”，])|(?<=截至)20\d\d(?=[，。])", _bare_year),
    rule("born in", r"(?<!\d)(?:\d0、)*(?:[5-9][05]|[01][05])(?=后(?![来面天边方]|第))", lambda found: _born(found[0])),
    rule("decades", r"(?<![\d])00(?=年代)", lambda found: digits(found[0])),
    rule("time", r"(?<![\d:.])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?![\d:])", _clock, needs=":"),
    rule("time of a range", r"(?<=:\d\d) ?[-~–—] ?(?=\d{1,2}:\d\d)", "到", needs=":"),
    rule("dates of a range", r"(?<=[年月日号时点]) ?[-~–—] ?(?=\d)", "到", needs=DIGITS),
    rule("weekdays", r"(?<=[周期][一二三四五六日天]) ?[-~–—] ?(?=周|星期|[一二三四五六日天])", "到", needs="周期"),
    rule("minutes and seconds", r"(?<![\d.])(\d{1,2})['′](\d{1,2}(?:\.\d+)?)[\"″]", lambda found: _race(found), needs="'′"),
    rule("day by name, with a stop", r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?=晚会|事变|运动|惨案|恐袭|消费者)", lambda found: digits(found[1] + found[2]), needs="."),
    rule("year of an event", rf"(?:(?<=^)|(?<=[《“（，：。]))20[0-4]\d(?=[{HAN}])", _event_year, flags=re.MULTILINE),
    rule("day by name", r"(?<!\d)(\d{1,2})[·•・](\d{1,2})(?=事件|地震|大地震|晚会|事变|恐|运动|专案|特大|惨案|洪水|空难|[”》])", lambda found: digits(found[1] + found[2])),
)  # fmt: skip


def _born(written: str) -> str:
    return "、".join(digits(decade) for decade in written.split("、"))


def _race(found: Match) -> str:
    seconds = re.sub(r"\A0(?=\d)", "", found[2])
    return f"{counted(found[1], '分钟')}分{counted(seconds, '')}秒"
