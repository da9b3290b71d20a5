"""Casting: decides which voice says what. A profile, an engine and a script's parts become utterances; one engine speaks a recording."""

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field

from chaptercast import voice_profiles as profiles
from chaptercast.common.language_tags import closest, serves
from chaptercast.common.units import LanguageTag, primary
from chaptercast.errors import EngineError, UsageError
from chaptercast.script.model import Say, Script
from chaptercast.speech.loudness import Level, Loudness
from chaptercast.speech.model import Engine, Prosody, Utterance, Voice, VoiceList
from chaptercast.speech.online.settings import ServiceSettings
from chaptercast.voice_profiles import Profile, Role


class Cast(Struct):
    """Voices by language and role, decided once for each."""

    engine: Engine
    profile: Profile
    rate: float = 1.0
    """The listener's rate, multiplied with the profile's."""
    voice: str = ""
    """The engine's voice that the user asked for. It speaks everything in the article's language."""
    settings: ServiceSettings = field(default_factory=ServiceSettings)
    """Settings for requesting a service's voice list."""
    levels: Callable[[str, LanguageTag], Level | None] | None = None
    """By voice and language, what makes it as loud as it should be; `None` for voices that are left as they are."""
    wanted: Loudness | None = None
    """How loud voices are made; `None` to leave them as they are."""
    _found: dict[tuple[LanguageTag, Role], str] = field(default_factory=dict)
    """An empty name means that the engine has no voice."""
    _voices: VoiceList | None = None

    def utterances(self, script: Script) -> Iterator[Utterance]:
        """The engine's utterances for a script, in order.

        Raises `EngineError` if there is no voice for the script's language, or if one lacks what it needs to read the script.
        """
        self._check_reading(script)
        return (self.utterance(say, script.language) for say in script.utterances())

    def utterance(self, say: Say, main: LanguageTag) -> Utterance:
        """One utterance, in an article in the language `main`. Raises `EngineError` if there is no voice for it."""
        voice, language = self._speaker(say, main)
        role, own = self.profile.manner(say.role), say.manner
        prosody = Prosody(role.rate * own.rate * self.rate, role.pitch * own.pitch, self.volume_of(say))
        level = self.levels(voice, language) if self.levels else None
        return Utterance(say.spoken, voice, language, prosody, tuple(_sentence_starts(say)), level, written=say.written)

    def volume_of(self, say: Say) -> float:
        """The volume of a passage, as a factor of its voice's usual one."""
        return self.profile.manner(say.role).volume * say.manner.volume

    def voice_of(self, say: Say, main: LanguageTag) -> str:
        """The voice of a passage, in an article in the language `main`. Raises `EngineError` if there is none."""
        return self._speaker(say, main)[0]

    def unknown_voices(self, script: Script) -> tuple[str, ...]:
        """The voices that a script requests and the engine lacks. These requests are ignored."""
        asked = dict.fromkeys(say.voice for say in script.utterances() if say.voice)
        return tuple(name for name in asked if not self.has(name))

    def has(self, voice: str) -> bool:
        """Whether the engine has a voice, as far as it is known."""
        return self.known.has(voice)

    def knows(self, voice: str) -> bool:
        """Whether the engine has a voice, or could have it after installation."""
        return self.has(voice) or (not self.engine.online and self.engine.installable(voice))

    def checked(self, names: Iterable[str]) -> tuple[str, ...]:
        """The engine's voices of these names, each once. Raises `UsageError` for an unknown name, with suggestions."""
        wanted = tuple(dict.fromkeys(names))
        wrong = next((name for name in wanted if not self.has(name)), "")
        if wrong:
            raise UsageError(
                f"The engine “{self.engine.name}” has no voice “{wrong}”.",
                _hint(wrong, self.likely(wrong)),
            )
        return wanted

    def likely(self, wrong: str) -> list[str]:
        """Suggestions for the unknown voice `wrong`: variants if only that part is wrong, otherwise all voices."""
        own, plus, _ = wrong.partition("+")
        variants = (f"{own}+{name}" for voice in self.known.voices if voice.name == own for name in voice.variants)
        return [*variants] if plus and self.known.has(own) else [voice.name for voice in self.known.voices]

    def serving(self, language: LanguageTag) -> tuple[str, ...]:
        """The engine's voices for a language: first the profile's, then those of its region, then all others."""
        named = tuple(dict.fromkeys(self.profile.voices.get(self.engine.name, {}).values()))
        own = {name.partition("+")[0] for name in named}
        regions = {voice.language for voice in self.known.voices if voice.name in own} | {language}
        found = [voice for voice in self.known.voices if serves(voice.language, language)]
        found.sort(key=lambda voice: (voice.name not in own, voice.language not in regions, voice.name))
        names = [voice.name for voice in found]
        variants = (name for name in named if name not in names and name.partition("+")[0] in names)
        return (*variants, *names)

    @property
    def known(self) -> VoiceList:
        """The engine's voices, requested once."""
        if self._voices is None:
            self._voices = (
                self.engine.voice_list(self.settings, ask=True)
                if self.engine.online
                else VoiceList(self.engine.voices())
            )
        return self._voices

    def _speaker(self, say: Say, main: LanguageTag) -> tuple[str, LanguageTag]:
        """The voice of a passage and the language it speaks: the article's language if the engine has no voice for the passage's."""
        if say.voice and self.has(say.voice):
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
                "Give the language or a voice: --language, --voice. To list the voices: chaptercast voices",
            )
        return voice, language

    def _check_reading(self, script: Script) -> None:
        """Raise `EngineError` if a voice needs something that is not installed to read words in the script's own language.

        This reads the whole script, but only if a voice lacks something.
        """
        if self.engine.online:
            return
        main = self.voice or self._voice(script.language, Role.BODY)
        voice = self._lacking(main)
        if voice is None:
            return
        own = (say for say in script.utterances() if self._lacking(self.utterance(say, script.language).voice) == voice)
        found = next(filter(None, (re.search(voice.unread, say.spoken) for say in own)), None)
        if found:
            raise EngineError(
                f"The voice “{main}” of the engine “{self.engine.name}” cannot read “{found[0]}”, nor other words like it.",
                voice.remedy,
            )

    def _lacking(self, name: str) -> Voice | None:
        """The voice of that name if it lacks something. The name may have a variant after a plus sign."""
        own = name.partition("+")[0]
        return next((voice for voice in self.known.voices if voice.name == own and voice.unread), None)

    def _voice(self, language: LanguageTag, role: Role) -> str:
        key = (language, role)
        if key not in self._found:
            self._found[key] = self._choose(language, role)
        return self._found[key]

    def _choose(self, language: LanguageTag, role: Role) -> str:
        own = primary(language) == primary(self.profile.language)
        profile = self.profile if own else profiles.for_language(language)
        named = (profile.voice(self.engine.name, one) for one in (role, Role.BODY))
        return next((voice for voice in named if voice and self.has(voice)), "") or self._matching(language)

    def _matching(self, language: LanguageTag) -> str:
        """The engine's own voice for a language without a voice in the profile, or empty."""
        by_language = {voice.language: voice.name for voice in reversed(self.known.voices)}
        if len(by_language) == 1:
            return next(iter(by_language.values()))
        match = closest(language, by_language) or closest(LanguageTag(primary(language)), by_language)
        return by_language[match] if match else ""


def _sentence_starts(say: Say) -> Iterator[int]:
    """The positions of the sentences in the spoken text."""
    start = 0
    for sentence in say.sentences:
        if sentence.spoken:
            yield start
            start += len(sentence.spoken) + 1


def profile_for(language: LanguageTag, voice: str) -> Profile:
    """The profile for an article in `language`: the one called `voice`, otherwise that of the language. Raises `UsageError`."""
    return profiles.load(voice) if voice in profiles.names() else profiles.for_language(language)


def cast(engine: Engine, profile: Profile, voice: str, rate: float, settings: ServiceSettings | None = None) -> Cast:
    """The cast of a recording. `voice` is empty, the profile's name, or one of the engine's voices.

    Raises `UsageError` if it is none of these, or if the profile names a voice that the engine does not have.
    """
    chosen = Cast(engine, profile, rate, settings=settings or ServiceSettings())
    named = profile.voices.get(engine.name, {})
    wrong = next(((role, name) for role, name in named.items() if not chosen.knows(name)), None)
    if wrong:
        role, name = wrong
        raise UsageError(
            f"The voice profile “{profile.name}” is wrong: voices.{engine.name}.{role} is “{name}”, which does not exist.",
            _hint(name, chosen.likely(name)),
        )
    if not voice or voice == profile.name:
        return chosen
    if not chosen.has(voice):
        raise UsageError(
            f"“{voice}” is neither a voice profile nor a voice of the engine “{engine.name}”.",
            _hint(voice, [*profiles.names(), *chosen.likely(voice)]),
        )
    chosen.voice = voice
    return chosen


def _hint(wrong: str, right: list[str]) -> str:
    hint = profiles.suggestion(wrong, right)
    return hint if len(hint) < _LONG_HINT else "To list the voices: chaptercast voices"


_LONG_HINT = 200
