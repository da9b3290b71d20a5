"""Exports finished recordings as other books and audio formats: one table of exporters, each a pure function from a book to files.

No heavy imports here: an exporter is loaded when it is used.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from pathlib import Path

    from chaptercast.publication.exports.book import Book


class Container(StrEnum):
    """The form of an export on the disk."""

    FILE = "file"
    ZIP = "zip"
    FOLDER = "folder"


class Choices(Struct, frozen=True):
    """A user's options for exports."""

    ascii_names: bool = False
    """Whether file names are in ASCII, for players that show nothing else."""
    unpacked: bool = False
    """Whether DAISY books are folders rather than ZIP archives."""
    original: "Path | None" = None
    """The file that was recorded, for a book that keeps its pages."""


class Entry(Struct, frozen=True):
    """A file of an export."""

    name: str
    """Its path, with slashes for folders. Not used for an export of a single file."""
    content: bytes | Iterable[bytes]
    stored: bool = False
    """Whether an archive stores it uncompressed: audio and pictures are compressed already."""


Write: TypeAlias = "Callable[[Book, Choices], Iterator[Entry]]"
"""Makes an export: yields its files in their order in the archive. The same book gives the same bytes."""


class Exporter(Struct, frozen=True):
    """A kind of export."""

    what: str
    """A short description."""
    suffix: str
    """Appended to the recording's name."""
    container: Container
    load: Callable[[], Write]
    needs_text: bool = True
    """Whether it needs the text of the recording."""
    may_unpack: bool = False
    """Whether it can be written as a folder too."""


def _epub() -> Write:
    from chaptercast.publication.exports.epub import entries

    return entries


def _epub_original() -> Write:
    from chaptercast.publication.exports.epub_original import entries

    return entries


def _daisy() -> Write:
    from chaptercast.publication.exports.daisy.daisy202 import full_text

    return full_text


def _daisy_ncc() -> Write:
    from chaptercast.publication.exports.daisy.daisy202 import ncc_only

    return ncc_only


def _daisy3() -> Write:
    from chaptercast.publication.exports.daisy.daisy3 import entries

    return entries


def _lpf() -> Write:
    from chaptercast.publication.exports.audiobook import lpf

    return lpf


def _audiobook() -> Write:
    from chaptercast.publication.exports.audiobook import readium

    return readium


def _m4b() -> Write:
    from chaptercast.publication.exports.m4b_and_opus import m4b

    return m4b


def _opus() -> Write:
    from chaptercast.publication.exports.m4b_and_opus import opus

    return opus


def _mp3s() -> Write:
    from chaptercast.publication.exports.mp3s import entries

    return entries


EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "epub": Exporter("EPUB 3 with Media Overlays", ".epub", Container.ZIP, _epub),
        "epub-original": Exporter(
            "the EPUB that was recorded, its own pages with sound", "-original.epub", Container.ZIP, _epub_original
        ),
        "daisy": Exporter("DAISY 2.02, text and sound", "-daisy.zip", Container.ZIP, _daisy, may_unpack=True),
        "daisy-ncc": Exporter(
            "DAISY 2.02, sound under headings", "-daisy-ncc.zip", Container.ZIP, _daisy_ncc, may_unpack=True
        ),
        "daisy3": Exporter("DAISY 3 (Z39.86-2005)", "-daisy3.zip", Container.ZIP, _daisy3, may_unpack=True),
        "lpf": Exporter("W3C Audiobook", ".lpf", Container.ZIP, _lpf, needs_text=False),
        "audiobook": Exporter("Readium audiobook", ".audiobook", Container.ZIP, _audiobook, needs_text=False),
        "m4b": Exporter("M4B, AAC with chapters", ".m4b", Container.FILE, _m4b, needs_text=False),
        "opus": Exporter("Opus with chapters", ".opus", Container.FILE, _opus, needs_text=False),
        "mp3s": Exporter(
            "a folder of numbered MP3s, one a chapter", "-mp3s", Container.FOLDER, _mp3s, needs_text=False
        ),
    }
)
"""The exporters, by the names that users type."""
