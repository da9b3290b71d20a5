"""Reads what lies on a page beside its text: form fields with their values, and comments."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from chaptercast.document.formats.pdf.glyphs import Raw
from chaptercast.document.formats.pdf.page import UNTAGGED, Bad, Style

_MOST = 2_000
_HIDDEN = (1 << 1) | (1 << 5)
"""Flags of annotations that are not visible."""
_CHECKED = "✓"
_LONGEST = 2_000_000
"""Maximum length of a value in bytes: a text of a million letters."""


@contextmanager
def opened_form(document: Any) -> Iterator[Any]:
    """Yields PDFium's handle for form fields; None if it has none."""
    settings = pdfium.FPDF_FORMFILLINFO(version=2)
    form = pdfium.FPDFDOC_InitFormFillEnvironment(document, settings)
    try:
        yield form
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)


def annotations_of(page: Any, form: Any, bad: list[Bad]) -> list[Raw]:
    """Returns the values of form fields, and text that was typed onto a page, as glyphs at their places. Comments are added to `bad`."""
    found: list[Raw] = []
    count = max(pdfium.FPDFPage_GetAnnotCount(page), 0)
    if count > _MOST:
        bad.append(Bad(f"{count - _MOST} more remarks, form fields or links", "remark"))
    for index in range(min(count, _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if not pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                _take(annotation, form, found, bad)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _take(annotation: Any, form: Any, found: list[Raw], bad: list[Bad]) -> None:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_WIDGET:
        text = _value(annotation, form) if form else ""
        if text:
            found.extend(_placed(annotation, text))
        return
    if kind in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
        return
    text = _contents(annotation)
    if text and kind == pdfium.FPDF_ANNOT_FREETEXT:
        found.extend(_placed(annotation, text))
    elif text:
        bad.append(Bad(text, "remark"))


def _value(annotation: Any, form: Any) -> str:
    """Returns the value of a form field; empty for buttons, empty fields and passwords."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        return _CHECKED if pdfium.FPDFAnnot_IsChecked(form, annotation) else ""
    if kind not in (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
        return ""
    if pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & (1 << 13):
        return ""
    length = pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
    return _read(lambda buffer: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, length), length)


def _contents(annotation: Any) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    return _read(lambda buffer: pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, length), length)


def _read(get: Any, length: int) -> str:
    if not 2 < length < _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(length)
    get(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\x00").strip()


def _placed(annotation: Any, text: str) -> Iterator[Raw]:
    """Yields each line of a text as one glyph, from the top of its box."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, box):
        return
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    height = max(box.top - box.bottom, 1.0) / max(len(lines), 1)
    size = round(max(4.0, min(11.0, 0.7 * height)), 1)
    for number, line in enumerate(lines):
        y = box.top - (number + 0.5) * height - 0.3 * size
        right = min(box.right, box.left + 0.6 * size * len(line))
        yield Raw(
            line, box.left, y, max(right, box.left + size), y + size, box.left, y, 0.0, Style(size), UNTAGGED,
            hidden=False, space=2,
        )  # fmt: skip
