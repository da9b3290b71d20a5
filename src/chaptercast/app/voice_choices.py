"""The voices that a form offers: voice profiles, and the voices of the engines that work here."""

from collections.abc import Iterable
from functools import cache
from threading import Lock

from msgspec import Struct

from chaptercast import voice_profiles
from chaptercast.app.words import AppWords, app_words
from chaptercast.common.units import LanguageTag
from chaptercast.errors import ChaptercastError
from chaptercast.speech import engine_registry
from chaptercast.speech.model import Voice
from chaptercast.speech.online.settings import ServiceSettings

_UNHEARD = "silence"


class VoiceChoice(Struct, frozen=True):
    """A voice, or a profile."""

    value: str
    """Its value in a form: `profile:NAME` or `ENGINE:VOICE`."""
    engine: str
    voice: str
    language: LanguageTag


class VoiceGroup(Struct, frozen=True):
    """The profiles, or an engine's voices."""

    engine: str
    """Empty for the profiles."""
    is_online: bool
    choices: tuple[VoiceChoice, ...]


_one_at_a_time = Lock()
"""Two threads must not call engines with native libraries at once, for instance eSpeak NG."""


def voice_groups(*, offline: bool) -> tuple[VoiceGroup, ...]:
    """Returns all voices that can be chosen here. The result is cached, because asking engines takes a moment."""
    with _one_at_a_time:
        return _voice_groups(offline=offline)


@cache
def _voice_groups(*, offline: bool) -> tuple[VoiceGroup, ...]:
    profiles = VoiceGroup("", is_online=False, choices=tuple(_profiles()))
    return (profiles, *_engines(offline=offline))


def chosen(value: str, *, offline: bool) -> VoiceChoice | None:
    """Returns the choice for a form's `value`; None if it is not offered."""
    every = (choice for group in voice_groups(offline=offline) for choice in group.choices)
    return next((choice for choice in every if choice.value == value), None)


@cache
def spoken_languages() -> tuple[LanguageTag, ...]:
    """Returns the languages that have profiles."""
    return tuple(dict.fromkeys(choice.language for choice in _profiles() if choice.language))


@cache
def labelled_voices(language: LanguageTag, offline: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """Returns the voices as a form in one of the app's languages shows them: groups, each with the value and the name of every voice."""
    return [_labelled(group, app_words(language)) for group in voice_groups(offline=offline)]


@cache
def labelled_languages(language: LanguageTag) -> list[tuple[LanguageTag, str]]:
    """Returns the languages that have profiles, with their names in one of the app's languages."""
    named = [(tag, app_words(language).language_name(tag)) for tag in spoken_languages()]
    return sorted(named, key=lambda pair: pair[1])


def _labelled(group: VoiceGroup, words: AppWords) -> tuple[str, list[tuple[str, str]]]:
    if not group.engine:
        return words("profiles"), [(c.value, f"{words.language_name(c.language)} ({c.voice})") for c in group.choices]
    label = words("online", engine=group.engine) if group.is_online else group.engine
    named = [(c.value, f"{words.language_name(c.language)}: {c.voice}") for c in group.choices]
    return label, sorted(named, key=lambda pair: pair[1])


def _profiles() -> Iterable[VoiceChoice]:
    for name in voice_profiles.names():
        try:
            profile = voice_profiles.load(name)
        except ChaptercastError:  # `chaptercast voices` reports what is wrong with the profile
            continue
        if name != voice_profiles.GENERIC:
            yield VoiceChoice(f"profile:{name}", "auto", name, profile.language)


def _engines(*, offline: bool) -> Iterable[VoiceGroup]:
    for registered in engine_registry.registrations():
        engine = registered.engine
        if engine is None or not registered.status.ready or registered.name == _UNHEARD or (offline and engine.online):
            continue
        voices: Iterable[Voice] = (
            engine.voice_list(ServiceSettings(), ask=False).voices if engine.online else engine.voices()
        )
        choices = tuple(
            VoiceChoice(f"{registered.name}:{voice.name}", registered.name, voice.name, voice.language)
            for voice in voices
        )
        if choices:
            yield VoiceGroup(registered.name, engine.online, choices)
