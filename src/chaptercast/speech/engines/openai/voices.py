"""The voices of a server: as it lists them, and OpenAI's names where it lists none."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chaptercast.common import user_folders
from chaptercast.common.fingerprint import digest
from chaptercast.common.language_tags import normalised
from chaptercast.common.units import UNDETERMINED, LanguageTag
from chaptercast.speech.engines.openai.server import Server
from chaptercast.speech.model import Voice, VoiceList
from chaptercast.speech.online import voice_list_cache

OPENAI_NAMES = (
    *("alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage", "shimmer", "verse"),
)
ANY = r"\S(?:.{0,198}\S)?"
"""Names that may be tried besides those that are listed: servers take mixtures, aliases and voices of one's own."""

_KOKORO = re.compile(r"(?P<language>[abefhijpz])(?P<gender>[fm])_\w+")
_KOKORO_LANGUAGES: Mapping[str, str] = MappingProxyType(
    {"a": "en-US", "b": "en-GB", "e": "es", "f": "fr", "h": "hi", "i": "it", "j": "ja", "p": "pt-BR", "z": "zh"}
)
_KOKORO_BEST = frozenset(
    {"af_heart", "bf_emma", "ef_dora", "ff_siwis", "hf_alpha", "if_sara", "jf_alpha", "pf_dora", "zf_xiaoxiao"}
)
"""For each language the voice that its maker grades best."""
_TAGGED = re.compile(r"(?P<tag>[a-z]{2,3}[-_][A-Z]{2})[-_].+")
"""`en-US-AriaNeural`, `de_DE-thorsten-medium`."""
_GENDERS: Mapping[str, str] = MappingProxyType({"f": "Female", "female": "Female", "m": "Male", "male": "Male"})
_MOST_VOICES = 5000
_LISTS, _NAMES = ("voices", "data", "items"), ("id", "voice_id", "value", "name", "voice")
_LANGUAGES = ("language", "locale", "lang", "language_code", "languages")


def of_openai() -> VoiceList:
    """OpenAI's own voices, which speak any language."""
    return VoiceList(_unlisted(), "OpenAI's voices; the models tts-1 and tts-1-hd have most of them", ANY)


def without_list() -> VoiceList:
    """What is known of a server that has no list."""
    return VoiceList(_unlisted(), "OpenAI's names, since the server does not list its voices; it may have others", ANY)


def unasked() -> VoiceList:
    """What is known of a server that was never asked."""
    return VoiceList((), "the server was not asked", ANY)


def listed(voices: tuple[Voice, ...], note: str) -> VoiceList:
    """What a server lists; besides that others may be tried."""
    return VoiceList(voices, note, ANY)


def path(server: Server) -> Path:
    """Where the list of a server is kept."""
    return user_folders.cache_folder() / f"openai-voices-{digest(server.url, server.model)[:16]}.json"


def keep(server: Server, voices: tuple[Voice, ...]) -> None:
    """Keep a list that came from the server now."""
    voice_list_cache.keep(path(server), voices, voice_list_cache.today())


def kept(server: Server, why_not_asked: str) -> VoiceList | None:
    """The list that was kept, if there is one."""
    found = voice_list_cache.kept(path(server))
    return listed(found[0], f"the server's list of {found[1].isoformat()}{why_not_asked}") if found else None


def parsed(content: Any) -> tuple[Voice, ...]:
    """The voices in a server's list: names, or objects with names, in one of the shapes that servers give it.

    Those of one language stand together, the best known first. Raises `ValueError` where there is none.
    """
    found: dict[str, Voice] = {}
    for entry in _entries(content):
        voice = _voice(entry)
        if voice is not None and len(found) < _MOST_VOICES:
            found.setdefault(voice.name, voice)
    if not found:
        raise ValueError("no voices")
    return tuple(sorted(found.values(), key=lambda voice: (voice.language, voice.name not in _KOKORO_BEST)))


def _entries(content: Any) -> Iterator[Any]:
    match content:
        case list():
            yield from content
        case dict():
            inner = next((content[name] for name in _LISTS if isinstance(content.get(name), list | dict)), None)
            if isinstance(inner, dict):  # by name
                yield from ({**(about if isinstance(about, dict) else {}), "id": name} for name, about in inner.items())
            else:
                yield from inner or ()


def _voice(entry: Any) -> Voice | None:
    about = entry if isinstance(entry, dict) else {}
    names = [entry] if isinstance(entry, str) else [about.get(key) for key in _NAMES]
    name = next(
        (name for name in names if isinstance(name, str) and re.fullmatch(ANY, name) and name.isprintable()), ""
    )
    if not name:
        return None
    gender = _GENDERS.get(str(about.get("gender") or "").lower(), "")
    kokoro = _KOKORO.fullmatch(name)
    if kokoro and not gender:
        gender = _GENDERS[kokoro["gender"]]
    shown = [gender, *(about.get(key) for key in ("name", "label", "description"))]
    parts = dict.fromkeys(
        part for part in shown if isinstance(part, str) and part and part != name and part.isprintable()
    )
    return Voice(name, _language(name, about), "; ".join(parts)[:200], gender)


def _language(name: str, about: Mapping[str, Any]) -> LanguageTag:
    """As the server tells it, or the name does; undetermined, which serves for any, where neither does."""
    for key in _LANGUAGES:
        told = about.get(key)
        told = told[0] if isinstance(told, list) and len(told) == 1 else told
        tag = normalised(told.replace("_", "-")) if isinstance(told, str) and told else None
        if tag:
            return tag
    if match := _KOKORO.fullmatch(name):
        return LanguageTag(_KOKORO_LANGUAGES[match["language"]])
    if match := _TAGGED.fullmatch(name):
        return normalised(match["tag"].replace("_", "-")) or UNDETERMINED
    return UNDETERMINED


def _unlisted() -> tuple[Voice, ...]:
    return tuple(Voice(name, UNDETERMINED, "any language") for name in OPENAI_NAMES)
