"""A cache of the utterances of an article's texts, kept between runs: after an edit, only new text is put into words.

One file per article: a magic line, the SHA-256 of the rest, the `state` that it depends on, and one JSON line per text. It is a cache:
a file that is damaged, missing or from another state is made again. Short articles are not worth a file.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from msgspec import MsgspecError, Struct

from chaptercast.common import user_folders
from chaptercast.common.fingerprint import digest

_Value = TypeVar("_Value")
FOLDER = "narration"
"""In the cache folder."""
MOST_ARTICLES = 500
FEWEST_TEXTS = 50
"""About ten minutes of speech. A shorter article is narrated in no time."""
_MAGIC = b"chaptercast narration 2\n"
_SUFFIX = ".jsonl"
_IN_MEMORY_BYTES = 1 << 20
_CHUNK_BYTES = 1 << 16


class UtteranceCaches(Struct, frozen=True):
    """The caches of all articles."""

    folder: Path
    state: str
    """A digest of everything besides a text that decides its utterances."""

    def of(self, article: str, state: str) -> "UtteranceCache":
        """The cache of an article, identified by its path. `state` is what decides its utterances besides the texts."""
        return UtteranceCache(self.folder / f"{digest(article)}{_SUFFIX}", f"{self.state} {state}")


class UtteranceCache:
    """The cache of one article: what was stored, and what will be. A failure is never an error."""

    def __init__(self, path: Path, state: str) -> None:
        """Open the file at `path`, if it was made in the same `state`. `keep` replaces it. Must be closed."""
        self._path = path
        self._state = digest(state).encode() + b"\n"
        self._known: dict[bytes, tuple[int, int]] = {}
        """The position and length of each text's line: long books are not held in memory."""
        self._is_new = True
        """Whether there is a result that the file does not have."""
        self._told: set[bytes] = set()
        """The keys of the texts met so far."""
        self._made = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 -- closed by `close`
        self._file = None
        with suppress(OSError):
            self._file = path.open("rb")
            self._known = dict(self._index())
            self._is_new = not self._known

    def recall(self, text: str, decode: Callable[[bytes], _Value]) -> _Value | None:
        """The cached result of a text, read by `decode` (which may raise `MsgspecError`); `None` if there is none."""
        key = _key(text)
        place = self._known.get(key)
        if place is None or self._file is None:
            return None
        try:
            self._file.seek(place[0])
            line = self._file.read(place[1])
            value = decode(line)
        except (OSError, MsgspecError):
            return None
        self._put(key, line)
        return value

    def note(self, text: str, line: bytes) -> None:
        """Store the result of a text, as one line."""
        self._is_new = True
        self._put(_key(text), line)

    def keep(self) -> None:
        """Replace the file: from now on, it holds what was recalled and noted in this run."""
        if len(self._told) < FEWEST_TEXTS:
            return
        if not self._is_new and len(self._told) == len(self._known):
            with suppress(OSError):
                os.utime(self._path)  # the least recently used files are removed first
            return
        checksum = hashlib.sha256(self._state)
        for chunk in self._chunks():
            checksum.update(chunk)
        head = _MAGIC + checksum.hexdigest().encode() + b"\n" + self._state
        user_folders.keep(self._path, chain((head,), self._chunks()))
        prune(self._path.parent)

    def close(self) -> None:
        """Close the files. What `keep` has not stored is lost."""
        self._made.close()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _put(self, key: bytes, line: bytes) -> None:
        if key in self._told:
            return
        self._told.add(key)
        with suppress(OSError):
            self._made.write(key + b" " + line + b"\n")

    def _chunks(self) -> Iterator[bytes]:
        self._made.seek(0)
        while chunk := self._made.read(_CHUNK_BYTES):
            yield chunk

    def _index(self) -> Iterator[tuple[bytes, tuple[int, int]]]:
        """The keys of the texts in the file. Empty if it is damaged or of another state."""
        if self._file is None or self._file.readline() != _MAGIC:
            return
        wanted = self._file.readline().strip()
        place = self._file.tell()
        state = self._file.readline()
        if state != self._state or _checksum(self._file, place) != wanted:
            return
        self._file.seek(place + len(state))
        place += len(state)
        for line in self._file:
            key, _, rest = line.partition(b" ")
            yield key, (place + len(key) + 1, len(rest) - 1)
            place += len(line)


def _checksum(stream: Any, place: int) -> bytes:
    """The checksum of everything after `place`."""
    stream.seek(place)
    return hashlib.file_digest(stream, "sha256").hexdigest().encode()


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest().encode()


def prune(folder: Path, most: int = MOST_ARTICLES) -> int:
    """Remove the least recently narrated articles until `most` are left. Returns the number of removed articles."""
    return user_folders.forget(folder.glob("*"), most)
