"""Rules for signs: of arithmetic, of paragraphs and numbers, of currencies that stand alone."""

import re

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.western.number_grammar import pattern_of

_OPERAND = r"(?<=[\w)\]²³°%π])"
_EXPONENTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def sign_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rules for the signs that the table has words for."""
    signs: dict[str, str] = g.table.get("signs", {})
    between = {sign: word for sign, word in signs.items() if sign in "=≈≠≤≥<>×÷+−*"}
    lone = {sign: word for sign, word in signs.items() if sign not in between and sign != "√"}
    lone |= {sign: nouns[0].forms[0] for sign, nouns in g.currencies.items() if len(sign) == 1 and not sign.isalnum()}
    lone |= {sign: g.units[sign].forms[0] for sign in "%‰°" if sign in g.units}

    def apart(word: str, found: Match) -> str:
        head = g.gap if before(found, 1) not in ("", "(", "“", " ", "「") else ""
        return f"{head}{word}{g.gap if after(found, 1) not in ('', ' ', ')', '.', ',') else ''}"

    def joint(found: Match) -> str | None:
        sign = found[0].strip()
        near = before(found, 20) + after(found, 20)
        if sign == "-" and not re.search("[=≈<>≤≥]", near):
            return None
        return apart(signs["−"] if sign == "-" else between["×" if sign in "x*" else sign], found)

    def power(found: Match) -> str:
        exponent = found[1].translate(_EXPONENTS)
        own = g.words.get({"2": "squared", "3": "cubed"}.get(exponent, ""))
        sign = g.negative("-") if exponent[0] == "-" else ""
        return f"{g.gap}{own}" if own else f"{g.gap}{g.words['power']}{g.gap}{sign}{g.whole(exponent.lstrip('-'))}"

    def sign(found: Match) -> str:
        return apart(lone[found[0].strip()], found)

    root = signs.get("√", "")
    marks = re.escape("".join(between).replace("−", ""))
    return (
        rule(
            "sign between",
            rf"{_OPERAND} ?(?:[{marks}−]|(?<=\d)x(?=\d)|(?<= )x(?= )|-(?=[\d(])) ?(?=[\w(−√-])" if between else "(?!)",
            joint,
            needs=frozenset("".join(between) + "x-"),
        ),
        rule("root", r"√ ?(?=[\w(])", f"{root}{g.gap}", needs="√") if root else _NONE,
        rule("power", rf"(?<=[\w)])(⁻?[{_RAISED}]+)", power, needs=_RAISED) if "power" in g.words else _NONE,
        rule("sign", rf"{pattern_of(lone)}(?= ?\d)|{pattern_of(lone)}", sign, needs=frozenset("".join(lone)))
        if lone
        else _NONE,
    )


_NONE = rule("nothing", "(?!)", "", needs="\x00")


def number_sign_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rules for `№ 4`, `n.º 8`, `§ 5`, `#1`: before a number."""
    heads: dict[str, str] = g.table.get("before_number", {})
    if not heads:
        return ()
    numerals = g.table.get("roman_after_abbreviations", True)
    spoken = {name[0].upper() + name[1:]: word[0].upper() + word[1:] for name, word in heads.items() if len(name) > 2}
    spoken.update(heads)

    def say(found: Match) -> str | None:
        word = g.governed_form(found[1], found) or spoken[found[1]]
        if not found["numeral"]:
            return f"{word}{g.gap}"
        worth = roman.value(found["numeral"])
        return None if worth is None else f"{word}{g.gap}{g.integer(worth)}"

    tail = r"(?:(?P<numeral>[IVXLC]+)(?!\w)|(?=[(+]?\d|#))" if numerals else r"(?P<numeral>(?!))?(?=[(+]?\d|#)"
    return (
        rule(
            "before a number",
            rf"(?<![\w.])({pattern_of(spoken)})(?: ?: ?| ?){tail}",
            say,
            needs=frozenset(name[0] for name in spoken),
        ),
    )
