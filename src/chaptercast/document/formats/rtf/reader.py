"""Reads the bytes of an RTF document into blocks."""

from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.formats.rtf.control_words import VOCABULARY
from chaptercast.document.formats.rtf.parser import Document


def read_rtf(data: bytes, name: str) -> Reading:
    """Read an RTF document. Raises `InputError` if it is malicious."""
    document = Document(name, VOCABULARY)
    document.read(data)
    return document.reading()
