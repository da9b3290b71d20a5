"""Code pages and languages by the numbers that RTF has for them."""

import codecs
from collections.abc import Mapping
from locale import windows_locale
from types import MappingProxyType

from chaptercast.common.units import LanguageTag
from chaptercast.document.metadata.language import canonical

FALLBACK = "cp1252"

CHARSETS: Mapping[int, str] = MappingProxyType(
    {
        77: "mac_roman",
        78: "shift_jis",
        128: "cp932",
        129: "cp949",
        130: "cp1361",
        134: "gbk",
        136: "big5",
        161: "cp1253",
        162: "cp1254",
        163: "cp1258",
        177: "cp1255",
        178: "cp1256",
        186: "cp1257",
        204: "cp1251",
        222: "cp874",
        238: "cp1250",
        254: "cp437",
        255: "cp850",
    },
)
"""`fcharset`: what the bytes of text in a font are. 0 and 1 say that they are what all of the document is."""
_DOCUMENTS: Mapping[str, str] = MappingProxyType({"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"})


def of_document(word: str) -> str | None:
    """The encoding that a document is in by one of its first words: `ansi`, `mac`..."""
    return _DOCUMENTS.get(word)


def of_page(number: int) -> str:
    """The encoding of a code page."""
    name = "utf-8" if number == 65001 else f"cp{number}"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return FALLBACK


def decoded(data: bytes, encoding: str) -> str:
    """Bytes of text; those that the encoding has no sign for are read as Western European."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("latin-1")


def language_of(number: int) -> LanguageTag | None:
    """The language that Windows has a number for; None for what is no language."""
    name = windows_locale.get(number, "")
    return canonical(name) if name else None
