"""Arithmetic, comparison and what is left of the signs, and plain numbers, in Chinese. The last rules of the table."""

import re

from chaptercast.script.normalise.chinese.grammar import (
    HAN,
    NUMBER,
    SCALE,
    START,
    UNITS,
    cardinal,
    counted,
    entry,
    plus_or_minus,
    scaled,
)
from chaptercast.script.normalise.data import alternatives
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule

_SIGNS = entry("signs")
_OPERAND_BEFORE = r"(?<=[\w)\]）%°²³π])"
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def _sign(found: Match) -> str:
    return str(_SIGNS[found[0].strip()])


def _minus(found: Match) -> str | None:
    """A hyphen between two terms is minus in an equation only."""
    equation = f"{before(found, 20)} {after(found, 20)}"
    return "减" if "=" in equation or found[0].strip() == "−" else None


def _power(found: Match) -> str:
    exponent = (found["raised"] or found["caret"]).translate(_POWERS)
    if exponent == "2":
        return "的平方" if not before(found, 1).isalpha() else "平方"
    return (
        "的立方" if exponent == "3" else f"的{'负' if exponent[0] == '-' else ''}{cardinal(exponent.lstrip('-'))}次方"
    )


def _about(found: Match) -> str:
    return "" if before(found, 1) in "约近" else "约"


def _plain(found: Match) -> str | None:
    sign = plus_or_minus(found)
    if sign is None:
        sign = ""
    following = after(found, 8)
    if found["scale"]:
        return sign + scaled(found["number"], found["scale"])
    return sign + counted(found["number"], following.lstrip(), before(found, 14))


def _slash(found: Match) -> str:
    head, tail = before(found, 1), after(found, 1)
    if head.isdigit() and tail.isdigit():
        return "，"
    return " " if head.isascii() and tail.isascii() else ""


def _lone(found: Match) -> str:
    return str(_SIGNS.get(found[0]) or entry("currencies")[found[0]])


EQUATIONS: tuple[Rule, ...] = (
    rule("minus", rf"{_OPERAND_BEFORE} ?[-−–] ?(?=[\w(（])", _minus, needs="=−"),
    rule("times", rf"{_OPERAND_BEFORE} ?[×✕*] ?(?=[\w(（-])|(?<=\d) ?[xX] ?(?=\d)", "乘", needs="×*xX"),
    rule("equals", r" ?[=÷≈≠≥≤≫≪∝∈∩∪⊥∥] ?(?=[\w(（+\-−√∞π.])", _sign, needs="=÷≈≠≥≤≫≪∝∈∩∪⊥∥"),
    rule("greater, less", r" ?[<>] ?(?=[\d(（+\-−.$¥€£]|[A-Za-z](?![A-Za-z]))|(?<=[\d)）]) ?[<>] ?(?=\w)", _sign, needs="<>"),
    rule("plus", rf"{_OPERAND_BEFORE} ?\+ ?(?=[\w(（])", "加", needs="+"),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    rule("unit alone", rf"(?<![A-Za-z\d])(?:{alternatives([unit for unit in UNITS if unit[-1] in '²³'])})", lambda found: UNITS[found[0]], needs="²³"),
    rule("power", r"(?<=[\w)）])(?:(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|\^\(?(?P<caret>-?\d{1,4})\)?)", _power, needs="⁰¹²³⁴⁵⁶⁷⁸⁹^"),
    rule("versus", rf"(?:(?<=[{HAN}])|(?<=[{HAN}”A-Za-z] )) ?(?:[Vv][Ss])\.? ?(?=[{HAN}“A-Za-z])(?![A-Za-z])", "对", needs="Vv"),
    rule("around", r"(?<![\w%°)])~ ?(?=[\d$¥])", _about, needs="~"),
    rule("plain number", rf"{START}(?P<sign>[-−+±](?=[\d]))?(?P<number>{NUMBER})(?P<scale>{SCALE})?", _plain),
    rule("rest of a number", r"\d+", lambda found: cardinal(found[0])),
    rule("slash", r" ?/ ?", _slash, needs="/"),
    rule("range between", r"(?<=[\w]) ?~ ?(?=\w)", "到", needs="~"),
    rule("sign", f"[{re.escape(''.join(_SIGNS))}¥$€£]", _lone, needs=frozenset(_SIGNS) | set("$¥€£")),
    rule("minutes of a degree", r"(?<=\d)′", "分", needs="′"),
    rule("seconds of a degree", r"(?<=\d)″", "秒", needs="″"),
    rule("sign of a number", "#", "", needs="#"),
)  # fmt: skip


def _lone(found: Match) -> str:
    return str(_SIGNS.get(found[0]) or entry("currencies")[found[0]])
