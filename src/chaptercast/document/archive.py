"""ZIP containers (EPUB, DOCX) read with limits: what is packed to be huge when unpacked is refused, and so are entities in XML."""

import io
import re
import zipfile
import zlib
from types import TracebackType
from typing import Any, Self

from lxml import etree

from chaptercast.errors import InputError

ENTRIES = 20_000
"""Files in an archive."""
TOTAL = 80_000_000
"""Bytes of all files that are read, unpacked. The text of a book has one or two million."""
RATIO = 300
"""How many times larger than packed a file may be, if it is large at all."""
SMALL = 1_000_000
"""Bytes up to which the ratio does not matter."""

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


class Archive:
    """An open ZIP container. Every method raises `InputError` for what is damaged, protected or too large."""

    def __init__(self, data: bytes, name: str) -> None:
        """`name` is for messages."""
        self.name = name
        self._left = TOTAL
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._entries = {info.filename: info for info in self._zip.infolist()[: ENTRIES + 1]}
        except _DAMAGED as error:
            raise self.damaged(str(error)) from error
        if len(self._entries) > ENTRIES:
            raise InputError(f"{name} holds more than {ENTRIES} files", "Give an article or a book.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, member: str) -> bool:
        return member in self._entries

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files in it."""
        return tuple(self._entries)

    def read(self, member: str) -> bytes:
        """The bytes of one file."""
        info = self._entries.get(member)
        if info is None:
            raise InputError(f"{self.name} is damaged: {member} is not in it", "Get a whole copy of it.")
        if info.flag_bits & 1:
            raise InputError(f"{self.name} is protected by a password", "Give a copy without one.")
        try:
            with self._zip.open(info) as file:
                data = file.read(self._left + 1)
        except (*_DAMAGED, RuntimeError) as error:
            raise self.damaged(str(error)) from error
        self._left -= len(data)
        if self._left < 0 or len(data) > max(SMALL, RATIO * max(1, info.compress_size)):
            raise InputError(
                f"{self.name} unpacks to far more than a book has ({member})", "Give an article or a book."
            )
        return data

    def xml_source(self, member: str) -> bytes:
        """The bytes of one XML file, which declares no entities."""
        data = self.read(member)
        if _ENTITY.search(data.replace(b"\0", b"") if b"\0" in data[:64] else data):  # two bytes a character: UTF-16
            raise InputError(
                f"{self.name}: {member} declares entities, which are not read", "Save it anew and try again."
            )
        return data

    def xml(self, member: str) -> Any:
        """The root of one XML file, its names without namespaces."""
        data = self.xml_source(member)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.damaged(f"{member}: {error}") from error
        if root is None:
            raise self.damaged(member)
        for element in root.iter():
            if isinstance(element.tag, str) and "}" in element.tag:
                name = element.tag.rpartition("}")[2]
                element.tag = name if _NAME.fullmatch(name) else "unknown"
        return root

    def damaged(self, why: str) -> InputError:
        """The error that tells why the file cannot be read."""
        return InputError(f"{self.name} is damaged: {why}", "Get a whole copy of it.")
