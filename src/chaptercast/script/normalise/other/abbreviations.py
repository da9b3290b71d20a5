"""Rules for abbreviations: titles before names, and words that are cut short anywhere."""

import re
from collections.abc import Mapping

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.western.number_grammar import follows, pattern_of

_CAPITAL = "A-ZÀ-ÞŁŚŻŹĆŃĘĄŠČŘŽĚŮİŞĞА-ЯЁІЇЄҐ"
_NOT_CASED = "\u0590-\u06ff\u0900-\u0dff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"


def abbreviation_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rules for the tables `titles` and `abbreviations`."""
    titles, others = _both_cases(g.table.get("titles", {})), _both_cases(g.table.get("abbreviations", {}))

    def title(found: Match) -> str:
        name = found[0].rstrip(" ")
        return f"{g.governed_form(name, found) or titles[name]}{g.gap}"

    def anywhere(found: Match) -> str:
        """One that ends the text, or stands before a capital, keeps the full stop of its sentence."""
        ends = found[0].endswith(".") and follows(
            rf"[”\")»]*(?:\s*\Z|\s+[“(«„]?(?![IVX]+(?!\w))[{_CAPITAL}](?!\w*\.))", found, 24
        )
        return others[_squeezed(found[0])] + ("." if ends else "")

    squeezed = {_squeezed(name): word for name, word in others.items()}
    others = squeezed
    return (
        *(
            (
                rule(
                    "title",
                    rf"(?<![\w.])(?:{_spaced(titles)}(?: |(?<=\.)))(?=[{_CAPITAL}{_NOT_CASED}“„«])",
                    title,
                    needs=frozenset(name[0] for name in titles),
                ),
            )
            if titles
            else ()
        ),
        *(
            (
                rule(
                    "abbreviation",
                    rf"(?<![\w.])(?:{_loose(g.table['abbreviations'])})(?!\w)",
                    anywhere,
                    needs=frozenset(name[0] for name in others),
                ),
            )
            if others
            else ()
        ),
    )


def _squeezed(name: str) -> str:
    return name.replace(" ", "")


def _both_cases(spoken: Mapping[str, str]) -> dict[str, str]:
    """With a capital at the head of a sentence, too."""
    capital = {name[0].upper() + name[1:]: text[0].upper() + text[1:] for name, text in spoken.items()}
    return {**capital, **spoken}


def _spaced(names: Mapping[str, str]) -> str:
    return pattern_of(names)


def _loose(names: Mapping[str, str]) -> str:
    """Any of the names, with or without the spaces in them."""
    ordered = sorted(_both_cases(names), key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", " ?") for name in ordered)
