"""What a worker of a cluster does: it proves that it makes the bytes that are asked for, then speaks.

Only names, versions and utterances arrive; the engine is the worker's own, from the same wheel.
"""

import hashlib
import platform
import signal
import threading
from collections.abc import Iterable
from contextlib import ExitStack
from functools import cache
from importlib.metadata import version
from typing import TypeAlias

from msgspec import Struct

from chaptercast import __version__
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.speech import engine_registry
from chaptercast.speech.clips.encode import make_clip
from chaptercast.speech.model import Clip, Engine, LocalEngine, Speaker, Utterance

Identities: TypeAlias = tuple[tuple[str, LanguageTag, str], ...]
"""Voices, the languages that they are to speak, and what decides how they do (`Engine.identity`)."""


class Standard(Struct, frozen=True):
    """What the machine that joins the clips is: a worker that is not the same would make other bytes."""

    versions: tuple[tuple[str, str], ...]
    """Names and versions of all that decides about the bytes."""
    engine: str
    grid: Grid
    sample: Utterance
    digest: str
    """SHA-256 of the sample's frames: equal versions on unlike processors may still differ."""


def standard(engine: LocalEngine, grid: Grid, sample: Utterance) -> Standard:
    """What this machine is, found by speaking `sample`. Raises `EngineError`."""
    with engine.open() as speaker:
        return Standard(_versions(engine), engine.name, grid, sample, _digest(speaker, sample, grid))


def identities(engine: Engine, utterances: Iterable[Utterance]) -> Identities:
    """What decides, besides versions, how the voices of `utterances` speak: a worker must have the same."""
    asked = dict.fromkeys((utterance.voice, utterance.language) for utterance in utterances)
    return tuple((voice, language, engine.identity(voice, language)) for voice, language in asked)


def speak_batch(utterances: tuple[Utterance, ...], wanted: Standard, voices: Identities = ()) -> tuple[Clip, ...]:
    """Speak in a worker's process, with the `voices` of the machine that joins.

    Raises `EngineError` where it is no worker of that standard, has other voices, or its engine fails.
    """
    with _alone:  # an engine's library is one for all threads of a process
        speaker = _proved(wanted)
        _check_voices(engine_registry.load(wanted.engine), voices)
        return tuple(make_clip(speaker.speak(utterance), wanted.grid) for utterance in utterances)


def dask_setup(_worker: object) -> None:
    """Called by Dask in the workers that a run starts for itself: Ctrl-C reaches them too, and the run decides what to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


_alone = threading.Lock()
_opened = ExitStack()
"""Ends with the process: a worker speaks for any number of runs."""


@cache
def _speaker(engine: str) -> Speaker:
    found = engine_registry.usable(engine)
    if found.online:
        raise EngineError(f"The engine “{engine}” is asked by one machine only, not by a cluster.")
    return _opened.enter_context(found.open())


def _check_voices(engine: Engine, voices: Identities) -> None:
    wrong = next((voice for voice, language, there in voices if engine.identity(voice, language) != there), "")
    if wrong:
        raise EngineError(
            f"A worker of the cluster, on {platform.node()}, does not have the voice “{wrong}” as it is here.",
            "Install the same voices on every machine of the cluster: chaptercast voices --export, --install --from",
        )


@cache
def _proved(wanted: Standard) -> Speaker:
    """The engine, proved once for each standard: a worker that is of another version joins clusters at any time."""
    engine = engine_registry.load(wanted.engine)
    differing = [
        f"{name} {here or 'missing'}, not {there}"
        for (name, here), (_, there) in zip(_versions(engine), wanted.versions, strict=True)
        if here != there
    ]
    if differing:
        raise EngineError(
            f"A worker of the cluster, on {platform.node()}, has {' and '.join(differing)}.",
            "Install the same wheel, with the same versions, on every machine of the cluster: they must give the same bytes.",
        )
    speaker = _speaker(wanted.engine)
    if _digest(speaker, wanted.sample, wanted.grid) != wanted.digest:
        raise EngineError(
            f"A worker of the cluster, on {platform.node()}, makes other sound of the same text than this machine.",
            "Its processor, or a library of its system, is of another kind. Use machines of one kind.",
        )
    return speaker


def _versions(engine: Engine) -> tuple[tuple[str, str], ...]:
    own = ("chaptercast", __version__), (f"the engine {engine.name}", engine.version)
    return (*own, ("lameenc", version("lameenc")), ("pydub", version("pydub")))


def _digest(speaker: Speaker, sample: Utterance, grid: Grid) -> str:
    return hashlib.sha256(make_clip(speaker.speak(sample), grid).frames).hexdigest()
