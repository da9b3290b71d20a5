"""A lock file that one process holds. The system releases the lock when that process ends, however it ends.

The lock belongs to one process: its child processes do not inherit it (POSIX record locks). So a process that gets the lock knows that
the last holder is dead. A process id could not tell this, because it may have been given to another process meanwhile.
"""

import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Self

if sys.platform == "win32":
    import msvcrt

    def _take(stream: BinaryIO) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(stream: BinaryIO) -> None:
        fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


class ProcessLock:
    """The lock at a path. It does not exclude other users in the same process: a process has the lock once, or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: BinaryIO | None = None

    def take(self) -> bool:
        """Takes the lock if no other process has it. Returns whether it is held now. Raises `OSError` if the file cannot be created."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        stream = self._path.open("ab")
        try:
            _take(stream)
        except OSError:
            stream.close()
            return False
        self._stream = stream
        return True

    def release(self) -> None:
        """Releases the lock. The file stays, so that all processes always use the same one."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def __enter__(self) -> Self:
        """Returns the lock, which was taken before."""
        return self

    def __exit__(self, *_: object) -> None:
        """Releases the lock."""
        with suppress(OSError):
            self.release()
