"""Finished recordings as other books and players take them: one table of exporters, each a pure function from a book to files.

Nothing heavy is imported here: an exporter is loaded when it is asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from chaptercast.publication.exports.book import Book


class Container(StrEnum):
    """What an export is on the disk."""

    FILE = "file"
    ZIP = "zip"
    FOLDER = "folder"


class Choices(Struct, frozen=True):
    """What a user may choose of exports."""

    ascii_names: bool = False
    """Whether file names have letters without accents only, for players that show no others."""
    unpacked: bool = False
    """Whether DAISY books are folders and not ZIP archives."""


class Entry(Struct, frozen=True):
    """A file of an export."""

    name: str
    """With slashes where it stands in folders; of a single file it is not used."""
    content: bytes | Iterable[bytes]
    stored: bool = False
    """Whether an archive does not compress it: sound and pictures are small already."""


Write: TypeAlias = "Callable[[Book, Choices], Iterator[Entry]]"
"""What makes an export: its files, in the order in which they stand in it. The same book gives the same bytes."""


class Exporter(Struct, frozen=True):
    """A kind of export."""

    what: str
    """In a few words."""
    suffix: str
    """What follows the recording's name."""
    container: Container
    load: Callable[[], Write]
    needs_text: bool = True
    """Whether it shows the text, so that a recording without it will not do."""
    may_unpack: bool = False
    """Whether it can be a folder as well."""


def _epub() -> Write:
    from chaptercast.publication.exports.epub import entries

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
"""By the name that users type."""
