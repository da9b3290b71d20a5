"""Rules for Spanish dates and times."""

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.spanish.tongue import TONGUE
from chaptercast.script.normalise.western.amounts import START
from chaptercast.script.normalise.western.dates import date_rules, time_rules
from chaptercast.script.normalise.western.tongue import pattern_of

_CLOCK = (
    r"(?<![\w:.,])(?P<hour>\d{1,2})(?::|\.(?=\d\d ?h(?:oras)?\b))(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?: ?(?:h|horas)(?!\w))?(?![\w:])"
)


def _day(found: Match) -> str | None:
    if not 1 <= int(found["day"]) <= 31:
        return None
    last = f" al {TONGUE.integer(int(found['last']))}" if found["last"] else ""
    year = f" {found['of']} {TONGUE.year(int(found['year']))}" if found["year"] else ""
    return f"{TONGUE.integer(int(found['day']))}{last} de {found['month']}{year}"


RULES: tuple[Rule, ...] = (
    *date_rules(TONGUE),
    rule(
        "date in words",
        rf"{START}(?P<day>\d{{1,2}})(?:\.?º)?(?:(?: ?[-–] ?| al )(?P<last>\d{{1,2}}))?"
        rf" de (?P<month>{pattern_of(TONGUE.table['months'])})(?: (?P<of>del?) (?P<year>[12]\d{{3}}))?(?!\w)",
        _day,
    ),
    *time_rules(TONGUE, _CLOCK),
)
