"""Speech for benchmarks: each sentence is spoken once and kept, so that a run that was interrupted goes on where it was."""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import miniaudio
import numpy as np
from msgspec import Struct, msgpack

from benchmarks.planting import Planted
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.common.user_folders import keep
from chaptercast.listening.pack import SAMPLE_RATE
from chaptercast.speech.clips.encode import make_clip
from chaptercast.speech.model import LocalEngine, Speaker, Speech, Utterance

_PAUSE_S = 0.3
_BIT_RATE = 48_000


class Voice(Struct, frozen=True):
    """Who speaks."""

    engine: LocalEngine
    name: str
    language: LanguageTag


class Studio:
    """Speaks, each sentence once. Close `stack` when it is not needed any more."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack = stack
        self._folder = folder
        self._speakers: dict[str, Speaker] = {}

    def samples(self, voice: Voice, said: Sequence[str], fault: Planted | None = None) -> Any:
        """What is heard of it in an MP3, with what a fault does to the sound: 16 bits at the recogniser's rate."""
        speeches = [self.speech(voice, text) for text in said]
        rate = speeches[0].sample_rate
        pcm = _joined((_without(one, fault, at) for at, one in enumerate(speeches)), rate)
        clip = make_clip(Speech(_spoiled(pcm, rate, fault).tobytes(), rate, exact=True), Grid(rate, _BIT_RATE))
        heard = np.frombuffer(miniaudio.decode(clip.frames, nchannels=1, sample_rate=SAMPLE_RATE).samples, "<i2")
        return heard[round(clip.onset / rate * SAMPLE_RATE) : round(clip.end / rate * SAMPLE_RATE)]

    def speech(self, voice: Voice, text: str) -> Speech:
        """A sentence, spoken now or before."""
        asked = f"{voice.engine.name} {voice.engine.version} {voice.name} {voice.language} {text}"
        path = self._folder / f"{hashlib.sha256(asked.encode()).hexdigest()}.speech"
        try:
            return msgpack.decode(path.read_bytes(), type=Speech)
        except (OSError, ValueError):
            pass
        if voice.engine.name not in self._speakers:
            self._speakers[voice.engine.name] = self._stack.enter_context(voice.engine.open())
        spoken = self._speakers[voice.engine.name].speak(Utterance(text, voice.name, voice.language))
        keep(path, msgpack.encode(spoken))
        return spoken


def _joined(pieces: Iterable[Any], rate: int) -> Any:
    pause = np.zeros(round(_PAUSE_S * rate), "<i2")
    parts = [part for piece in pieces for part in (piece, pause)]
    return np.concatenate(parts[:-1])


def _without(speech: Speech, fault: Planted | None, at: int) -> Any:
    """The sound of a sentence, without the words that a fault takes out of it."""
    pcm = np.frombuffer(speech.pcm, "<i2")
    if fault is None or fault.taken is None or fault.taken[0] != at:
        return pcm
    _, begin, end = fault.taken
    first = next((word.start for word in speech.words if word.offset >= begin), len(pcm))
    last = next((word.start for word in speech.words if word.offset >= end), len(pcm))
    return np.concatenate([pcm[:first], pcm[last:]])


def _spoiled(pcm: Any, rate: int, fault: Planted | None) -> Any:
    """The sound after what a fault does to the whole of it."""
    if fault is None:
        return pcm
    begin, end = (round(part * len(pcm)) for part in fault.keep)
    pcm = np.concatenate([np.zeros(begin, "<i2"), pcm[begin:end], np.zeros(len(pcm) - end, "<i2")])
    if fault.gap_s:
        middle = round(fault.gap_at * len(pcm))
        pcm = np.concatenate([pcm[:middle], np.zeros(round(fault.gap_s * rate), "<i2"), pcm[middle:]])
    return pcm[: len(pcm) - round(fault.cut * len(pcm))]
