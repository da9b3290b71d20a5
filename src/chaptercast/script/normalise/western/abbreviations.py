"""Rules for abbreviations."""

import re
from collections.abc import Iterable, Mapping

from chaptercast.script.normalise.edits import Match, Rule, after, rule
from chaptercast.script.normalise.western.tongue import Tongue, follows, precedes

_CAPITAL = "A-ZÀ-Þ"
_NAME_BEFORE = rf"(?<=\w )[{_CAPITAL}][\w'’-]* |[{_CAPITAL}]\. "
"""A first name within a sentence, or an initial: then one letter is an initial too, and no title (Juan D. Perón)."""


def abbreviation_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for abbreviations: before a name, before a number, anywhere; one that ends a sentence keeps the sentence's full stop."""
    titles, numbered, others = (
        _both_cases(tongue.table[section]) for section in ("titles", "before_number", "abbreviations")
    )
    squeezed = {name.replace(" ", ""): name for name in others}
    closing = frozenset(tongue.table["closing"])

    def title(found: Match) -> str | None:
        if len(found[0]) == 2 and precedes(_NAME_BEFORE, found):
            return None
        return titles[found[0]] + (" " if after(found, 1).isalpha() else "")

    def before_number(found: Match) -> str:
        return f"{numbered[found[1]]} "

    def anywhere(found: Match) -> str:
        name = squeezed[found[0].replace(" ", "")]
        last = rf"\s*\Z|\s+[“(„«¿¡]?[{_CAPITAL}](?!\.)" if name in closing else r"\s*\Z"
        ends = found[0].endswith(".") and follows(rf"[”\")»]*(?:{last})", found, 8)
        return others[name] + ("." if ends else "")

    return (
        rule(
            "title",
            rf"(?:{_pattern(titles)})"
            rf"(?= ?[{_CAPITAL}„“\"]|-[{_CAPITAL}]| (?:and|&|und|et|y|e) [{_CAPITAL}])",
            title,
            needs=(),
        ),
        rule("abbreviation before a number", rf"({_pattern(numbered)}) ?(?=[\d#IVX])", before_number, needs=()),
        rule("abbreviation", rf"(?:{_pattern(others)})(?![^\W_])", anywhere, needs=()),
    )


def _both_cases(spoken: Mapping[str, str]) -> dict[str, str]:
    """With a capital at the head of a sentence too."""
    capital = {name[0].upper() + name[1:]: text[0].upper() + text[1:] for name, text in spoken.items() if len(name) > 3}
    return {**capital, **spoken}


def _pattern(names: Iterable[str]) -> str:
    """Any of `names`, with or without the spaces in them, where no word and no abbreviation goes on.

    It is looked for in every sentence: by its first letter, which `re` finds at once where a pattern begins with it. What must not stand
    before it is looked at only then.
    """
    rests: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        rests.setdefault(name[0], []).append(re.escape(name[1:]).replace(r"\ ", " ?"))
    found = (rf"{re.escape(first)}(?<![\w.](?s:.))(?:{'|'.join(rest)})" for first, rest in rests.items())
    return "|".join(found) or "(?!)"
