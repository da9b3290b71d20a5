"""The sound of a recording that is still being made: a second file, of MP3 frames alone, that grows with it.

The recording itself begins with a tag that has no times yet, and with a frame that says that there is nothing. A player must see neither.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from chaptercast.publication.atomic_files import output_errors


class _Copied:
    """A stream whose content is copied, except for what comes first, which is the header, and what is written after a seek, the same."""

    def __init__(self, stream: BinaryIO, copy: BinaryIO) -> None:
        self._stream = stream
        self._copy = copy
        self._is_header = True

    def write(self, content: bytes) -> int:
        if not self._is_header:
            self._copy.write(content)
        self._is_header = False
        return self._stream.write(content)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._is_header = True
        return self._stream.seek(offset, whence)


@contextmanager
def heard_meanwhile(stream: BinaryIO, growing: Path | None) -> Iterator[BinaryIO]:
    """The stream into which a recording is joined. Its frames go into the file `growing`, too, at once. Raises `OutputError`."""
    if growing is None:
        yield stream
        return
    with output_errors(growing):
        growing.parent.mkdir(parents=True, exist_ok=True)
        growing.unlink(missing_ok=True)  # who still listens to an earlier one has it to its end
        copy = growing.open("xb", buffering=0)
    with copy:
        yield cast("BinaryIO", _Copied(stream, copy))
