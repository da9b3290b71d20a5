"""From the bytes of an RTF document to its blocks."""

from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.formats.rtf.control_words import VOCABULARY
from chaptercast.document.formats.rtf.parser import Document


def read_rtf(data: bytes, name: str) -> Reading:
    """The text of an RTF document. Raises `InputError` for what is made to hurt."""
    document = Document(name, VOCABULARY)
    document.read(data)
    return document.reading()
