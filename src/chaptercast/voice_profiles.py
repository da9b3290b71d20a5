"""Voice profiles: which voices speak a language, how, and where they pause. `voices/NAME.toml`, edited by users.

A profile is looked for in `./voices`, then in the user's configuration folder, then among the shipped ones.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from chaptercast.common.language_tags import closest, normalised
from chaptercast.common.packaged_files import shipped
from chaptercast.common.units import UNDETERMINED, LanguageTag, Milliseconds, primary
from chaptercast.common.user_folders import voice_folders
from chaptercast.errors import UsageError

GENERIC = "generic"
"""The profile of languages that have none; also the defaults of all others."""
ENGINE_GROUP = "chaptercast.engines"
"""The group of entry points by which engines are found; a profile may name those only."""


class Role(StrEnum):
    """What is being said, so that a listener can hear it."""

    BODY = "body"
    HEADING = "heading"
    QUOTE = "quote"
    ASIDE = "aside"
    """What is no part of the running text: announcements, notes, captions."""


class Manner(Struct, frozen=True):
    """How a role is spoken, as factors of the voice's own manner."""

    rate: float = 1.0
    pitch: float = 1.0
    volume: float = 1.0


class Pauses(Struct, frozen=True):
    """Silence before and after a kind of block, as a listener hears it; where two meet, the longer counts."""

    before: Mapping[str, Milliseconds]
    after: Mapping[str, Milliseconds]


class Profile(Struct, frozen=True):
    """A voice profile."""

    name: str
    language: LanguageTag
    description: str = ""
    engines: tuple[str, ...] = ()
    """In the order in which `--engine auto` tries them."""
    voices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By engine, then by role, the engine's own name of a voice."""
    manners: Mapping[str, Manner] = field(default_factory=dict)
    """By role."""
    pauses: Pauses = field(default_factory=lambda: Pauses({}, {}))
    lexicons: tuple[str, ...] = ()
    """Names of pronunciation lexicons, besides those of the language."""

    def voice(self, engine: str, role: Role) -> str:
        """The voice of a role, else that of the body, else nothing."""
        voices = self.voices.get(engine, {})
        return voices.get(role) or voices.get(Role.BODY, "")

    def manner(self, role: Role) -> Manner:
        """How a role is spoken."""
        return self.manners.get(role, Manner())


KINDS = (
    "title", "heading-2", "heading-3", "heading-4", "paragraph", "sentence", "language",
    "list", "item", "term", "definition", "quote", "table", "row", "figure", "code", "note", "announcement", "break",
)  # fmt: skip
"""The kinds of block that a profile can give pauses for."""


def names() -> dict[str, Path]:
    """The profiles there are: name and file."""
    found: dict[str, Path] = {}
    for folder in reversed(voice_folders()):
        if folder.is_dir():
            found |= {path.stem: path for path in sorted(folder.glob("*.toml"))}
    return dict(sorted(found.items()))


def load(name: str) -> Profile:
    """The profile called `name`. Raises `UsageError` where there is none or it is wrong, with all its faults at once."""
    paths = names()
    if name not in paths:
        raise UsageError(f"There is no voice profile called “{name}”.", suggestion(name, paths))
    table: dict[str, Any] = {}
    # A user's own generic profile may be wrong, and may leave out much, too.
    for path in dict.fromkeys((shipped("voices") / f"{GENERIC}.toml", paths[GENERIC], paths[name])):
        own = _read(path)
        faults = _faults(own)
        if faults:
            raise UsageError(
                f"The voice profile {path} is wrong: {'; '.join(faults)}.",
                "Mend it, or choose another: chaptercast voices",
            )
        table = _merged(table, own)
    return _profile(name, table)


def for_language(language: LanguageTag) -> Profile:
    """The profile that serves readers of `language` best: its own, else a near one, else the generic one for that language."""
    offered = {_language_of(name): name for name in names() if name != GENERIC}
    match = closest(language, offered) or closest(LanguageTag(primary(language)), offered)
    if match is not None:
        return load(offered[match])
    return replace(load(GENERIC), language=language)


def suggestion(wrong: str, right: Iterable[str]) -> str:
    """What to say to someone who mistyped a name."""
    choices = list(right)
    near = get_close_matches(wrong, choices, 1, 0.5)
    return f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(choices)}."


def _language_of(name: str) -> LanguageTag:
    """A profile is named for its language, with a variant after two hyphens: `en-GB--slow`; only plain names are chosen by language."""
    return UNDETERMINED if "--" in name else LanguageTag(name)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"The voice profile {path} cannot be read: {error}.", "Mend it or remove it.") from error


_ROLES = tuple(role.value for role in Role)
_MANNER_KEYS = Manner.__struct_fields__
_KEYS = ("language", "description", "engines", "voices", "manners", "pauses", "lexicons")


@cache
def engine_points() -> Mapping[str, EntryPoint]:
    """The engines that are installed, by name: to look through all packages for them takes a while."""
    return MappingProxyType(
        {point.name: point for point in sorted(entry_points(group=ENGINE_GROUP), key=attrgetter("name"))}
    )


def _faults(table: Mapping[str, Any]) -> list[str]:
    faults = _unknown("key", table, _KEYS)
    faults += _language_faults(table.get("language"))
    if not isinstance(table.get("description", ""), str):
        faults.append("“description” must be a text")
    faults += [
        f"“{key}” must be a list of names" for key in ("engines", "lexicons") if not _is_names(table.get(key, []))
    ]
    if _is_names(table.get("engines", [])):
        faults += _unknown("engine", table.get("engines", []), engine_points())
    voices = _tables(table, "voices", faults)
    faults += _unknown("engine of voices", voices, engine_points())
    for engine, roles in voices.items():
        faults += _unknown(f"role of voices.{engine}", roles, _ROLES)
        faults += [
            f"voices.{engine}.{role} must be a name" for role, voice in roles.items() if not isinstance(voice, str)
        ]
    manners = _tables(table, "manners", faults)
    faults += _unknown("role of manners", manners, _ROLES)
    for role, manner in manners.items():
        faults += _unknown(f"key of manners.{role}", manner, _MANNER_KEYS)
        faults += [
            f"manners.{role}.{key} must be a number from 0.25 to 4"
            for key, value in manner.items()
            if not _is_factor(value)
        ]
    pauses = table.get("pauses", {})
    if not isinstance(pauses, dict):
        return [*faults, "“pauses” must be a table"]
    faults += _unknown("kind of pauses", pauses, KINDS)
    return faults + [
        f"pauses.{kind} must be [before, after], each 0 to 60000 ms"
        for kind, value in pauses.items()
        if not _is_pair(value)
    ]


def _language_faults(language: object) -> list[str]:
    if not isinstance(language, str):
        return ["“language” is missing"]
    return [] if normalised(language) else [f"“{language}” is no language tag; use one like en, zh-CN or pt-BR"]


def _tables(table: Mapping[str, Any], key: str, faults: list[str]) -> dict[str, dict[str, Any]]:
    value = table.get(key, {})
    if isinstance(value, dict) and all(isinstance(inner, dict) for inner in value.values()):
        return value
    faults.append(f"“{key}” must hold tables")
    return {}


def _unknown(what: str, given: Iterable[str], known: Collection[str]) -> list[str]:
    return [f"unknown {what} “{key}” ({suggestion(key, known)})" for key in given if key not in known]


def _is_factor(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0.25 <= value <= 4


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(v) is int and 0 <= v <= 60_000 for v in value)


def _merged(generic: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**generic, **own}
    for key in ("voices", "manners", "pauses"):
        merged[key] = {**generic.get(key, {}), **own.get(key, {})}
    return merged


def _profile(name: str, table: Mapping[str, Any]) -> Profile:
    pauses = table["pauses"]
    return Profile(
        name=name,
        language=LanguageTag(table["language"]),
        description=table.get("description", ""),
        engines=tuple(table.get("engines", ())),
        lexicons=tuple(table.get("lexicons", ())),
        voices=MappingProxyType({engine: MappingProxyType(dict(roles)) for engine, roles in table["voices"].items()}),
        manners=MappingProxyType({role: Manner(**manner) for role, manner in table["manners"].items()}),
        pauses=Pauses(
            MappingProxyType({kind: Milliseconds(pair[0]) for kind, pair in pauses.items()}),
            MappingProxyType({kind: Milliseconds(pair[1]) for kind, pair in pauses.items()}),
        ),
    )
