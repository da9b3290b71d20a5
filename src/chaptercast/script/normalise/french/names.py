"""Rules for French names and numbers that are read in a way of their own."""

import re

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.french.tongue import TONGUE
from chaptercast.script.normalise.western.amounts import START
from chaptercast.script.normalise.western.names import ROMAN, roman_rules
from chaptercast.script.normalise.western.tongue import pattern_of

_DAYS: dict[str, str] = TONGUE.table["weekdays"]
_DAY = pattern_of(_DAYS)
_FIRST = ("re", "ère", "ere")
_GROUP_IN_DIGITS = 3
"""Groups of a telephone number that are longer are said digit by digit."""


def _telephone(found: Match) -> str:
    """By pairs, as the French do: zéro un, quarante-deux."""
    return ", ".join(_pair(group) for group in re.findall(r"\d+", found[0]))


def _pair(group: str) -> str:
    if group[0] == "0" and len(group) == 2 and group != "00":
        return f"{TONGUE.integer(0)} {TONGUE.integer(int(group))}"
    return TONGUE.whole(group) if len(group) <= _GROUP_IN_DIGITS else TONGUE.digits(group)


def _ordinal(found: Match) -> str:
    value, ending = int(re.sub(r"\D", "", found[1])), found[2]
    if ending.startswith("nd"):
        return "seconde" if "e" in ending else "second"
    return TONGUE.ordinal(value, feminine=ending.rstrip("s") in _FIRST) + ("s" if ending.endswith("s") else "")


def _roman_ordinal(found: Match) -> str | None:
    value, ending = roman.value(found["numeral"]), found["ending"]
    if value is None:
        return None
    return TONGUE.ordinal(value, feminine=ending.rstrip("s") in _FIRST) + ("s" if ending.endswith("s") else "")


def _ruler(found: Match, value: int) -> str | None:
    """Louis Quatorze, but François Premier, whose numeral has its ending."""
    if not found["ending"]:
        return f"{found['name']} {TONGUE.integer(value).capitalize()}" if value > 1 else None
    return (
        f"{found['name']} {TONGUE.ordinal(value, feminine=found['ending'] in _FIRST).capitalize()}"
        if value == 1
        else None
    )


def _and_a_half(found: Match) -> str:
    """`2 1/2 heures`: deux heures et demie."""
    noun = found["noun"]
    return f"{TONGUE.integer(int(found[1]), noun)} {noun} et {'demie' if TONGUE.is_feminine(noun) else 'demi'}"


def _weekdays(found: Match) -> str:
    return f"{_DAYS[found[1]]} {found[2]} {_DAYS[found[3]]}"


PHONES: tuple[Rule, ...] = (
    rule(
        "telephone",
        r"(?<![\w.,/-])(?:(?:\+\d{1,3} ?(?:\(0\) ?)?\d|0\d)(?:[ .-]\d{2}){4}|0 ?8\d\d(?: \d{2,3}){2,3})(?!\w)",
        _telephone,
    ),
)

HALVES: tuple[Rule, ...] = (
    rule("and a half", rf"{START}(\d{{1,3}}) ?(?:1/2|½) (?P<noun>[^\W\d_]{{2,20}})(?!\w)", _and_a_half, needs="½/"),
)
"""Before the other fractions."""

RULES: tuple[Rule, ...] = (
    rule(
        "ordinal",
        r"(?<![\w.,])(\d{1,3}(?: \d{3})+|\d{1,9}) ?(?<!\d )(ers?|res?|ères?|eres?|[eè]mes?|es?|(?<=2)nde?s?)(?!\w)",
        _ordinal,
        needs="en",
    ),
    *roman_rules(TONGUE, _ruler, numeral_end=r"(?P<ending>er|re|ère)?(?!\w)"),
    rule(
        "ordinal in Roman numerals",
        r"(?<![\w.])(?P<numeral>I(?=[er]|ère)|(?!I(?![IVX]))[IVX]+(?=e(?:mes?|s)?(?!\w)|è))(?P<ending>ers?|res?|ères?|[eè]mes?|es?)(?!\w)",
        _roman_ordinal,
        needs=ROMAN,
    ),
    rule("century", r"(?<![\w.])(?P<numeral>[IVX]{2,}|[VX])(?P<ending>)(?= siècles?)", _roman_ordinal, needs=ROMAN),
    rule("weekdays with a word", rf"(?<!\w)({_DAY}) (au|à|et) ({_DAY})(?!\w)", _weekdays, needs="."),
    rule("times", r"(?<![\w.,])(\d{1,9})x(?!\w)", lambda found: f"{TONGUE.integer(int(found[1]))} fois", needs="x"),
)
