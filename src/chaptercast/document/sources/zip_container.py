"""Reads ZIP containers (EPUB, DOCX, ODT) with limits: archives built to unpack to a huge size are refused, and so are such XML files."""

import io
import unicodedata
import zipfile
from types import TracebackType
from typing import Any, Self

from chaptercast.common.zip_errors import DAMAGED_ZIP
from chaptercast.document.sources.xml_source import declares_entities, parse_xml_bytes
from chaptercast.errors import InputError

ENTRIES = 20_000
"""The maximum number of files in an archive."""
TOTAL = 80_000_000
"""The maximum unpacked bytes of all files that are read. The text of a book has one or two million."""
RATIO = 300
"""The maximum ratio of unpacked to packed size, for large files."""
SMALL = 1_000_000
"""The size, in bytes, up to which the ratio does not matter."""


class Archive:
    """An open ZIP container. Every method raises `InputError` for damaged, protected or oversized files.

    A file is found by its exact name, otherwise without regard to case, composition of accents, and direction of slashes: books are
    made and read on systems that see no difference.
    """

    def __init__(self, data: bytes, name: str) -> None:
        """`name` is for messages."""
        self.name = name
        self._left = TOTAL
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._entries = {info.filename: info for info in self._zip.infolist()[: ENTRIES + 1]}
        except DAMAGED_ZIP as error:
            raise self.damaged(str(error)) from error
        if len(self._entries) > ENTRIES:
            raise InputError(f"{name} holds more than {ENTRIES} files", "Give an article or a book.")
        self._alike = {_folded(name): info for info in reversed(self._entries.values()) for name in _names(info)}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, member: str) -> bool:
        return self._found(member) is not None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files."""
        return tuple(self._entries)

    def read(self, member: str) -> bytes:
        """The bytes of one file."""
        info = self._found(member)
        if info is None:
            raise InputError(f"{self.name} is damaged: {member} is not in it", "Get a complete copy of it.")
        if info.flag_bits & 1:
            raise InputError(f"{self.name} is protected by a password", "Give a copy without one.")
        try:
            with self._zip.open(info) as file:
                data = file.read(self._left + 1)
        except (*DAMAGED_ZIP, RuntimeError) as error:
            raise self.damaged(str(error)) from error
        self._left -= len(data)
        if self._left < 0 or len(data) > max(SMALL, RATIO * max(1, info.compress_size)):
            raise InputError(
                f"{self.name} unpacks to far more than a book has ({member})", "Give an article or a book."
            )
        return data

    def xml_source(self, member: str) -> bytes:
        """The bytes of one XML file. Refuses declared entities."""
        data = self.read(member)
        if declares_entities(data):
            raise InputError(f"{self.name}: {member} declares entities, which are not read", "Save it again and retry.")
        return data

    def xml(self, member: str) -> Any:
        """The root of one XML file, with names without namespaces."""
        return parse_xml_bytes(self.read(member), f"{self.name}: {member}")

    def _found(self, member: str) -> zipfile.ZipInfo | None:
        return self._entries.get(member) or self._alike.get(_folded(member))

    def damaged(self, why: str) -> InputError:
        """The error that tells why the file cannot be read."""
        return InputError(f"{self.name} is damaged: {why}", "Get a complete copy of it.")


def _folded(member: str) -> str:
    return unicodedata.normalize("NFC", member.replace("\\", "/")).casefold()


def _names(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """The name of a file, and its other reading if it is unmarked UTF-8, which `zipfile` takes for code page 437."""
    try:
        return info.filename, info.filename.encode("cp437").decode()
    except UnicodeError:
        return (info.filename,)
