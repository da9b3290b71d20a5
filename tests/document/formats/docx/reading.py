"""What a small document is read as, in lines that can be compared."""

from tests.document.books import docx
from tests.document.dump import dump

from chaptercast.document.model import Document
from chaptercast.document.read import read_bytes


def document(body: str, **parts: object) -> Document:
    return read_bytes(docx(body, **parts), name="a.docx")


def lines(body: str, **parts: object) -> list[str]:
    """The blocks and what was left out, without what every paragraph is."""
    found = document(body, **parts)
    return [line.removesuffix(" | p") for line in dump(found.blocks, found.left_out).split("\n")]
