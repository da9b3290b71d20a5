"""Formulas in words: one tree (`chaptercast.mathematics`), one table of words for each language (`words/`)."""

from chaptercast.mathematics.tree import Node
from chaptercast.script.narration.formulas.saying import Said, said
from chaptercast.script.narration.formulas.vocabulary import languages, vocabulary
from chaptercast.units import LanguageTag

__all__ = ["Said", "languages", "say", "vocabulary"]


def say(formula: Node, language: LanguageTag) -> Said:
    """A formula in words of `language`; in a row of signs that can be read, and named as unsaid, where there are none."""
    return said(formula, vocabulary(language))
