"""Arithmetic, comparison, and what is left of numbers and signs, in Chinese."""

import re

from chaptercast.script.normalise.chinese.grammar import (
    CURRENCIES,
    HAN,
    NUMBER,
    SCALE,
    SIGNS,
    START,
    UNITS,
    counted,
    plus_or_minus,
    scaled,
)
from chaptercast.script.normalise.chinese.numerals import cardinal
from chaptercast.script.normalise.data import alternatives
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule

_OPERAND = r"(?<=[\w)\]）%°²³π])"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_EXPONENTS = str.maketrans(f"{_RAISED}⁻", "0123456789-")
_BETWEEN = "=÷≈≠≥≤≫≪∝∈∩∪⊥∥"
_LONE = {sign: name for sign, name in (CURRENCIES | SIGNS).items() if len(sign) == 1 and sign not in "<>"}


def _sign(found: Match) -> str:
    return SIGNS[found[0].strip()]


def _lone(found: Match) -> str:
    return _LONE[found[0]]


def _minus(found: Match) -> str | None:
    """A hyphen between two terms is minus in an equation only."""
    return "减" if found[0].strip() == "−" or "=" in before(found, 20) + after(found, 20) else None


def _power(found: Match) -> str:
    exponent = (found["raised"] or found["caret"]).translate(_EXPONENTS)
    if exponent == "2":
        return "平方" if before(found, 1).isalpha() else "的平方"
    return "的立方" if exponent == "3" else f"的{'负' * (exponent[0] == '-')}{cardinal(exponent.lstrip('-'))}次方"


def _unit(found: Match) -> str:
    return UNITS[found[0]]


def _about(found: Match) -> str:
    return "" if before(found, 1) in tuple("约近") else "约"


def _number(found: Match) -> str:
    sign = plus_or_minus(found) or ""
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


EQUATIONS: tuple[Rule, ...] = (
    rule("minus", rf"{_OPERAND} ?[-−–] ?(?=[\w(（])", _minus, needs="=−"),
    rule("times", rf"{_OPERAND} ?[×*] ?(?=[\w(（-])|(?<=\d) ?[xX] ?(?=\d)", "乘", needs="×*xX"),
    rule("equals", rf" ?[{_BETWEEN}] ?(?=[\w(（+\-−√∞π.])", _sign, needs=_BETWEEN),
    rule(
        "greater, less",
        r" ?[<>] ?(?=[\d(（+\-−.$¥€£]|[A-Za-z](?![A-Za-z]))|(?<=[\d)）]) ?[<>] ?(?=\w)",
        _sign,
        needs="<>",
    ),
    rule("plus", rf"{_OPERAND} ?\+ ?(?=[\w(（])", "加", needs="+"),
)
"""Each sign between its terms is an edit of its own; before the rules for dates and amounts."""

RULES: tuple[Rule, ...] = (
    rule(
        "unit alone",
        rf"(?<![A-Za-z\d])(?:{alternatives(unit for unit in UNITS if unit[-1] in '²³' or '/' in unit)})(?![A-Za-z])",
        _unit,
        needs="²³/",
    ),
    rule(
        "power",
        rf"(?<=[\w)）])(?:(?P<raised>⁻?[{_RAISED}]+)|\^\(?(?P<caret>-?\d{{1,4}})\)?)",
        _power,
        needs=_RAISED + "^",
    ),
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
    rule("minutes of a degree", r"(?<=\d)′", "分", needs="′"),
    rule("seconds of a degree", r"(?<=\d)″", "秒", needs="″"),
    rule("lone sign", f"[{re.escape(''.join(_LONE))}]", _lone, needs=_LONE),
    rule("other sign", r"[#~<>]", "", needs="#~<>"),
)
"""The last of the table."""
