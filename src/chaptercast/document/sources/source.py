"""The source of an article: a file, a web address, or standard input."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote

from msgspec import Struct

from chaptercast.common.unicode_text import well_formed
from chaptercast.document.model import Metadata
from chaptercast.document.sources.url import is_url, target_of
from chaptercast.errors import InputError, UsageError

STANDARD_INPUT = "-"
_NAMELESS = "article"
"""The name of standard input where a name is needed."""
_MOST_PIPED = 50_000_000
"""In bytes: a pipe can be endless."""


class Source(Struct, frozen=True):
    """A readable article."""

    name: str
    """For messages. Its suffix is a hint for the format."""
    stem: str
    """The name of the recording if the article has no title."""
    path: Path | None = None
    """Its path, if it is a file."""
    url: str = ""
    """Its web address."""
    data: bytes = b""
    """Its content, if it is not a file."""
    metadata: Metadata = Metadata()
    """What is known of it from elsewhere, if it does not say so itself."""
    known_as: str = ""
    """What tells it from other articles, if that is not its path or address: its text, or even its address, may change."""
    episode: str = ""
    """The folder of the episode that was made of it, in the output folder, if there is one."""

    def __str__(self) -> str:
        """For messages."""
        return self.url or self.name

    def head(self, size: int) -> bytes:
        """The first bytes. Empty if they cannot be read: `read` will raise the reason."""
        if self.path is None:
            return self.data[:size]
        try:
            with self.path.open("rb") as stream:
                return stream.read(size)
        except (OSError, ValueError):
            return b""

    def read(self) -> bytes:
        """All bytes. Raises `OSError`."""
        return self.data if self.path is None else self.path.read_bytes()


def open_source(
    given: Path | str | Source, tell: Callable[[str], None], *, offline: bool = False, private: bool = False
) -> Source:
    """Open the user's source: a path, an address, or `-`. The latter two are read to their end. A source that is open is returned.

    `tell` is called before each wait. Raises `UsageError` for a forbidden address (with `offline`, any address), and `InputError` if it
    cannot be fetched or does not end.
    """
    if isinstance(given, Source):
        return given
    if given == STANDARD_INPUT:
        if sys.stdin.isatty():
            tell("Reading the article from here; end it with an end of file (Ctrl-D, on Windows Ctrl-Z and Enter).")
        return _piped(sys.stdin.buffer, "standard input", _NAMELESS)
    if isinstance(given, Path):
        if given.is_fifo() or given.is_char_device():  # these can be read only once
            with suppress(PermissionError), given.open("rb") as stream:
                return _piped(stream, str(given), _NAMELESS)
        return Source(str(given), well_formed(given.stem), path=given)
    if not is_url(given):
        return open_source(Path(given), tell)
    target = target_of(given)
    if offline:
        raise UsageError(f"{given} is on the web; --offline forbids it.", "Save the page and give the file.")
    from chaptercast.document.sources.fetch import Limits, fetch

    found = fetch(given, tell, Limits(private=private))
    name = unquote(target_of(found.url).name or target.name)
    return Source(found.url.partition("?")[0], PurePosixPath(name).stem or _NAMELESS, url=found.url, data=found.data)


def _piped(stream: BinaryIO, name: str, stem: str) -> Source:
    data = stream.read(_MOST_PIPED + 1)
    if len(data) > _MOST_PIPED:
        raise InputError(f"{name} has more than {_MOST_PIPED // 1_000_000} MB.", "Save it as a file and give that.")
    return Source(name, stem, data=data)
