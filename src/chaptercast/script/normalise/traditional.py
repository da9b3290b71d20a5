"""Traditional characters: read by the rules for simplified ones, and answered in their own.

The table of characters goes one to one, so that every place of a text stays where it was.
"""

import re

from chaptercast.common.units import LanguageTag
from chaptercast.script.normalise.characters import Characters
from chaptercast.script.normalise.data import table
from chaptercast.script.normalise.edits import Edit, Table

_WORDS = table("zh")["traditional"]
_PAIRS: list[str] = _WORDS["both_ways"].split()
_TO_SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in (*_PAIRS, *_WORDS["reading"].split())})
_TO_TRADITIONAL = str.maketrans({pair[1]: pair[0] for pair in _PAIRS} | _WORDS["said"])
_TRADITIONAL = re.compile(f"[{''.join(map(chr, _TO_SIMPLIFIED))}]")
_SIMPLIFIED = re.compile(f"[{''.join(pair[1] for pair in _PAIRS)}]")
_TAGS = re.compile(r"(?!.*-hans)(?:yue|zh-(?:.*-)?(?:hant|tw|hk|mo))(?:-|\Z)")
_REGIONS = re.compile(r"yue|.*-(?:tw|hk|mo)(?:-|\Z)")
_DOLLAR = re.compile(r"(?<![A-Za-z])\$")


def characters(text: str, language: LanguageTag) -> Characters:
    """In which characters `text` is, by its tag or else by most of its characters that tell."""
    tag = language.replace("_", "-").lower()
    if _TAGS.match(tag):
        return Characters.TRADITIONAL_OF_A_REGION if _REGIONS.match(tag) else Characters.TRADITIONAL
    traditional = len(_TRADITIONAL.findall(text))
    return Characters.TRADITIONAL if traditional and traditional > len(_SIMPLIFIED.findall(text)) else Characters.USUAL


def in_traditional(simplified: Table, kind: Characters) -> Table:
    """A table for texts in traditional characters, from the one for simplified ones."""
    own_dollar = kind is Characters.TRADITIONAL_OF_A_REGION

    def edits(text: str) -> tuple[Edit, ...]:
        read = text.translate(_TO_SIMPLIFIED)
        found = simplified(_DOLLAR.sub("¥", read) if own_dollar else read)
        return tuple(Edit(edit.start, edit.end, edit.text.translate(_TO_TRADITIONAL)) for edit in found)

    return edits
