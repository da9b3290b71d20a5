"""The clip cache: no utterance is spoken, or paid for, twice. One file per clip, named for the request.

A file holds a magic line, the SHA-256 of the rest, and the clip in MessagePack. It is written under a temporary name and renamed, so
concurrent runs can share a folder. The checksum is trusted, not the disk.

A killed run loses nothing that it stored. A power failure may lose data that was not flushed to disk. That is detected, and the
utterance is spoken again, which costs almost nothing with a local engine. So only clips of online services are flushed.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.user_folders import is_due, keep
from chaptercast.speech.model import Clip, Engine, Utterance

_MAGIC = b"chaptercast clip 4\n"
_DIGEST_BYTES = 32
_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Clip)
_MEASURED = "in full"
"""How the loudness of clips with a gain is measured: how voices are matched in a recording depends on it."""
SUFFIX = ".clip"
DEFAULT_LIMIT_BYTES = 2 << 30
"""About 100 hours of speech."""
GRACE_S = 24 * 3600.0
"""A clip used within this time is never evicted: a run marks the clips it needs as used when it begins an article."""


def key(engine: Engine, utterance: Utterance, grid: Grid) -> str:
    """The name of a clip: a SHA-256, in hexadecimal, of everything that decides how it sounds."""
    prosody = utterance.prosody
    identity = engine.identity(utterance.voice, utterance.language)
    asked = [engine.name, identity, utterance.voice, prosody.rate, prosody.pitch, prosody.volume]
    asked += [utterance.language, utterance.text, grid.sample_rate, grid.bit_rate]
    if utterance.level:
        asked += [utterance.level.gain_db, utterance.level.peak_db]
        asked += ["relative"] if utterance.level.relative else [_MEASURED]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


class ClipCache(Struct, frozen=True):
    """A folder of clips with a size limit."""

    folder: Path
    limit_bytes: int = DEFAULT_LIMIT_BYTES

    trouble = ""
    """Always empty: a folder is tried again for each clip."""

    def has(self, name: str) -> bool:
        """Return whether the clip exists, and mark it as used. It may still turn out to be damaged."""
        try:
            os.utime(self._path(name))
        except OSError:
            return False
        return True

    def holds(self, name: str) -> bool:
        """Return whether the clip exists. Writes nothing, not even a mark of use."""
        return self._path(name).is_file()

    def get(self, name: str) -> Clip | None:
        """Return the clip, or `None` if there is none or it is damaged. A damaged clip is removed."""
        path = self._path(name)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        try:
            return decoded(content)
        except ValueError:
            with suppress(OSError):
                path.unlink()
            return None

    def put(self, name: str, clip: Clip) -> None:
        """Store a clip. If the cache cannot be written, nothing is stored and speaking goes on."""
        keep(self._path(name), encoded(clip))

    def flush(self, name: str) -> None:
        """Wait until the clip is on disk, as far as the system can tell."""
        path = self._path(name)
        with suppress(OSError):
            _flush(path, os.O_RDWR)
            if os.name == "posix":  # other systems cannot flush folders
                _flush(path.parent, os.O_RDONLY)

    def size(self) -> tuple[int, int]:
        """The number of clips, and their total size in bytes."""
        sizes = [stat.st_size for _, stat in self._entries()]
        return len(sizes), sum(sizes)

    def finish(self, grace_s: float) -> None:
        """See `Clips`. Runs at most once an hour, because listing 100 hours of clips takes a fifth of a second."""
        if is_due(self.folder / "pruned"):
            self.prune(grace_s=grace_s)

    def prune(self, limit_bytes: int | None = None, *, grace_s: float = 0.0) -> tuple[int, int]:
        """Remove the least recently used clips until the rest fits in `limit_bytes` (default: the cache's own limit).

        A clip used within `grace_s` seconds stays, even over the limit. Returns the number of removed clips, and their bytes.
        """
        limit = self.limit_bytes if limit_bytes is None else limit_bytes
        entries = sorted(self._entries(), key=lambda entry: entry[1].st_mtime)
        total = sum(stat.st_size for _, stat in entries)
        latest = time.time() - grace_s
        count = freed = 0
        for path, stat in entries:
            if total - freed <= limit or stat.st_mtime > latest:
                break
            with suppress(OSError):
                path.unlink()
                count, freed = count + 1, freed + stat.st_size
        return count, freed

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / f"{name}{SUFFIX}"

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Clips, and half-written files of killed runs."""
        for path in self.folder.glob("??/*"):
            if path.suffix in (SUFFIX, ".part"):
                with suppress(OSError):
                    yield path, path.stat()


def _flush(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def encoded(clip: Clip) -> bytes:
    """A clip as the content of a file: a magic line, the SHA-256 of the rest, and the clip in MessagePack."""
    body = _ENCODER.encode(clip)
    return _MAGIC + hashlib.sha256(body).digest() + body


def decoded(content: bytes) -> Clip:
    """The clip in a file. Raises `ValueError` if it is damaged."""
    start = len(_MAGIC) + _DIGEST_BYTES
    body = memoryview(content)[start:]
    if content[: len(_MAGIC)] != _MAGIC or content[len(_MAGIC) : start] != hashlib.sha256(body).digest():
        raise ValueError("not a clip, or a damaged one")
    try:
        return _DECODER.decode(body)
    except msgspec.MsgspecError as error:
        raise ValueError(f"not a clip: {error}") from error
