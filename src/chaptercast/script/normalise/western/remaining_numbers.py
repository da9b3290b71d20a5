"""The last rules: what is left of numbers and signs."""

import re

from chaptercast.script.normalise.edits import Match, Rule, after, before, rule
from chaptercast.script.normalise.western.number_grammar import Tongue, pattern_of
from chaptercast.script.normalise.western.powers import SUPERSCRIPTS


def plain_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for plain numbers, slashes and signs that stand alone."""
    lone_signs = {
        sign
        for sign in (*tongue.signs, *tongue.currencies)
        if len(sign) == 1 and not sign.isalnum() and sign not in "−~<>"
    }
    compound = [unit for unit in tongue.units if unit[-1] in "²³" or "/" in unit]

    def number(found: Match) -> str:
        return tongue.negative(found["sign"]) + tongue.number(found["number"], tongue.counted(found))

    def rest(found: Match) -> str:
        return _apart(tongue.whole(found[0]), found)

    def sign(found: Match) -> str:
        return _apart(tongue.signs.get(found[0]) or tongue.currencies[found[0]][1], found)

    def power(found: Match) -> str:
        return f" {tongue.power(found['raised'] or found['caret'])}"

    def unit(found: Match) -> str:
        return tongue.units[found[0]]["/" in found[0]]

    return (
        rule("number sign", r"(?<![\w&])#(?=\d)", f"{tongue.words['number']} ", needs="#", digits=True),
        rule(
            "power",
            rf"(?<=[\w)])(?<![{SUPERSCRIPTS}])(?:(?P<raised>⁻?[{SUPERSCRIPTS}]+)|\^\(?(?P<caret>-?\d{{1,4}})\)?)",
            power,
            needs=SUPERSCRIPTS + "^",
        ),
        rule("unit alone", rf"(?<![\w/]){pattern_of(compound)}(?!\w)", unit, needs="²³/"),
        rule(
            "number",
            rf"(?<![\w.,)])(?P<sign>(?<!\S)[-−–](?=[\d.])|[-−](?=[\d.]))?(?P<number>{tongue.number_pattern})(?!\w)",
            number,
        ),
        rule("raised sign", "[⁺⁻]", lambda found: f" {tongue.signs['+' if found[0] == '⁺' else '−']}", needs="⁺⁻"),
        rule("rest of a number", r"\d+", rest),
        rule("slash", r" ?/+ ?", " ", needs="/"),
        rule("sign", f"[{re.escape(''.join(sorted(lone_signs)))}]", sign, needs=lone_signs),
        rule("minus sign", "−", tongue.negative("−"), needs="−"),
        rule("other sign", r"[#~<>]", "", needs="#~<>"),
    )


_SIGNS = frozenset("$€£¥₩₹₽%#&@§°")


def _apart(word: str, found: Match) -> str:
    """A word with spaces where it would touch another, or that of another sign."""
    signs = found.string[max(0, found.start() - 1) : found.start()] in _SIGNS
    return f"{' ' if before(found, 1).isalnum() or signs else ''}{word}{' ' if after(found, 1).isalnum() else ''}"
