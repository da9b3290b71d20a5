"""The files of a book, in an archive or a folder: nothing is written, and nothing too large is read."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

from lxml import etree

_MOST_BYTES = 256_000_000
_MOST_FILES = 100_000
_MAGIC = (
    (b"ID3", "audio/mpeg"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"OggS", "audio/ogg"),
    (b"RIFF", "audio/wav"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_HEAD_BYTES = 12
_WHOLE_SECONDS_OFF = 1.0
_SECONDS_OFF = 0.05
"""How far a length may be off: a frame or two, that some count and some do not."""


class _Source(Protocol):
    def sizes(self) -> dict[str, int]: ...

    def read(self, name: str) -> bytes: ...


class Content:
    """What `opened` gives."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._sizes = source.sizes()
        self.names = frozenset(self._sizes)
        self.sound = cache(self._sound)
        """How long the sound in a file is, in seconds; 0 where it has none. Asked for once a file."""
        self.xml = cache(self._xml)
        """A file of XML, parsed. Raises `ValueError` where it is none, or not there."""

    def read(self, name: str) -> bytes:
        """The content of a file. Raises `ValueError` where it is not there, or too large, or damaged."""
        if name not in self._sizes:
            raise ValueError(f"{name} is not in it")
        if self._sizes[name] > _MOST_BYTES:
            raise ValueError(f"{name} is too large")
        try:
            return self._source.read(name)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
            raise ValueError(f"{name} cannot be unpacked: {error}") from error

    def kind(self, name: str) -> str:
        """The media type of a file by its first bytes; nothing where they tell none."""
        head = self.read(name)[:_HEAD_BYTES]
        if head[:1] == b"\xff" and head[1:2] and head[1] & 0xE6 == 0xE2:
            return "audio/mpeg"
        if head[4:8] == b"ftyp":
            return "audio/mp4"
        if head[:4] == b"RIFF" and head[8:] == b"WEBP":
            return "image/webp"
        return next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")

    def _sound(self, name: str) -> float:
        from mutagen import File, MutagenError

        try:
            file = File(BytesIO(self.read(name)))
        except (MutagenError, OSError, EOFError):
            return 0.0
        return float(getattr(getattr(file, "info", None), "length", 0.0))

    def _xml(self, name: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise ValueError(f"{name} is no XML: {error}") from error


def place(base: str, address: str) -> tuple[str, str]:
    """The file, and the place in it, that an address in the file `base` leads to."""
    path, _, fragment = address.partition("#")
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path))) if path else base
    return joined, unquote(fragment)


def differs(said: float, found: float) -> bool:
    """Whether two lengths, in seconds, are not the same. Many programs tell whole seconds."""
    return abs(said - found) > (_WHOLE_SECONDS_OFF if said == int(said) else _SECONDS_OFF)


@contextmanager
def opened(path: Path) -> Iterator[Content]:
    """The files of a book. Raises `OSError`, and `ValueError` where it is no archive."""
    if path.is_dir():
        yield Content(_Folder(path))
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield Content(_Archive(archive))
    except zipfile.BadZipFile as error:
        raise ValueError(f"it is no archive: {error}") from error


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sizes(self) -> dict[str, int]:
        found = [path for path in self._folder.rglob("*") if path.is_file()]
        return {path.relative_to(self._folder).as_posix(): path.stat().st_size for path in found[:_MOST_FILES]}

    def read(self, name: str) -> bytes:
        return (self._folder / name).read_bytes()


class _Archive:
    """The files of an archive; what all of them stand in, as of a zipped folder, is no part of their names."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        infos = [info for info in archive.infolist()[:_MOST_FILES] if not info.is_dir()]
        tops = {info.filename.partition("/")[0] + "/" for info in infos}
        self._top = next(iter(tops)) if len(tops) == 1 and all("/" in info.filename for info in infos) else ""
        self._infos = {info.filename.removeprefix(self._top): info for info in infos}

    def sizes(self) -> dict[str, int]:
        return {name: info.file_size for name, info in self._infos.items()}

    def read(self, name: str) -> bytes:
        return self._archive.read(self._infos[name])
