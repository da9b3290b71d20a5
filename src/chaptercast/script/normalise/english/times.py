"""English rules for dates, times and years."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.english.number_grammar import TONGUE, is_count
from chaptercast.script.normalise.western.amounts import END, START
from chaptercast.script.normalise.western.dates import date_rules, is_day, time_rules
from chaptercast.script.normalise.western.number_grammar import follows, last_word, names_of, precedes, stop

_MONTHS: dict[str, int] = TONGUE.table["months"]
_SMALL = {month.lower() for month in _MONTHS} - {"may", "march", "mar", "sep", "dec", "jun"}
_MONTH = names_of({*_MONTHS, *_SMALL, *(month.upper() for month in _MONTHS)})
"""In lower case only if the name is not another word."""
_SURE_MONTH = names_of({*_MONTHS, *(month.lower() for month in _MONTHS), *(month.upper() for month in _MONTHS)})
_DAY = names_of(TONGUE.table["weekdays"])
_HALF = r"[AaPp]\.?[Mm](?:\.|(?!\w))"
_NTH = r"(?:st|nd|rd|th)?"
_LAST = rf"(?: ?[-–] ?(?P<last>\d{{1,2}}){_NTH})?"
_GRAMMAR = TONGUE.table["grammar"]
_BEFORE_YEAR = _GRAMMAR["before_year"]
_USUAL_PARTS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16))
"""One of so many parts is a fraction, and no day of a month, unless its context says so."""
_CLOCK = (
    rf"(?<![\w:.])(?P<hour>\d{{1,2}})(?::|\.(?=\d\d ?[ap]\.?m\b))(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    rf"(?: ?(?P<half>(?P<sure>{_HALF})))?{END}"
)


def _month_name(written: str) -> str:
    return TONGUE.month_names[_MONTHS[written.rstrip(".").capitalize()] - 1]


def _month_first(found: Match) -> str | None:
    if not 1 <= int(found["day"]) <= 31:
        return None
    last = f" to {TONGUE.ordinal(int(found['last']))}" if found["last"] else ""
    year = f", {TONGUE.year(int(found['year']))}" if found["year"] else ""
    return f"{_month_name(found['month'])} {TONGUE.ordinal(int(found['day']))}{last}{year}"


def _day_first(found: Match) -> str | None:
    if not 1 <= int(found["day"]) <= 31:
        return None
    article = "" if last_word(found) in ("the", "of") or precedes(rf"{_DAY},? ", found, 12) else "the "
    last = f" to {article}{TONGUE.ordinal(int(found['last']))}" if found["last"] else ""
    year = f" {TONGUE.year(int(found['year']))}" if found["year"] else ""
    return f"{article}{TONGUE.ordinal(int(found['day']))}{last} of {_month_name(found['month'])}{year}{stop(TONGUE, found)}"


def _month_of_year(found: Match) -> str:
    return f"{_month_name(found['name'])} {TONGUE.year(int(found['year']))}"


def _dated(found: Match) -> str | None:
    """`due 12/05`."""
    month, day = int(found[1]), int(found[2])
    return TONGUE.date(None, month, day, found) if is_day(month, day) and not follows(" of ", found) else None


def _listed(found: Match) -> str | None:
    """`6/27 Spring picnic`, `Thu 7/4`: a day in a calendar. What may be a usual part of something is none: `3/4 cup`."""
    month, day = int(found[1]), int(found[2])
    return TONGUE.date(None, month, day, found) if is_day(month, day) and not _is_part(month, day) else None


def _days(found: Match) -> str | None:
    """`6/20 - 6/26`."""
    days = [(int(found[group]), int(found[group + 1])) for group in (1, 3)]
    if days[0] >= days[1] or not all(is_day(*day) for day in days) or any(_is_part(*day) for day in days):
        return None
    return " to ".join(TONGUE.date(None, *day, found) for day in days)


def _is_part(over: int, under: int) -> bool:
    return over < under and under in _USUAL_PARTS


def _military(found: Match) -> str | None:
    """`at 1430 hours`; not a duration of so many hours."""
    hour, minute = found["hour"], found["minute"]
    counts = hour[0] != "0" and (
        not precedes(_GRAMMAR["before_time"], found) or follows(r" (?:of|later|a|per|each|in)\b", found)
    )
    if counts:
        return None
    head = f"oh {TONGUE.integer(int(hour))}" if hour[0] == "0" else TONGUE.integer(int(hour))
    return f"{head} {TONGUE.tail(int(minute)) if int(minute) else 'hundred'} hours"


def _quarter(found: Match) -> str:
    """`3Q22`, `1H23`."""
    kind = "quarter" if found["kind"] == "Q" else "half"
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    return f"the {TONGUE.ordinal(int(found['number']))} {kind} of {TONGUE.year(year)}"


def _hour(found: Match) -> str | None:
    hour = int(found["hour"])
    return f"{TONGUE.integer(hour)} {found['half'][0].lower()}.m." if hour <= 24 else None


def _hours_and_minutes(found: Match) -> str:
    return TONGUE.span(int(found[1]), int(found[2]), 0)


def _decade(found: Match) -> str:
    century, tens = found["century"], TONGUE.table["decades"][int(found["tens"])]
    if century == "20" and found["tens"] == "0":
        return "two thousands"
    return f"{TONGUE.integer(int(century))} {tens}" if century else str(tens)


def _season(found: Match) -> str | None:
    """`2019/20`: twenty nineteen twenty."""
    first, last = int(found[1]), int(found[2])
    return f"{TONGUE.year(first)} {TONGUE.tail(last)}" if (first + 1) % 100 == last else None


def _years(found: Match) -> str | None:
    first, last = int(found[1]), int(found[2])
    if len(found[2]) == 4:
        plausible = 1000 <= first < last <= 2100 and not is_count(found)
        return f"{TONGUE.year(first)} to {TONGUE.year(last)}" if plausible else None
    if not 1000 <= first <= 2100 or first % 100 >= last:
        return None
    return f"{TONGUE.year(first)} to {TONGUE.tail(last)}"


def _year(found: Match) -> str | None:
    """Whether a number of four digits is a year, by its context: in 1932, the 1906 earthquake, Class of 2024."""
    value = int(found[0])
    if is_count(found):
        return None
    dated = re.search(
        rf"(?<![^\W_])(?:{_BEFORE_YEAR})[ (“\"‘]{{1,2}}\Z",
        found.string[max(0, found.start() - 14) : found.start()].lower(),
    )
    if value >= 1900 if value <= 2099 else precedes("[Yy]ear ", found, 5):
        return TONGUE.year(value)
    if dated and 1000 <= value <= 2199 and not follows(r" (?:of|or so)\b", found):
        return TONGUE.year(value)
    named = precedes(r"\A|[.!?(] ?|[Tt]he |[”’]s ", found, 4) and follows(r"[),:–-]| [a-z]", found)
    return TONGUE.year(value) if 1100 <= value < 1900 and named else None


def _era(found: Match) -> str:
    value = int(found[0])
    return TONGUE.year(value) if value % 100 and value > 1000 else TONGUE.integer(value)


RULES: tuple[Rule, ...] = (
    *date_rules(TONGUE),
    rule(
        "month first",
        rf"(?<![\w-])(?P<month>{_MONTH})[ -](?P<day>\d{{1,2}}){_NTH}{_LAST}(?:(?:,? ?|-)(?P<year>[12]\d{{3}}))?(?![\w%]|:\d|[.,]\d)",
        _month_first,
    ),
    rule(
        "day first",
        rf"{START}(?P<day>\d{{1,2}}){_NTH}{_LAST} (?:of )?(?P<month>{_MONTH})(?:,? ?(?P<year>[12]\d{{3}}))?(?!\w)",
        _day_first,
    ),
    rule(
        "day first, with a year",
        rf"{START}(?P<day>\d{{1,2}}){_NTH}(?P<last>)[ /-](?P<month>{_SURE_MONTH})[,/-]? ?(?P<year>[12]\d{{3}})(?!\w)",
        _day_first,
    ),
    rule(
        "month and day",
        r"(?:(?<=(?<!\w)[Oo]n )|(?<=[Dd]ue )|(?<=dated )|(?<=xpires )|(?<=until ))(?!9/11)(\d{1,2})/(\d{1,2})(?![\w/]|[.,]\d)",
        _dated,
        needs="/",
        digits=True,
    ),
    rule(
        "days of a calendar",
        r"(?<![\w./,-])(\d{1,2})/(\d{1,2}) ?[-–—] ?(\d{1,2})/(\d{1,2})(?![\w/%-]|[.,]\d)",
        _days,
        needs="/",
        digits=True,
    ),
    rule(  # what stands alone, as in a table, may be a score
        "day of a calendar",
        r"(?:\A(?!\d+/\d+\Z)|(?<=; )|(?<=(?<!\w)(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )|(?<=day )|(?<=day, ))"
        r"(?!9/11)(\d{1,2})/(\d{1,2})(?=[;:,]? ?[-–—]?(?: [A-Z“(]|\Z)|;)",
        _listed,
        needs="/",
        digits=True,
    ),
    rule("month of a year", rf"(?<!\w)(?P<name>{_MONTH}),? (?P<year>[12]\d{{3}})(?!\w|[.,]\d)", _month_of_year),
    rule(
        "quarter",
        r"(?<![\w.,])(?P<number>[1-4])(?P<kind>Q|(?<=[12])H)(?P<year>\d\d|20\d\d)(?!\w)",
        _quarter,
        needs="QH",
        digits=True,
    ),
    rule(
        "hours of the day",
        r"(?<![\w.,:])(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d) ?(?:hours|hrs)(?!\w)",
        _military,
    ),
    *time_rules(TONGUE, _CLOCK),
    rule("hour", rf"(?<![\w.,:])(?P<hour>\d{{1,2}}) ?(?P<half>{_HALF})", _hour),
    rule(
        "first hour of a range",
        rf"(?<![\w.,:])(\d{{1,2}}) ?[-–] ?(?=\d{{1,2}}(?:[:.]\d\d)? ?{_HALF})",
        lambda found: f"{TONGUE.integer(int(found[1]))} to ",
        needs="-–",
        digits=True,
    ),
    rule(
        "to an hour",
        rf"(?<=[apAP][mM]|[mM]\.) ?[-–—] ?(?=\d{{1,2}}(?:[:.]\d\d)? ?{_HALF})",
        " to ",
        needs="-–—",
        digits=True,
    ),
    rule(
        "hours and minutes",
        r"(?<![\w.,])(\d{1,2}) ?h(?:rs?|ours?)? ?(\d{1,2}) ?m(?:ins?)?(?!\w)",
        _hours_and_minutes,
    ),
    rule(
        "decade",
        r"(?<![\w.,])['’‘]?(?P<century>1\d|20)?(?P<tens>\d)0(?:['’]|(?<=(?:18|19|20)\d0) )?s(?!\w)",
        _decade,
        needs="s",
        digits=True,
    ),
    rule("to a decade", r"(?<=0s) ?[-–—] ?(?=['’‘]?(?:1\d|20)?\d0['’]?s(?!\w))", " to ", needs="-–—", digits=True),
    rule(
        "fiscal years",
        r"(?<=FY)((?:19|20)\d\d)[-–/](\d\d)(?!\w)",
        lambda found: f" {TONGUE.year(int(found[1]))} to {TONGUE.tail(int(found[2]))}",
        needs="F",
        digits=True,
    ),
    rule("season", r"(?<![\w./,])((?:19|20)\d\d)/(\d\d)(?![\w/])", _season, needs="/", digits=True),
    rule("years", r"(?<![\w.,/$£€¥-])(\d{4}) ?[-–—] ?(\d{4}|\d\d)(?![\w/%-]|[.,]\d)", _years, needs="-–—", digits=True),
)

YEARS: tuple[Rule, ...] = (
    rule(
        "year of the era",
        r"(?<![\w.,])\d{1,4}(?= ?(?:BCE?|B\.C\.|AD|A\.D\.|CE)(?!\w))|(?<=AD )\d{1,4}",
        _era,
        needs="BAC",
        digits=True,
    ),
    rule("year", r"(?<![\w.,$£€¥/-])[12]\d{3}(?![\w%/]|[.,]\d|-\d)", _year),
)
"""Applied after the rules for amounts."""
