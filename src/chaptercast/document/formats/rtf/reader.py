"""From the bytes of an RTF document to its blocks."""

from chaptercast.document.reading import Reading
from chaptercast.document.rtf.document import Document
from chaptercast.document.rtf.vocabulary import VOCABULARY


def read_rtf(data: bytes, name: str) -> Reading:
    """The text of an RTF document. Raises `InputError` for what is made to hurt."""
    document = Document(name, VOCABULARY)
    document.read(data)
    return document.reading()
