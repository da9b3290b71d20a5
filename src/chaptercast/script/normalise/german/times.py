"""German rules for dates, times and years."""

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.german.number_grammar import TONGUE, ending
from chaptercast.script.normalise.western.amounts import START
from chaptercast.script.normalise.western.dates import date_rules, is_day, time_rules
from chaptercast.script.normalise.western.number_grammar import follows, names_of, precedes, stop

_MONTHS: dict[str, int] = TONGUE.table["months"]
_MONTH = names_of({*_MONTHS, *(month.lower() for month in _MONTHS)})
_CLOCK = r"(?<![\w:.,])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?P<sure> ?Uhr| ?h)?(?!\w|:\d)"
_COUNTED = (
    r" (?:Euro|Meter|Kilometer|Gramm|Menschen|Mark|€|Mal\b|Prozent\b"
    r"|[A-ZÄÖÜ][a-zäöüß]+(?:en|er|n|s)\b|[A-ZÄÖÜ][a-z]+e\b(?! (?:im|am|in)))"
)
"""A unit or a plural noun: a number before it is a count."""


def _day(found: Match) -> str | None:
    if not 1 <= int(found["day"]) <= 31:
        return None
    case = ending(found)
    last = f" bis {TONGUE.ordinal(int(found['last']), case)}" if found["last"] else ""
    year = f" {TONGUE.year(int(found['year']))}" if found["year"] else ""
    month = TONGUE.month_names[_MONTHS[found["month"].rstrip(".").capitalize()] - 1]
    return f"{TONGUE.ordinal(int(found['day']), case)}{last} {month}{year}{stop(TONGUE, found)}"


def _either_day(found: Match) -> str:
    """`am 3./4. Mai`. A night goes from the first day to the second."""
    case, night = ending(found), precedes(r"Nacht (?:vom|von) (?:\w+, )?", found)
    joint = "auf den" if night else "und"
    return (
        f"{TONGUE.ordinal(int(found[1]), case)} {joint} {TONGUE.ordinal(int(found['last']), 'en' if night else case)}"
    )


def _first_day(found: Match) -> str:
    return TONGUE.ordinal(int(found[1]), ending(found))


def _day_and_month(found: Match) -> str | None:
    """`24.12.` after a word that goes with dates. `Lektion 1.3.` has no such word."""
    day, month = int(found[1]), int(found[2])
    dated = precedes(rf"(?:{TONGUE.grammar['before_day']}),? ", found)
    return TONGUE.date(None, month, day, found) if dated and is_day(month, day) else None


def _o_clock(found: Match) -> str | None:
    hour, minute = int(found[1]), int(found["minute"] or found["short"] or 0)
    return TONGUE.clock(hour, minute, None, found) if hour <= 24 and minute <= 59 else None


def _decade(found: Match) -> str:
    return f"{TONGUE.year(int(found[1])) if len(found[1]) == 4 else TONGUE.integer(int(found[1]))}er"


def _years(found: Match) -> str | None:
    first, last = int(found[1]), int(found[2])
    short = len(found[2]) == 2
    plausible = 1000 <= first <= 2100 and (first % 100 < last if short else first < last <= 2100)
    return f"{TONGUE.year(first)} bis {TONGUE.year(last)}" if plausible and not follows(_COUNTED, found) else None


def _year(found: Match) -> str | None:
    if follows(_COUNTED, found) and not precedes("Jahre? ", found, 6):
        return None
    return TONGUE.year(int(found[0]))


RULES: tuple[Rule, ...] = (
    *date_rules(TONGUE),
    rule(
        "date in words",
        rf"{START}(?P<day>\d{{1,2}})\.(?: ?[-–] ?(?P<last>\d{{1,2}})\.)? ?(?P<month>{_MONTH})(?: (?P<year>[12]\d{{3}}))?(?!\w)",
        _day,
    ),
    rule(
        "two days",
        rf"{START}(\d{{1,2}})\. ?/ ?(?P<last>\d{{1,2}})\.(?= ?{_MONTH})",
        _either_day,
        needs="/",
        digits=True,
    ),
    rule(
        "first of two dates",
        rf"{START}(\d{{1,2}})\.(?= (?:bis|und|auf|oder|bis zum) (?:den |zum )?\d{{1,2}}\. ?{_MONTH})",
        _first_day,
        needs=".",
        digits=True,
    ),
    rule("day and month", r"(?<![\w.,/])(\d{1,2})\.(\d{1,2})\.(?!\d)", _day_and_month, needs=".", digits=True),
    *time_rules(TONGUE, _CLOCK),
    rule(
        "o'clock",
        r"(?<![\w:.,])(\d{1,2})(?:(?:\.(?P<minute>\d\d))? ?Uhr|\.(?P<short>[0-5]\d) ?h)(?!\w)",
        _o_clock,
        needs="Uh",
        digits=True,
    ),
    rule("decade", r"(?<![\w.,])(\d{2}|\d{4})er(?![a-zäöü]{3})", _decade, needs="e", digits=True),
    rule(
        "years", r"(?<![\w.,/$£€¥-])(\d{4}) ?[-–—/] ?(\d{4}|\d\d)(?![\w/%-]|[.,]\d)", _years, needs="-–—/", digits=True
    ),
)

YEARS: tuple[Rule, ...] = (rule("year", r"(?<![\w.,$£€/-])1[1-9]\d\d(?![\w%/]|[.,]\d|-\d)", _year),)
"""Applied after the rules for amounts."""
