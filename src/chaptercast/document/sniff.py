"""Which format an input is in. Its content decides; its name only where the content leaves it open.

`BINARY` and `TEXT` are tables that grow: a signature and what to do about it, a test and its reader.
"""

import re
from collections.abc import Callable
from functools import partial
from pathlib import PurePath

from msgspec import Struct

from chaptercast.document.choices import PageScope
from chaptercast.document.html.reader import read_html
from chaptercast.document.markdown import read_markdown
from chaptercast.document.plain_text import read_plain_text
from chaptercast.document.reading import Reading
from chaptercast.errors import InputError

HEAD = 20_000
"""Characters that are looked at."""

_IMAGE = "An image has no text that can be read; give the article as Markdown, HTML or text."
_SOUND = "This is a recording already; give the article as Markdown, HTML or text."
_DOCUMENT = "Save it as DOCX, HTML or text and give that."
_PACKED = "Unpack it and give the article in it."


class Signature(Struct, frozen=True):
    """Bytes that a binary format begins with."""

    magic: bytes
    what: str
    remedy: str
    offset: int = 0


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
    Signature(b"%PDF-", "a PDF file", "Convert it to text (pdftotext -layout) or HTML and give that."),
    Signature(b"{\\rtf", "an RTF file", _DOCUMENT),
    Signature(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file", _DOCUMENT),
    Signature(b"BOOKMOBI", "a Kindle book", "Convert it to EPUB and give that.", 60),
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
        if data.startswith(signature.magic, signature.offset) and (len(signature.magic) > 2 or b"\x00" in data[:64]):
            raise InputError(f"{name} is {signature.what}, not an article", signature.remedy)


class PackedFormat(Struct, frozen=True):
    """A format that is a ZIP container: the file in it that tells it, and how it is read."""

    name: str
    member: str
    read: Callable[[bytes, str], Reading]
    """From the bytes and the name for messages."""


def _read_epub(data: bytes, name: str) -> Reading:
    from chaptercast.document.epub import read_epub

    return read_epub(data, name)


def _read_docx(data: bytes, name: str) -> Reading:
    from chaptercast.document.docx import read_docx

    return read_docx(data, name)


PACKED: tuple[PackedFormat, ...] = (
    PackedFormat("EPUB", "META-INF/container.xml", _read_epub),
    PackedFormat("DOCX", "word/document.xml", _read_docx),
)
"""Their readers are loaded when there is something for them."""


def packed_format(data: bytes, name: str) -> PackedFormat | None:
    """The format of a ZIP container; None for anything else."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    from chaptercast.document.archive import Archive

    with Archive(data, name) as archive:
        return next((each for each in PACKED if each.member in archive), None)


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
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG_FIRST = re.compile(r"\s*(?:<!--.*?-->\s*)*</?[a-zA-Z][\w:-]*(?:\s[^<>]{0,2000})?>", re.DOTALL)
_CODE = re.compile(r"<(/?)(?:pre|script|style|textarea)\b[^<>]*>", re.IGNORECASE)
_MARKDOWN_BLOCK = re.compile(
    r"(?:^|\n\n) {0,3}(?:#{1,6} +\S|```|~~~|[-*+] +\S|\d{1,9}[.)] +\S|> ?\S|\*\*\S|!\[|\[\^?[^\]\n]{1,300}\](?::|\())"
)
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})
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
)
"""What plain text can have as well."""


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


def _is_markdown(text: str, suffix: str) -> bool:
    strong = sum(1 for sign in SIGNS if sign.search(text))
    if suffix in _MARKDOWN_SUFFIXES:
        return strong > 0 or any(sign.search(text) for sign in WEAK_SIGNS)
    headings = len(SIGNS[0].findall(text))
    return strong >= (2 if suffix == ".txt" and headings < 2 else 1)


TEXT: tuple[TextFormat, ...] = (
    TextFormat("HTML", _is_html, read_html, partial(read_html, scope=PageScope.ALL)),
    TextFormat("Markdown", _is_markdown, read_markdown),
    TextFormat("plain text", lambda _text, _suffix: True, read_plain_text),
)
"""The first that matches is taken."""
