"""Reads the glyphs of a page from PDFium, in the order in which the file paints them."""

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct

from chaptercast.document.formats.docx.symbols import FONTS, PRIVATE, character
from chaptercast.document.formats.pdf.page import ARTIFACT, UNTAGGED, Style

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|medi(?:um)?\b|-medi|cmbx|semibold", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|cmti|-ital|slanted", re.IGNORECASE)
_MONO_NAME = re.compile(r"mono|courier|consol|cmtt|typewriter|menlo|inconsolata", re.IGNORECASE)
_FORCED_BOLD, _FIXED_PITCH, _ITALIC = 1 << 18, 1, 1 << 6
_BOLD_WEIGHT = 600
_SPACES = frozenset((0x20, 0xA0, 0x0D, 0x0A, 0x09, 0x3000, 0x2002, 0x2003, 0x2009, 0x202F))
_ALEFS = frozenset("\u0622\u0623\u0625\u0627")
_LANGUAGE_BYTES = 128
_HYPHEN = 2
"""PDFium's replacement for a hyphen at the end of a line."""
_LIGATURE_OFF = 0.3
"""A space within a ligature reaches beyond it by less than this share of its width."""


class Raw(Struct, gc=False):
    """A glyph in page coordinates: y increases upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    angle: float
    """Angle of its baseline, in degrees, counter-clockwise."""
    style: Style
    tag: int
    hidden: bool
    space: int
    """What is before it: 0 nothing, 1 white that PDFium took for a space, 2 a space in the file."""


class _Object(Struct):
    """Values that all glyphs of one text object share."""

    style: Style
    tag: int
    hidden: bool
    angle: float


def glyphs_of(text_page: Any) -> Iterator[Raw]:
    """Yields the glyphs of a page without spaces; each glyph tells whether a space was before it. `text_page` is PDFium's handle."""
    objects: dict[int, _Object] = {}
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    space = high = 0
    last: Raw | None = None
    alike = 1
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code in _SPACES or pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            made = code not in _SPACES or pdfium.FPDFText_IsGenerated(text_page, index) == 1
            if made or last is None or alike == 1 or not _is_within(text_page, index, last):
                space = max(space, 1 if made else 2)
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        handle = pdfium.FPDFText_GetTextObject(text_page, index)
        address = ctypes.cast(handle, ctypes.c_void_p).value or 0
        shared = objects.get(address)
        if shared is None:
            shared = objects[address] = _object(text_page, handle, index)
        pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        glyph = Raw(
            _sign(code, shared.style.font), box.left, box.bottom, box.right, box.top, x.value, y.value, shared.angle,
            shared.style, shared.tag, shared.hidden, space,
        )  # fmt: skip
        space = 0
        if last is not None and last.x == glyph.x and last.y == glyph.y and glyph.space == 0:
            alike += 1
            _part(last, glyph, alike)
        else:
            alike = 1
        last = glyph
        yield glyph


def _is_within(text_page: Any, index: int, last: Raw) -> bool:
    """Returns whether a space of the file stands within the ligature before it: some programs put one there, in mid-word."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
        return False
    return last.x <= left.value and right.value <= last.right + _LIGATURE_OFF * (right.value - left.value)


def _part(last: Raw, glyph: Raw, number: int) -> None:
    """Divides the box of a ligature between its letters, which all have the same place."""
    if {last.text, glyph.text} & _ALEFS and "\u0644" in (last.text, glyph.text):
        if last.text == "\u0644":  # from left to right, it is the second
            last.text, glyph.text = glyph.text, last.text
        glyph.left = last.left + 0.01
        return
    if glyph.left > last.left:  # PDFium has divided it already
        return
    width = (glyph.right - glyph.left) * 0.8 / number
    glyph.left = glyph.right - width
    glyph.x = last.x


def _sign(code: int, font: str) -> str:
    if code == _HYPHEN:
        return "-"
    if PRIVATE <= code <= PRIVATE + 0xFF:
        return _of_signs(font, code) or chr(code)
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)


def _of_signs(font: str, code: int) -> str:
    """Returns the character for a glyph of a symbol font."""
    name = font.rpartition("+")[2].lower().removesuffix("mt").replace("-regular", "")
    known = next((each for each in FONTS if name.startswith(each.replace(" ", ""))), "symbol")
    return character(known, code)


def _object(text_page: Any, handle: Any, index: int) -> _Object:
    matrix = pdfium.FS_MATRIX()
    angle, scale = 0.0, 1.0
    if pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = round(abs(pdfium.FPDFText_GetFontSize(text_page, index)) * scale, 1) or 1.0
    flags = ctypes.c_int()
    name = _font_name(text_page, index, flags)
    weight = pdfium.FPDFText_GetFontWeight(text_page, index)
    tag, language = _marked(handle)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(handle) if handle else 0
    bold = weight >= _BOLD_WEIGHT or bool(flags.value & _FORCED_BOLD) or bool(_BOLD_NAME.search(name)) or mode == 2
    style = Style(
        size,
        bold,
        bool(flags.value & _ITALIC) or bool(_ITALIC_NAME.search(name)),
        bool(flags.value & _FIXED_PITCH) or bool(_MONO_NAME.search(name)),
        _is_embedded(handle),
        name,
        language,
        pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1,
        _colour(text_page, index),
    )
    return _Object(style, tag, mode in (3, 7), angle)


def _colour(text_page: Any, index: int) -> int:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFText_GetFillColor(text_page, index, red, green, blue, alpha):
        return 0
    return red.value << 16 | green.value << 8 | blue.value


def style_named(name: str, size: float) -> Style:
    """Returns the style of a font of which only the name is known."""
    return Style(
        size, bool(_BOLD_NAME.search(name)), bool(_ITALIC_NAME.search(name)), bool(_MONO_NAME.search(name)), False, name
    )


def _font_name(text_page: Any, index: int, flags: ctypes.c_int) -> str:
    length = pdfium.FPDFText_GetFontInfo(text_page, index, None, 0, flags)
    if not 0 < length < 1000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFText_GetFontInfo(text_page, index, buffer, length, flags)
    return buffer.value.decode("utf-8", "replace")


def _is_embedded(handle: Any) -> bool:
    font = pdfium.FPDFTextObj_GetFont(handle) if handle else None
    return not font or pdfium.FPDFFont_GetIsEmbedded(font) == 1


def _marked(handle: Any) -> tuple[int, str]:
    """Returns the number of the marked content of a text object, and the language that the innermost of its marks gives."""
    if not handle:
        return UNTAGGED, ""
    language = ""
    for number in range(pdfium.FPDFPageObj_CountMarks(handle)):
        mark = pdfium.FPDFPageObj_GetMark(handle, number)
        if mark and mark_name(mark) == "Artifact":
            return ARTIFACT, ""
        language = (_language(mark) if mark else "") or language
    found: int = pdfium.FPDFPageObj_GetMarkedContentID(handle)
    return found if found >= 0 else UNTAGGED, language


def _language(mark: Any) -> str:
    needed = ctypes.c_ulong()
    buffer = ctypes.create_string_buffer(_LANGUAGE_BYTES)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    found = pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"Lang", pointer, _LANGUAGE_BYTES, needed)
    if not found or needed.value > _LANGUAGE_BYTES:
        return ""
    return buffer.raw[: needed.value].decode("utf-16-le", "replace").rstrip("\x00")


def mark_name(mark: Any) -> str:
    """Returns the name of a mark on a page object."""
    needed = ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetName(mark, None, 0, needed)
    if not 0 < needed.value < 1000:
        return ""
    buffer = ctypes.create_string_buffer(needed.value)
    pdfium.FPDFPageObjMark_GetName(mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), needed.value, needed)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\x00")
