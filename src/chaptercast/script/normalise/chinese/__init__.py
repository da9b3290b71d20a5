"""Chinese: digits and signs into words."""

from chaptercast.script.normalise.chinese import (
    amounts,
    codes,
    dates,
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
    *codes.SHAPED,
    *phones.RULES,
    *codes.RULES,
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
