"""The word lists of `words.toml` as compiled patterns: what a line's words say it is."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

SIGN = r"(?:\s*[:：／/|｜丨│﹕・·]|\s+[—–-]+\s)"
"""What stands between a label and what it labels."""

_NAME = r"[^\W\d_a-zà-ÿа-я][\w'’.\-]+"
_PARTICLE = r"(?:(?:(?:van|von)(?:\s+de[rn]?)?|de|del|della|di|da|dos|du|la|le)\s+)?"
_PERSON = rf"{_NAME}(?:\s+{_PARTICLE}{_NAME}){{1,3}}"


@cache
def words(role: str) -> tuple[str, ...]:
    """The words of all languages for `role`, a table of `words.toml`, longest first."""
    return tuple(sorted({w for language in table(role).values() for w in language}, key=lambda w: (-len(w), w)))


@cache
def opening(role: str, after: str = "") -> re.Pattern[str]:
    """A pattern for a line that opens with a word of `role`, followed by the pattern `after`."""
    return re.compile(rf"(?:{_any(words(role))}){after}", re.IGNORECASE)


@cache
def ending(role: str) -> re.Pattern[str]:
    """A pattern for a line that ends with a word of `role`."""
    return re.compile(rf"(?<!拍)(?:{_any(words(role))})$", re.IGNORECASE)


@cache
def whole(role: str) -> re.Pattern[str]:
    """A pattern for a line that is a word of `role` and nothing else but a number or signs around it."""
    return re.compile(rf"[\W\d]*(?:{_any(words(role))})[\W\d]*", re.IGNORECASE)


@cache
def byline() -> re.Pattern[str]:
    """A pattern for "By A. Name and B. Name, date", in the languages that write so."""
    lead = "|".join(w.capitalize() + "|" + w for w in words("byline"))
    return re.compile(rf"(?:{lead})\s+{_PERSON}(?:\s*(?:,|&|and|und|et|y|e|en|и)\s+{_PERSON})*\s*(?:[,·|–—(].*)?$")


@cache
def person() -> re.Pattern[str]:
    """A pattern for a name and nothing else: two to four words in capitals, or a Chinese family name with one or two signs."""
    chinese = "|".join(words("surname"))
    return re.compile(rf"{_PERSON}|(?:{chinese})\s?[\u4e00-\u9fff]\s?[\u4e00-\u9fff]?")


def table(name: str) -> dict[str, list[str]]:
    """A table of `words.toml` as it stands."""
    return _tables()[name]


def _any(entries: Iterable[str]) -> str:
    return "|".join(_bounded(entry) for entry in entries)


def _bounded(word: str) -> str:
    """The word as a pattern; a word of an alphabet must not go on ("note" is not in "notebook")."""
    spaceless = not word[-1].isalnum() or "\u2e80" <= word[-1] <= "\u9fff" or "\uac00" <= word[-1] <= "\ud7af"
    return re.escape(word) if spaceless else re.escape(word) + r"(?![^\W_])"


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
