"""Spanish: digits, signs and abbreviations into words."""

from chaptercast.script.normalise.edits import Rule
from chaptercast.script.normalise.spanish import names, times
from chaptercast.script.normalise.spanish.tongue import TONGUE
from chaptercast.script.normalise.western.abbreviations import abbreviation_rules
from chaptercast.script.normalise.western.amounts import amount_rules, fraction_rules, range_rules
from chaptercast.script.normalise.western.equations import equation_rules
from chaptercast.script.normalise.western.names import item_rules, name_rules, weekday_rules
from chaptercast.script.normalise.western.plain import plain_rules

RULES: tuple[Rule, ...] = (
    *names.PHONES,
    *times.RULES,
    *equation_rules(TONGUE),
    *names.EARLY,
    *amount_rules(TONGUE),
    *fraction_rules(TONGUE),
    *(each for each in range_rules(TONGUE) if each.name != "lower end"),
    *names.RULES,
    *item_rules(TONGUE),
    *name_rules(TONGUE),
    *weekday_rules(TONGUE),
    *abbreviation_rules(TONGUE),
    *plain_rules(TONGUE),
)
"""In the order in which they claim text."""
