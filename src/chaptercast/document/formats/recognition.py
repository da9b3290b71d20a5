"""Which format an input is in. Its content decides; its name only where the content leaves it open.

`BINARY` and `TEXT` are tables that grow: a signature and what to do about it, a test and its reader.
"""

import re
from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.document.formats.html.reader import read_html
from chaptercast.document.formats.markdown import read_markdown
from chaptercast.document.formats.plain_text import is_book, read_plain_text
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.formats.zip_kinds import EPUB, OPEN_DOCUMENT_TEXT, books_in, kind_of, refuse_packed
from chaptercast.document.reading_options import PageScope
from chaptercast.errors import InputError

if TYPE_CHECKING:
    from chaptercast.document.sources.zip_container import Archive

HEAD = 20_000
"""Characters that are looked at."""

_IMAGE = "An image has no text that can be read; give the article as Markdown, HTML or text."
_SOUND = "This is a recording already; give the article as Markdown, HTML or text."
_DOCUMENT = "Save it as DOCX, HTML or text and give that."
_PACKED = "Unpack it and give the article in it."
_BOOK = "Convert it to EPUB and give that."
_UNLOCKED = "Open it, save a copy without the password, and give that."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""A compound file (MS-CFB): a container that many programs used, and that holds what Office encrypts."""


def _named(stream: str) -> bytes:
    """The name of a stream as a compound file has it."""
    return stream.encode("utf-16-le") + b"\x00\x00"


class Signature(Struct, frozen=True):
    """Bytes that a binary format begins with."""

    magic: bytes
    what: str
    remedy: str
    offset: int = 0
    within: bytes = b""
    """What is found further on, where several formats begin alike."""


BINARY: tuple[Signature, ...] = (
    Signature(b"\x89PNG\r\n\x1a\n", "a PNG image", _IMAGE),
    Signature(b"\xff\xd8\xff", "a JPEG image", _IMAGE),
    Signature(b"GIF8", "a GIF image", _IMAGE),
    Signature(b"WEBP", "a WebP image", _IMAGE, 8),
    Signature(b"BM", "a BMP image", _IMAGE),
    Signature(b"II*\x00", "a TIFF image", _IMAGE),
    Signature(b"MM\x00*", "a TIFF image", _IMAGE),
    Signature(b"ftyp", "a video or an image", _IMAGE, 4),
    Signature(b"ID3", "an MP3 file", _SOUND),
    Signature(b"OggS", "an Ogg file", _SOUND),
    Signature(b"fLaC", "a FLAC file", _SOUND),
    Signature(b"WAVE", "a WAV file", _SOUND, 8),
    Signature(_OLE, "a document protected by a password", _UNLOCKED, within=_named("EncryptedPackage")),
    Signature(_OLE, "a Word 97-2003 document", _DOCUMENT, within=_named("WordDocument")),
    Signature(_OLE, "an Excel 97-2003 workbook", _DOCUMENT, within=_named("Workbook")),
    Signature(_OLE, "a PowerPoint 97-2003 presentation", _DOCUMENT, within=_named("PowerPoint Document")),
    Signature(
        _OLE,
        "an Outlook message",
        "Save it as EML, HTML or text and give that.",
        within=_named("__properties_version1.0"),
    ),
    Signature(_OLE, "a Works document", _DOCUMENT, within=_named("MatOST")),
    Signature(_OLE, "an old Office file", _DOCUMENT),
    Signature(b"BOOKMOBI", "a Kindle book", _BOOK, 60),
    Signature(b"\xeaDRMION\xee", "a Kindle book that is copy-protected", "Give an EPUB without protection."),
    Signature(b"CONT\x02\x00", "a Kindle book", _BOOK),
    Signature(b"TPZ0", "a Kindle book", _BOOK),
    Signature(b"TEXtREAd", "a Palm book", _BOOK, 60),
    Signature(b"AT&TFORM", "a DjVu file", "Convert it to text (djvutxt) and give that."),
    Signature(b"ITOLITLS", "a Microsoft Reader book", _BOOK),
    Signature(b"ITSF\x03", "a compiled help file (CHM)", "Unpack it (with 7-Zip) and give a page of it."),
    Signature(b"L\x00R\x00F\x00", "a Sony book (LRF)", _BOOK),
    Signature(b"\xffWPC", "a WordPerfect document", _DOCUMENT),
    Signature(b"%!PS", "a PostScript file", "Convert it to text (ps2ascii) and give that."),
    Signature(b"PK\x03\x04", "a ZIP archive", _PACKED),
    Signature(b"\x1f\x8b", "a gzip archive", _PACKED),
    Signature(b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _PACKED),
    Signature(b"Rar!", "a RAR archive", _PACKED),
    Signature(b"SQLite format 3\x00", "a database", "Give a Markdown, HTML or text file."),
    Signature(b"\x7fELF", "a program", "Give a Markdown, HTML or text file."),
    Signature(b"MZ\x90", "a program", "Give a Markdown, HTML or text file."),
)


def refuse_binary(data: bytes, name: str) -> None:
    """Raise `InputError` for what is known not to be text, saying what it is."""
    for signature in BINARY:
        begins = data.startswith(signature.magic, signature.offset) and (
            len(signature.magic) > 2 or b"\x00" in data[:64]
        )
        if begins and signature.within in data:
            raise InputError(f"{name} is {signature.what}, not an article", signature.remedy)


class PackedFormat(Struct, frozen=True):
    """A format that is a ZIP container: how it is told by what is in it, and how it is read."""

    name: str
    matches: Callable[["Archive"], bool]
    read: Callable[[bytes, str], Reading]
    """From the bytes and the name for messages."""


def _read_epub(data: bytes, name: str) -> Reading:
    from chaptercast.document.formats.epub.reader import read_epub

    return read_epub(data, name)


def _is_docx(archive: "Archive") -> bool:
    from chaptercast.document.formats.docx.package import is_word

    return is_word(archive)


def _read_docx(data: bytes, name: str) -> Reading:
    from chaptercast.document.formats.docx.reader import read_docx

    return read_docx(data, name)


def _read_open_document(data: bytes, name: str) -> Reading:
    from chaptercast.document.formats.open_document.reader import read_open_document

    return read_open_document(data, name)


def _read_packed_fiction_book(data: bytes, name: str) -> Reading:
    from chaptercast.document.formats.fiction_book import read_packed_fiction_book

    return read_packed_fiction_book(data, name)


PACKED: tuple[PackedFormat, ...] = (
    PackedFormat("EPUB", lambda archive: kind_of(archive) == EPUB or "META-INF/container.xml" in archive, _read_epub),
    PackedFormat("DOCX", _is_docx, _read_docx),
    PackedFormat("ODT", lambda archive: kind_of(archive).startswith(OPEN_DOCUMENT_TEXT), _read_open_document),
    PackedFormat("FB2", lambda archive: len(books_in(archive)) == 1, _read_packed_fiction_book),
)
"""Their readers are loaded when there is something for them."""


def packed_format(data: bytes, name: str) -> PackedFormat | None:
    """The format of a ZIP container; None for anything else."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    from chaptercast.document.sources.zip_container import Archive

    with Archive(data, name) as archive:
        found = next((each for each in PACKED if each.matches(archive)), None)
        if found is None:
            refuse_packed(archive)
        return found


class TextFormat(Struct, frozen=True):
    """A format made of text: how it is told, and how it is read."""

    name: str
    matches: Callable[[str, str], bool]
    """From the text (without front matter) and the suffix of its name."""
    read: Callable[[str], Reading]
    read_all: Callable[[str], Reading] | None = None
    """How all of it is read, where there may be more than an article in it."""

    def reader(self, scope: PageScope) -> Callable[[str], Reading]:
        """What reads so much of it."""
        return self.read_all if scope is PageScope.ALL and self.read_all else self.read


def text_format(text: str, name: str) -> TextFormat:
    """The format of a text."""
    suffix = PurePath(name).suffix.lower()
    return next(each for each in TEXT if each.matches(text[:HEAD], suffix))


_DOCTYPE = re.compile(
    r"\s*+(?:<\?xml[^>]*>\s*+)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG_FIRST = re.compile(r"\s*+(?><!--.*?-->\s*)*+</?[a-zA-Z][\w:-]*(?:\s[^<>]{0,2000})?>", re.DOTALL)
_CODE = re.compile(r"<(/?)(?:pre|script|style|textarea)\b[^<>]*>", re.IGNORECASE)
_MARKDOWN_BLOCK = re.compile(
    r"(?:^|\n\n) {0,3}(?:#{1,6} +\S|```|~~~|[-*+] +\S|\d{1,9}[.)] +\S|> ?\S|\*\*\S|!\[|\[\^?[^\]\n]{1,300}\](?::|\())"
)
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})
_ASCIIDOC_SUFFIXES = frozenset({".adoc", ".asciidoc", ".asc"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"})

SIGNS: tuple["re.Pattern[str]", ...] = (
    re.compile(r"^ {0,3}#{1,6} +\S", re.MULTILINE),
    re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE),
    re.compile(r"!?\[[^\]\[\n]{0,300}\]\([^()\s]{1,300}(?: [^)\n]{0,100})?\)"),
    re.compile(r"(?<!\*)\*\*[^\s*][^*\n]{0,300}\*\*|(?<![_\w])__[^\s_][^_\n]{0,300}__(?!\w)"),
    re.compile(r"^ {0,3}\|?[ :]*-{3,}[ :]*\|[-| :]*$", re.MULTILINE),
    re.compile(r"^\[[^\]\n]{1,300}\]:\s{0,9}\S", re.MULTILINE),
    re.compile(r"\[\^[^\]\s]{1,100}\]"),
    re.compile(r"^> ?\S", re.MULTILINE),
    re.compile(r"(?<!`)`[^`\n]{1,300}`(?!`)"),
    re.compile(
        r"</?(?:p|div|br|span|strong|em|b|i|a|img|h[1-6]|table|ul|ol|sup|sub|details|ruby)\b[^<>]*>", re.IGNORECASE
    ),
)
"""What only Markdown has: headings, fences, links, bold, tables, references, notes, quotations, code, HTML."""
WEAK_SIGNS: tuple["re.Pattern[str]", ...] = (
    re.compile(r"^(?=.*\S).*\n {0,3}(?:=+|-+) *$", re.MULTILINE),
    re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}[.)]) +\S", re.MULTILINE),
    re.compile(r"(?<![*\w])\*[^\s*][^*\n]{0,300}\*(?![*\w])|(?<![_\w])_[^\s_][^_\n]{0,300}_(?!\w)"),
    re.compile(r"\S\n\n?: {1,3}\S", re.MULTILINE),
    re.compile(r"\\[!-/:-@\[-`{-~]|&(?:[a-zA-Z]{2,8}|#\d{2,6});"),
    re.compile(
        r"\[\[|%%|==\S|\{[{%:#.<+=>~-]|^:::|^[!?=]{3}\+? |:\w+:|\$\S|</?[A-Z]\w*|<https?:|~\S+~|\w\^\S+\^", re.MULTILINE
    ),
    re.compile(r"^(?:import .* from |export (?:const|default) |% \S|\*\[|\| \S|\+[-=:]+\+)", re.MULTILINE),
)
"""What plain text can have as well; the last two are of dialects."""


def _without_code(text: str) -> str:
    """The text outside of elements whose line breaks are their own."""
    kept: list[str] = []
    end = 0
    inside = False
    for match in _CODE.finditer(text):
        if not inside:
            kept.append(text[end : match.start()])
        inside, end = not match[1], match.end()
    return "".join(kept) if inside else "".join([*kept, text[end:]])


def _is_html(text: str, suffix: str) -> bool:
    if _DOCTYPE.match(text):
        return True
    if not _TAG_FIRST.match(text):
        return False
    return suffix in _HTML_SUFFIXES or not _MARKDOWN_BLOCK.search(_without_code(text))


def _is_book(text: str, suffix: str) -> bool:
    """Old books are set with stars, quotation marks of all kinds and rules, which mean nothing in Markdown."""
    return suffix not in _MARKDOWN_SUFFIXES and is_book(text)


def _is_markdown(text: str, suffix: str) -> bool:
    strong = sum(1 for sign in SIGNS if sign.search(text))
    if suffix in _MARKDOWN_SUFFIXES:
        return strong > 0 or any(sign.search(text) for sign in WEAK_SIGNS)
    headings = len(SIGNS[0].findall(text))
    return strong >= (2 if suffix == ".txt" and headings < 2 else 1)


_NOTEBOOK = re.compile(r"\s*\{\s*\"(?:cells|metadata|nbformat|nbformat_minor|worksheets)\"\s*:")


def _is_notebook(text: str, suffix: str) -> bool:
    return _NOTEBOOK.match(text) is not None and (suffix == ".ipynb" or '"cell_type"' in text)


def _read_notebook(text: str) -> Reading:
    from chaptercast.document.formats.notebook import read_notebook

    return read_notebook(text)


_RESTRUCTURED = re.compile(r"^\.\. (?:[A-Za-z][\w:-]*::|_[^:\n]{1,100}:|\|[^|\n]{1,100}\| \w+::)", re.MULTILINE)
_LINE_BELOW = re.compile(r"^\S.*\n([=~^\"'`#*+-])\1{2,} *$", re.MULTILINE)
"""A heading of reStructuredText."""


def _is_restructured(text: str, suffix: str) -> bool:
    if suffix in (".rst", ".rest"):
        return True
    return suffix not in _MARKDOWN_SUFFIXES and bool(_RESTRUCTURED.search(text) and _LINE_BELOW.search(text))


def _read_restructured(text: str) -> Reading:
    from chaptercast.document.formats.restructured_text import read_restructured

    return read_restructured(text)


def _as_plain_text(name: str) -> Callable[[str], Reading]:
    """The reader of a format whose own signs are not known here: as plain text, which is told."""

    def read(text: str) -> Reading:
        return replace(
            read_plain_text(text), notes=(f"{name} is read as plain text: its own signs are said or left in place.",)
        )

    return read


TEXT: tuple[TextFormat, ...] = (
    TextFormat("Jupyter notebook", _is_notebook, _read_notebook),
    TextFormat("reStructuredText", _is_restructured, _read_restructured),
    TextFormat("AsciiDoc", lambda _text, suffix: suffix in _ASCIIDOC_SUFFIXES, _as_plain_text("AsciiDoc")),
    TextFormat("Org", lambda _text, suffix: suffix == ".org", _as_plain_text("Org")),
    TextFormat("HTML", _is_html, read_html, partial(read_html, scope=PageScope.ALL)),
    TextFormat("book of Project Gutenberg", _is_book, read_plain_text),
    TextFormat("Markdown", _is_markdown, read_markdown),
    TextFormat("plain text", lambda _text, _suffix: True, read_plain_text),
)
"""The first that matches is taken."""
