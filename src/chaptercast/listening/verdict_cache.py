"""Caches judgements by audio, expected text and recogniser, so that nothing is recognised twice."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from chaptercast.common.user_folders import forget, is_due, keep
from chaptercast.listening.model import Judged, Judgement
from chaptercast.listening.recognition_passes import Judges, Sounding, groups

FOLDER = "heard"
"""In the folder of the cached clips."""
_RULES = 24
"""Increment this when the rules give other results."""
_SUFFIX = ".heard"
_MOST = 200_000
_ENCODER, _DECODER = msgspec.json.Encoder(), msgspec.json.Decoder(list[Judgement])


class Kept(Struct, frozen=True):
    """A folder of judgements by one recogniser. Without a folder, nothing is cached."""

    folder: Path | None
    identity: str
    """Everything that determines the recogniser's results."""

    def get(self, group: Sequence[Sounding]) -> list[Judgement] | None:
        """Returns the cached judgements for the same audio and text of passages that are recognised together."""
        if self.folder is None:
            return None
        try:
            found = _DECODER.decode(self._path(self.folder, group).read_bytes())
        except (OSError, msgspec.MsgspecError):
            return None
        return found if len(found) == len(group) else None

    def put(self, group: Sequence[Sounding], judgements: Sequence[Judgement]) -> None:
        """Saves the judgements of a group, if there is a folder."""
        if self.folder is not None:
            keep(self._path(self.folder, group), _ENCODER.encode(judgements))

    def tidy(self) -> None:
        """Removes the entries that were used longest ago if there are many. Runs at most once an hour."""
        if self.folder is not None and is_due(self.folder / "tidied"):
            forget(self.folder.glob(f"??/*{_SUFFIX}"), _MOST)

    def _path(self, folder: Path, group: Sequence[Sounding]) -> Path:
        texts = [[one.passage.language, one.passage.said, one.passage.written] for one in group]
        asked = hashlib.sha256(json.dumps([_RULES, self.identity, texts]).encode("utf-8", "surrogatepass"))
        for one in group:
            asked.update(f"{len(one.samples)} ".encode() + one.samples.tobytes())
        name = asked.hexdigest()
        return folder / name[:2] / f"{name}{_SUFFIX}"


def judged(soundings: Iterable[Sounding], listener: Judges, kept: Kept) -> Iterator[Judged]:
    """Yields each passage with its judgement, in order, from the cache or made now and cached at once. Raises `EngineError`.

    The listener learns from cached passages, too, so that an interrupted run ends as one that was not.
    """
    for group in groups(soundings):
        listener.learn(group)
        known = kept.get(group)
        if known is None:
            known = [one.judgement for one in listener.judged(group)]
            kept.put(group, known)
        for sounding, judgement in zip(group, known, strict=True):
            yield Judged(sounding.passage, judgement)
    kept.tidy()
