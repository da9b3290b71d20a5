"""Reads the file's own information: title, author, language, outline, attached files."""

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from chaptercast.document.formats.pdf.page import Chapter, Facts

_MOST, _DEEPEST = 5000, 12
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel) - .*|untitled.*|.*\.(?:docx?|pdf|indd|qxd|tex|dvi|pptx?|odt|rtf|md|html?)|"
    r"(?:document|dokument|slide)\s?\d*|title|[\d\W]*|"
    r"powerpoint[ -](?:presentation|präsentation)|(?:présentation|presentazione|prezentacja|presentación de|apresentação do) powerpoint|"
    r"[^\s_-]+(?:[_-][^\s_-]+){4,}(?: [\d-]+)?|[^\s_]+(?:_[^\s_]+)+)",
    re.IGNORECASE,
)


def facts_of(document: Any) -> Facts:
    """Returns the facts of an open document. `document` is PDFium's handle."""
    title = _entry(document, "Title")
    date = _DATE.match(_entry(document, "CreationDate"))
    return Facts(
        pdfium.FPDF_GetPageCount(document),
        "" if _NO_TITLE.fullmatch(title) else title,
        _entry(document, "Author"),
        "-".join(part for part in date.groups() if part) if date and date[3] else "",
        _language(document),
        bool(pdfium.FPDFCatalog_IsTagged(document)),
        tuple(_chapters(document)),
        tuple(_attachments(document)),
        _entry(document, "Producer"),
    )


def decoded(raw: bytes) -> str:
    """Returns a string from PDFium, decoded."""
    return " ".join(raw.decode("utf-16-le", "replace").replace("\x00", " ").split())


def _entry(document: Any, name: str) -> str:
    length = pdfium.FPDF_GetMetaText(document, name.encode(), None, 0)
    if not 2 < length < 20_000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDF_GetMetaText(document, name.encode(), buffer, length)
    return decoded(buffer.raw)


def _language(document: Any) -> str:
    length = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < length < 200:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return decoded(buffer.raw)


def _chapters(document: Any) -> Iterator[Chapter]:
    """Yields the entries of the outline, in order. The outline of a file may contain cycles."""
    seen: set[int] = set()
    waiting = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 1)]
    while waiting and len(seen) < _MOST:
        mark, depth = waiting.pop()
        address = ctypes.cast(mark, ctypes.c_void_p).value if mark else None
        if not address or address in seen:
            continue
        seen.add(address)
        page, y = _place(document, mark)
        yield Chapter(_title(mark), depth, page, y)
        waiting.append((pdfium.FPDFBookmark_GetNextSibling(document, mark), depth))
        if depth < _DEEPEST:
            waiting.append((pdfium.FPDFBookmark_GetFirstChild(document, mark), depth + 1))


def _title(mark: Any) -> str:
    length = pdfium.FPDFBookmark_GetTitle(mark, None, 0)
    if not 2 < length < 8000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFBookmark_GetTitle(mark, buffer, length)
    return decoded(buffer.raw)


def _place(document: Any, mark: Any) -> tuple[int, float | None]:
    """Returns the page that an entry leads to (from 1), and the distance below the top of the page."""
    target = pdfium.FPDFBookmark_GetDest(document, mark)
    if not target:
        action = pdfium.FPDFBookmark_GetAction(mark)
        target = pdfium.FPDFAction_GetDest(document, action) if action else None
    if not target:
        return 0, None
    index = pdfium.FPDFDest_GetDestPageIndex(document, target)
    if index < 0:
        return 0, None
    flags = [ctypes.c_int() for _ in range(3)]
    values = [ctypes.c_float() for _ in range(3)]
    found = pdfium.FPDFDest_GetLocationInPage(target, *flags, *values)
    if not found or not flags[1].value:
        return index + 1, None
    size = pdfium.FS_SIZEF()
    pdfium.FPDF_GetPageSizeByIndexF(document, index, size)
    return index + 1, max(0.0, float(size.height) - values[1].value)


def _attachments(document: Any) -> Iterator[str]:
    for index in range(min(max(pdfium.FPDFDoc_GetAttachmentCount(document), 0), 200)):
        attachment = pdfium.FPDFDoc_GetAttachment(document, index)
        length = ctypes.c_ulong()
        pdfium.FPDFAttachment_GetName(attachment, None, 0, length)
        if 2 < length.value < 4000:
            buffer = ctypes.create_string_buffer(length.value)
            pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
            pdfium.FPDFAttachment_GetName(attachment, pointer, length.value, length)
            yield decoded(buffer.raw)
