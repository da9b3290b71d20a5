"""The word lists of `words.toml`, which classify a line by its words."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_LETTERS = re.compile(r"[^\W_]+")
_AROUND = re.compile(r"\A[\W\d]+|[\W\d]+\Z")
_NAME = r"[^\W\d_a-zà-ÿа-я][\w'’.\-]+"
_PARTICLE = r"(?:(?:(?:van|von)(?:\s+de[rn]?)?|de|del|della|di|da|dos|du|la|le)\s+)?"
_PERSON = rf"{_NAME}(?:\s+{_PARTICLE}{_NAME}){{1,3}}"


@cache
def words(role: str) -> tuple[str, ...]:
    """The words of all languages for `role`, a table of `words.toml`, the longest first."""
    return tuple(sorted({w for language in table(role).values() for w in language}, key=lambda w: (-len(w), w)))


def opens(line: str, role: str, after: re.Pattern[str] | None = None) -> bool:
    """Whether a line opens with a word of `role`, in any case, followed by the pattern `after`.

    A word of an alphabet must end there ("note" does not match "notebook").
    """
    lower = line.lower()
    found = (word for head in _heads(lower) for word in _by_head(role).get(head, ()) if lower.startswith(word))
    return any(
        not (_is_bounded(word) and lower[len(word) : len(word) + 1].isalnum())
        and (after is None or after.match(lower, len(word)) is not None)
        for word in found
    )


def ends(line: str, role: str) -> bool:
    """Whether a line ends with a word of `role`."""
    lower = line.lower()
    return any(lower.endswith(word) and not lower.endswith("拍" + word) for word in words(role))


def is_only(line: str, role: str) -> bool:
    """Whether a line is only a word of `role`, perhaps with a number or signs around it."""
    return _core(line) in _cores(role)


def is_byline(line: str) -> bool:
    """Whether a line is "By A. Name and B. Name, date", in languages that write so."""
    first = _LETTERS.match(line)
    return first is not None and first[0].lower() in words("byline") and _byline().match(line) is not None


def is_person(line: str) -> bool:
    """Whether a line is only a name: two to four capitalised words, or a Chinese family name with one or two characters.

    In scripts without capitals a full stop tells a short sentence from a name.
    """
    is_sentence = line.endswith(".") and line[-2:-1].lower() == line[-2:-1].upper()
    return not is_sentence and _person().fullmatch(line) is not None


def table(name: str) -> dict[str, list[str]]:
    """A raw table of `words.toml`."""
    return _tables()[name]


def _is_bounded(word: str) -> bool:
    return word[-1].isalnum() and not ("\u2e80" <= word[-1] <= "\u9fff" or "\uac00" <= word[-1] <= "\ud7af")


def _heads(line: str) -> tuple[str, str]:
    """The keys for finding the words that a line may open with: its first word, or its first character if words are not separated."""
    first = _LETTERS.match(line)
    return first[0] if first else "", line[:1]


@cache
def _by_head(role: str) -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for word in words(role):
        first, sign = _heads(word)
        head = first if first and (first != word or _is_bounded(word)) else sign
        table[head] = (*table.get(head, ()), word)
    return table


def _core(line: str) -> str:
    return _AROUND.sub("", line.lower())


@cache
def _cores(role: str) -> frozenset[str]:
    return frozenset(map(_core, words(role)))


@cache
def _byline() -> re.Pattern[str]:
    lead = "|".join(w.capitalize() + "|" + w for w in words("byline"))
    return re.compile(rf"(?:{lead})\s+{_PERSON}(?:\s*(?:,|&|and|und|et|y|e|en|и)\s+{_PERSON})*\s*(?:[,·|–—(].*)?$")


@cache
def _person() -> re.Pattern[str]:
    chinese = "|".join(words("surname"))
    return re.compile(rf"{_PERSON}|(?:{chinese})\s?[\u4e00-\u9fff]\s?[\u4e00-\u9fff]?")


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
