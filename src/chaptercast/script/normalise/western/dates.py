"""Rules for dates and times of day, shared by the Western languages."""

from chaptercast.script.normalise.edits import DIGITS, Match, Rule, before, rule
from chaptercast.script.normalise.western.tongue import Tongue

_LAST_DAY = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_day(month: int, day: int) -> bool:
    """Whether there is such a day in any year."""
    return 1 <= month <= 12 and 1 <= day <= _LAST_DAY[month - 1]


def date_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for all-digit dates."""

    def iso(found: Match) -> str | None:
        year, month, day = int(found[1]), int(found[2]), int(found[3])
        if not is_day(month, day):
            return None
        spoken = tongue.date(year, month, day, found)
        return f"{spoken} " if found[4] else spoken

    def slashed(found: Match) -> str | None:
        first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
        if len(found["year"]) == 2:
            year += 1900 if year > 50 else 2000
        days = ((second, first), (first, second))
        for month, day in days if tongue.day_first else days[::-1]:
            if is_day(month, day):
                return tongue.date(year, month, day, found)
        return None

    return (
        rule("date", r"(?<![\w.-])(\d{4})-(\d\d)-(\d\d)(?:(T)(?=\d\d:\d\d)|(?![\w-]))", iso, needs="-"),
        rule("date, year first", r"(?<![\w./])(\d{4})[/.](\d{1,2})[/.](\d{1,2})()(?![\w/]|\.\d)", iso, needs="/."),
        rule(
            "all-digit date",
            r"(?<![\w./-])(?P<first>\d{1,2})(?P<sep>[/.-])(?P<second>\d{1,2})(?P=sep)(?P<year>[12]\d{3}|(?<=[./])\d\d)(?![\w/-]|\.\d)",
            slashed,
            needs="/.-",
        ),
    )


def time_rules(tongue: Tongue, pattern: str, *, not_times: str, lengths: str) -> tuple[Rule, ...]:
    """The rules for times of day.

    `pattern` finds one (hour, minute, second); `not_times` is a pattern for what stands before a ratio that looks like a time, `lengths`
    for what stands before a length of time.
    """
    ratio, length = rule("", not_times, "").pattern, rule("", lengths, "").pattern

    def clock(found: Match) -> str | None:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        second = int(found["second"]) if found["second"] else None
        if hour > 24 or minute > 59 or (second or 0) > 59 or ratio.search(before(found, 30)):
            return None
        if second is not None and (hour < 4 or length.search(before(found, 30))):
            return tongue.span(hour, minute, second)
        return tongue.clock(hour, minute, second, found)

    dash = rf"(?<=\d|h|m|\.) ?[-–—~] ?(?={pattern})"
    return (
        rule("time", pattern, clock, needs=DIGITS),
        rule("times of a range", dash, f" {tongue.words['to']} ", needs="-–—~"),
    )


__all__ = ["date_rules", "is_day", "time_rules"]
