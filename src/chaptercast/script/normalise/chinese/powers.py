"""Chinese rules for powers, negative exponents and charges."""

import re

from chaptercast.script.normalise.chinese.grammar import UNIT, UNITS
from chaptercast.script.normalise.chinese.numerals import cardinal, number
from chaptercast.script.normalise.data import alternatives
from chaptercast.script.normalise.edits import Match, Rule, before, rule

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MINUS = "⁻−-"
_EXPONENTS = str.maketrans(f"{_RAISED}⁻−⁺", "0123456789--+")
_POWERS_OF_UNITS = {"1": "", "2": "平方", "3": "立方"}
_SIMPLE = alternatives(unit for unit in UNITS if unit.isalpha())


def _exponent(written: str) -> str:
    exponent = written.translate(_EXPONENTS).lstrip("+")
    return f"的{'负' * (exponent[0] == '-')}{cardinal(exponent.lstrip('-0') or '0')}次方"


def _power(found: Match) -> str:
    written = found["raised"]
    exponent = written.translate(_EXPONENTS)
    if exponent == "2":
        return "平方" if before(found, 1).isalpha() else "的平方"
    return "的立方" if exponent == "3" else _exponent(written)


def _scientific(found: Match) -> str | None:
    """`1e-5`, `6.02E23`. Without a sign or a point, a capital E may belong to a name (5E12)."""
    if found["e"] == "E" and not found["sign"] and "." not in found["number"]:
        return None
    return f"{number(found['number'])}乘十{_exponent((found['sign'] or '') + found['exponent'])}"


def _ten(found: Match) -> str:
    """`×10-6`, where a page lost the superscript."""
    return f"乘十{_exponent(found['exponent'])}{UNITS[found['unit']] if found['unit'] else ''}"


def _per_unit(found: Match) -> str:
    """`·L⁻¹`, `m·s⁻²`: per litre."""
    exponent = found["exponent"].translate(_EXPONENTS) if found["exponent"] else found["plain"]
    return f"每{_POWERS_OF_UNITS[exponent]}{UNITS[found['unit']]}"


def _unit(found: Match) -> str:
    """With its measure word; alone after a slash (10⁹/L)."""
    parts = found.groupdict()
    per = f"每{UNITS[parts['per']]}" if parts.get("per") else ""
    return f"{'每' if parts.get('each') else ''}{UNITS[parts['unit']]}{per}"


def _charge(found: Match) -> str:
    count = found[1].translate(_EXPONENTS)
    return f"{cardinal(count, liang=False)}{'正' if found[2] in '⁺+' else '负'}"


EARLY: tuple[Rule, ...] = (
    rule(
        "scientific notation",
        r"(?<![\w.])(?P<number>\d+(?:\.\d+)?)(?P<e>[eE])(?P<sign>[-−+])?(?P<exponent>\d{1,3})(?![\w.]\d|\w)",
        _scientific,
        needs="eE",
        flags=re.ASCII,
    ),
    rule("power of ten", rf" ?[×xX*·] ?10(?P<exponent>[-−]\d{{1,2}})(?![\d.])(?P<unit>{UNIT})?", _ten, needs="-−"),
    rule(
        "unit of a bracket",
        rf"(?<=\d[)）]) ?(?P<unit>{UNIT})(?:/(?P<per>{UNIT}))?",
        _unit,
        needs=")）",
    ),
    rule(
        "unit before others",
        rf"(?<![A-Za-z\d])(?P<unit>{_SIMPLE})(?=(?:[·•](?:{_SIMPLE}))*[·•](?:{_SIMPLE})[{_MINUS}][¹²³123])",
        _unit,
        needs="·•",
    ),
    rule(
        "per a unit",
        rf"(?<=[A-Za-z²³\d])[·• ](?P<unit>{_SIMPLE})(?:[{_MINUS}](?P<exponent>[¹²³])|[-−](?P<plain>[123])(?!\d))",
        _per_unit,
        needs="-−⁻",
    ),
    rule("power with a caret", r"(?<=[\w)）])\^[({]?(?P<raised>[-−]?\d{1,4})[)}]?", _power, needs="^"),
)
"""Applied before the rules for amounts."""

RULES: tuple[Rule, ...] = (
    rule(
        "unit of a power",
        rf"(?:(?<=[{_RAISED}])|(?<=\^\d)|(?<=\^[-\d]\d)) ?(?P<each>/)?(?P<unit>{UNIT})(?:/(?P<per>{UNIT}))?",
        _unit,
        needs=_RAISED + "^",
    ),
    rule("charge of one", r"(?<=[A-Za-z\d)）])[⁻−](?=[^A-Za-z\d⁰¹²³⁴-⁹(（$¥€ ]|\Z)", "负", needs="⁻−"),
    rule("charge", rf"(?<=[A-Za-z\d)）])([{_RAISED}]+)([⁺⁻+−-])(?![{_RAISED}A-Za-z\d(（])", _charge, needs=_RAISED),
    rule(
        "power",
        rf"(?<=[\w)）])(?P<raised>[⁻⁺-]?[{_RAISED}]+)",
        _power,
        needs=_RAISED,
    ),
)
