"""Rules for powers: numbers in scientific notation, units to a negative power, powers before a unit, charges of ions."""

import re

from chaptercast.script.normalise.edits import Match, Rule, before, rule
from chaptercast.script.normalise.western.number_grammar import Tongue, pattern_of

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_INVERSE = r"⁻[¹²³⁴]"
_PRODUCT = "ms"
"""`ms⁻¹` may be metres a second or once a millisecond; its letters are said."""
_FORMULA = r"(?:[A-Z][a-z]?\d{0,2}){1,6}"


def power_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for powers that say more than a raised number does: before the rules for amounts."""
    number = tongue.number_pattern
    unit = pattern_of(name for name in tongue.units if name.isalpha() or name in ("°C", "°F"))
    any_unit = pattern_of(name for name in tongue.units if name[0].isalpha())

    def scientific(found: Match) -> str | None:
        mantissa, exponent = found["mantissa"], found["exponent"]
        if found["e"] == "E" and exponent.isdecimal() and mantissa.isdecimal():  # the name of a thing
            return None
        sign = tongue.negative("-") if exponent[0] == "-" else ""
        power = f"{tongue.words['power']} {sign}{tongue.whole(exponent.lstrip('+-'))}"
        return f"{tongue.negative(found['sign'])}{tongue.number(mantissa)} {tongue.signs['×']} {tongue.integer(10)} {power}"

    def inverse(found: Match) -> str:
        units = found["units"]
        if units.startswith(f"{_PRODUCT}⁻"):
            return f"{found['gap']}{' '.join(_PRODUCT)} {tongue.power(units.removeprefix(_PRODUCT))}"
        factors = re.findall(rf"({unit})(⁻?[²³¹⁴])?(?![^\W\d_])", units)
        return " " + " ".join(
            _named(tongue, name, raised, plural=not index) for index, (name, raised) in enumerate(factors)
        )

    def unit_of_power(found: Match) -> str:
        negative = re.search(rf"⁻[{SUPERSCRIPTS}]+\Z", before(found, 5))
        return f" {tongue.units[found['unit']][0 if negative and tongue.is_one('0') else 1]}"

    return (
        rule(
            "scientific notation",
            rf"(?<![\w.,])(?P<sign>[-−])?(?P<mantissa>{number})(?P<e>[eE])(?P<exponent>[-−+]?\d{{1,3}})(?![\w.,]\d|\w)",
            scientific,
            needs="eE",
            digits=True,
        ),
        rule(
            "unit to a negative power",
            rf"(?<=\d)(?P<gap> ?)(?P<units>(?:{unit}[²³]?(?: ?[·⋅*] ?| ))*{unit}{_INVERSE}(?:(?: ?[·⋅*] ?| )?{unit}{_INVERSE})*)(?!\w)",
            inverse,
            needs="⁻",
            digits=True,
        ),
        rule(
            "unit after a power",
            rf"(?<=[{SUPERSCRIPTS}]) (?P<unit>{any_unit})(?![\w²³⁻/])",
            unit_of_power,
            needs=SUPERSCRIPTS,
        ),
        *_formulas(tongue),
    )


def _formulas(tongue: Tongue) -> tuple[Rule, ...]:
    """Ions, and variables side by side before a power."""

    def ion(found: Match) -> str:
        parts = re.findall(r"[A-Z][a-z]?|\d+", found["formula"])
        said = " ".join(tongue.whole(part) if part.isdecimal() else part for part in parts)
        count = f"{tongue.whole(found['count'].translate(_DIGITS))} " if found["count"] else ""
        return f"{said}{', ' if count else ' '}{count}{tongue.signs['+' if found['sign'] in '⁺+' else '−']}"

    def isotope(found: Match) -> str:
        return f"{found[2]} {tongue.whole(found[1].translate(_DIGITS))}"

    def product(found: Match) -> str:
        return " ".join(found[0])

    return (
        rule(
            "ion",
            rf"(?<![\w.])(?P<formula>{_FORMULA})(?P<count>[{SUPERSCRIPTS}]?)(?P<sign>[⁺⁻]|−(?=[\s,.;:)]|\Z))(?![{SUPERSCRIPTS}])",
            ion,
            needs="⁺⁻−",
        ),
        rule("isotope", rf"(?<![\w)])([{SUPERSCRIPTS}]{{1,3}})([A-Z][a-z]?)(?![a-z])", isotope, needs=SUPERSCRIPTS),
        rule(
            "product of variables",
            r"(?<=[=+−×/] )[a-z]{2,3}(?=[²³⁴^])|(?<==)[a-z]{2,3}(?=[²³⁴^])",
            product,
            needs="²³⁴^",
        ),
    )


def _named(tongue: Tongue, name: str, raised: str, *, plural: bool) -> str:
    """`m`, `m²` or `s⁻¹`: metres, square metres, per second."""
    power = raised.lstrip("⁻").replace("¹", "")
    forms = tongue.units.get(name + power) or [f"{form} {tongue.power(power)}" for form in tongue.units[name][:2]]
    return f"{tongue.words['per']} {forms[0]}" if raised.startswith("⁻") else forms[plural]
