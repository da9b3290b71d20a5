"""A lock file that is held by one process, and let go by the system when that process ends, however it ends.

The lock is the process's own: the processes that it starts do not inherit it (POSIX record locks). So whoever gets the lock knows that its
last holder is dead, with no process id that may have been given to another one meanwhile.
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
    """The lock at a path. Within one process it keeps nobody out: a process has it once, or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: BinaryIO | None = None

    def take(self) -> bool:
        """Take the lock if no other process has it; whether it is held now. Raises `OSError` where no file can be made there."""
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
        """Let it go. The file stays, so that all processes always mean the same one."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def __enter__(self) -> Self:
        """The lock, which was taken."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let it go."""
        with suppress(OSError):
            self.release()
