"""Normalising: what is written becomes what is said. Layer 1, `clean`, for every engine; layer 2, `spell`, for those that read no digits.

Both are pure. Each is a series of tables of rules; a rule makes edits on the text, and from the edits derive both the spoken text and
the mapping from what is written to what is said, so that a transcript can show the one while the other sounds.
"""

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from chaptercast.common.units import LanguageTag, primary
from chaptercast.script.normalise import other
from chaptercast.script.normalise.characters import Characters
from chaptercast.script.normalise.cleaning import cleaning_tables
from chaptercast.script.normalise.edits import RuleTable, Span, Table, compose, rewrite, rule

__all__ = ["Span", "clean", "clean_with_spans", "compose", "speakable", "spell", "spell_with_spans"]

_PACKAGES = {"zh": "chinese", "en": "english", "de": "german", "fr": "french", "es": "spanish"}
_CHINESE = frozenset({"zh", "yue"})
"""Cantonese is written down in much the same way: the differences are in the characters."""
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
    return rewrite(text, _cleaning_tables(_rules_of(language), characters=_characters(text, language)))


def spell_with_spans(text: str, language: LanguageTag) -> tuple[str, tuple[Span, ...]]:
    """As `spell`, with the spans that were changed."""
    return rewrite(text, _spelling_tables(_spoken_as(language), characters=_characters(text, language)))


def speakable(text: str) -> bool:
    """Whether anything of `text` is heard: a letter, a digit, a sign with a name. A line of stars is not."""
    return any(character.isalnum() or character in _HEARD for character in text)


_HAN, _NUMERALS = "\u3400-\u4dbf\u4e00-\u9fff", "零一二三四五六七八九十百千万亿幺"
_TIDY_UNSPACED = RuleTable(
    (
        rule(
            "space between characters",
            rf"(?<=[{_HAN}]) (?=[{_HAN}])(?!(?<=[{_NUMERALS}] )[{_NUMERALS}])",
            "",
            needs=" ",
        ),
    )
)
_TIDY = RuleTable((rule("spaces", r" {2,}", " ", needs=" "), rule("edge", r"\A +| +\Z", "", needs=" ")))
"""After words have taken the place of signs between words."""


def _rules_of(language: LanguageTag) -> str:
    """The language whose rules a text is read by."""
    subtag = primary(language)
    return "zh" if subtag in _CHINESE else subtag


def _spoken_as(language: LanguageTag) -> str:
    """The language, and where that matters the variety, whose numbers a text is said in."""
    return "zh" if primary(language) in _CHINESE else other.variety(language)


def _characters(text: str, language: LanguageTag) -> Characters:
    """In which characters a text is, where its language has several."""
    if primary(language) not in _CHINESE:
        return Characters.USUAL
    from chaptercast.script.normalise.traditional import characters

    return characters(text, language)


@cache
def _cleaning_tables(language: str, *, characters: Characters) -> tuple[Table, ...]:
    return _in_its_characters(cleaning_tables(language), characters=characters)


@cache
def _spelling_tables(language: str, *, characters: Characters = Characters.USUAL) -> tuple[Table, ...]:
    package = _PACKAGES.get(language)
    if not package:
        tables = other.tables(language)
        return (*tables, _TIDY) if tables else ()
    rules = import_module(f"{__name__}.{package}").RULES
    unspaced = (_TIDY_UNSPACED,) * (language == "zh")
    return (*_in_its_characters((RuleTable(rules),), characters=characters), *unspaced, _TIDY)


def _in_its_characters(tables: Iterable[Table], *, characters: Characters) -> tuple[Table, ...]:
    if characters is Characters.USUAL:
        return tuple(tables)
    from chaptercast.script.normalise.traditional import in_traditional

    return tuple(in_traditional(table, characters) for table in tables)
