"""The table of formats: one line per format, with its recogniser and its reader.

To add a format, add a module and a line. Readers are named as `module:function` and imported only when needed: loading all of them
would take longer than reading most articles.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from chaptercast.document.formats.byte_recognition import (
    is_fiction_book,
    is_flat_open_document,
    is_mail,
    is_pdf,
    is_rtf,
)
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.formats.text_recognition import is_book, is_html, is_markdown, is_notebook, is_restructured
from chaptercast.document.formats.zip_kinds import (
    has_one_fiction_book,
    is_docx,
    is_epub,
    is_open_document_text,
    refuse_packed,
)
from chaptercast.document.reading_options import ReadingOptions

if TYPE_CHECKING:
    from chaptercast.document.sources.zip_container import Archive

_HEAD = 20_000
"""The number of characters, or bytes, by which a format is recognised."""


class ZipFormat(Struct, frozen=True):
    """A format in a ZIP container, recognised by its content."""

    name: str
    is_recognised: Callable[["Archive"], bool]
    reader: str
    """Takes the bytes of the file, and its name for messages."""

    has_options: bool = False
    """Whether its reader takes `ReadingOptions`, too."""

    def read(self, data: bytes, name: str, options: ReadingOptions) -> Reading:
        """Read the article in `data`. Raises `InputError` if it is damaged, protected or malicious."""
        return _result(self.reader, data, name, *([options] if self.has_options else []))


class ByteFormat(Struct, frozen=True):
    """A format recognised by its first bytes, which decodes its bytes itself."""

    name: str
    is_recognised: Callable[[bytes, str], bool]
    reader: str
    """Takes the bytes of the file, and its name for messages."""

    has_options: bool = False
    """Whether its reader takes `ReadingOptions`, too."""

    def read(self, data: bytes, name: str, options: ReadingOptions) -> Reading:
        """Read the article in `data`. Raises `InputError` if it is damaged, protected or malicious."""
        return _result(self.reader, data, name, *([options] if self.has_options else []))


class TextFormat(Struct, frozen=True):
    """A text format: its bytes are decoded, and its front matter is removed, before it is recognised and read."""

    name: str
    is_recognised: Callable[[str, str], bool]
    reader: str
    """Takes the text."""
    has_options: bool = False
    """Whether its reader takes `ReadingOptions`, too."""

    def read(self, text: str, options: ReadingOptions) -> Reading:
        """Read the article in `text`."""
        return _result(self.reader, text, *([options] if self.has_options else []))


Format: TypeAlias = ZipFormat | ByteFormat | TextFormat

FORMATS: tuple[Format, ...] = (
    ZipFormat("EPUB", is_epub, "epub.reader:read_epub"),
    ZipFormat("DOCX", is_docx, "docx.reader:read_docx"),
    ZipFormat("ODT", is_open_document_text, "open_document.reader:read_open_document"),
    ZipFormat("FB2", has_one_fiction_book, "fiction_book:read_packed_fiction_book"),
    ByteFormat("PDF", is_pdf, "pdf.reader:read_pdf", has_options=True),
    ByteFormat("RTF", is_rtf, "rtf.reader:read_rtf"),
    ByteFormat("FB2", is_fiction_book, "fiction_book:read_fiction_book"),
    ByteFormat("flat ODF", is_flat_open_document, "open_document.reader:read_flat_open_document"),
    ByteFormat("mail", is_mail, "mail.reader:read_mail"),
    TextFormat("Jupyter notebook", is_notebook, "notebook:read_notebook"),
    TextFormat("reStructuredText", is_restructured, "restructured_text:read_restructured"),
    TextFormat("AsciiDoc", lambda _text, suffix: suffix in (".adoc", ".asciidoc", ".asc"), "plain_text:read_asciidoc"),
    TextFormat("Org", lambda _text, suffix: suffix == ".org", "plain_text:read_org"),
    TextFormat("HTML", is_html, "html.reader:read_html", has_options=True),
    TextFormat("book of Project Gutenberg", is_book, "plain_text:read_plain_text"),
    TextFormat("Markdown", is_markdown, "markdown:read_markdown"),
    TextFormat("plain text", lambda _text, _suffix: True, "plain_text:read_plain_text"),
)
"""The first format of its kind that recognises an input reads it. ZIP containers come first, then bytes, then text."""


def format_of_bytes(data: bytes, name: str) -> ZipFormat | ByteFormat | None:
    """The format of `data`, if it is read from bytes. `None` means that it is text, or nothing.

    Raises `InputError` for a ZIP container that is known not to be an article.
    """
    return _zip_format(data, name) or _byte_format(data, name)


def format_of_text(text: str, name: str) -> TextFormat:
    """The format of a text. `name` is the name of its file."""
    suffix = PurePath(name).suffix.lower()
    head = text[:_HEAD]
    return next(each for each in FORMATS if isinstance(each, TextFormat) and each.is_recognised(head, suffix))


def _zip_format(data: bytes, name: str) -> ZipFormat | None:
    if not data.startswith(b"PK\x03\x04"):
        return None
    from chaptercast.document.sources.zip_container import Archive

    with Archive(data, name or "the input") as archive:
        for each in FORMATS:
            if isinstance(each, ZipFormat) and each.is_recognised(archive):
                return each
        refuse_packed(archive)
    return None


def _byte_format(data: bytes, name: str) -> ByteFormat | None:
    suffix = PurePath(name).suffix.lower()
    head = data[:_HEAD]
    return next((each for each in FORMATS if isinstance(each, ByteFormat) and each.is_recognised(head, suffix)), None)


def _result(reader: str, *args: Any) -> Reading:
    module, _, function = reader.partition(":")
    reading: Reading = getattr(import_module(f"{__package__}.{module}"), function)(*args)
    return reading
