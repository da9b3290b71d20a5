"""Chinese rules for model names of letters, digits and hyphens: aircraft, missiles, machines, team formations."""

import re

from chaptercast.script.normalise.chinese.grammar import CONTEXTS, CURRENCIES, HAN, around, counts, near
from chaptercast.script.normalise.chinese.numerals import cardinal, digits, name
from chaptercast.script.normalise.edits import Match, Rule, after, rule

_MOST_AS_NUMBER = 2
_AIRLINERS = frozenset({"A", "B", "ARJ", "CRJ", "ERJ", "MD"})


def _airliner(found: Match) -> str | None:
    """`波音737-800`, `787-9`."""
    kind, variant = found["kind"], found["variant"]
    round_one = variant.endswith("00")
    if not (round_one or variant in ("8", "9", "10") or near("aircraft", around(found, 14, 14))):
        return None
    return f"{digits(kind)}{name(variant) if round_one else '杠' + name(variant)}"


def _type(found: Match) -> str | None:
    """`A320-200`, `ARJ21-700`; `P12-15` are pages, `AQI50-100` a range."""
    letters, low, high = found["letters"], found["number"], found["variant"]
    rises = int(high) > int(low)
    if (
        letters in CURRENCIES
        or letters in ("P", "PP", "Q", "No")
        or (rises and not (high.endswith("00") and letters in _AIRLINERS))
    ):
        return None
    said = digits(low) if len(low) > _MOST_AS_NUMBER else cardinal(low, liang=False)
    return f"{letters}{said}{name(high) if high.endswith('00') else '杠' + name(high)}"


def _named(found: Match) -> str:
    """`米-17直升机`: the following word shows that it is a name."""
    return name(found[1])


def _against(found: Match) -> str:
    return f"{cardinal(found[1], liang=False)}V{cardinal(found[2], liang=False) if found[2].isdigit() else found[2]}"


def _to(found: Match) -> str:
    return f"{found[1]} to {found[2]}"


def _pages(found: Match) -> str | None:
    """`P12-15`, `AQI50-100`."""
    low, high = found[2], found[3]
    if int(high) <= int(low) or found[1] in CURRENCIES:
        return None
    return f"{found[1]}{cardinal(low, liang=False)}到{cardinal(high, liang=False)}"


def _figure(found: Match) -> str | None:
    """`图3-2`: the second figure of the third chapter; not `病例3-5例`."""
    if counts(after(found, 4)):
        return None
    return "杠".join(cardinal(part, liang=False) for part in re.split("[-–—]", found[0]))


def _row(found: Match) -> str:
    """`86-62-88`."""
    return "，".join(cardinal(part, liang=False) for part in found[0].split("-"))


def _quarters(found: Match) -> str:
    return f"第{cardinal(found[1])}到第{cardinal(found[2])}季度"


def _quarter_of_year(found: Match) -> str:
    year, quarter = (found["year"], found["quarter"]) if found["year"] else (found["last"], found["first"])
    return f"{digits(year)}年第{cardinal(quarter)}季度"


def _digits(found: Match) -> str:
    return digits(found[0])


RULES: tuple[Rule, ...] = (
    rule(
        "airliner",
        r"(?<![\d.A-Za-z-])(?P<kind>7[0-8]7)[-–—](?P<variant>\d{1,3})(?!\d|\.\d|[元%年月日])",
        _airliner,
        needs="7",
    ),
    rule(
        "type",
        r"(?<![A-Za-z\d-])(?P<letters>[A-Z]{1,4})(?P<number>\d{2,4})-(?P<variant>\d{1,4})(?![\d.%])",
        _type,
        needs="-",
    ),
    rule("number of a type", r"(?<=[A-Za-z]\d)-(\d{4,5})(?=[A-Za-z]{0,2}(?![A-Za-z\d.]))", _named, needs="-"),
    rule("arms", rf"(?<=[{HAN}”\"])[-–](\d{{1,4}})(?=[A-Z]{{0,2}}(?:{CONTEXTS['arms']}))", _named, needs="-–"),
    rule(
        "arms of a year",
        rf"(?<![\d.第])(?:\d{{2}}(?=式(?:{CONTEXTS['styles']}))|0\d{{2}}(?=[A-D]?型))",
        _digits,
        needs="式型",
    ),
    rule("one against one", r"(?<![A-Za-z\d.])(\d{1,2}) ?[Vv] ?(\d{1,2}(?![A-Za-z\d.])|多)", _against, needs="Vv"),
    rule("trade", r"(?<![A-Za-z\d])([BCDGMOPV])2([BCDGMOPVX])(?![A-Za-z\d])", _to, needs="2"),
    rule("pages", r"(?<![A-Za-z])([Pp])(\d{1,4})[-–~](\d{1,4})(?![\d.])", _pages, needs="Pp"),
    rule("range of an index", r"(?<![A-Za-z])([A-Z]{3,5})(\d{1,4})[-–~](\d{1,4})(?![\dA-Za-z.-])", _pages, needs="-–~"),
    rule("to another of its kind", r"(?<=[A-Z]\d)[-–~](?=[A-Z]\d{1,2}(?![\dA-Za-z-]))", "到", needs="-–~"),
    rule(
        "number of a figure",
        r"(?:(?<=[图表例题])|(?<=公式))\d{1,2}(?:[-–—]\d{1,2}){1,2}(?![\d.])",
        _figure,
        needs="-–—",
    ),
    rule("formation", r"(?<![\d.-])\d(?:-\d){2,3}(?=阵|的?阵|体系|站位|踢法)", _digits, needs="-"),
    rule("numbers in a row", r"(?<![\d.A-Za-z-])\d{1,3}(?:-\d{1,3}){2,}(?![\d.A-Za-z-])", _row, needs="-"),
    rule("quarters", r"(?<![A-Za-z\d])Q([1-4])[-~–—至到]Q?([1-4])(?![A-Za-z\d])", _quarters, needs="Q"),
    rule(
        "quarter of a year",
        r"(?<![A-Za-z\d.])(?:(?P<year>\d\d)Q(?P<quarter>[1-4])|(?P<first>[1-4])Q(?P<last>\d\d))(?![A-Za-z\d])",
        _quarter_of_year,
        needs="Q",
    ),
    rule(
        "chip",
        r"(?:(?<=麒麟)|(?<=骁龙)|(?<=天玑)|(?<=锐龙)|(?<=酷睿)|(?<=龙芯)|(?<=红魔)|(?<=索尼))\d{1,4}(?![\d年]|\.\d)",
        lambda found: name(found[0]),
        needs="麟龙玑睿芯魔尼",
    ),
    rule("company", rf"(?<![\d.])(?:{CONTEXTS['companies']})", _digits),
)
