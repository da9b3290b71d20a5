"""How fast voices speak on this machine: measured when it is asked for, and kept."""

import json
import time
from contextlib import suppress
from pathlib import Path

from chaptercast.common import user_folders
from chaptercast.common.fingerprint import digest
from chaptercast.speech.model import LocalEngine, Utterance, Voice

_TEXT = ", ".join(map(str, range(1, 31)))
"""Numbers are read in every language; it takes about twenty seconds to say these."""
_TIMES = 2
"""The first time a model is loaded."""
_SAMPLE_BYTES = 2


def measure(engine: LocalEngine, voice: Voice) -> float:
    """How many seconds of speech `voice` makes in a second, in one process, its model loaded; it is kept. Raises `EngineError`."""
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
    """What was measured of `voice` as it is now, if anything was."""
    with suppress(OSError, ValueError):
        return float(json.loads(_path(engine, voice).read_bytes()))
    return None


def _path(engine: LocalEngine, voice: Voice) -> Path:
    """Voices that share a model share a file, too."""
    return user_folders.cache_folder() / "speed" / digest(engine.name, engine.version, voice.model, engine.device)
