"""Chinese rules for years: of the calendar, of eras and dynasties, of seasons named for years, and decades."""

import re
from string import ascii_uppercase

from chaptercast.script.normalise.chinese.grammar import CONTEXTS, HAN, UNIT, begins, counts, near
from chaptercast.script.normalise.chinese.numerals import cardinal, digits
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule

_CENTURY = r"(?:19|20)\d\d"
_ERA = re.compile(r"[（(—–-]前\Z|公元前?(?:\d{1,4}年?[-–—~至到](?:公元)?前?)?\Z")


def one_by_one(found: Match) -> str:
    """The match, digit by digit."""
    return digits(found[0])


def _years(found: Match) -> str | None:
    """`1881-1936`: years if 年 follows, or if nothing is counted."""
    first, last = found["first"], found["last"]
    if found["year"] is None:
        counted = re.match(rf" ?(?:[{HAN}](?<![之期间的这那])|{UNIT}|[%‰°])", after(found, 10))
        if counted or not 1000 <= int(first) < int(last) <= 2100:
            return None
    return f"{digits(first)}{found['middle'] or ''}{'到' if found['sign'] == '到' else '至'}{digits(last)}"


def _dynasty(found: Match) -> str | None:
    """`（618-907）`, `（前156年-前87年）`: years, unless they are round numbers."""
    first, last = found["first"], found["last"]
    falls = int(first) >= int(last) and not found["head"]
    told = found["middle"] or found["year"] or found["head"]
    if (
        min(len(first), len(last)) < (2 if told else len("100"))
        or falls
        or (int(first) % 50 == 0 and int(last) % 50 == 0)
    ):
        return None
    first, last = (cardinal(each) if len(each) < len("100") else digits(each) for each in (first, last))
    return f"{found['head']}{first}{found['middle']}至{found['early']}{last}{found['year']}"


def _year(found: Match) -> str | None:
    """A year, digit by digit; not a duration (2500年历史)."""
    is_round, about = found[0].endswith("00"), near("about", before(found, 4))
    if near("spans", before(found, 6)):
        return None
    if (is_round or about) and begins("long_years", found, 1):
        return None
    return None if is_round and about and begins("ago", found, 1) else digits(found[0])


def _year_of_the_era(found: Match) -> str | None:
    """After 公元, or at the end of a range that begins with it."""
    return digits(found[0]) if _ERA.search(before(found, 14)) else None


def _short_year(found: Match) -> str | None:
    """`08年`, `98年5月`: two digits are a year if they cannot be a number of years."""
    if found[0][0] == "0":
        return digits(found[0])
    recent = found[0][0] in "789" and before(found, 1) in tuple("在于自从到由至") and not begins("ago", found, 1)
    dated = begins("events_of_years", found, 1) or (
        not near("for_years", before(found, 4)) and (recent or begins("in_short_year", found, 1))
    )
    return digits(found[0]) if dated else None


def _event_year(found: Match) -> str | None:
    """`2022北京冬奥会` at the head of a title: no measure word follows."""
    following = after(found, 8)
    return None if counts(following) or following[0] in "多余几万亿个" else digits(found[0])


def _born(found: Match) -> str:
    return "、".join(digits(decade) for decade in found[0].split("、"))


def _decade(years: str) -> str:
    """`1990`, `80`, `00`: the digits of `1990s`."""
    return f"{cardinal(years) if len(years) == len('80') and years != '00' else digits(years)}年代"


def _day_by_name(found: Match) -> str:
    """`9·18` digit by digit. The first of October is 十一."""
    month, day = found[1], found[2]
    return f"十{digits(day)}" if month == "10" and len(day) == 1 else digits(month + day)


def _in_era(era: str, year: str) -> str:
    return f"公元{'前' * (era[0] in 'bB')}{digits(year)}年"


def _month(written: str | None) -> str:
    return f"{cardinal(written[:-1])}月" if written else ""


def _document(found: Match) -> str:
    """`国发〔2023〕12号`: the year of a document, without its brackets."""
    return f"{digits(found[1])}，"


RULES: tuple[Rule, ...] = (
    rule(
        "year of a document",
        rf"[〔\[［【(（]({_CENTURY})[〕\]］】)）](?=第?\d{{1,5}}号)",
        _document,
        needs="〔[［【(（",
    ),
    rule(
        "decade of a century",
        r"(?<![\dA-Za-z.])((?:1[5-9]|20)\d0)['’‘]?s(?![A-Za-z])(?:年代)?",
        lambda found: _decade(found[1]),
        needs="s",
    ),
    rule(
        "decade with an apostrophe",
        rf"(?<![\dA-Za-z.])(?:['’‘](\d0)['’]?s|(?P<apart>\d0)['’]s|(?P<bare>\d0)s(?= ?(?:{CONTEXTS['of_decades']})))(?![A-Za-z])",
        lambda found: _decade(found[1] or found["apart"] or found["bare"]),
        needs="s",
    ),
    rule("apostrophe of a decade", r"['’‘](?=\d0年代)", "", needs="'’‘"),
    rule(
        "year with an apostrophe",
        r"['’‘](\d\d)(?=年(?!代)|[级届]|世界杯|奥运|回归)",
        lambda found: digits(found[1]),
        needs="'’‘",
    ),
    rule(
        "year of an era",
        r"(?<![\d.])(?P<year>\d{1,4})年?(?P<month>(?<=年)\d{1,2}月)?"
        r"(?:(?P<era>ad|bce?)| ?(?P<capital>AD|BCE?|B\.C\.|A\.D\.|a\.d\.|b\.c\.))(?![A-Za-z])",
        lambda found: _in_era(found["era"] or found["capital"], found["year"]) + _month(found["month"]),
        needs="bBaA",
    ),
    rule(
        "era of a year",
        r"(?<![A-Za-z])(?P<era>AD|BC|A\.D\.|B\.C\.) ?(?P<year>\d{1,4})(?![\d.%])年?",
        lambda found: _in_era(found["era"], found["year"]),
        needs="BA",
    ),
    rule(
        "years",
        r"(?<![\d.])(?P<first>\d{4})(?P<middle>年)?(?P<sign>[-~–—至到])(?P<last>\d{4})(?!\d|\.\d|[-/])(?P<year>(?=年))?",
        _years,
        needs="-~–—至到",
    ),
    rule(
        "year to this day",
        r"(?<![\d.])(?:1[5-9]|20)\d\d[-–—~](?=[）)])",
        lambda found: f"{digits(found[0])}至今",
        needs="-–—~",
    ),
    rule(
        "years of a dynasty",
        r"(?<=[（(])(?P<head>前?)(?P<first>\d{2,4})(?P<middle>年?)[-–—~](?P<early>前?)(?P<last>\d{2,4})(?P<year>年?)(?=[）)])",
        _dynasty,
        needs="-–—~",
    ),
    rule("years named", rf"(?<!\d){_CENTURY}(?=[、和与及]{_CENTURY}年)", one_by_one, needs="、和与及"),
    rule("year", r"(?<![\d.,-])[12]\d{3}(?=年(?!级))", _year, needs="年"),
    rule("year of the era", r"(?<!\d)\d{3}(?=年)", _year_of_the_era, needs="年"),
    rule("short year", r"(?<![\d.第])\d\d(?=年(?!级|代))", _short_year, needs="年"),
    rule("year of a class", rf"(?<![\d.]){_CENTURY}(?={CONTEXTS['year_events']})", one_by_one),
    rule(
        "year alone",
        rf"(?<=[（(《“])(?:1[5-9]|20)\d\d(?=[）)》”，])|(?<=截至)20\d\d(?=[，。])|(?<=[{HAN}])20[0-2]\d(?=[》）)”：])|(?<=[自从于在]){_CENTURY}(?=[，。）)起]|以来|{CONTEXTS['begun']})",
        one_by_one,
        needs="（(《“》）)”：截自从于在",
    ),
    rule("year of an event", rf"(?:^|(?<=[《“（，：。]))20[0-4]\d(?=[{HAN}])", _event_year, flags=re.MULTILINE),
    rule(
        "year before a foreign name",
        rf"(?<![\d.])(?!\d+(?:{UNIT}))20[0-4]\d(?=[A-Z][A-Za-z]{{2}}|[A-Z]{{1,4}}\d?[{HAN}]|[A-Z]{{2}} )",
        one_by_one,
        needs=ascii_uppercase,
    ),
    rule("born in", r"(?<!\d)(?:\d0、){0,5}(?:[5-9][05]|[01][05])(?=后(?![来面天边方]|第))", _born, needs="后"),
    rule("decade", r"(?<!\d)00(?=年代)", one_by_one, needs="年"),
    rule(
        "day by name",
        rf"(?<![\d.])(\d{{1,2}})(?:[·•・-](\d{{1,2}})(?={CONTEXTS['days_by_name']}))",
        _day_by_name,
        needs="·•・-",
    ),
    rule(
        "day by name, with a stop",
        rf"(?<![\d.])(\d{{1,2}})\.(\d{{1,2}})(?={CONTEXTS['days_by_name_with_stop']})",
        _day_by_name,
        needs=".",
    ),
)
