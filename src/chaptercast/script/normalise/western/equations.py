"""Rules for arithmetic and comparison: each sign between its terms is an edit of its own."""

import re

from chaptercast.script.normalise.edits import Match, Rule, after, before, rule
from chaptercast.script.normalise.western.number_grammar import Tongue, follows, precedes

_OPERAND = r"(?<=[\w)\]²³°π])"
_ONE_TERM = r"\d[%°CF]{0,2}|[)\]²³]|(?<![^\W_])[^\W\d_]"
"""A number or a variable: the subject of `is greater than`."""


def equation_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for the signs of arithmetic."""
    signs = tongue.signs

    def minus(found: Match) -> str | None:
        equation = "=" in re.split("[,;] ", before(found, 25))[-1] + re.split("[,;] ", after(found, 25))[0]
        return _between(signs["−"], found) if found[0].strip() == "−" or equation else None

    def times(found: Match) -> str:
        equation = re.search(r"[=≈<>≥≤]", before(found, 25) + after(found, 25))
        power = follows(r"10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻^]", found)
        product = equation or power or found[0].strip() in "*·"
        return _between(signs["×"] if product else tongue.words["by"], found)

    def sign(found: Match) -> str:
        return _between(signs[found["sign"]], found)

    return (
        rule(
            "minus",
            r"(?:(?<=[\d)²³])|(?<=(?<![^\W\d_])[^\W\d_])) ?[-−–] ?(?=[\d(]|[^\W\d_](?![^\W\d_]))",
            minus,
            needs="=−",
        ),
        rule(
            "times",
            rf"{_OPERAND} ?[×*] ?(?=[\w(−-])|(?<=\d) ?x ?(?=\d)|(?<=\d) ?· ?(?=10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻^])|(?<=\d) · (?=\d)",
            times,
            needs="×*x·",
        ),
        rule("divided by", rf"{_OPERAND} ?(?P<sign>÷) ?(?=[\w(−-])", sign, needs="÷"),
        rule(
            "divided by, with a slash",
            r"(?<=\d)(?: / (?=\d)(?!\d{1,2}[:.]\d\d)|/(?=\d{1,9} ?=))",
            lambda found: _between(signs["÷"], found),
            needs="/",
            digits=True,
        ),
        *_relations(tongue),
        rule(
            "plus",
            rf"{_OPERAND} ?(?P<sign>\+) ?(?=[\w(−-])|(?<=\w)\+",
            lambda found: _between(signs["+"], found),
            needs="+",
        ),
        rule("plus or minus", r" ?(?P<sign>±) ?(?=[\d.])", sign, needs="±"),
        rule("root", r"√ ?(?=[\w(])", f"{signs['√']} ", needs="√"),
        rule("about", r"(?<![\w%°)])~ ?(?=[\d$€£])", f"{signs['~']} ", needs="~"),
    )


def _relations(tongue: Tongue) -> tuple[Rule, ...]:
    signs = tongue.signs
    copula = f"{tongue.words['copula']} "

    def relation(found: Match) -> str:
        word = signs[found["sign"]]
        said = precedes(_ONE_TERM, found) or (found["sign"] not in "<>≤≥" and before(found, 1).isalnum())
        return _between(word if said else word.removeprefix(copula), found)

    return (
        rule("equals", r" ?(?P<sign>[=≈≠≥≤]) ?(?=\S)", relation, needs="=≈≠≥≤"),
        rule(
            "greater, less",
            rf"{_OPERAND} ?(?P<sign>[<>]) ?(?=[\d.$€£¥√−-]|[^\W\d_](?![^\W\d_]))",
            relation,
            needs="<>",
        ),
        rule("greater, less, of a number", r"(?<![^\s(])(?P<sign>[<>]) ?(?=[\d$€£¥])", relation, needs="<>"),
    )


def _between(word: str, found: Match) -> str:
    head = "" if before(found, 1) in ("", "(", "“", " ") else " "
    return f"{head}{word}{'' if after(found, 1) in ('', ' ') else ' '}"
