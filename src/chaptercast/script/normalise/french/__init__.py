"""French: digits, signs and abbreviations into words."""

from chaptercast.script.normalise.edits import Rule
from chaptercast.script.normalise.french import names, times
from chaptercast.script.normalise.french.number_grammar import TONGUE
from chaptercast.script.normalise.western.abbreviations import abbreviation_rules
from chaptercast.script.normalise.western.amounts import amount_rules, dimension_rules, fraction_rules, range_rules
from chaptercast.script.normalise.western.digit_strings import copied_rules
from chaptercast.script.normalise.western.equations import equation_rules
from chaptercast.script.normalise.western.names import item_rules, name_rules, weekday_rules
from chaptercast.script.normalise.western.places import place_rules
from chaptercast.script.normalise.western.powers import power_rules
from chaptercast.script.normalise.western.references import reference_rules
from chaptercast.script.normalise.western.remaining_numbers import plain_rules

RULES: tuple[Rule, ...] = (
    *place_rules(TONGUE),
    *dimension_rules(TONGUE),
    *names.PHONES,
    *copied_rules(TONGUE),
    *reference_rules(TONGUE),
    *power_rules(TONGUE),
    *times.RULES,
    *equation_rules(TONGUE),
    *names.HALVES,
    *amount_rules(TONGUE),
    *fraction_rules(TONGUE),
    *range_rules(TONGUE),
    *names.RULES,
    *item_rules(TONGUE),
    *name_rules(TONGUE),
    *weekday_rules(TONGUE),
    *abbreviation_rules(TONGUE),
    *plain_rules(TONGUE),
)
"""In the order in which they claim text."""
