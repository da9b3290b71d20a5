"""Rules for French dates and times."""

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.french.tongue import TONGUE
from chaptercast.script.normalise.western.amounts import START
from chaptercast.script.normalise.western.dates import date_rules, time_rules
from chaptercast.script.normalise.western.tongue import pattern_of, precedes

_MONTHS: dict[str, int] = TONGUE.table["months"]
_MONTH = pattern_of(_MONTHS)
_CLOCK = (
    r"(?<![\w:.,])(?P<hour>\d{1,2})(?: ?h ?|:)(?P<minute>\d\d)(?:(?::| ?min ?)(?P<second>\d\d) ?s?)?"
    r"(?: ?(?:min|mn))?(?: ?h(?!\w))?(?![\w:])"
)


def _day(found: Match) -> str | None:
    if not 1 <= int(found["day"]) <= 31:
        return None
    joint = "au" if precedes("[Dd]u ", found, 3) else "à"
    last = f" {joint} {TONGUE.integer(int(found['last']))}" if found["last"] else ""
    year = f" {TONGUE.year(int(found['year']))}" if found["year"] else ""
    return f"{TONGUE.day(int(found['day']))}{last} {TONGUE.month_names[_MONTHS[found['month']] - 1]}{year}"


def _hour(found: Match) -> str | None:
    return TONGUE.hours(int(found[1])) if int(found[1]) <= 24 else None


def _decade(found: Match) -> str:
    return TONGUE.integer(int(found[0])).removesuffix("s")


RULES: tuple[Rule, ...] = (
    *date_rules(TONGUE),
    rule(
        "date in words",
        rf"{START}(?P<day>\d{{1,2}})(?:er)?(?:(?: ?[-–] ?| au )(?P<last>\d{{1,2}}))? (?P<month>{_MONTH})(?: (?P<year>[12]\d{{3}}))?(?!\w)",
        _day,
    ),
    *time_rules(TONGUE, _CLOCK),
    rule("all day", r"(?<![\w.,])24 ?h(?:eures)? ?(?:/|sur) ?24(?!\w)", "vingt-quatre heures sur vingt-quatre"),
    rule("all week", r"(?<![\w.,])7 ?j(?:ours)? ?(?:/|sur) ?7(?!\w)", "sept jours sur sept"),
    rule("hour", r"(?<![\w:.,])(\d{1,2}) ?h(?![\w/])", _hour, needs="h"),
    rule("to an hour", r"(?<=h) ?[-–—] ?(?=\d{1,2} ?h)", " à ", needs="-–—"),
    rule("decade", r"(?<=années )\d0(?!\d)", _decade),
)
