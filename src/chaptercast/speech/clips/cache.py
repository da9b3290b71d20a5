"""Clips kept from run to run, so that nothing is spoken, or paid for, twice. One file for each, named for what was asked.

A file is a magic line, the SHA-256 of what follows, and that: the clip in MessagePack. It is written under a temporary name and
renamed, so concurrent runs share a folder; the checksum, and not the disk, is trusted.

A run that is killed loses nothing that it kept. A machine that loses its power may lose what was not flushed to the disk: that is
noticed and spoken again, which costs next to nothing where an engine works here, so that only clips of services are flushed.
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

_MAGIC = b"chaptercast clip 3\n"
_DIGEST_BYTES = 32
_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Clip)
SUFFIX = ".clip"
DEFAULT_LIMIT_BYTES = 2 << 30
"""About 100 hours of speech."""
GRACE_S = 24 * 3600.0
"""What was used so recently is never evicted: a run marks what it needs as used when it begins with an article."""


def key(engine: Engine, utterance: Utterance, grid: Grid) -> str:
    """What names a clip: everything that decides how it sounds, as a SHA-256 in hexadecimal."""
    prosody = utterance.prosody
    identity = engine.identity(utterance.voice, utterance.language)
    asked = [engine.name, identity, utterance.voice, prosody.rate, prosody.pitch, prosody.volume]
    asked += [utterance.language, utterance.text, grid.sample_rate, grid.bit_rate]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


class ClipCache(Struct, frozen=True):
    """A folder of clips, bounded in size."""

    folder: Path
    limit_bytes: int = DEFAULT_LIMIT_BYTES

    trouble = ""
    """A folder is tried again for each clip."""

    def has(self, name: str) -> bool:
        """Whether there is a clip of that name; marks it as used. It may still turn out to be damaged."""
        try:
            os.utime(self._path(name))
        except OSError:
            return False
        return True

    def holds(self, name: str) -> bool:
        """Whether there is a clip of that name, without writing anything, not even that it was asked for."""
        return self._path(name).is_file()

    def get(self, name: str) -> Clip | None:
        """The clip of that name; nothing where there is none or where it is damaged, which removes it."""
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
        """Keep a clip. A cache that cannot be written is no reason to stop speaking: then nothing is kept."""
        keep(self._path(name), encoded(clip))

    def flush(self, name: str) -> None:
        """Wait until the clip of that name is on the disk, as far as the system can tell."""
        path = self._path(name)
        with suppress(OSError):
            _flush(path, os.O_RDWR)
            if os.name == "posix":  # elsewhere folders cannot be flushed
                _flush(path.parent, os.O_RDONLY)

    def size(self) -> tuple[int, int]:
        """How many clips there are, and their bytes."""
        sizes = [stat.st_size for _, stat in self._entries()]
        return len(sizes), sum(sizes)

    def finish(self, grace_s: float) -> None:
        """See `Clips`. Not more often than once an hour: to look at all that is kept takes a fifth of a second for 100 hours of it."""
        if is_due(self.folder / "pruned"):
            self.prune(grace_s=grace_s)

    def prune(self, limit_bytes: int | None = None, *, grace_s: float = 0.0) -> tuple[int, int]:
        """Remove the clips that were used longest ago until `limit_bytes` (the cache's own) hold the rest.

        What was used within `grace_s` seconds stays, even over the limit. Returns how many went, and their bytes.
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
        """Clips, and what killed runs left half-written."""
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
    """The clip of a file. Raises `ValueError` where it is damaged."""
    start = len(_MAGIC) + _DIGEST_BYTES
    body = memoryview(content)[start:]
    if content[: len(_MAGIC)] != _MAGIC or content[len(_MAGIC) : start] != hashlib.sha256(body).digest():
        raise ValueError("not a clip, or a damaged one")
    try:
        return _DECODER.decode(body)
    except msgspec.MsgspecError as error:
        raise ValueError(f"not a clip: {error}") from error
