"""Files that are not articles: images, recordings, programs, old office files. They are refused by name, with a remedy."""

from msgspec import Struct

from chaptercast.errors import InputError

_IMAGE = "An image has no text that can be read; give the article as Markdown, HTML or text."
_SOUND = "This is a recording already; give the article as Markdown, HTML or text."
_DOCUMENT = "Save it as DOCX, HTML or text and give that."
_PACKED = "Unpack it and give the article in it."
_BOOK = "Convert it to EPUB and give that."
_UNLOCKED = "Open it, save a copy without the password, and give that."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""A compound file (MS-CFB): a container of many old programs, also used by Office for encrypted files."""


def _named(stream: str) -> bytes:
    """The name of a stream in a compound file's encoding."""
    return stream.encode("utf-16-le") + b"\x00\x00"


class Signature(Struct, frozen=True):
    """The first bytes of a binary format."""

    magic: bytes
    what: str
    remedy: str
    offset: int = 0
    within: bytes = b""
    """Bytes further on, if several formats begin alike."""


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
    """Raise `InputError` if the first bytes belong to a format that is never read. The message names the format."""
    for signature in BINARY:
        begins = data.startswith(signature.magic, signature.offset) and (
            len(signature.magic) > 2 or b"\x00" in data[:64]
        )
        if begins and signature.within in data:
            raise InputError(f"{name} is {signature.what}, not an article", signature.remedy)
