"""Years and dates in Chinese."""

import re

from chaptercast.script.normalise.chinese.grammar import CONTEXTS, HAN, begins, counts, near
from chaptercast.script.normalise.chinese.numerals import cardinal, digits
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule

_CENTURY = r"(?:19|20)\d\d"
_DAY_OF_YEAR = r"(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"


def one_by_one(found: Match) -> str:
    """Whatever was found, digit by digit."""
    return digits(found[0])


def _date(found: Match) -> str | None:
    year, month, day = found["year"], int(found["month"]), int(found["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{digits(year)}年{cardinal(str(month))}月{cardinal(str(day))}{found['name'] or '日'}"


def _month(found: Match) -> str:
    return f"{digits(found['year'])}年{cardinal(str(int(found['month'])))}月"


def _years(found: Match) -> str | None:
    """`1881-1936`: years where 年 follows, or where nothing is counted."""
    first, last = found["first"], found["last"]
    if found["year"] is None:
        counted = re.match(rf" ?(?:[{HAN}](?<![之期间的]))", after(found, 2))
        if counted or not 1000 <= int(first) < int(last) <= 2100:
            return None
    return f"{digits(first)}{found['middle'] or ''}{'到' if found['sign'] == '到' else '至'}{digits(last)}"


def _season(found: Match) -> str:
    return f"{digits(found['first'])}至{digits(found['last'])}"


def _year(found: Match) -> str | None:
    """A year digit by digit; not a length of time (2500年历史)."""
    is_round, about = found[0].endswith("00"), near("about", before(found, 4))
    if (is_round or about) and begins("long_years", found, 1):
        return None
    return None if is_round and about and begins("ago", found, 1) else digits(found[0])


def _short_year(found: Match) -> str | None:
    """`08年`, `98年5月`: two digits are a year where they cannot be a number of years."""
    if found[0][0] == "0":
        return digits(found[0])
    dated = not near("for_years", before(found, 4)) and begins("in_short_year", found, 1)
    return digits(found[0]) if dated else None


def _event_year(found: Match) -> str | None:
    """`2022北京冬奥会` at the head of a title: no measure follows."""
    following = after(found, 8)
    return None if counts(following) or following[0] in "多余几万亿个" else digits(found[0])


def _born(found: Match) -> str:
    return "、".join(digits(decade) for decade in found[0].split("、"))


def _day_by_name(found: Match) -> str:
    return digits(found[1] + found[2])


RULES: tuple[Rule, ...] = (
    rule(
        "date",
        r"(?<![\d.])(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d.]\d|\d)(?P<name>[日号])?",
        _date,
    ),
    rule(
        "date in one number",
        rf"(?<!\d)(?P<year>20[0-3]\d|19\d\d){_DAY_OF_YEAR}(?P<name>[日号])?(?=[^\d元人个]|$)",
        _date,
    ),
    rule(
        "season",
        rf"(?<!\d)(?P<first>{_CENTURY})[-/–—~](?P<last>(?:19|20)?\d\d)(?= ?(?:{CONTEXTS['seasons']}))",
        _season,
    ),
    rule(
        "month of a year",
        rf"(?<![\d.-])(?P<year>{_CENTURY})[-/](?P<month>0[1-9]|1[0-2])(?![\d/年]|-\d)",
        _month,
    ),
    rule(
        "years",
        r"(?<![\d.])(?P<first>\d{4})(?P<middle>年)?(?P<sign>[-~–—至到])(?P<last>\d{4})(?!\d|\.\d|[-/])(?P<year>(?=年))?",
        _years,
    ),
    rule("years named", rf"(?<!\d){_CENTURY}(?=[、和与及]{_CENTURY}年)", one_by_one),
    rule("year", r"(?<![\d.,-])[12]\d{3}(?=年(?!级))", _year),
    rule("year of the era", r"(?:(?<=公元)|(?<=公元前))\d{3}(?=年)", one_by_one),
    rule("short year", r"(?<![\d.第])\d\d(?=年(?!级|代))", _short_year),
    rule("year of a class", rf"(?<![\d.]){_CENTURY}(?={CONTEXTS['year_events']})", one_by_one),
    rule("year alone", r"(?<=[（(《“])(?:1[5-9]|20)\d\d(?=[）)》”，])|(?<=截至)20\d\d(?=[，。])", one_by_one),
    rule("year of an event", rf"(?:^|(?<=[《“（，：。]))20[0-4]\d(?=[{HAN}])", _event_year, flags=re.MULTILINE),
    rule("born in", r"(?<!\d)(?:\d0、){0,5}(?:[5-9][05]|[01][05])(?=后(?![来面天边方]|第))", _born),
    rule("decade", r"(?<!\d)00(?=年代)", one_by_one),
    rule(
        "day by name",
        rf"(?<![\d.])(\d{{1,2}})(?:[·•・](\d{{1,2}})(?={CONTEXTS['days_by_name']}))",
        _day_by_name,
        needs="·•・",
    ),
    rule(
        "day by name, with a stop",
        rf"(?<![\d.])(\d{{1,2}})\.(\d{{1,2}})(?={CONTEXTS['days_by_name_with_stop']})",
        _day_by_name,
        needs=".",
    ),
)
