"""Formulas in words: one tree (`chaptercast.mathematics`), one table of words for each language (`words/`)."""

from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.mathematics.tree import Letter, Name, Node, Number, Sign, parts_of
from chaptercast.mathematics.writing import latex
from chaptercast.script.narration.formulas.verbalization import Said, said
from chaptercast.script.narration.formulas.vocabulary import languages, vocabulary

_PLAIN = (Letter, Name, Number, Sign)
"""Parts that need no words of the language to be read."""
__all__ = ["Said", "languages", "say", "vocabulary"]


def say(formula: Node, language: LanguageTag) -> Said:
    """A formula in words of `language`; where there are none, in a row of signs that can be read, and named as unsaid."""
    words = vocabulary(language)
    found = said(formula, words)
    if words.neutral and not found.unsaid and not all(isinstance(part, _PLAIN) for part in parts_of(formula)):
        return replace(found, unsaid=(latex(formula),))
    return found
