"""Shared by the Chinese rules: how a number is written, and whether two is 两 at a given place."""

import re
from functools import cache

from chaptercast.script.normalise.chinese.numerals import cardinal, number
from chaptercast.script.normalise.data import alternatives, table
from chaptercast.script.normalise.edits import Match, after, before

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
SCALE = r"(?:百万亿|十万亿|万亿|千亿|百亿|十亿|千万|百万|十万|亿|万)"
START = r"(?<![\d.A-Za-z])"
"""A number does not begin inside another number or a name."""
_TABLE = table("zh")
SIGNS: dict[str, str] = _TABLE["signs"]
UNITS: dict[str, str] = _TABLE["units"]
CURRENCIES: dict[str, str] = _TABLE["currencies"]
GREEK: dict[str, str] = _TABLE["greek"]
SCALES: dict[str, int] = _TABLE["scales"]
CONTEXTS: dict[str, str] = _TABLE["contexts"]
UNIT = rf"(?:{alternatives(UNITS)})(?![A-Za-z]|-[A-Za-z])"
_NEGATIVE_AFTER = "温为是达至到于在约近升降低跌从由和与、，：；。（(“‘=<>≥≤≈×÷+~|/负有即乘加减以"


@cache
def words(section: str, key: str) -> re.Pattern[str]:
    """A pattern for a list in the table."""
    return re.compile(f"(?:{alternatives(_TABLE[section][key].split())})")


def near(context: str, text: str) -> bool:
    """Whether a context of the table occurs in a text."""
    return bool(re.search(CONTEXTS[context], text))


def begins(context: str, found: Match, skip: int = 0) -> bool:
    """Whether the text after a match, without its first `skip` characters, begins with a context of the table."""
    return bool(re.match(CONTEXTS[context], after(found, 12)[skip:]))


_EARLIER_MEMBERS = re.compile(
    r"(?:[+（(]?[A-Za-z]{0,2}\d[\d()（） —–转-]{2,24}(?:[（(][^（()）]{1,8}[)）])?[、，,/和或与及跟 ]+)+\Z"
)


def listed(head: str) -> str:
    """`head` without the earlier numbers of a list at its end: `电话110、119和`."""
    return _EARLIER_MEMBERS.sub("", head)


def around(found: Match, head: int = 10, tail: int = 8) -> str:
    """The text before and after a match."""
    return f"{before(found, head)}|{after(found, tail)}"


def counts(following: str) -> bool:
    """Whether a number before `following` counts things. If so, two is 两. Before 月, 号, 楼, 级 it does not."""
    measure = words("counting", "measures").match(following)
    if not measure:
        return bool(re.match(UNIT, following))
    rank = words("counting", "ranks").match(following)
    return not rank or len(rank[0]) < len(measure[0])


def begins_with_rank(text: str) -> bool:
    """Whether a text begins with a word for a rank, a name or a date: 月, 号, 级."""
    return bool(words("counting", "ranks").match(text))


def counted(written: str, following: str, preceding: str = "") -> str:
    """A number as it is spoken between `preceding` and `following`."""
    if re.search(r"第(?:\d+(?:[-~–—至到、和及或]第?\d*)*)?\Z", preceding):
        return number(written, liang=False)
    if written == "2" and re.match(r"[栋幢座层]\d", following):
        return "二"
    if written == "2" and following.startswith("时") and preceding.endswith(("=", "≈", ">", "<", "≥", "≤")):
        return "二"
    if written == "2" and counts(following):
        return "两"
    if re.fullmatch(r"0\d", written) and re.match(r"[月日号]", following):
        return cardinal(written[1])
    return number(written)


def scaled(written: str, scale: str) -> str:
    """An amount before 万 or 亿: `2.2`, `万亿` is 二点二万亿; `2`, `万` is 两万."""
    return ("两" if written == "2" and scale[0] in "千万亿" else number(written, liang=False)) + scale


def is_negative(found: Match) -> bool:
    """Whether a minus or hyphen before a number is a sign, not part of a name (歼-20) or a dash."""
    start = found.start("sign")
    head = found.string[max(0, start - 6) : start].rstrip()
    if not head or found["sign"] == "−" or head[-1] in _NEGATIVE_AFTER:
        return True
    if "\u0370" <= head[-1] <= "\u03ff":
        return False
    if head[-1].isascii() and (head[-1].isalnum() or head[-1] in ")%"):
        return False
    return not is_named(head)


def is_named(head: str) -> bool:
    """Whether a text ends in the name of a numbered series: 歼, 神舟, 东风."""
    return bool(re.search(f'{words("counting", "named").pattern}[”"]?\\Z', head))


def plus_or_minus(found: Match, minus: str = "负") -> str | None:
    """The word for the sign of a number; `None` if the mark is something else."""
    sign = found["sign"]
    if not sign:
        return ""
    if sign in "-−":
        return minus if is_negative(found) else None
    return {"+": "正", "±": "正负"}[sign]
