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

    def utterances(self, script: Script) -> Iterator[Utterance]:
        """What the engine is to say, in order. Raises `EngineError` where it has no voice for a language."""
        return (self._utterance(say, script.language) for say in script.utterances())

    def _utterance(self, say: Say, main: LanguageTag) -> Utterance:
        voice = (
            self.voice if self.voice and primary(say.language) == primary(main) else self._voice(say.language, say.role)
        )
        manner = self.profile.manner(say.role)
        return Utterance(say.spoken, voice, say.language, Prosody(manner.rate * self.rate, manner.pitch, manner.volume))

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
    """The engine's own voice for a language that no profile gives one for."""
    by_language = {voice.language: voice.name for voice in reversed(engine.voices())}
    if len(by_language) == 1:
        return next(iter(by_language.values()))
    match = closest(language, by_language) or closest(LanguageTag(primary(language)), by_language)
    if match is None:
        raise EngineError(
            f"The engine “{engine.name}” has no voice for the language “{language}”.",
            "Give the language or a voice: --language, --voice. What there is: chaptercast voices",
        )
    return by_language[match]


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
