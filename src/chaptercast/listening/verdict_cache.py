"""Caches judgements by audio, expected text and recogniser, so that nothing is recognised twice."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from chaptercast.common.user_folders import forget, is_due, keep
from chaptercast.listening.model import Judged, Judgement
from chaptercast.listening.recognition_passes import Judges, Sounding

FOLDER = "heard"
"""In the folder of the cached clips."""
_RULES = 1
"""Increment this when the rules give other results."""
_SUFFIX = ".heard"
_MOST = 200_000
_BATCH = 8
"""Number of passages after which judgements are saved. An interrupted run loses no more than these."""
_ENCODER, _DECODER = msgspec.json.Encoder(), msgspec.json.Decoder(Judgement)


class Kept(Struct, frozen=True):
    """A folder of judgements by one recogniser. Without a folder, nothing is cached."""

    folder: Path | None
    identity: str
    """Everything that determines the recogniser's results."""

    def get(self, sounding: Sounding) -> Judgement | None:
        """Returns the cached judgement for the same audio and text."""
        if self.folder is None:
            return None
        try:
            return _DECODER.decode(self._path(self.folder, sounding).read_bytes())
        except (OSError, msgspec.MsgspecError):
            return None

    def put(self, sounding: Sounding, judgement: Judgement) -> None:
        """Saves a judgement, if there is a folder."""
        if self.folder is not None:
            keep(self._path(self.folder, sounding), _ENCODER.encode(judgement))

    def tidy(self) -> None:
        """Removes the entries that were used longest ago if there are many. Runs at most once an hour."""
        if self.folder is not None and is_due(self.folder / "tidied"):
            forget(self.folder.glob(f"??/*{_SUFFIX}"), _MOST)

    def _path(self, folder: Path, sounding: Sounding) -> Path:
        passage = sounding.passage
        asked = json.dumps([_RULES, self.identity, passage.language, passage.said, passage.written])
        name = hashlib.sha256(asked.encode("utf-8", "surrogatepass") + sounding.samples.tobytes()).hexdigest()
        return folder / name[:2] / f"{name}{_SUFFIX}"


def judged(soundings: Iterable[Sounding], listener: Judges, kept: Kept) -> Iterator[Judged]:
    """Yields each passage with its judgement, in order, from the cache or made now and cached. Raises `EngineError`."""
    batch: list[Sounding] = []
    for sounding in soundings:
        batch.append(sounding)
        if len(batch) == _BATCH:
            yield from _judged(batch, listener, kept)
            batch = []
    yield from _judged(batch, listener, kept)
    kept.tidy()


def _judged(batch: list[Sounding], listener: Judges, kept: Kept) -> Iterator[Judged]:
    known = [kept.get(sounding) for sounding in batch]
    unheard = [sounding for sounding, judgement in zip(batch, known, strict=True) if judgement is None]
    made = list(listener.judged(unheard))
    for sounding, one in zip(unheard, made, strict=True):
        kept.put(sounding, one.judgement)
    rest = iter(made)
    for sounding, judgement in zip(batch, known, strict=True):
        yield Judged(sounding.passage, judgement) if judgement else next(rest)
