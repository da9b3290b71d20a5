"""Spanish rules for dates and times."""

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.spanish.number_grammar import TONGUE
from chaptercast.script.normalise.western.amounts import END, START
from chaptercast.script.normalise.western.dates import date_rules, is_day, short_years, time_rules
from chaptercast.script.normalise.western.number_grammar import pattern_of

_HALF = r"(?P<half>[ap]\. ?m\.?|[ap]m|[AP]\. ?M\.?|[AP]M)(?!\w)"
_OF_DAY = rf" ?(?:h(?:oras?|rs?\.?|s\.?)?\b|{_HALF.replace('?P<half>', '?:')}|de la (?:mañana|tarde|noche|madrugada)|del mediodía)"
_CLOCK = (
    rf"(?<![\w:.,])(?P<hour>\d{{1,2}})(?::|\.(?=[0-5]\d(?:{_OF_DAY}))"
    r"|(?<=(?<!\w)[Ll]as \d)\.(?=[0-5]\d)|(?<=(?<!\w)[Ll]as \d\d)\.(?=[0-5]\d)"
    rf"|(?<=(?<!\w)[Ll]a 1)\.(?=[0-5]\d))(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    rf"(?: ?(?P<sure>{_HALF}|(?:h|hs|hrs\.?|horas)(?!\w)))?{END}"
)
_MONTHS = pattern_of(TONGUE.table["months"])
_SHORT = TONGUE.table["short_months"]


def _day(found: Match) -> str | None:
    if not 1 <= int(found["day"]) <= 31:
        return None
    last = f" al {TONGUE.integer(int(found['last']))}" if found["last"] else ""
    year = f" {found['of'] or 'de'} {TONGUE.year(int(found['year']))}" if found["year"] else ""
    return f"{TONGUE.integer(int(found['day']))}{last} de {found['month']}{year}"


def _short_day(found: Match) -> str | None:
    """`12-abr-2020`, `5 ene. 2021`."""
    if not 1 <= int(found["day"]) <= 31:
        return None
    year = f" de {TONGUE.year(int(found['year']))}" if found["year"] else ""
    return f"{TONGUE.integer(int(found['day']))} de {_SHORT[found['month'].lower()]}{year}"


def _day_and_month(found: Match) -> str | None:
    """`el 12/05`."""
    day, month = int(found[1]), int(found[2])
    return TONGUE.date(None, month, day, found) if is_day(month, day) else None


def _hour(found: Match) -> str | None:
    hour = int(found["hour"])
    return TONGUE.clock(hour, 0, None, found) if 1 <= hour <= 12 else None


def _length(found: Match) -> str:
    """`12h02m00s`."""
    return TONGUE.span(int(found[1]), int(found[2]), int(found[3] or 0))


RULES: tuple[Rule, ...] = (
    *date_rules(TONGUE),
    short_years(TONGUE),
    rule(
        "date in words",
        rf"{START}(?P<day>\d{{1,2}})(?:\.?º)?(?:(?: ?[-–] ?| al )(?P<last>\d{{1,2}}))?"
        rf" (?:de )?(?P<month>{_MONTHS})(?:,? (?:(?P<of>del?) )?(?P<year>[12]\d{{3}}))?(?!\w)",
        _day,
    ),
    rule(
        "date with a short month",
        rf"{START}(?P<day>\d{{1,2}})(?:-| (?:de )?)(?P<month>(?i:{pattern_of(_SHORT)}))"
        r"(?:\.?[- ](?:de )?(?P<year>[12]\d{3})|\.(?= ?[a-záéíóú(,;]|\Z))(?!\w)",
        _short_day,
    ),
    rule(
        "day and month",
        r"(?:(?<=(?<!\w)[Ee]l )|(?<=(?<!\w)del )|(?<=(?<!\w)al )|(?<=(?<!\w)día ))(\d{1,2})/(\d{1,2})(?![\w/]|[.,]\d)",
        _day_and_month,
        needs="/",
        digits=True,
    ),
    rule("hour with its half", rf"(?<![\w:.,/])(?P<hour>\d{{1,2}}) ?{_HALF}", _hour, needs="mM", digits=True),
    rule(
        "hour with a nought",
        r"(?<![\w:.,/])0(\d) ?(?:h|hs|hrs|horas)(?!\w)",
        lambda found: TONGUE.clock(int(found[1]), 0, None, found),
    ),
    rule(
        "hours and minutes",
        r"(?<![\w.,])(\d{1,2}) ?h ?(\d{1,2}) ?m(?:in)?(?: ?(\d{1,2}) ?s(?:eg)?)?(?!\w)",
        _length,
        needs="h",
        digits=True,
    ),
    *time_rules(TONGUE, _CLOCK),
)
