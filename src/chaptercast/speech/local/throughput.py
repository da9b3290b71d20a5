"""Measures how fast voices speak on this machine, on first request, and keeps the result."""

import json
import time
from contextlib import suppress
from pathlib import Path

from chaptercast.common import user_folders
from chaptercast.common.fingerprint import digest
from chaptercast.speech.model import LocalEngine, Utterance, Voice

_TEXT = ", ".join(map(str, range(1, 31)))
"""Numbers are read in every language. Speaking these takes about twenty seconds."""
_TIMES = 2
"""The first run also loads the model."""
_SAMPLE_BYTES = 2


def measure(engine: LocalEngine, voice: Voice) -> float:
    """Measure how many seconds of speech `voice` makes per second, in one process with the model loaded.

    Keeps the result. Raises `EngineError`.
    """
    utterance = Utterance(_TEXT, voice.name, voice.language)
    with engine.open() as speaker:
        best = 0.0
        for _ in range(_TIMES):
            began = time.perf_counter()
            speech = speaker.speak(utterance)
            seconds = len(speech.pcm) / _SAMPLE_BYTES / speech.sample_rate
            best = max(best, seconds / (time.perf_counter() - began))
    speed = round(best, 2)
    user_folders.keep(_path(engine, voice), json.dumps(speed).encode())
    return speed


def known(engine: LocalEngine, voice: Voice) -> float | None:
    """The kept measurement of `voice` in its current version, if there is one."""
    with suppress(OSError, ValueError):
        return float(json.loads(_path(engine, voice).read_bytes()))
    return None


def _path(engine: LocalEngine, voice: Voice) -> Path:
    """Voices that share a model also share a file."""
    return user_folders.cache_folder() / "speed" / digest(engine.name, engine.version, voice.model, engine.device)
