"""Traditional characters: read by the rules for simplified ones, and answered in their own.

The table of characters goes one to one, so that every place of a text stays where it was.
"""

import re

from chaptercast.script.normalise.data import table
from chaptercast.script.normalise.edits import Edit, Table
from chaptercast.units import LanguageTag

_WORDS = table("zh")["traditional"]
_PAIRS: list[str] = _WORDS["both_ways"].split()
_TO_SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in (*_PAIRS, *_WORDS["reading"].split())})
_TO_TRADITIONAL = str.maketrans({pair[1]: pair[0] for pair in _PAIRS} | _WORDS["said"])
_TRADITIONAL = re.compile(f"[{''.join(map(chr, _TO_SIMPLIFIED))}]")
_SIMPLIFIED = re.compile(f"[{''.join(pair[1] for pair in _PAIRS)}]")
_TAGS = re.compile(r"(?:yue|zh-(?:.*-)?(?:hant|tw|hk|mo))(?:-|\Z)")


def is_traditional(text: str, language: LanguageTag) -> bool:
    """Whether `text` is in traditional characters, by its tag or else by most of its characters that tell."""
    if _TAGS.match(language.replace("_", "-").lower()):
        return True
    if not _TRADITIONAL.search(text):
        return False
    return len(_TRADITIONAL.findall(text)) > len(_SIMPLIFIED.findall(text))


def in_traditional(simplified: Table) -> Table:
    """A table for texts in traditional characters, from the one for simplified ones."""

    def edits(text: str) -> tuple[Edit, ...]:
        found = simplified(text.translate(_TO_SIMPLIFIED))
        return tuple(Edit(edit.start, edit.end, edit.text.translate(_TO_TRADITIONAL)) for edit in found)

    return edits
