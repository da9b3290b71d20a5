"""What the texts of an article became when it was narrated before, kept from run to run: after an edit only what is new is put into words.

One file for each article: a magic line, the SHA-256 of the rest, then what it depends on (the `state` it was made in), and a line for
each text, in JSON. It is a cache: what is damaged, of another state, or not there is made again. Short articles are not worth a file.
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
"""About ten minutes of speech; what is shorter is narrated in no time."""
_MAGIC = b"chaptercast narration 2\n"
_SUFFIX = ".jsonl"
_IN_MEMORY_BYTES = 1 << 20
_CHUNK_BYTES = 1 << 16


class UtteranceCaches(Struct, frozen=True):
    """The memories of all articles."""

    folder: Path
    state: str
    """What decides besides a text what becomes of it, as a digest."""

    def of(self, article: str, state: str) -> "UtteranceCache":
        """That of an article, known by its path; `state` is what decides besides of what becomes of its texts."""
        return UtteranceCache(self.folder / f"{digest(article)}{_SUFFIX}", f"{self.state} {state}")


class UtteranceCache:
    """What is remembered of one article, and what is to be from now on. Nothing that goes wrong with it is an error."""

    def __init__(self, path: Path, state: str) -> None:
        """Of the file at `path`, if it was made in the same `state`; it is replaced by `keep`. To be closed."""
        self._path = path
        self._state = digest(state).encode() + b"\n"
        self._known: dict[bytes, tuple[int, int]] = {}
        """Where each text's line lies, and how long it is: long books are not held in memory."""
        self._is_new = True
        """Whether anything was found out that the file does not have."""
        self._told: set[bytes] = set()
        """The texts met so far, by their keys."""
        self._made = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 -- closed by `close`
        self._file = None
        with suppress(OSError):
            self._file = path.open("rb")
            self._known = dict(self._index())
            self._is_new = not self._known

    def recall(self, text: str, decode: Callable[[bytes], _Value]) -> _Value | None:
        """What was noted of a text, as `decode` reads its line (or raises `MsgspecError`); None where nothing was."""
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
        """Note what became of a text, in one line."""
        self._is_new = True
        self._put(_key(text), line)

    def keep(self) -> None:
        """All has been told: what was recalled and noted is what is remembered from now on."""
        if len(self._told) < FEWEST_TEXTS:
            return
        if not self._is_new and len(self._told) == len(self._known):
            with suppress(OSError):
                os.utime(self._path)  # what was used longest ago is forgotten first
            return
        checksum = hashlib.sha256(self._state)
        for chunk in self._chunks():
            checksum.update(chunk)
        head = _MAGIC + checksum.hexdigest().encode() + b"\n" + self._state
        user_folders.keep(self._path, chain((head,), self._chunks()))
        prune(self._path.parent)

    def close(self) -> None:
        """Let go of the files; what was not kept by now is not."""
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
        """The texts of the file by their keys; none where it is damaged or of another state."""
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
    """Of all that follows `place`."""
    stream.seek(place)
    return hashlib.file_digest(stream, "sha256").hexdigest().encode()


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest().encode()


def prune(folder: Path, most: int = MOST_ARTICLES) -> int:
    """Forget the articles that were narrated longest ago, until `most` are left. Returns how many went."""
    return user_folders.forget(folder.glob("*"), most)
