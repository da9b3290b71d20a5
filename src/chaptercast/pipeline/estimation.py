"""Estimates a conversion before anything is spoken: counts, expected duration, cache hits."""

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
"""The number of utterances of each voice that are spoken to measure its pace. The second is for engines that take seconds for each."""
_SAMPLE_BYTES = 2


class Estimate(Struct, frozen=True):
    """The expected cost and result of converting an article."""

    title: str
    language: LanguageTag
    sections: int
    utterances: int
    characters: int
    """The length of the spoken text."""
    duration: Milliseconds
    """The expected duration of the recording."""
    measured: bool
    """Whether the pace was measured with a spoken sample. Otherwise it is a rule of thumb."""
    kept_utterances: int
    """The number of cache hits."""
    kept_characters: int
    engine: str
    engine_reason: str
    voices: tuple[str, ...]
    """The voices that would speak, in the order of their first words."""
    destination: str
    """Who would get the text. Empty if it stays on this machine."""

    @property
    def kept_share(self) -> float:
        """The share of characters in the cache, from 0 to 1."""
        return self.kept_characters / self.characters


def estimate(given: Path | str, options: Options, tell: Tell) -> Estimate:
    """Estimate the conversion of an article. Writes nothing, and asks no service to speak.

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
    """The pace of an engine's voices."""

    factors: Mapping[tuple[str, LanguageTag], float]
    """By voice and language: the ratio of measured duration to the rule of thumb."""

    @property
    def measured(self) -> bool:
        """Whether the engine's speech was measured."""
        return bool(self.factors)

    def seconds(self, utterance: Utterance) -> float:
        """The estimated duration of an utterance."""
        factor = self.factors.get((utterance.voice, utterance.language), 1.0)
        return factor * speaking_seconds(utterance.text, utterance.prosody.rate)


def pace_of(utterances: Iterable[Utterance], engine: Engine) -> Pace:
    """The pace of the voices of `utterances`. For a local engine, a sample is spoken and thrown away.

    A service is not asked: its speech costs money, and the text would leave this machine. Raises `EngineError`.
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
    """The duration from the first sound to the last. If the speech is silent throughout, all of it, as in a recording."""
    found = heard(as_segment(speech))
    return (found[1] - found[0]) / speech.sample_rate if found else _all_seconds(speech)


def _all_seconds(speech: Speech) -> float:
    return len(speech.pcm) / _SAMPLE_BYTES / speech.sample_rate
