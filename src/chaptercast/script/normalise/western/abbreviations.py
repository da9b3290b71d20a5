"""Rules for abbreviations."""

import re
from collections.abc import Iterable, Mapping

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, after, rule
from chaptercast.script.normalise.western.number_grammar import Tongue, follows, precedes

_CAPITAL = "A-ZÀ-Þ"
_NAME_BEFORE = rf"(?<=\w )[{_CAPITAL}][\w'’-]* |[{_CAPITAL}]\. "
"""A first name within a sentence, or an initial: then one letter is an initial too, and no title (Juan D. Perón)."""


def abbreviation_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for abbreviations: before a name, before a number, anywhere; one that ends a sentence keeps the sentence's full stop."""
    titles, numbered, others = (
        _both_cases(tongue.table[section]) for section in ("titles", "before_number", "abbreviations")
    )
    squeezed = {name.replace(" ", ""): name for name in others}
    longer = {head: tuple(name for name in others if name.startswith(f"{head} ")) for head in titles}
    closing = frozenset(tongue.table["closing"])
    may_close = closing | frozenset(tongue.table["may_close"])
    nouns_have_capitals = tongue.table.get("nouns_have_capitals", False)

    def title(found: Match) -> str | None:
        if (len(found[0]) == 2 and precedes(_NAME_BEFORE, found)) or is_more(found):
            return None
        apart = after(found, 1).isalpha() and not found[0].endswith("-")
        return titles[found[0]] + (" " if apart else "")

    def is_more(found: Match) -> bool:
        """Whether it is the head of another abbreviation (`D. F.`), or the end of a text of more than a title."""
        last = found.end() == len(found.string) and (found.start() > 0 or found[0] not in tongue.table["titles"])
        return last or found.string.startswith(longer[found[0]], found.start())

    def before_number(found: Match) -> str | None:
        numeral = found["numeral"]
        if not numeral:
            return f"{numbered[found['name']]} "
        worth = roman.value(numeral)
        return None if worth is None else f"{numbered[found['name']]} {tongue.integer(worth)}"

    def ends(name: str, found: Match) -> bool:
        """Whether the sentence ends with an abbreviation, whose full stop is then the sentence's, too."""
        last = r"\s*\Z"
        if name in may_close:
            last += rf"|\s+[“(„«¿¡]?(?:{tongue.sentence_head}(?!\w))"
        if name in closing and not nouns_have_capitals:
            last += rf"|\s+[“(„«¿¡]?[{_CAPITAL}](?!\.)"
        return found[0].endswith(".") and follows(rf"[”\")»]*(?:{last})", found, 24)

    def anywhere(found: Match) -> str:
        name = squeezed[found[0].replace(" ", "")]
        return others[name] + ("." if ends(name, found) else "")

    return (
        rule(
            "title",
            rf"(?:{_pattern(titles)})"
            rf"(?=\Z| ?[{_CAPITAL}„“\"]|-[{_CAPITAL}]| (?:and|&|und|u\.|et|y|e) [{_CAPITAL}])",
            title,
            needs=(),
        ),
        rule(
            "abbreviation before a number",
            rf"(?P<name>{_pattern(numbered)})(?: ?(?=\(?[\d#])| (?P<numeral>[IVX]|[IVXLC]{{2,}})(?![\w'’]))",
            before_number,
            needs=(),
        ),
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
