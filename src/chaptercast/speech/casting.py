"""Casting: which voice says what. A profile, an engine and a script's parts become utterances; one engine speaks a whole recording."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from chaptercast import profile as profiles
from chaptercast.errors import EngineError, UsageError
from chaptercast.languages import closest
from chaptercast.profile import Profile, Role
from chaptercast.script.model import Say, Script
from chaptercast.speech.model import Engine, Prosody, Utterance
from chaptercast.units import LanguageTag, primary


@dataclass(slots=True)
class Cast:
    """Voices by language and role, decided once for each."""

    engine: Engine
    profile: Profile
    rate: float = 1.0
    """The listener's wish, on top of the profile's."""
    voice: str = ""
    """An engine's voice that the user asked for: it speaks everything in the article's language."""
    _found: dict[tuple[LanguageTag, Role], str] = field(default_factory=dict)
    """Empty where the engine has no voice."""
    _names: frozenset[str] | None = None
    """Of the engine's voices; asked for where a script names some."""

    def utterances(self, script: Script) -> Iterator[Utterance]:
        """What the engine is to say, in order. Raises `EngineError` where it has no voice for the script's language."""
        return (self._utterance(say, script.language) for say in script.utterances())

    def _utterance(self, say: Say, main: LanguageTag) -> Utterance:
        voice, language = self._speaker(say, main)
        role, own = self.profile.manner(say.role), say.manner
        prosody = Prosody(role.rate * own.rate * self.rate, role.pitch * own.pitch, role.volume * own.volume)
        return Utterance(say.spoken, voice, language, prosody)

    def unknown_voices(self, script: Script) -> tuple[str, ...]:
        """The voices that a script asks for and the engine does not have: it is as if they were not asked for."""
        asked = dict.fromkeys(say.voice for say in script.utterances() if say.voice)
        return tuple(name for name in asked if not self._has(name))

    def _has(self, voice: str) -> bool:
        if self._names is None:
            self._names = frozenset(known.name for known in self.engine.voices())
        return voice in self._names

    def _speaker(self, say: Say, main: LanguageTag) -> tuple[str, LanguageTag]:
        """The voice of a passage and the language that it speaks: the article's own where the engine has no voice for the passage's."""
        if say.voice and self._has(say.voice):
            return say.voice, say.language
        if primary(say.language) != primary(main):
            voice = self._voice(say.language, say.role)
            if voice:
                return voice, say.language
        language = say.language if primary(say.language) == primary(main) else main
        voice = self.voice or self._voice(language, say.role)
        if not voice:
            raise EngineError(
                f"The engine “{self.engine.name}” has no voice for the language “{language}”.",
                "Give the language or a voice: --language, --voice. What there is: chaptercast voices",
            )
        return voice, language

    def _voice(self, language: LanguageTag, role: Role) -> str:
        key = (language, role)
        if key not in self._found:
            self._found[key] = self._choose(language, role)
        return self._found[key]

    def _choose(self, language: LanguageTag, role: Role) -> str:
        own = primary(language) == primary(self.profile.language)
        named = (self.profile if own else profiles.for_language(language)).voice(self.engine.name, role)
        return named or _matching(self.engine, language)


def _matching(engine: Engine, language: LanguageTag) -> str:
    """The engine's own voice for a language that no profile gives one for, or nothing."""
    by_language = {voice.language: voice.name for voice in reversed(engine.voices())}
    if len(by_language) == 1:
        return next(iter(by_language.values()))
    match = closest(language, by_language) or closest(LanguageTag(primary(language)), by_language)
    return by_language[match] if match else ""


def profile_for(language: LanguageTag, voice: str) -> Profile:
    """The profile that speaks an article in `language`: the one called `voice`, else that of the language. Raises `UsageError`."""
    return profiles.load(voice) if voice in profiles.names() else profiles.for_language(language)


def cast(engine: Engine, profile: Profile, voice: str, rate: float) -> Cast:
    """The cast of a recording; `voice` is empty, the profile's name, or one of the engine's voices.

    Raises `UsageError` where it is none of these.
    """
    if not voice or voice == profile.name:
        return Cast(engine, profile, rate)
    known = [v.name for v in engine.voices()]
    if voice not in known:
        hint = profiles.suggestion(voice, [*profiles.names(), *known])
        raise UsageError(
            f"“{voice}” is neither a voice profile nor a voice of the engine “{engine.name}”.",
            hint if len(hint) < _LONG_HINT else "What there is: chaptercast voices",
        )
    return Cast(engine, profile, rate, voice)


_LONG_HINT = 200
