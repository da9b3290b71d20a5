"""Normalising: what is written becomes what is said. Layer 1, `clean`, for every engine; layer 2, `spell`, for those that read no digits.

Both are pure. Each is a series of tables of rules; a rule makes edits on the text, and from the edits derive both the spoken text and
the mapping from what is written to what is said, so that a transcript can show the one while the other sounds.
"""

from functools import cache
from importlib import import_module

from chaptercast.script.normalise import other
from chaptercast.script.normalise.cleaning import cleaning_tables
from chaptercast.script.normalise.edits import RuleTable, Span, Table, compose, rewrite, rule
from chaptercast.units import LanguageTag, primary

__all__ = ["Span", "clean", "clean_with_spans", "compose", "speakable", "spell", "spell_with_spans"]

_PACKAGES = {"zh": "chinese", "en": "english", "de": "german", "fr": "french", "es": "spanish"}
_HEARD = frozenset("%‰$€£¥¢₩₹₽§&@°√∞")
"""Signs that say something even where they stand alone."""


def clean(text: str, language: LanguageTag) -> str:
    """`text` in one way of writing, without what cannot be heard: layer 1, for every engine."""
    return clean_with_spans(text, language)[0]


def spell(text: str, language: LanguageTag) -> str:
    """`text`, cleaned already, with digits, signs and abbreviations in words: layer 2. Unchanged where the language is not known."""
    return spell_with_spans(text, language)[0]


def clean_with_spans(text: str, language: LanguageTag) -> tuple[str, tuple[Span, ...]]:
    """As `clean`, with the spans that were changed."""
    return rewrite(text, cleaning_tables(primary(language)))


def spell_with_spans(text: str, language: LanguageTag) -> tuple[str, tuple[Span, ...]]:
    """As `spell`, with the spans that were changed."""
    return rewrite(text, _spelling_tables(other.variety(language)))


def speakable(text: str) -> bool:
    """Whether anything of `text` is heard: a letter, a digit, a sign with a name. A line of stars is not."""
    return any(character.isalnum() or character in _HEARD for character in text)


_TIDY = RuleTable((rule("spaces", r" {2,}", " ", needs=" "), rule("edge", r"\A +| +\Z", "", needs=" ")))
"""After words have taken the place of signs between words."""


@cache
def _spelling_tables(language: str) -> tuple[Table, ...]:
    package = _PACKAGES.get(language)
    if package:
        return RuleTable(import_module(f"{__name__}.{package}").RULES), _TIDY
    tables = other.tables(language)
    return (*tables, _TIDY) if tables else ()
