"""Rules for dates and times of day."""

import re

from chaptercast.script.normalise.edits import Match, Rule, before, rule
from chaptercast.script.normalise.western.amounts import END
from chaptercast.script.normalise.western.number_grammar import Tongue, precedes

_LAST_DAY = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CENTURY_OF_TWO_DIGITS = 50
"""A two-digit year above this belongs to the twentieth century."""


def is_day(month: int, day: int) -> bool:
    """Whether any year has such a day."""
    return 1 <= month <= 12 and 1 <= day <= _LAST_DAY[month - 1]


def date_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for dates in digits only."""

    def year_first(found: Match) -> str | None:
        year, month, day = int(found[1]), int(found[2]), int(found[3])
        if not is_day(month, day):
            return None
        spoken = tongue.date(year, month, day, found)
        return f"{spoken} " if found[4] else spoken

    def year_last(found: Match) -> str | None:
        first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
        if len(found["year"]) == 2:
            year += 1900 if year > _CENTURY_OF_TWO_DIGITS else 2000
        days = ((second, first), (first, second))
        for month, day in days if tongue.day_first else days[::-1]:
            if is_day(month, day):
                spoken = tongue.date(year, month, day, found)
                return spoken if found["glued"] is None else f"{spoken} "
        return None

    def month(found: Match) -> str:
        """`2021-07`. Two consecutive years are a season (`2009-10`), unless something was published then."""
        year, second = int(found[1]), int(found[2])
        if (year + 1) % 100 == second and not precedes(rf"(?:{tongue.table['published']})", found):
            return f"{tongue.year(year)} {tongue.words['to']} {tongue.second_year(year + 1)}"
        return tongue.month_of_year(year, second)

    return (
        rule(
            "date",
            r"(?<![\w.-])(\d{4})-(\d{1,2})-(\d{1,2})(?:(T)(?=\d\d:\d\d)|(?![\w-]))",
            year_first,
            needs="-",
            digits=True,
        ),
        rule(
            "month of a year, in digits",
            r"(?<![\w./-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\w/-])",
            month,
            needs="-",
            digits=True,
        ),
        rule(
            "date, year first",
            r"(?<![\w./])(\d{4})[/.](\d{1,2})[/.](\d{1,2})()(?![\w/]|\.\d)",
            year_first,
            needs="/.",
            digits=True,
        ),
        rule(
            "date, year last",
            r"(?<![\w./-])(?P<first>\d{1,2})(?P<sep>[/.-])(?P<second>\d{1,2})(?P=sep)"
            r"(?P<year>[12]\d{3}(?P<glued>(?=[A-ZÀ-Þ]))?|(?<=[./])\d\d)(?(glued)|(?![\w/-]|\.\d))",
            year_last,
            needs="/.-",
            digits=True,
        ),
    )


def short_years(tongue: Tongue) -> Rule:
    """The rule for two years with a shortened second one: `1998-99`. After those for dates."""

    def years(found: Match) -> str | None:
        first, second = int(found[1]), int(found[2])
        if first % 100 >= second:
            return None
        return f"{tongue.year(first)} {tongue.words['to']} {tongue.second_year(first - first % 100 + second)}"

    return rule(
        "short years", r"(?<![\w./,-])((?:1[5-9]|20)\d\d)[-–/](\d\d)(?![\w/-]|[.,]\d)", years, needs="-–/", digits=True
    )


def time_rules(tongue: Tongue, pattern: str) -> tuple[Rule, ...]:
    """The rules for times of day. `pattern` finds one, with the groups hour, minute and second, and `sure` for a form that only times have.

    The language's table lists words before a ratio that looks like a time (`not_times`), and words before a duration.
    """
    ratio = re.compile(rf"(?i)(?<!\w)(?:{tongue.table['not_times']})(?!\w)[^.]{{0,20}}\Z")
    length = re.compile(rf"(?i)(?<!\w)(?:{tongue.table['lengths']})(?!\w)[^.]{{0,12}}\Z")

    def clock(found: Match) -> str | None:
        hour, minute = int(found["hour"]), int(found["minute"])
        second = int(found["second"]) if found["second"] else None
        head = before(found, 40)
        sure = "sure" in found.re.groupindex and found["sure"]
        if hour > 24 or minute > 59 or (second or 0) > 59 or (ratio.search(head) and not sure):
            return None
        if second is not None and not sure and (hour < 4 or length.search(head)):
            return tongue.span(hour, minute, second)
        return tongue.clock(hour, minute, second, found)

    def minutes(found: Match) -> str | None:
        """`14:22 min`, `12:35.36`."""
        if not (found["part"] or found["unit"]):
            return None
        (_, _), minute, second = tongue.table["span"]
        seconds = tongue.whole(found["seconds"].lstrip("0") or "0", second[1])
        if found["part"]:
            seconds += f" {tongue.words['point']} {tongue.digits(found['part'])}"
        name = minute[found[1] != "1"]
        return f"{tongue.integer(int(found[1]), name)} {name} {seconds} {second[1]}"

    def to_time(found: Match) -> str:
        """The second of two times. After a date, it is not a range: `05.11.23 - 16:25`."""
        dated = precedes(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}", found, 12)
        return ", " if dated else f" {tongue.words['to']} "

    return (
        rule(
            "minutes and seconds",
            r"(?<![\w:.,])(\d{1,3}):(?P<seconds>[0-5]\d)(?:[.,](?P<part>\d{1,2}))?"
            rf"(?P<unit> ?(?:min\b\.?|mins\b|Min\.|Minuten\b|minutes\b|minutos\b|mn\b))?{END}",
            minutes,
            needs=":",
            digits=True,
        ),
        rule("time", pattern, clock),
        rule(
            "to a time",
            rf"(?<=\d|h|m|\.) ?[-–—~] ?(?={pattern})",
            to_time,
            needs="-–—~",
            digits=True,
        ),
    )
