"""Chinese rules for dates in digits only: days, months, and ranges of them."""

import re

from chaptercast.script.normalise.chinese.grammar import CONTEXTS, HAN, begins, counts, near
from chaptercast.script.normalise.chinese.numerals import cardinal, digits
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule

_CENTURY = r"(?:19|20)\d\d"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH_IN_TWO, _DAY_IN_TWO = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_TO = r"(?: ?[-~–—]+ ?|至|到)"
_MONTHS = 12


def _day(month: str, day: str, name: str | None = None) -> str:
    return f"{cardinal(str(int(month)))}月{cardinal(str(int(day)))}{name or '日'}"


def _date(found: Match) -> str:
    return f"{digits(found['year'])}年{_day(found['month'], found['day'], found['name'])}"


def _days(found: Match) -> str:
    """`2023.5.1-5.7`: days of one year."""
    last = _day(found["to_month"], found["to_day"]) if found["to_month"] else f"{cardinal(found['to_day'])}日"
    return f"{_date_of(found)}至{last}"


def _date_of(found: Match) -> str:
    return f"{digits(found['year'])}年{_day(found['month'], found['day'])}"


def _date_last_year(found: Match) -> str | None:
    """`08-16-2008`, `16/08/2008`: the number that cannot be a month is the day."""
    month, day = found["first"], found["second"]
    if int(month) > _MONTHS:
        month, day = day, month
    return None if int(month) > _MONTHS else f"{digits(found['year'])}年{_day(month, day)}"


def _short_date(found: Match) -> str | None:
    """`12/2/2`, and `23.06.15` after 日期: a two-digit year. `2.7.18` is a version, and so is `18.04.6` of Ubuntu."""
    dotted = found["sep"] == "."
    if dotted and (not near("dated", before(found, 8)) or before(found, 2).rstrip().isascii()):
        return None
    return _date_of(found)


def _day_of_year(found: Match) -> str | None:
    """`08-16`, `08/16`, with two digits each, the first of them 0: a day, not a fraction or a range."""
    if "-" in found[0] and not near("dated", before(found, 8)) and re.match(rf"[{HAN}]", after(found, 1)):
        return None
    return None if begins("not_a_day", found) else _day(found["month"], found["day"])


def _days_with_stops(found: Match) -> str | None:
    """`活动时间：3.1-3.31`."""
    if not near("dated_days", before(found, 10)):
        return None
    return f"{_day(found['month'], found['day'])}至{_day(found['to_month'], found['to_day'])}"


def _day_with_stop(found: Match) -> str | None:
    """`报名截止：9.15`, and `08.16` anywhere: no amount begins with 0 and another digit."""
    following = after(found, 4)
    if found["month"][0] == "0" and not counts(following):
        return _day(found["month"], found["day"])
    dated = (
        near("dated_days", before(found, 10)) and not counts(following) and not re.match(CONTEXTS["amounts"], following)
    )
    return _day(found["month"], found["day"]) if dated else None


def _month(found: Match) -> str:
    return f"{digits(found['year'])}年{cardinal(str(int(found['month'])))}月"


def _month_with_stop(found: Match) -> str | None:
    """`2008.08`: a month, unless it is an amount."""
    following = after(found, 6)
    if re.match("[起至任就毕]", following):
        return _month(found)
    amount = counts(following) or re.match(CONTEXTS["amounts"], following) or near("indices", before(found, 8))
    return None if amount else _month(found)


def _months(found: Match) -> str:
    """`2008.08-2012.07`, `2018.9-2020.3`."""
    last = f"{digits(found['to_year'])}年{cardinal(str(int(found['to_month'])))}月" if found["to_year"] else "今"
    return f"{_month(found)}至{last}"


def _season(found: Match) -> str:
    return f"{digits(found['first'])}至{digits(found['last'])}"


def _next_year(found: Match) -> str | None:
    """`2015-16`: two consecutive years, unless the second number is a month."""
    first, last = found["first"], found["last"]
    follows = int(last) == (int(first) + 1) % 100
    is_month = int(last) <= _MONTHS
    if not follows or (is_month and not near("leagues", after(found, 14))):
        return None
    return _season(found)


RULES: tuple[Rule, ...] = (
    rule(
        "days of a year",
        rf"(?<![\d.])(?P<year>{_CENTURY})(?P<sep>[-/.])(?P<month>{_MONTH})(?P=sep)(?P<day>{_DAY}){_TO}"
        rf"(?:(?P<to_month>{_MONTH})(?P=sep))?(?P<to_day>{_DAY})(?![\d/]|[.:-]\d)",
        _days,
        needs="-/.",
    ),
    rule(
        "date",
        rf"(?<![\d.])(?P<year>\d{{4}})(?P<sep>[-/.·])(?P<month>{_MONTH})(?P=sep)(?P<day>{_DAY})(?![\d.]\d|\d)(?P<name>[日号])?",
        _date,
        needs="-/.·",
    ),
    rule(
        "date in one number",
        rf"(?<!\d)(?P<year>20[0-3]\d|19\d\d)(?P<month>{_MONTH_IN_TWO})(?P<day>{_DAY_IN_TWO})(?P<name>[日号])?(?=[^\d元人个]|$)",
        _date,
    ),
    rule(
        "date with the year last",
        rf"(?<![\d.-])(?P<first>{_DAY})(?P<sep>[-/.])(?P<second>{_DAY})(?P=sep)(?P<year>{_CENTURY})(?![\d.]\d|[\d年])",
        _date_last_year,
        needs="-/.",
    ),
    rule(
        "date with a short year",
        rf"(?<![\d./-])(?P<year>\d\d)(?P<sep>[/.])(?P<month>{_MONTH})(?P=sep)(?P<day>{_DAY})(?![\d/]|\.\d)",
        _short_date,
        needs="/.",
    ),
    rule(
        "season",
        rf"(?<!\d)(?P<first>{_CENTURY})[-/–—~](?P<last>(?:19|20)?\d\d)(?= ?(?:{CONTEXTS['seasons']}))",
        _season,
        needs="-/–—~",
    ),
    rule(
        "short season",
        r"(?<![\d.])(?P<first>\d\d)[-/–—](?P<last>\d\d)(?= ?(?:赛季|雪季|学年))",
        _season,
        needs="-/–—",
    ),
    rule(
        "year and next year",
        rf"(?<![\d.-])(?P<first>{_CENTURY})[-/–—](?P<last>\d\d)(?![\d/年月.]|-\d)",
        _next_year,
        needs="-/–—",
    ),
    rule(
        "months of years",
        rf"(?<![\d.-])(?P<year>{_CENTURY})(?P<sep>[./-])(?P<month>{_MONTH}){_TO}"
        rf"(?:(?P<to_year>{_CENTURY})(?P=sep)(?P<to_month>{_MONTH})(?![\d./-])|至?今)",
        _months,
        needs="-/.",
    ),
    rule(
        "month of a year",
        rf"(?<![\d.-])(?P<year>{_CENTURY})[-/](?P<month>{_MONTH_IN_TWO})(?![\d/年]|-\d)",
        _month,
        needs="-/",
    ),
    rule(
        "month of a year with a stop",
        rf"(?<![\d.,$¥€£-])(?P<year>{_CENTURY})\.(?P<month>{_MONTH_IN_TWO})(?![\d%‰°A-Za-z]|\.\d)",
        _month_with_stop,
        needs=".",
    ),
    rule(
        "month and year",
        rf"(?<![\d.-])(?P<month>0[1-9]|1[0-2])[-/](?P<year>{_CENTURY})(?![\d/年]|-\d)",
        _month,
        needs="-/",
    ),
    rule(
        "month and year with a stop", rf"(?<![\d.-])(?P<month>0[1-9])\.(?P<year>{_CENTURY})(?![\d.])", _month, needs="."
    ),
    rule(
        "day of a year",
        rf"(?<![\d./-])(?P<month>0[1-9]|1[0-2](?=[-/]0))[-/](?P<day>{_DAY_IN_TWO})(?![\d/-]|\.\d)",
        _day_of_year,
        needs="-/",
    ),
    rule(
        "day of a feast",
        rf"(?<![\d./])(?P<month>{_MONTH})/(?P<day>{_DAY})(?= ?(?:{CONTEXTS['feasts']}))",
        _day_of_year,
        needs="/",
    ),
    rule(
        "days with stops",
        rf"(?<![\d.])(?P<month>{_MONTH})\.(?P<day>{_DAY}){_TO}(?P<to_month>{_MONTH})\.(?P<to_day>{_DAY})(?![\d.%])",
        _days_with_stops,
        needs=".",
    ),
    rule(
        "day with a stop",
        rf"(?<![\d.])(?P<month>{_MONTH})\.(?P<day>{_DAY})(?![\d.%°A-Za-z])",
        _day_with_stop,
        needs=".",
    ),
    rule("to a date", rf"(?<=\d)[-~–—](?={_CENTURY}([-/.]){_MONTH}\1{_DAY}(?!\d))", "至", needs="-~–—"),
)
