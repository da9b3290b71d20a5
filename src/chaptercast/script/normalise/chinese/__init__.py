"""Chinese: digits and signs into words."""

from chaptercast.script.normalise.chinese import amounts, dates, names, signs
from chaptercast.script.normalise.edits import Rule

RULES: tuple[Rule, ...] = (
    *names.PHONES,
    *dates.RULES,
    *signs.EQUATIONS,
    *amounts.RULES,
    *names.RULES,
    *signs.RULES,
)
"""In the order in which they claim text."""
