"""What a conversion would take, before anything is spoken: counts, an expected duration, and what is kept from earlier runs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.audio.join import CHAPTER_LEAD, CLOSING_SILENCE
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.pipeline.options import Options, Tell
from chaptercast.pipeline.preparation import Prepared, prepare, tell_notes
from chaptercast.script.model import Pause
from chaptercast.speech.clips.cache import key
from chaptercast.speech.clips.cache_location import clips_at
from chaptercast.speech.clips.encode import as_segment, heard
from chaptercast.speech.model import Engine, Speech, Utterance
from chaptercast.speech.online.duration_bounds import speaking_seconds

_SAMPLE_UTTERANCES, _COSTLY_SAMPLE_UTTERANCES = 6, 2
"""How many utterances of each voice are spoken to learn its pace; the second of an engine that takes seconds for each."""
_SAMPLE_BYTES = 2


class Estimate(Struct, frozen=True):
    """What converting an article would take and make."""

    title: str
    language: LanguageTag
    sections: int
    utterances: int
    characters: int
    """Of what is said."""
    duration: Milliseconds
    """Expected, of the recording."""
    measured: bool
    """Whether the pace is that of a sample that the engine spoke; else it is a rule of thumb."""
    kept_utterances: int
    """How many are in the cache."""
    kept_characters: int
    engine: str
    engine_reason: str
    voices: tuple[str, ...]
    """Those that would speak, in the order of their first words."""
    destination: str
    """Who would get the text; empty where it stays on this machine."""

    @property
    def kept_share(self) -> float:
        """Of the characters, from 0 to 1."""
        return self.kept_characters / self.characters


def estimate(given: Path | str, options: Options, tell: Tell) -> Estimate:
    """Estimate the conversion of an article. Nothing is written, and no service is asked to speak.

    Raises `InputError`, `UsageError`, `EngineError`.
    """
    prepared = prepare(given, replace(options, dry=True), tell)
    tell_notes(given, prepared, tell)
    script, engine = prepared.script, prepared.cast.engine
    utterances = tuple(prepared.cast.utterances(script))
    pace = pace_of(utterances, engine)
    speech = sum(map(pace.seconds, utterances))
    pauses = sum(part.duration for section in script.sections for part in section.parts if isinstance(part, Pause))
    kept = _kept(utterances, prepared, options)
    return Estimate(
        title=prepared.title,
        language=script.language,
        sections=len(script.sections),
        utterances=len(utterances),
        characters=sum(len(utterance.text) for utterance in utterances),
        duration=Milliseconds(CHAPTER_LEAD + pauses + round(1000 * speech) + CLOSING_SILENCE),
        measured=pace.measured,
        kept_utterances=len(kept),
        kept_characters=sum(len(utterance.text) for utterance in kept),
        engine=engine.name,
        engine_reason=prepared.engine_reason,
        voices=tuple(dict.fromkeys(utterance.voice for utterance in utterances)),
        destination=engine.destination if engine.online else "",
    )


def _kept(utterances: Iterable[Utterance], prepared: Prepared, options: Options) -> list[Utterance]:
    if options.cache is None:
        return []
    cache = clips_at(options.cache, offline=options.offline)
    engine, grid = prepared.cast.engine, prepared.grid
    return [utterance for utterance in utterances if cache.holds(key(engine, utterance, grid))]


class Pace(Struct, frozen=True):
    """How fast an engine's voices speak."""

    factors: Mapping[tuple[str, LanguageTag], float]
    """By voice and language, how many times as long it takes as the rule of thumb has it."""

    @property
    def measured(self) -> bool:
        """Whether the engine was heard."""
        return bool(self.factors)

    def seconds(self, utterance: Utterance) -> float:
        """About how long it takes to say it."""
        factor = self.factors.get((utterance.voice, utterance.language), 1.0)
        return factor * speaking_seconds(utterance.text, utterance.prosody.rate)


def pace_of(utterances: Iterable[Utterance], engine: Engine) -> Pace:
    """The pace of the voices that say `utterances`: of an engine on this machine, from a sample that is spoken and thrown away.

    A service is not asked: what it speaks is paid for, and what it is sent leaves this machine. Raises `EngineError`.
    """
    if engine.online:
        return Pace({})
    groups: dict[tuple[str, LanguageTag], list[Utterance]] = defaultdict(list)
    for utterance in utterances:
        groups[utterance.voice, utterance.language].append(utterance)
    seconds_of = _heard_seconds if engine.audible else _all_seconds
    most = _COSTLY_SAMPLE_UTTERANCES if engine.worker_bytes else _SAMPLE_UTTERANCES
    factors = {}
    with engine.open(dry=True) as speaker:
        for group, members in groups.items():
            sample = members[:: -(-len(members) // most)]
            thumb = sum(speaking_seconds(utterance.text, utterance.prosody.rate) for utterance in sample)
            factors[group] = sum(seconds_of(speaker.speak(utterance)) for utterance in sample) / thumb
    return Pace(factors)


def _heard_seconds(speech: Speech) -> float:
    """From the first sound to the last; all of it where it is silent throughout, as a recording has it."""
    found = heard(as_segment(speech))
    return (found[1] - found[0]) / speech.sample_rate if found else _all_seconds(speech)


def _all_seconds(speech: Speech) -> float:
    return len(speech.pcm) / _SAMPLE_BYTES / speech.sample_rate
