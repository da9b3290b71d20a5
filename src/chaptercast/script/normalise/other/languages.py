"""Which grammar says the numbers of which language, and the rules that one language alone needs."""

from functools import cache

from chaptercast.script.normalise.data import more
from chaptercast.script.normalise.edits import Rule
from chaptercast.script.normalise.other import russian
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.other.romance import Italian, Portuguese
from chaptercast.script.normalise.other.slavic import Czech, Polish, Russian, Ukrainian


@cache
def grammar_of(variety: str) -> Grammar | None:
    """The grammar of a language; None where there is no table for it."""
    if variety.startswith("pt"):
        return Portuguese("pt", "pt" if variety == "pt-PT" else "pt_BR")
    if not more(variety):
        return None
    kinds: dict[str, type[Grammar]] = {
        "it": Italian, "ru": Russian, "uk": Ukrainian, "pl": Polish, "cs": Czech,
    }
    return kinds.get(variety, Grammar)(variety)


def own_rules(g: Grammar) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules of one language that come before those that languages share, and those that come after amounts."""
    if isinstance(g, Russian):
        return russian.early_rules(g), russian.late_rules(g)
    return (), ()
