"""Disk operations of the store: free space, locks, atomic files and folders, verified copies."""

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.errors import EngineError, OutputError
from chaptercast.voice_store.model import PackFile

CHUNK = 1 << 20
_SPARE = 20_000_000
"""Free space, in bytes, that is left on a disk."""
_GONE = ".gone"
_AGAIN = "Get it again from its makers, or from where it came."


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn errors of the operating system at `path` into `OutputError`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{path} cannot be written: {reason}.", "Make room or rights, or name another folder: CHAPTERCAST_VOICES"
        ) from error


def require_room(folder: Path, size: int) -> None:
    """Raise `OutputError` if `folder` has no room for `size` more bytes."""
    with disk_errors(folder):
        free = shutil.disk_usage(folder).free
    if free < size + _SPARE:
        raise OutputError(
            f"{folder} has {free / 1e6:.0f} MB free, and {(size + _SPARE) / 1e6:.0f} are needed.",
            "Make room, or name another folder: CHAPTERCAST_VOICES",
        )


class Sums:
    """Checksums of a stream of bytes."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._md5 = hashlib.md5(usedforsecurity=False)

    def add(self, data: bytes) -> None:
        """Add the next bytes."""
        self._sha256.update(data)
        self._md5.update(data)

    @property
    def sha256(self) -> str:
        """In hexadecimal."""
        return self._sha256.hexdigest()

    def found(self, file: PackFile) -> PackFile | None:
        """`file` with the SHA-256 of the bytes, or `None` if they are not the expected content."""
        expected = file.sha256 in ("", self.sha256) and file.md5 in ("", self._md5.hexdigest())
        return replace(file, sha256=self.sha256) if expected else None


class Piece(Struct, frozen=True):
    """The place of a file's content: a file of its own, or a part of an archive."""

    path: Path
    size: int
    offset: int = 0


def read_piece(piece: Piece) -> Iterator[bytes]:
    """The content of a piece. Raises `EngineError` if it cannot be read completely."""
    left = piece.size
    try:
        with piece.path.open("rb") as stream:
            stream.seek(piece.offset)
            while left and (data := stream.read(min(CHUNK, left))):
                left -= len(data)
                yield data
    except OSError as error:
        raise EngineError(f"{piece.path} cannot be read: {error.strerror or error}.", _AGAIN) from error
    if left:
        raise EngineError(f"{piece.path} ends too early: {left} bytes are missing.", _AGAIN)


def sums_of(piece: Piece) -> Sums:
    """The checksums of a piece. Raises as `read_piece` does."""
    sums = Sums()
    for data in read_piece(piece):
        sums.add(data)
    return sums


def copied(piece: Piece, file: PackFile, target: Path, advance: Callable[[int], None]) -> PackFile:
    """Copy a piece to `target`, durably. Returns `file` with the SHA-256 of the copy.

    `advance` is called with the number of bytes of each step. Raises `EngineError` if the content is not the expected one,
    `OutputError`.
    """
    if piece.size != file.size:
        raise EngineError(f"{piece.path}: {file.name} has {piece.size} bytes instead of {file.size}.", _AGAIN)
    sums = Sums()
    with disk_errors(target), target.open("wb") as stream:
        for data in read_piece(piece):
            sums.add(data)
            stream.write(data)
            advance(len(data))
        synchronise(stream)
    found = sums.found(file)
    if found is None:
        raise EngineError(f"{piece.path}: {file.name} is damaged or another one: its checksum is wrong.", _AGAIN)
    return found


def synchronise(stream: BinaryIO) -> None:
    """Wait until a file's data is on disk."""
    stream.flush()
    os.fsync(stream.fileno())


def synchronise_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk, if the system supports that."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def written(final: Path, content: Iterable[bytes]) -> None:
    """Write a file atomically and durably. Raises `OutputError`, and what `content` raises."""
    with disk_errors(final):
        handle, name = tempfile.mkstemp(".part", f".{final.name}-", final.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.writelines(content)
                synchronise(stream)
            part.chmod(0o666 & ~_mask())
            part.replace(final)
        finally:
            part.unlink(missing_ok=True)
    synchronise_folder(final.parent)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def removed(folder: Path) -> None:
    """Remove one of our folders. It is renamed first, so that nobody finds half of it. Raises `OutputError`."""
    with disk_errors(folder):
        doomed = Path(tempfile.mkdtemp(_GONE, ".", folder.parent))
        try:
            folder.replace(doomed / folder.name)
        finally:
            shutil.rmtree(doomed, ignore_errors=True)


def swept(shelf: Path) -> None:
    """Finish interrupted removals of folders."""
    with suppress(OSError):
        for doomed in shelf.glob(f".*{_GONE}"):
            if any(doomed.iterdir()):  # an empty one is about to be used
                shutil.rmtree(doomed, ignore_errors=True)


@contextmanager
def locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file at `path`, alone among all processes. If another process has it, `waiting` is called, then it is awaited.

    The lock ends with the process that holds it, however that ends. On file systems without locks there is no lock. Raises
    `OutputError` if the file cannot be made.
    """
    with disk_errors(path):
        stream = _opened(path, waiting)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows removes no open file
            path.unlink()
        stream.close()


def _opened(path: Path, waiting: Callable[[], None]) -> BinaryIO:
    has_waited = False
    while True:
        stream = path.open("ab")
        try:
            if not _lock(stream, wait=False):
                if not has_waited:
                    waiting()
                has_waited = True
                _lock(stream, wait=True)
            if os.name != "posix" or _is_still(path, stream):
                return stream
        except BaseException:
            stream.close()
            raise
        stream.close()  # its owner has removed the file: this lock protects nothing any more


def _is_still(path: Path, stream: BinaryIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(stream.fileno()))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt
    import time

    def _lock(stream: BinaryIO, *, wait: bool) -> bool:
        while True:
            try:
                stream.seek(0)
                msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(0.5)
            else:
                return True

else:
    import fcntl

    def _lock(stream: BinaryIO, *, wait: bool) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        except OSError:
            return True  # no locks on this file system
        return True
