"""French rules for dates and times."""

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.french.number_grammar import TONGUE
from chaptercast.script.normalise.western.amounts import START
from chaptercast.script.normalise.western.dates import date_rules, is_day, short_years, time_rules
from chaptercast.script.normalise.western.number_grammar import last_word, pattern_of, precedes, stop

_MONTHS: dict[str, int] = TONGUE.table["months"]
_MONTH = pattern_of(_MONTHS)
_BEFORE_HOURS = frozenset({"de", "entre", "dès", "des", "à", "vers", "pour", "et", "ou"})
_CLOCK = (
    r"(?<![\w:.,])(?P<hour>\d{1,2})(?: ?h ?|:)(?P<minute>\d\d)(?:(?::| ?min ?)(?P<second>\d\d) ?s?)?"
    r"(?: ?(?:min|mn))?(?: ?h(?!\w))?(?!\w|:\d)"
)


def _day(found: Match) -> str | None:
    if not 1 <= int(found["day"]) <= 31:
        return None
    joint = "au" if precedes("[Dd]u ", found, 3) else "à"
    last = f" {joint} {TONGUE.integer(int(found['last']))}" if found["last"] else ""
    year = f" {TONGUE.year(int(found['year']))}" if found["year"] else ""
    return f"{TONGUE.day(int(found['day']))}{last} {TONGUE.month_names[_MONTHS[found['month']] - 1]}{year}{stop(TONGUE, found)}"


def _hour(found: Match) -> str | None:
    return TONGUE.hours(int(found[1])) if int(found[1]) <= 24 else None


def _two_days(found: Match) -> str | None:
    """`les 17/18 juin`. A night goes from the first day to the second."""
    first, last = int(found[1]), int(found[2])
    joint = "au" if precedes("(?:[Dd]u|nuit du [a-z]+) ", found) else "et"
    return f"{TONGUE.day(first)} {joint} {TONGUE.day(last)}" if 1 <= first < last <= 31 or last == 1 else None


def _day_and_month(found: Match) -> str | None:
    """`le 12/05`."""
    day, month = int(found[1]), int(found[2])
    return TONGUE.date(None, month, day, found) if is_day(month, day) else None


def _hours(found: Match) -> str | None:
    """`8h30-12h`: de huit heures trente à douze heures."""
    times = [(int(found[group]), int(found[f"{group}_minute"] or 0)) for group in ("first", "last")]
    if any(hour > 24 or minute > 59 for hour, minute in times):
        return None
    first, last = (TONGUE.clock(hour, minute, None, found) for hour, minute in times)
    word = last_word(found)
    return f"{'de ' if word and word not in _BEFORE_HOURS else ''}{first} à {last}"


def _short_decade(found: Match) -> str:
    return f"années {TONGUE.integer(int(found[1])).removesuffix('s')}"


def _decade(found: Match) -> str:
    return TONGUE.integer(int(found[0].rstrip("s"))).removesuffix("s")


RULES: tuple[Rule, ...] = (
    *date_rules(TONGUE),
    short_years(TONGUE),
    rule(
        "date in words",
        rf"{START}(?P<day>\d{{1,2}})(?:er)?(?:(?: ?[-–] ?| au )(?P<last>\d{{1,2}}))? (?P<month>{_MONTH})(?: (?P<year>[12]\d{{3}}))?(?!\w)",
        _day,
    ),
    rule("two days", rf"{START}(\d{{1,2}}) ?/ ?(\d{{1,2}})(?= {_MONTH}(?!\w))", _two_days, needs="/", digits=True),
    rule(
        "day and month",
        r"(?:(?<=[Ll]e )|(?<=[Dd]u )|(?<=[Aa]u )|(?<=di ))(\d{1,2})/(\d{1,2})(?![\w/]|[.,]\d)",
        _day_and_month,
        needs="/",
        digits=True,
    ),
    rule(
        "hours",
        r"(?<![\w:.,/])(?P<first>\d{1,2}) ?h ?(?P<first_minute>\d\d)? ?[-–—] ?(?P<last>\d{1,2}) ?h(?: ?(?P<last_minute>\d\d))?(?!\w|:\d)",
        _hours,
        needs="h",
        digits=True,
    ),
    *time_rules(TONGUE, _CLOCK),
    rule(
        "minutes and seconds with marks",
        r"(?<![\w.,])(\d{1,3})['′’](\d\d)(?:[\"″”]|(?![\w°]))",
        lambda found: (
            f"{TONGUE.integer(int(found[1]), 'minutes')} minute{'s' * (int(found[1]) > 1)} {TONGUE.whole(found[2])}"
        ),
        needs="'′’",
        digits=True,
    ),
    rule("all day", r"(?<![\w.,])24 ?h(?:eures)? ?(?:/|sur) ?24(?!\w)", "vingt-quatre heures sur vingt-quatre"),
    rule("all week", r"(?<![\w.,])7 ?j(?:ours)? ?(?:/|sur) ?7(?!\w)", "sept jours sur sept"),
    rule("hour", r"(?<![\w:.,/])(\d{1,2}) ?h(?![\w/])", _hour, needs="h", digits=True),
    rule("to an hour", r"(?<=h) ?[-–—] ?(?=\d{1,2} ?h)", " à ", needs="-–—", digits=True),
    rule("decade in short", r"(?<=[Ll]es )['’]?(?:19)?([2-9]0)['’]?s(?!\w)", _short_decade, needs="s", digits=True),
    rule("decade", r"(?<=années )\d0(?!\d)s?", _decade),
)
