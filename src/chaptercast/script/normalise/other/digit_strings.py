"""Rules for numbers that are dialled or copied: digit by digit, with a pause between the groups in which they are written."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.western.number_grammar import precedes

_CALL = r"\+\d{1,3}[ .-]?(?:\(\d{1,5}\)[ -]?|\d{1,5}[ .-]?)?\d{2,11}(?:[ .-]\d{2,5}){0,4}|\+\d{7,15}"
_TRUNK = r"\(\d{2,5}\)[ -]{0,2}\d{2,8}(?:[ .-]\d{2,5}){0,3}"
_COPULA = r"(?:(?: (?:é|è|era|PIN|n[.º°]{1,2}|is|är|er|to|je|—|-|है))?(?: ?[:=])? ?)"
"""What may stand between the name of a number and the number: `o código é 4821`."""
_SHORTEST = 3
"""Digits that are copied after a word that tells so."""


def copied_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rules for telephones, codes, books and addresses of computers."""
    calling, coded = g.table.get("calling", "(?!)"), g.table.get("coded", "(?!)")
    dot = g.basics["address"]["dot"]
    own: list[str] = g.table.get("phones", [])

    not_grouped = r"(?!\d{1,3}(?:\.\d{3}){3})" if "." in g.separators else ""
    beside, end = rf"(?<![{g.letters}.,/@#-])", rf"(?![{g.letters}/@-]|[.,:]\d)"

    def groups(found: Match) -> str:
        return g.grouped(found[0])

    def isbn(found: Match) -> str | None:
        digits = re.sub(r"\D", "", found[0])
        known = len(digits) == 13 and digits.startswith(("978", "979"))
        return _signs(g, found[0]) if known or precedes(r"IS[BS]N(?:-1[03])?:? ?", found, 12) else None

    def address(found: Match) -> str:
        return f"{g.gap}{dot}{g.gap}".join(map(g.digits, found[0].split(".")))

    def after_word(found: Match) -> str | None:
        digits = sum(map(str.isdecimal, found[0]))
        sure = precedes(rf"(?i:(?<!\w)(?:{coded})){_COPULA}", found, 40) or (
            digits > _SHORTEST - 1 and precedes(rf"(?i:(?<!\w)(?:{calling})){_COPULA}", found, 40)
        )
        return _signs(g, found[0]) if sure and digits >= _SHORTEST else None

    return (
        rule("book number", rf"{beside}\d[\d -]{{7,15}}[\dX]{end}", isbn),
        rule(
            "computer's address",
            rf"(?<![{g.letters}.,-]){not_grouped}\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?![{g.letters}-]|[.,]\d)",
            address,
            needs=".",
        ),
        rule(
            "telephone",
            rf"(?<![{g.letters}.,/-])(?:{'|'.join([_CALL, _TRUNK, *own])})(?![{g.letters}-]|[.,]\d)",
            groups,
        ),
        rule("card", rf"{beside}\d{{4}}(?:([ -])\d{{4}})(?:\1\d{{4}}){{2}}{end}", groups),
        rule(
            "number after a word",
            rf"(?<![{g.letters}.,/])[A-Z]{{0,3}}\d[\dA-Z]*(?:[ ./-]\d[\dA-Z]*){{0,6}}(?![{g.letters}%€$£°]|[.,/-]\d)",
            after_word,
        ),
    )


def _signs(g: Grammar, written: str) -> str:
    """Sign by sign, letters by their names."""
    said = [
        g.gap.join(g.digit(int(sign)) if sign.isdecimal() else sign for sign in group)
        for group in re.findall(r"[A-Z\d]+", written)
    ]
    return str(g.words.get("group", ", ")).join(said)
