"""Other languages: by a table each (`data/more/LANG.toml`), and by a `Grammar` of its own where its numbers agree with what they count.

To add a language: copy a table of its family, translate it, and, where the words of num2words are not enough, derive a class from
`Grammar` and name it in `languages.py`. A language without a table gets plain numbers (`plain.py`), or is left to the engine.
"""

from functools import cache

from chaptercast.common.units import LanguageTag, primary
from chaptercast.script.normalise.data import more
from chaptercast.script.normalise.edits import Rule, RuleTable, Table, rule
from chaptercast.script.normalise.other import basic_numbers
from chaptercast.script.normalise.other.abbreviations import abbreviation_rules
from chaptercast.script.normalise.other.amounts import amount_rules, fraction_rules, per_rules, plain_rules, range_rules
from chaptercast.script.normalise.other.dates import date_rules, time_rules
from chaptercast.script.normalise.other.digit_strings import copied_rules
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.other.languages import grammar_of, own_rules
from chaptercast.script.normalise.other.ordinals import ordinal_rules, roman_rules, stopped_ordinal_rules
from chaptercast.script.normalise.other.signs import number_sign_rules, sign_rules

_EUROPEAN = frozenset({"PT", "AO", "CV", "GW", "MZ", "ST", "TL"})
"""Where Portuguese counts as in Portugal."""
_NATIVE = "٠-٩۰-۹०-९"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९٫٬٪", "0123456789" * 3 + ".,%")
_READ_FIRST = RuleTable(
    (
        rule("digits of the script", f"[{_NATIVE}]+", lambda found: found[0].translate(_DIGITS), needs=()),
        rule("marks of the script", "[٫٬٪]", lambda found: found[0].translate(_DIGITS), needs="٫٬٪"),
    )
)
"""Digits of other scripts as those that the rules know."""
_OF_SCRIPTS = frozenset({"ar", "hi"})
_LOOKALIKES = str.maketrans("ХІСМ", "XICM")
_ROMAN_IN_CYRILLIC = RuleTable(
    (
        rule(
            "Roman numeral in Cyrillic letters",
            r"(?<!\w)[ХІIVX]+(?=(?: ?[-–—] ?[ХІIVX]+)? (?:век|вв?\.|стол|ст\.|тысячелет|тисячоліт))",
            lambda found: found[0].translate(_LOOKALIKES),
            needs="ХІ",
        ),
    )
)


def variety(language: LanguageTag) -> str:
    """The language by its primary subtag; `pt-PT` where Portuguese is that of Portugal."""
    code = primary(language)
    return "pt-PT" if code == "pt" and not _EUROPEAN.isdisjoint(language.split("-")) else code


@cache
def tables(variety: str) -> tuple[Table, ...]:
    """The tables for a language; none where nothing is known of it."""
    grammar = grammar_of(variety)
    if grammar is None:
        rules = basic_numbers.rules(variety)
        return (RuleTable(rules),) if rules else ()
    head: tuple[Table, ...] = (_READ_FIRST,) if variety in _OF_SCRIPTS else ()
    head = (*head, _years_of_dates()) if variety == "ar" else head
    head = (_ROMAN_IN_CYRILLIC,) if variety in ("ru", "uk") else head
    return (*head, RuleTable(_rules(grammar)))


def _years_of_dates() -> Table:
    """`15/06/2024م` in Arabic: no metres."""
    months = "|".join(more("ar")["months"].split())
    return RuleTable(
        (
            rule(
                "era of a date",
                rf"((?:[/-]|(?:{months}) )(?:1\d|20)\d\d)م(?!\w)",
                lambda found: f"{found[1]} ميلادي",
                needs="م",
            ),
        )
    )


def _rules(g: Grammar) -> tuple[Rule, ...]:
    """In the order in which they claim text."""
    early, late = own_rules(g)
    return (
        *number_sign_rules(g),
        *date_rules(g),
        *early,
        *copied_rules(g),
        *time_rules(g),
        *ordinal_rules(g),
        *stopped_ordinal_rules(g),
        *amount_rules(g),
        *fraction_rules(g),
        *range_rules(g),
        *per_rules(g),
        *late,
        *roman_rules(g),
        *abbreviation_rules(g),
        *sign_rules(g),
        *plain_rules(g),
    )
