"""Rules for dates and times of day."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.western.dates import is_day
from chaptercast.script.normalise.western.number_grammar import follows, pattern_of, precedes


def date_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rules for dates in digits, and for dates with the name of a month."""

    def year_first(found: Match) -> str | None:
        year, month, day = int(found[1]), int(found[2]), int(found[3])
        return g.date(year, month, day, found) + _tail(g, found) if is_day(month, day) else None

    def year_last(found: Match) -> str | None:
        first, second, year = int(found["first"]), int(found["second"]), g.full_year(found["year"])
        for month, day in ((second, first), (first, second)):
            if is_day(month, day):
                return g.date(year, month, day, found) + _tail(g, found, named="date")
        return None

    def month_of_year(found: Match) -> str:
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return g.words["month_year"].format(month=g.month_name(int(month)), year=g.year(int(year), "g"))

    return (
        rule(
            "date",
            rf"(?:(?<![{g.letters}.,/-])|(?<=[./]\d\d-))(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})"
            rf"(?![{g.letters}/]|\.\d|-(?!\d{{4}}[./]))",
            year_first,
            needs="-/.",
        ),
        rule(
            "date, year last",
            rf"(?<![{g.letters}.,/-])(?P<first>\d{{1,2}})[º°]?(?P<sep>[/.-]) ?(?P<second>\d{{1,2}})(?P=sep) ?(?P<year>[12]\d{{3}}|\d\d)"
            rf"(?:(?P<tail>{g.table.get('year_tail', '(?!)')})|(?![{g.letters}/]|[.-]\d))",
            year_last,
            needs="/.-",
        ),
        rule(
            "month of a year, in digits",
            rf"(?<![{g.letters}./,-])((?:19|20)\d\d)[-/.](0[1-9]|1[0-2])(?![{g.letters}/-]|\.\d)"
            rf"|(?<![{g.letters}./,-])(0?[1-9]|1[0-2])[-/.]((?:19|20)\d\d)(?![{g.letters}/-]|\.\d)",
            month_of_year,
            needs="-/.",
        ),
        *_named(g),
        *_short(g),
        *_day_and_month(g),
    )


def _day_and_month(g: Grammar) -> tuple[Rule, ...]:
    """`terça-feira (12/3)`, `il 12/05`: after words that only dates have."""
    heads: str = g.table.get("date_heads", "")

    def say(found: Match) -> str | None:
        day, month = int(found[1]), int(found[2])
        sure = precedes(rf"(?i:(?<!\w)(?:{heads})),? ?\(?", found) or (found[1][0] == "0" and len(found[2]) == 2)
        sure = sure or (
            day > month and g.table.get("improper_dates", False)
        )  # no one writes 8/3 for two and two thirds
        return g.date(None, month, day, found) if is_day(month, day) and sure else None

    if not heads:
        return ()
    return (rule("day and month", r"(?<![\w.,/-])(\d{1,2})/(\d{1,2})(?![\w/-]|[.,]\d)", say, needs="/"),)


def _tail(g: Grammar, found: Match, named: str = "") -> str:
    """The word for the year after its number, unless the date's pattern (`named`) already ends with it."""
    tail = found.groupdict().get("tail")
    if tail and named and g.words[named].endswith(g.words["year_tail"]):
        return g.stop(found)
    return f" {g.words['year_tail']}{g.stop(found)}" if tail else ""


def _named(g: Grammar) -> tuple[Rule, ...]:
    months = g.month_pattern
    if not g.months:
        return ()
    of, short = g.table.get("month_of", " "), pattern_of(g.table.get("short_months", {}))
    stop = r"[.º°]?" if g.table.get("stopped_days", True) else ""

    def day(found: Match) -> str | None:
        """`3 de maio de 2024`, `3–5 мая`."""
        if not 1 <= int(found["day"]) <= 31 or (found["last"] and int(found["last"]) > 31):
            return None
        name = found["month"]
        month = g.table["short_months"][name.rstrip(".").lower()] if found["short"] else None
        name = g.months[int(month) - 1] if month else name
        day, last = int(found["day"]), found["last"]
        days = g.days(day, int(last), found) if last else g.day(day, found)
        joint = g.words.get("of_month", " ")
        return f"{days}{joint}{name}{_year_after(g, found)}"

    def month(found: Match) -> str:
        return f"{found['month']}{_year_after(g, found)}"

    of_year, tail = g.table.get("year_of", "(?!)"), g.table.get("year_tail", "(?!)")
    between = rf"(?P<between>,? (?:{of_year} )?)"
    year = rf"(?:{between}(?P<year>[12]\d{{3}})(?![\w-]|[.,]\d)(?P<tail>{tail})?)?"
    return (
        rule(
            "date in words",
            rf"(?<![\w.,/])(?P<day>\d{{1,2}}){stop}(?: ?[-–] ?(?P<last>\d{{1,2}}){stop})?(?P<of>{of})"
            rf"(?i:(?P<month>(?P<short>(?!{months}){short}\.?)|{months}))(?!\w){year}",
            day,
        ),
        rule(
            "month and year",
            rf"(?<!\w)(?i:(?P<month>{months})){year.removesuffix('?')}",
            month,
        ),
    )


def _year_after(g: Grammar, found: Match) -> str:
    if not found["year"]:
        return ""
    return f"{found['between']}{g.year(int(found['year']), 'g')}{_tail(g, found)}"


def _short(g: Grammar) -> tuple[Rule, ...]:
    """`03-фев-2002`, `05-mar-2021`."""
    short: dict[str, int] = g.table.get("short_months", {})
    if not short:
        return ()

    def say(found: Match) -> str:
        return g.date(g.full_year(found["year"]), short[found["month"].lower()], int(found["day"]), found)

    return (
        rule(
            "date with a short month",
            rf"(?<![\w.,/-])(?P<day>\d{{1,2}})-(?P<month>(?i:{pattern_of(short)}))\.?-(?P<year>[12]\d{{3}}|\d\d)(?![\w-])",
            say,
            needs="-",
        ),
    )


def time_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rules for times of day: `14:30`, and the table's own forms (`14h30`, `kl. 14.30`)."""
    swallowed = g.table.get("clock_tail", "(?!)")
    dotted = g.table.get("clock_head", "(?!)")
    marked = g.table.get("clock_mark", "(?!)")

    def clock(found: Match) -> str | None:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        second = int(found["second"]) if found["second"] else None
        if hour > 24 or minute > 59 or (second or 0) > 59:
            return None
        if found["mark"] in (".", ",") and not (precedes(rf"(?i:(?<!\w)(?:{dotted})) ?", found) or found["tail"]):
            return None
        if not found["minute"] and not follows(r"(?!\w)", found):
            return None
        said = g.clock(hour, minute, second, found)
        words: dict[str, str] = g.table.get("clock_words", {})
        return said + words.get((found["tail"] or "").strip(" .").lower(), "")

    return (
        rule(
            "time",
            rf"(?<![{g.letters}.,:/])(?P<hour>\d{{1,2}})(?P<mark>[:.]|{marked})(?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?"
            rf"(?P<tail> ?(?:{swallowed})(?![{g.letters}]))?(?![{g.letters}\d]|:\d|[.,]\d| ?[%‰€$₽])",
            clock,
            needs=":.hH",
        ),
        *(
            (
                rule(
                    "hour",
                    rf"(?<![{g.letters}.,:/])(?P<hour>\d{{1,2}})(?P<mark>)(?P<minute>)(?P<second>)(?: ?(?:{marked}))(?P<tail>)(?!\w)",
                    clock,
                    needs="hHч",
                ),
            )
            if marked != "(?!)" and (g.table.get("counted_hours") or "full_hour" in g.words)
            else ()
        ),
        rule(
            "to a time",
            rf"(?<=:\d\d|h\d\d|.[\dh]h) ?[-–~] ?(?=\d{{1,2}}(?::|{marked}))",
            g.range_joint,
            needs=":h",
        ),
    )


def weekday_rule(names: str, day: str, words: dict[str, str]) -> Rule:
    """`(金)`, `(月~水)`, `(月・祝)`: after a date."""
    one = rf"(?:[{names}]|{'|'.join(words)})"

    def say(found: Match) -> str:
        said = re.sub(rf"[{names}](?!曜)", lambda name: f"{name[0]}{day}", found["days"])
        for written, spoken in words.items():
            said = said.replace(written, spoken)
        to = "부터 " if day == "요일" else "から"
        return ("、" if day == "曜日" else " ") + re.sub(r" ?[~\-–] ?", to, re.sub("[・/]", "、", said))

    return rule(
        "weekday",
        rf"(?<=[日\d일]) ?[(（](?P<days>{one}(?: ?[~・/–-] ?{one})*)[)）]",
        say,
        needs=names,
    )
