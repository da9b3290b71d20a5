"""What is wrong with a `show.toml`: unknown keys, wrong kinds of value, what directories would refuse."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from uuid import UUID

from chaptercast.common.language_tags import normalised
from chaptercast.common.units import LanguageTag
from chaptercast.publication.feed import addresses
from chaptercast.publication.feed.categories import NAMES
from chaptercast.publication.feed.feed_text import MAX_DESCRIPTION_BYTES, MAX_LINE, clean, html_bytes
from chaptercast.voice_profiles import suggestion

TYPES = ("episodic", "serial")
MEDIUMS = ("podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "publisher", "course")
"""What Podcasting 2.0 has for a feed of its own episodes."""
REQUIRED = ("title", "description", "base_url", "language", "categories")
_MAX_NAME = 128
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

_Check = Callable[[Any], str]
"""Says what a value must be, or nothing if it is."""


def faults(table: Mapping[str, Any]) -> list[str]:
    """All that is wrong, each as a few words."""
    found = _of_table("", table, _SHOW) + _missing("", table, REQUIRED)
    if isinstance(table.get("owner"), dict):
        owner = table["owner"]
        found += _of_table("owner.", owner, _OWNER) + _missing("owner.", owner, _OWNER)
    people = table.get("person", [])
    for number, person in enumerate(people if _is_tables(people) else [], 1):
        name = f"person {number} "
        found += _of_table(name, person, _PERSON) + _missing(name, person, ("name",))
    return found


def _of_table(where: str, table: Mapping[str, Any], checks: Mapping[str, _Check]) -> list[str]:
    found = [f"unknown key “{where}{key}” ({suggestion(key, checks)})" for key in table if key not in checks]
    wrong = ((key, checks[key](value)) for key, value in table.items() if key in checks and value != "")
    return found + [f"“{where}{key}” must be {kind}" for key, kind in wrong if kind]


def _missing(where: str, table: Mapping[str, Any], keys: Iterable[str]) -> list[str]:
    return [f"“{where}{key}” is missing or empty" for key in keys if table.get(key, "") in ("", [])]


def _line(limit: int) -> _Check:
    def check(value: Any) -> str:
        good = isinstance(value, str) and value == " ".join(clean(value).split()) and 0 < len(value) <= limit
        return "" if good else f"one line of text, at most {limit} characters, no space around it"

    return check


def _one_of(choices: tuple[str, ...]) -> _Check:
    def check(value: Any) -> str:
        return "" if value in choices else f"one of these: {', '.join(choices)} ({suggestion(str(value), choices)})"

    return check


def _description(value: Any) -> str:
    good = (
        isinstance(value, str)
        and clean(value) == value
        and value.strip()
        and html_bytes(value) <= MAX_DESCRIPTION_BYTES
    )
    return "" if good else f"text of at most {MAX_DESCRIPTION_BYTES} bytes"


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "true or false"


def _count(value: Any) -> str:
    return "" if type(value) is int and value >= 0 else "a whole number, 0 or more"


def _web(value: Any) -> str:
    return "" if isinstance(value, str) and addresses.of_web(value) else "an address like https://example.org/podcast"


def _base(value: Any) -> str:
    fault = _web(value)
    return fault or ("the address of a folder, without ? and #" if set(value) & set("?#") else "")


def _language(value: Any) -> str:
    good = isinstance(value, str) and normalised(value) == LanguageTag(value)
    near = normalised(value) if isinstance(value, str) else None
    hint = f" (did you mean “{near}”?)" if near else ""
    return "" if good else f"a language tag like en, zh-CN or pt-BR{hint}"


def _email(value: Any) -> str:
    return "" if isinstance(value, str) and _EMAIL.fullmatch(value) else "an address for mail like name@example.org"


def _uuid(value: Any) -> str:
    try:
        return "" if str(UUID(value)) == value else "a UUID in small letters"
    except (ValueError, AttributeError, TypeError):
        return "a UUID like 9b024349-ccf0-5f69-a609-6b82873eab3c"


def _file_name(value: Any) -> str:
    good = isinstance(value, str) and value == PurePosixPath(value).name == PureWindowsPath(value).name
    return "" if good and not value.startswith(".") else "the name of a file beside show.toml"


def _categories(value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        return "a list of Apple's categories"
    wrong = [name for name in value if name not in NAMES]
    near = (f"“{name}” is none ({_category_hint(name)})" for name in wrong)
    return f"Apple's categories, written as Apple does: {', '.join(near)}" if wrong else ""


def _category_hint(name: str) -> str:
    """Suggested by the whole name, else by the subcategory alone."""
    hint = suggestion(name, NAMES)
    ends = [full for full in NAMES if full.casefold().endswith(f"> {name.casefold()}")]
    return f"Did you mean “{ends[0]}”?" if ends else hint if hint.startswith("Did") else "docs/feed.md lists them"


def _tables(value: Any) -> str:
    return "" if _is_tables(value) else "tables, each headed [[person]]"


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(inner, dict) for inner in value)


def _table(value: Any) -> str:
    return "" if isinstance(value, dict) else "a table, headed [owner]"


_SHOW: Mapping[str, _Check] = {
    "title": _line(MAX_LINE),
    "description": _description,
    "base_url": _base,
    "language": _language,
    "categories": _categories,
    "author": _line(MAX_LINE),
    "explicit": _flag,
    "type": _one_of(TYPES),
    "image": _file_name,
    "copyright": _line(MAX_LINE),
    "medium": _one_of(MEDIUMS),
    "locked": _flag,
    "guid": _uuid,
    "new_feed_url": _web,
    "block": _flag,
    "complete": _flag,
    "limit": _count,
    "owner": _table,
    "person": _tables,
}
_OWNER: Mapping[str, _Check] = {"name": _line(MAX_LINE), "email": _email}
_PERSON: Mapping[str, _Check] = {
    "name": _line(_MAX_NAME),
    "role": _line(_MAX_NAME),
    "group": _line(_MAX_NAME),
    "href": _web,
    "img": _web,
}
