"""What makes each voice as loud as it should be: a gain, found by measuring the voice once, on a known text, and kept.

A voice has one gain for everything that it says: loudness that changed from sentence to sentence would be heard.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from chaptercast.common.processes import beside
from chaptercast.common.units import LanguageTag, primary
from chaptercast.common.user_folders import keep
from chaptercast.errors import EngineError, UsageError
from chaptercast.speech.loudness import Level, Loudness, integrated, levelled, speech_blocks
from chaptercast.speech.model import Engine, LocalEngine, Utterance

FOLDER = "levels"
"""In the cache folder."""
_VERSION = 4
"""Goes up when the same voice would get another gain."""
_TEXTS = Path(__file__).with_name("known_texts.toml")
_NUMBERS = ("1, 2, 3, 4, 5, 6, 7, 8, 9, 10.", "20, 30, 40, 50, 60, 70, 80, 90, 100.")
_MOST_GAIN_DB = 20.0
_ENCODING_TAKES_DB = 0.6
"""What the encoder and the edges of pauses take of a voice, about: found on articles in nine languages, with three engines."""
_PEAKS_ALONE = Level(0.0, 15.0, relative=True)
_TRIALS = 2
_BETWEEN_SAMPLES_DB = 0.9
"""How far the curve between samples, and what an encoder makes of it, may go over them."""


ACX = "acx"
PRESETS = {"podcast": Loudness(-19.0, -1.5), ACX: Loudness(-20.5, -3.5)}
"""Podcasts in one channel; ACX, which asks for RMS of -23 to -18 dB and peaks below -3 dB."""
NONE = "none"
_QUIETEST, _LOUDEST = -40.0, -10.0


def loudness(name: str) -> Loudness | None:
    """What is meant by the name of a preset, `none`, or a number of LUFS. Raises `UsageError`."""
    if name == NONE:
        return None
    if name in PRESETS:
        return PRESETS[name]
    with suppress(ValueError):
        lufs = float(name)
        if _QUIETEST <= lufs <= _LOUDEST:
            return Loudness(lufs, PRESETS["podcast"].peak_dbtp)
    raise UsageError(
        f"“{name}” is no loudness.", f"Use {', '.join(PRESETS)}, {NONE}, or LUFS from {_QUIETEST:g} to {_LOUDEST:g}."
    )


class VoiceLevels(Struct):
    """The levels of an engine's voices."""

    engine: Engine
    wanted: Loudness
    folder: Path | None = None
    """Where what was measured is kept; None for nowhere."""
    writes: bool = True
    """Whether it is kept there by this run."""

    def __call__(self, voice: str, language: LanguageTag) -> Level | None:
        """Of a voice, measured where it is not known yet; None where it has no sound that can be measured.

        A service's voice gets its gain when all is joined (`service_levels`). In its PCM only the peaks are lowered before, so that
        there is room for that, and it is the same for every loudness: nothing has to be asked for again.
        """
        if not self.engine.audible:
            return None
        if self.engine.online:
            return None if getattr(self.engine, "sends_frames", False) else _PEAKS_ALONE
        name = self._name(voice, language)
        if name not in _known:
            _known[name] = self._kept(name) or self._measured(self.engine, name, voice, language)
        return _known[name]

    def _name(self, voice: str, language: LanguageTag) -> str:
        """Of what is kept: all that decides a voice's level."""
        asked = [_VERSION, self.engine.name, self.engine.identity(voice, language), voice, language]
        asked += [self.wanted.lufs, self.wanted.peak_dbtp, _ENCODING_TAKES_DB, _BETWEEN_SAMPLES_DB]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()

    def _kept(self, name: str) -> Level | None:
        if self.folder is None:
            return None
        try:
            return msgspec.json.decode((self.folder / f"{name}.json").read_bytes(), type=Level)
        except (OSError, msgspec.MsgspecError):
            return None

    def _measured(self, engine: LocalEngine, name: str, voice: str, language: LanguageTag) -> Level | None:
        level = _level(engine, voice, language, self.wanted, dry=not self.writes)
        if level and self.folder and self.writes:
            keep(self.folder / f"{name}.json", msgspec.json.encode(level))
        return level


_known: dict[str, Level | None] = {}
"""What this process measured or read."""


def _level(engine: LocalEngine, voice: str, language: LanguageTag, wanted: Loudness, *, dry: bool) -> Level | None:
    """Speak the known text, in a process of its own if the engine takes much memory: that goes with it."""

    def work() -> Level | None:
        try:
            with engine.open(dry=dry) as speaker:
                said = [speaker.speak(Utterance(text, voice, language)) for text in _text(language)]
        except EngineError:
            return None  # of the article itself it is told
        return fitting([speech.pcm for speech in said], said[0].sample_rate, wanted)

    with beside(work, apart=engine.worker_bytes > 0) as result:
        return result()


def fitting(spoken: Sequence[bytes], rate: int, wanted: Loudness) -> Level | None:
    """The level with which speech is as loud as it is wanted, limiter and all; None where it is silent."""
    pieces = [memoryview(pcm) for pcm in spoken]
    loudness_now = _together(pieces, rate)
    if loudness_now is None:
        return None
    aim = wanted.lufs + _ENCODING_TAKES_DB
    level = _louder(Level(0.0, wanted.peak_dbtp - _BETWEEN_SAMPLES_DB), aim - loudness_now)
    for _ in range(_TRIALS):
        loudness_now = _together([memoryview(levelled(pcm, rate, level)) for pcm in pieces], rate)
        before, level = level, _louder(level, aim - loudness_now if loudness_now is not None else 0.0)
        if level == before:
            break
    return level


def _louder(level: Level, more_db: float) -> Level:
    gain = min(max(level.gain_db + more_db, -_MOST_GAIN_DB), _MOST_GAIN_DB)
    return Level(round(gain, 1), level.peak_db)


def _together(pieces: Iterable[memoryview], rate: int) -> float | None:
    return integrated(block for pcm in pieces for block in speech_blocks(pcm, rate))


@cache
def _texts() -> dict[str, list[str]]:
    return tomllib.loads(_TEXTS.read_text(encoding="utf-8"))


def _text(language: LanguageTag) -> tuple[str, ...]:
    return tuple(_texts().get(primary(language), _NUMBERS))


def known_sentence(language: LanguageTag) -> str:
    """The first sentence of the known text in a language, for a sample of a voice."""
    return _text(language)[0]
