"""Chinese: digits and signs into words."""

from chaptercast.script.normalise.chinese import amounts, dates, names, numbering, phones, signs, times
from chaptercast.script.normalise.edits import Rule

RULES: tuple[Rule, ...] = (
    *phones.RULES,
    *dates.RULES,
    *times.RULES,
    *signs.EQUATIONS,
    *amounts.RULES,
    *numbering.RULES,
    *names.RULES,
    *signs.RULES,
)
"""In the order in which they claim text."""
