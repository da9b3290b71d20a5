"""What the Chinese rules share: how a number is written, and whether two is 两 where it stands."""

import re
from functools import cache
from typing import Any

from chaptercast.script.normalise.chinese.numerals import cardinal, digits, number
from chaptercast.script.normalise.data import alternatives, table
from chaptercast.script.normalise.edits import Match

WORDS = table("zh")
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
SCALE = r"(?:百万亿|十万亿|万亿|千亿|百亿|十亿|千万|百万|十万|亿|万)"
START = r"(?<![\d.A-Za-z])"
"""A number does not begin inside of one, nor inside of a name."""
TO = r" ?[-~–—] ?"
UNITS: dict[str, str] = WORDS["units"]
UNIT = rf"(?:{alternatives(UNITS)})(?![A-Za-z])"
_NEGATIVE_AFTER = "为是达至到于在约近升降低跌从由和与、，：；。（(“‘=<>≥≤≈×÷+~|/负有即和乘加减以"


@cache
def words(section: str, key: str) -> re.Pattern[str]:
    """A list of the table as a pattern."""
    return re.compile(f"(?:{alternatives(WORDS[section][key].split())})")


def counts(following: str) -> bool:
    """Whether a number before `following` counts things: then two is 两. It does not before 月, 号, 楼, 级."""
    measure = words("counting", "measures").match(following)
    if not measure:
        return bool(re.match(UNIT, following))
    rank = words("counting", "ranks").match(following)
    return not rank or len(rank[0]) < len(measure[0])


def counted(written: str, following: str, preceding: str = "") -> str:
    """A number as it is said between `preceding` and `following`."""
    ordinal = preceding.endswith("第") or re.search(r"第\d+(?:[-~–—至到、和及或]第?\d*)*\Z", preceding)
    if written == "2" and not ordinal and counts(following):
        return "两"
    if ordinal and re.fullmatch(r"2\d*", written):
        return cardinal(written, liang=False)
    if re.fullmatch(r"0\d", written) and re.match(r"[月日号]", following):
        return cardinal(written[1])
    return number(written)


def scaled(written: str, scale: str | None) -> str:
    """An amount with 万, 亿 after it: `2.2`, `万亿` is 二点二万亿, `2`, `万` is 两万."""
    if not scale:
        return number(written)
    return ("两" if written == "2" and scale[0] in "千万亿" else number(written, liang=False)) + scale


def is_negative(found: Match, group: str = "sign") -> bool:
    """Whether a minus or hyphen before a number is a sign, not part of a name (歼-20) nor a dash."""
    start = found.start(group)
    head = found.string[max(0, start - 6) : start].rstrip()
    if not head or found[group] == "−" or head[-1] in _NEGATIVE_AFTER:
        return True
    if head[-1].isascii() and (head[-1].isalnum() or head[-1] in ")%"):
        return False
    named = re.search(f'{words("counting", "named").pattern}[“”"]?\\Z', head)
    return not named


def plus_or_minus(found: Match, minus: str = "负") -> str | None:
    """The word for the sign of a number; None where the sign is something else."""
    sign = found["sign"]
    if not sign:
        return ""
    if sign in "-−":
        return minus if is_negative(found) else None
    return {"+": "正", "±": "正负"}[sign]


def looks(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text."""
    return bool(re.search(pattern, text))


def entry(section: str) -> dict[str, Any]:
    """A section of the table."""
    found: dict[str, Any] = WORDS[section]
    return found


__all__ = [
    "HAN", "NUMBER", "SCALE", "START", "TO", "UNIT", "UNITS", "WORDS", "cardinal", "counted", "counts", "digits", "entry",
    "is_negative", "looks", "number", "plus_or_minus", "scaled", "words",
]  # fmt: skip
