"""Chinese: digits and signs into words."""

from chaptercast.script.normalise.chinese import (
    amounts,
    dates,
    digit_strings,
    models,
    names,
    numbering,
    phones,
    powers,
    signs,
    times,
    years,
)
from chaptercast.script.normalise.edits import Rule

RULES: tuple[Rule, ...] = (
    *digit_strings.SHAPED,
    *phones.RULES,
    *digit_strings.RULES,
    *dates.RULES,
    *years.RULES,
    *times.RULES,
    *models.RULES,
    *powers.EARLY,
    *signs.EQUATIONS,
    *amounts.RULES,
    *numbering.RULES,
    *names.RULES,
    *signs.UNITS_ALONE,
    *powers.RULES,
    *signs.RULES,
)
"""In the order in which they claim text."""
