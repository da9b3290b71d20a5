"""Reads the structure tree of a page from PDFium, with its pieces of text."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from chaptercast.document.formats.pdf.document_info import decoded
from chaptercast.document.formats.pdf.page import Element

_DEEPEST, _MOST = 60, 20_000


def tree_of(page: Any) -> tuple[Element, ...]:
    """Returns the elements of a page's structure that have content on it; empty if the page has no structure."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return ()
    try:
        left = [_MOST]
        kids = range(pdfium.FPDF_StructTree_CountChildren(tree))
        found = (_element(pdfium.FPDF_StructTree_GetChildAtIndex(tree, kid), 0, left) for kid in kids)
        return tuple(element for element in found if element is not None)
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _element(handle: Any, depth: int, left: list[int]) -> Element | None:
    left[0] -= 1
    if not handle or depth > _DEEPEST or left[0] < 0:
        return None
    children = tuple(_children(handle, depth, left))
    alt = _string(pdfium.FPDF_StructElement_GetAltText, handle)
    if not children and not alt:
        return None
    return Element(
        _string(pdfium.FPDF_StructElement_GetType, handle),
        _string(pdfium.FPDF_StructElement_GetRawType, handle),
        alt,
        _string(pdfium.FPDF_StructElement_GetActualText, handle),
        _string(pdfium.FPDF_StructElement_GetExpansion, handle),
        _string(pdfium.FPDF_StructElement_GetLang, handle),
        children,
    )


def _children(handle: Any, depth: int, left: list[int]) -> Iterator[Element | int]:
    for index in range(max(pdfium.FPDF_StructElement_CountChildren(handle), 0)):
        if left[0] < 0:
            return
        child = pdfium.FPDF_StructElement_GetChildAtIndex(handle, index)
        if child:
            element = _element(child, depth + 1, left)
            if element is not None:
                yield element
            continue
        number = pdfium.FPDF_StructElement_GetChildMarkedContentID(handle, index)
        if number >= 0:
            yield number


def _string(get: Any, handle: Any) -> str:
    length = get(handle, None, 0)
    if not 2 < length < 100_000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    get(handle, ctypes.cast(buffer, get.argtypes[1]), length)  # some functions take unsigned short*
    text = buffer.raw.decode("utf-16-le", "replace").replace("\x00", "")
    return text if len(text) < 3 else decoded(buffer.raw)
