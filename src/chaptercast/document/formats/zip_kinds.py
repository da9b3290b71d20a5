"""What a ZIP archive is that no reader takes: its kind by what is in it, so that it is called by its name."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from chaptercast.errors import InputError

if TYPE_CHECKING:
    from chaptercast.document.sources.zip_container import Archive

EPUB = "application/epub+zip"
OPEN_DOCUMENT_TEXT = "application/vnd.oasis.opendocument.text"
"""With `-template`, `-master`, `-web` behind it, too."""
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
_OLD_OPEN_OFFICE = "application/vnd.sun.xml"
_LONGEST = 200
"""Bytes of the file that says what an archive is."""
_IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".jp2", ".jxl", ".bmp")
_SAVE = "Save it as DOCX, HTML or text and give that."


def kind_of(archive: "Archive") -> str:
    """The media type that an archive declares in its file `mimetype` (EPUB, OpenDocument); empty if it declares none."""
    if "mimetype" not in archive:
        return ""
    return archive.read("mimetype")[:_LONGEST].decode("ascii", "replace").strip()


def books_in(archive: "Archive") -> tuple[str, ...]:
    """The FictionBook files in an archive."""
    return tuple(name for name in archive.names if name.lower().endswith(".fb2"))


class _Kind(Struct, frozen=True):
    """A kind of archive: how it is told, what it is, and what to do about it."""

    matches: Callable[["Archive"], bool]
    what: str
    remedy: str


def _has(*members: str) -> Callable[["Archive"], bool]:
    return lambda archive: any(member in archive for member in members)


def _is(media_type: str) -> Callable[["Archive"], bool]:
    return lambda archive: kind_of(archive).startswith(media_type)


def _is_pictures(archive: "Archive") -> bool:
    files = [name.lower() for name in archive.names if not name.endswith("/")]
    pictures = [name for name in files if name.endswith(_IMAGES)]
    return len(pictures) > 1 and len(files) - len(pictures) <= 2


KINDS: tuple[_Kind, ...] = (
    _Kind(_is(f"{_OPEN_DOCUMENT}.spreadsheet"), "an OpenDocument spreadsheet", _SAVE),
    _Kind(_is(f"{_OPEN_DOCUMENT}.presentation"), "an OpenDocument presentation", _SAVE),
    _Kind(_is(_OPEN_DOCUMENT), "an OpenDocument file without a text", "Give a text document."),
    _Kind(_is(_OLD_OPEN_OFFICE), "an old OpenOffice file", "Save it as ODT or DOCX and give that."),
    _Kind(_has("xl/workbook.xml", "xl/workbook.bin"), "an Excel workbook", _SAVE),
    _Kind(_has("ppt/presentation.xml"), "a PowerPoint presentation", _SAVE),
    _Kind(_has("Index/Document.iwa", "Index/Presentation.iwa", "Index/Tables/DataList.iwa", "Index.zip", "index.apxl"),
          "a Pages, Numbers or Keynote file", "Export it as EPUB or DOCX and give that."),
    _Kind(_has("index.xml", "index.xml.gz"), "a Pages document", "Export it as EPUB or DOCX and give that."),
    _Kind(_has("FixedDocumentSequence.fdseq", "FixedDocSeq.fdseq"), "an XPS file", "Convert it to text and give that."),
    _Kind(lambda archive: len(books_in(archive)) > 1, "an archive of several books", "Unpack it and give one of them."),
    _Kind(_is_pictures, "a comic book: its pages are pictures", "Give an edition with text."),
)  # fmt: skip
"""The first that matches is taken; what matches none is a ZIP archive."""


def refuse_packed(archive: "Archive") -> None:
    """Raise `InputError` for an archive that is known to be no article, saying what it is."""
    kind = next((kind for kind in KINDS if kind.matches(archive)), None)
    if kind is not None:
        raise InputError(f"{archive.name} is {kind.what}, not an article", kind.remedy)
