"""Tables per language that a translator can edit: words for signs, units, currencies, abbreviations, months."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

LANGUAGES = frozenset({"zh", "en", "de", "fr", "es"})
"""Languages with their own file and rules. `other.toml` holds what is known of the rest."""


@cache
def table(language: str) -> Mapping[str, Any]:
    """The tables of a language, by its primary subtag. Empty if there are none."""
    if language in LANGUAGES:
        return MappingProxyType(_load(language))
    return MappingProxyType(_load("other").get(language, {}))


@cache
def more(language: str) -> Mapping[str, Any]:
    """The extended table of a language, beyond `other.toml`: words for counts, measures and dates. Empty if there is none."""
    there = files(__name__).joinpath("more", f"{language}.toml").is_file()
    return MappingProxyType(_load(f"more/{language}") if there else {})


@cache
def address_endings(kind: str) -> tuple[str, ...]:
    """The endings of addresses, after the last full stop: `domains` or `files`."""
    return tuple(_load("addresses")[kind].split())


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
