"""Chinese rules for arithmetic, comparison, and all remaining numbers and signs."""

import re

from chaptercast.script.normalise.chinese.grammar import (
    CURRENCIES,
    GREEK,
    HAN,
    NUMBER,
    SCALE,
    SIGNS,
    START,
    UNITS,
    counted,
    counts,
    near,
    plus_or_minus,
    scaled,
)
from chaptercast.script.normalise.chinese.numerals import cardinal
from chaptercast.script.normalise.data import alternatives
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule

_OPERAND = r"(?<=[\w)\]）%°²³π])"
_GREEK = "Α-Ωα-ω"
_BETWEEN = "=÷≈≠≥≤≫≪∝∈∩∪⊥∥"
_WRITTEN_OUT = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "=", "=<": "≤"}
_EQUALS_BEFORE, _EQUALS_AFTER = re.compile(r"=[^，。；：、,;:]*\Z"), re.compile(r"[^，。；：、,;:]*=")
_UNFOLLOWED = re.compile(r"\d+(?:\.\d+)?(?![\d.]*[A-Za-z]?[²³]? ?[=+×÷*/^-])")
_LONE = {sign: name for sign, name in (CURRENCIES | SIGNS).items() if len(sign) == 1 and sign not in "<>"}


def _sign(found: Match) -> str:
    return SIGNS[found[0].strip()]


def _lone(found: Match) -> str:
    return _LONE[found[0]]


def _minus(found: Match) -> str | None:
    """A hyphen between two terms is minus only in an equation. Between a word and a number, it is the number's sign."""
    if not before(found, 1).isascii() and before(found, 1).isalpha() and after(found, 1).isdigit():
        return None
    first, second = re.search(r"[=≈] ?(\d+(?:\.\d+)?)\Z", before(found, 12)), _UNFOLLOWED.match(after(found, 12))
    if first and second and float(first[1]) < float(second[0]):  # pH=6.5-7.5
        return None
    equation = _EQUALS_BEFORE.search(before(found, 20)) or _EQUALS_AFTER.match(after(found, 20))
    return "减" if found[0].strip() == "−" or equation else None


def _relation(found: Match) -> str:
    return SIGNS[_WRITTEN_OUT.get(found[0].strip(), found[0].strip())]


def _unit(found: Match) -> str:
    return UNITS[found[0]]


def _about(found: Match) -> str:
    return "" if before(found, 1) in tuple("约近") else "约"


def _number(found: Match) -> str | None:
    if found["sign"] and re.match(" ?[年月日号时点届]", after(found, 2)):  # a dash: nothing comes before the first day
        return None
    degrees = after(found, 1) == "度" and near("weather", before(found, 12))
    sign = plus_or_minus(found, "零下" if degrees else "负") or ""
    if found["scale"]:
        return sign + scaled(found["number"], found["scale"])
    return sign + counted(found["number"], after(found, 8).lstrip(), before(found, 14))


def _rest(found: Match) -> str:
    return cardinal(found[0])


def _slash(found: Match) -> str:
    head, tail = before(found, 1), after(found, 1)
    if head.isdigit() and tail.isdigit():
        return "，"
    return " " if head.isascii() and tail.isascii() else ""


def _rest_of_a_sign(found: Match) -> str | None:
    """`100+个` is 一百多个, `10万+` 十万加."""
    return "多" if re.search(r"\d0\Z", before(found, 2)) and counts(after(found, 4)) else None


def _some(found: Match) -> str:
    """`××公司`: a name that is withheld."""
    return "某" * min(len(found[0]), 2)


def _greek(found: Match) -> str | None:
    return GREEK.get(found[0])


EQUATIONS: tuple[Rule, ...] = (
    rule("relation", r" ?(?:<=|>=|!=|==|=<) ?", _relation, needs="<>!="),
    rule(
        "name not told",
        r"(?<![\dA-Za-z)）])(?:×{2,}|×(?=[月日号年省市县区镇村某]))(?![\dA-Za-z(（])",
        _some,
        needs="×",
    ),
    rule("plus plus", r"(?<=[A-Z])\+\+(?!\+)", "加加", needs="+"),
    rule("share and more", r"(?<=%)\+(?! ?[\d(（A-Za-z])", "以上", needs="+"),
    rule("and more", rf"(?<=\d)\+(?=[{HAN}])", _rest_of_a_sign, needs="+"),
    rule("minus", rf"{_OPERAND} ?[-−–] ?(?=[^\W⁰¹²³⁴-⁹]|[(（])", _minus, needs="=−"),
    rule("times", rf"{_OPERAND} ?[×*] ?(?=[\w(（-])|(?<=\d) ?[xX] ?(?=\d)", "乘", needs="×*xX"),
    rule("minus before a letter", r"(?<=[=<>≤≥≈(（×÷]) ?[-−](?=[A-Za-zα-ω(（√])", "负", needs="-−"),
    rule("equals", rf" ?[{_BETWEEN}] ?(?=[\w(（+\-−√∞π.])", _sign, needs=_BETWEEN),
    rule(
        "greater, less",
        r" ?[<>] ?(?=[\d(（+\-−±√α-ω.$¥€£]|[A-Za-z](?![A-Za-z]))|(?<=[\d)）]) ?[<>] ?(?=\w)",
        _sign,
        needs="<>",
    ),
    rule("plus", rf"{_OPERAND} ?\+ ?(?=[\w(（])", "加", needs="+"),
)
"""Each sign between its terms is an edit of its own. Applied before the rules for dates and amounts."""

UNITS_ALONE: tuple[Rule, ...] = (
    rule(
        "unit alone",
        rf"(?:(?<![A-Za-z\d])(?:{alternatives(unit for unit in UNITS if unit[-1] in '²³' or '/' in unit)})|°[CF])(?![A-Za-z])",
        _unit,
        needs="²³/°",
    ),
)

RULES: tuple[Rule, ...] = (
    rule(
        "versus",
        rf"(?:(?<=[{HAN}\d])|(?<=[{HAN}”A-Za-z\d] )) ?[Vv][Ss](?![A-Za-z])\.? ?(?=[{HAN}“A-Za-z\d])",
        "对",
        needs="Vv",
    ),
    rule("around", r"(?<![\w%°)])~ ?(?=[\d$¥])", _about, needs="~"),
    rule("number", rf"{START}(?P<sign>[-−+±](?=\d))?(?P<number>{NUMBER})(?P<scale>{SCALE})?", _number),
    rule("rest of a number", r"\d+", _rest),
    rule("slash", r" ?/ ?", _slash, needs="/"),
    rule("to", r"(?<=\w) ?~ ?(?=\w)", "到", needs="~"),
    rule("decimal without a nought", r"(?<![\w.)）])\.(?=\d)", "零点", needs="."),
    rule("Greek letter", rf"(?<![{_GREEK}])[{_GREEK}](?![{_GREEK}])", _greek, needs=GREEK),
    rule("minutes of a degree", r"(?<=\d)′", "分", needs="′"),
    rule("seconds of a degree", r"(?<=\d)″", "秒", needs="″"),
    rule("lone sign", f"[{re.escape(''.join(_LONE))}]", _lone, needs=_LONE),
    rule("other sign", r"[#~<>]", "", needs="#~<>"),
)
"""The last rules of the table."""
