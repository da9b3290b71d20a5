"""The service's voices: asked for once a week, kept in the cache folder, and as far as the profiles name them where that fails."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from chaptercast.common import user_folders
from chaptercast.common.packaged_files import shipped
from chaptercast.common.units import LanguageTag
from chaptercast.speech.model import Voice, VoiceList
from chaptercast.speech.online import voice_list_cache
from chaptercast.speech.online.voice_list_cache import today

_FRESH = timedelta(days=7)
_RETIRED = "Deprecated"
_NAMES = r"[a-z]{2,3}-[A-Za-z]{2,}(-\w+)*-\w+Neural"
"""`en-US-AriaNeural`, `zh-CN-liaoning-XiaobeiNeural`, `iu-Latn-CA-SiqiniqNeural`."""


def path() -> Path:
    """Where the list is kept."""
    return user_folders.cache_folder() / "edge-voices.json"


def parsed(listed: Any) -> tuple[Voice, ...]:
    """The voices in the service's own list; what is none is passed over. Raises `ValueError` or `TypeError` where it is no list."""
    found = [voice for entry in listed if isinstance(entry, dict) and (voice := _voice(entry))]
    if not found:
        raise ValueError("no voices")
    return tuple(sorted(found, key=lambda voice: (voice.language, voice.name)))


def _voice(entry: Mapping[str, Any]) -> Voice | None:
    name = str(entry.get("ShortName") or "")
    language = entry.get("Locale") or "-".join(name.split("-")[:-1])
    if not name or not language or entry.get("Status") == _RETIRED:
        return None
    tag = entry.get("VoiceTag") or {}
    qualities = [", ".join(map(str, tag.get(key) or ())) for key in ("ContentCategories", "VoicePersonalities")]
    gender = str(entry.get("Gender") or "")
    description = "; ".join(part for part in (gender, *qualities) if part)
    return Voice(name, LanguageTag(str(language)), description, gender)


def keep(voices: Iterable[Voice]) -> None:
    """Keep a list that came from the service now."""
    voice_list_cache.keep(path(), voices, today())


def kept() -> tuple[tuple[Voice, ...], date] | None:
    """The list that was kept, and its date."""
    return voice_list_cache.kept(path())


def is_fresh(day: date) -> bool:
    """Whether a list of that day will do."""
    return timedelta(0) <= today() - day < _FRESH


def known(why_not_asked: str) -> VoiceList:
    """What is known without asking: the list that was kept, and the voices that the profiles we ship name."""
    found = kept()
    voices, day = found or ((), None)
    listed = {voice.name: voice for voice in (*_named(), *voices)}
    note = f"the service's list of {day.isoformat()}" if day else "only those that the profiles name"
    together = tuple(sorted(listed.values(), key=lambda voice: (voice.language, voice.name)))
    return VoiceList(together, note + why_not_asked, others="" if day else _NAMES)


@cache
def _named() -> tuple[Voice, ...]:
    """Users' own profiles are not asked: they may name what is none."""
    tables = (tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(shipped("voices").glob("*.toml")))
    names = {name for table in tables for name in table.get("voices", {}).get("edge", {}).values()}
    return tuple(Voice(name, LanguageTag("-".join(name.split("-")[:2]))) for name in names)
