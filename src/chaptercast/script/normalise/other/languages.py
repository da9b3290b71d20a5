"""The grammar of each language, and the rules that only one language needs."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from chaptercast.script.normalise.data import more
from chaptercast.script.normalise.edits import Rule
from chaptercast.script.normalise.other import eastern, germanic, japanese, korean, romance, russian
from chaptercast.script.normalise.other.eastern import Arabic, Hindi, Turkish, Vietnamese
from chaptercast.script.normalise.other.germanic import Danish, Dutch, Norwegian, Swedish
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.other.japanese import Japanese
from chaptercast.script.normalise.other.korean import Korean
from chaptercast.script.normalise.other.romance import Italian, Portuguese
from chaptercast.script.normalise.other.slavic import Czech, Polish, Russian, Ukrainian, decade_rules

_KINDS: Mapping[str, type[Grammar]] = MappingProxyType(
    {
        "it": Italian, "pt": Portuguese, "nl": Dutch, "sv": Swedish, "da": Danish, "no": Norwegian, "ru": Russian, "uk": Ukrainian,
        "pl": Polish, "cs": Czech, "tr": Turkish, "hi": Hindi, "ar": Arabic, "vi": Vietnamese, "ja": Japanese, "ko": Korean,
    }
)  # fmt: skip
_SAME = MappingProxyType({"pt-PT": "pt", "nb": "no", "nn": "no"})
"""Varieties that share a table."""


@cache
def grammar_of(variety: str) -> Grammar | None:
    """The grammar of a language; `None` if there is no table for it."""
    code = _SAME.get(variety, variety)
    if not more(code):
        return None
    return _KINDS.get(code, Grammar)(code, "pt_BR" if variety == "pt" else code)


def own_rules(g: Grammar) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """A language's own rules: those before the shared rules, and those after the rules for amounts."""
    early: tuple[Rule, ...] = ()
    late: tuple[Rule, ...] = ()
    match g:
        case Russian():
            early, late = russian.early_rules(g), russian.late_rules(g)
        case Polish():
            early, late = (*decade_rules(g), *russian.year_rules(g)), russian.late_rules(g)
        case Czech():
            early = decade_rules(g)
        case Japanese():
            early = japanese.early_rules(g)
        case Korean():
            early = korean.early_rules(g)
        case Italian():
            early = romance.early_rules(g)
        case Portuguese():
            early = romance.portuguese_rules(g)
        case germanic.Germanic():
            early = germanic.early_rules(g)
        case _:
            early = eastern.early_rules(g)
    return early, late
