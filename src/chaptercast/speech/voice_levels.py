"""What makes each voice as loud as it should be: a gain, found by measuring the voice once, on a known text, and kept.

A voice has one gain for everything that it says: loudness that changed from sentence to sentence would be heard.
"""

import hashlib
import json
import tomllib
from contextlib import suppress
from functools import cache
from pathlib import Path

from msgspec import Struct

from chaptercast.common.processes import beside
from chaptercast.common.units import LanguageTag, primary
from chaptercast.common.user_folders import keep
from chaptercast.errors import EngineError, UsageError
from chaptercast.speech.loudness import Block, Level, blocks_of, integrated
from chaptercast.speech.model import Engine, LocalEngine, Utterance

FOLDER = "levels"
"""In the cache folder."""
_VERSION = 1
"""Goes up when the same voice would get another gain."""
_TEXTS = Path(__file__).with_name("known_texts.toml")
_NUMBERS = ("1, 2, 3, 4, 5, 6, 7, 8, 9, 10.", "20, 30, 40, 50, 60, 70, 80, 90, 100.")
_MOST_GAIN_DB = 20.0
_LIMITER_TAKES_DB = 1.0
"""What the limiter, the encoder and the edges of pauses take, about, of a voice: found on recordings in eleven languages."""
_BETWEEN_SAMPLES_DB = 1.2
"""How far the curve between samples, and what an encoder makes of it, may go over them."""


class Loudness(Struct, frozen=True):
    """How loud recordings are to be."""

    lufs: float
    """Integrated, by EBU R 128."""
    peak_dbtp: float
    """What no true peak is to be over."""


PRESETS = {"podcast": Loudness(-19.0, -1.5), "acx": Loudness(-20.5, -3.5)}
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
        """Of a voice, measured where it is not known yet; None where it has no sound that can be measured."""
        if self.engine.online or not self.engine.audible:
            return None
        found = self._loudness(self.engine, voice, language)
        if found is None:
            return None
        gain = self.wanted.lufs + _LIMITER_TAKES_DB - found
        gain = round(min(max(gain, -_MOST_GAIN_DB), _MOST_GAIN_DB), 1)
        return Level(gain, self.wanted.peak_dbtp - _BETWEEN_SAMPLES_DB)

    def _loudness(self, engine: LocalEngine, voice: str, language: LanguageTag) -> float | None:
        """Of the voice as it is, in LUFS."""
        asked = [_VERSION, engine.name, engine.identity(voice, language), voice, language]
        name = hashlib.sha256(json.dumps(asked).encode()).hexdigest()
        if name not in _known:
            kept = self.folder / f"{name}.json" if self.folder else None
            measured = _kept(kept) if kept else None
            if measured is None:
                measured = _measured(engine, voice, language)
                if kept and self.writes and measured is not None:
                    keep(kept, json.dumps({"lufs": measured}).encode())
            _known[name] = measured
        return _known[name]


_known: dict[str, float | None] = {}
"""What this process measured or read."""


def _kept(path: Path) -> float | None:
    try:
        lufs = json.loads(path.read_bytes())["lufs"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return float(lufs) if isinstance(lufs, int | float) else None


def _measured(engine: LocalEngine, voice: str, language: LanguageTag) -> float | None:
    """Speak the known text, in a process of its own: what an engine takes of memory goes with it."""

    def work() -> float | None:
        blocks: list[Block] = []
        try:
            with engine.open(dry=True) as speaker:
                for text in _text(language):
                    speech = speaker.speak(Utterance(text, voice, language))
                    blocks += blocks_of(speech.pcm, speech.sample_rate)
        except EngineError:
            return None  # of the article itself it is told
        found = integrated(blocks)
        return None if found is None else round(found, 2)

    with beside(work) as result:
        return result()


@cache
def _texts() -> dict[str, list[str]]:
    return tomllib.loads(_TEXTS.read_text(encoding="utf-8"))


def _text(language: LanguageTag) -> tuple[str, ...]:
    return tuple(_texts().get(primary(language), _NUMBERS))


def known_sentence(language: LanguageTag) -> str:
    """The first sentence of the known text in a language, for a sample of a voice."""
    return _text(language)[0]
