"""Reads the glyphs of pages whose fonts are not in the file, with pdfminer.six, which contains the necessary tables.

PDFium takes such fonts from the system. If the system has none for Chinese, Japanese or Korean, PDFium loses the text silently. The
result must not depend on the machine, so pdfminer.six reads pages with such a font on every machine.
"""

import ctypes
import logging
import math
import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any

import pypdfium2.raw as pdfium

from chaptercast.document.formats.pdf.glyphs import Raw, style_named
from chaptercast.document.formats.pdf.page import UNTAGGED

_EASTERN = re.compile(
    r"[^\x00-\x7f]|song|simhei|simsun|heiti|hei-|mhei|msung|ming|kai(?:ti)?\b|fang|gothic|mincho|batang|gulim|dotum|gungsuh|malgun|"
    r"myeongjo|heisei|ryumin|kozuka|kozmin|hysm|hygo|hysh|hgs?|yu(?:min|goth)|meiryo|adobe(?:song|ming|heiti|kaiti|fangsong|gothic|myungjo)|"
    r"unicns|unigb|unijis|uniks|ms-?(?:p?gothic|p?mincho)|-(?:gb|b5|ksc|90)\b|dfkai|pmingliu|nsim|sthei|stsong|stkai|cjk",
    re.IGNORECASE,
)
_LATIN = re.compile(
    r"(?:century|franklin|letter|news|copperplate|bank|trade|lucida)[ -]?gothic|itc.*gothic|gothic821", re.IGNORECASE
)
_MOST_OBJECTS, _DEEPEST = 20_000, 4
WORSE = 0.98
"""pdfminer.six must find at least this share of PDFium's glyphs to be trusted."""


def needs_guard(page: Any) -> bool:
    """Returns whether a page has text in a font that is not in the file and that PDFium takes from the system."""
    seen: dict[int, bool] = {}
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        if _is_of_such(pdfium.FPDFPage_GetObject(page, index), seen, 0):
            return True
    return False


def _is_of_such(thing: Any, seen: dict[int, bool], depth: int) -> bool:
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        count = min(pdfium.FPDFFormObj_CountObjects(thing), _MOST_OBJECTS)
        return any(_is_of_such(pdfium.FPDFFormObj_GetObject(thing, index), seen, depth + 1) for index in range(count))
    if kind != pdfium.FPDF_PAGEOBJ_TEXT:
        return False
    font = pdfium.FPDFTextObj_GetFont(thing)
    address = ctypes.cast(font, ctypes.c_void_p).value or 0 if font else 0
    if address and address not in seen:
        seen[address] = pdfium.FPDFFont_GetIsEmbedded(font) != 1 and is_eastern(_name(font))
    return seen.get(address, False)


def is_eastern(name: str) -> bool:
    """Returns whether the name of a font is that of a Chinese, Japanese or Korean one."""
    return _EASTERN.search(name) is not None and _LATIN.search(name) is None


def _name(font: Any) -> str:
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    if not 0 < length < 1000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, length)
    return buffer.value.decode("utf-8", "replace")


class Guard:
    """A file, for pdfminer.six. It is opened when the first page is requested."""

    def __init__(self, data: bytes, password: str) -> None:
        self._data = data
        self._password = password
        self._pages: Iterator[Any] | None = None
        self._at = 0

    def glyphs(self, number: int) -> list[Raw]:
        """Returns the glyphs of a page in painting order; empty if it cannot be read. Pages must be requested in order."""
        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
        with suppress(Exception):  # it raises exceptions of every kind; PDFium's glyphs are used then
            page = self._page(number)
            return list(_glyphs(page)) if page is not None else []
        return []

    def _page(self, number: int) -> Any:
        from pdfminer.pdfpage import PDFPage

        if self._pages is None:
            self._pages = PDFPage.get_pages(BytesIO(self._data), password=self._password)
        for page in self._pages:
            self._at += 1
            if self._at == number:
                return page
        return None


def _glyphs(page: Any) -> Iterator[Raw]:
    from pdfminer.converter import PDFLayoutAnalyzer
    from pdfminer.layout import LTChar, LTFigure, LTPage
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

    found: list[Any] = []
    sizes: list[float] = []

    class Device(PDFLayoutAnalyzer):
        def receive_layout(self, ltpage: LTPage) -> None:
            found.append(ltpage)

        def render_char(self, matrix: Any, font: Any, fontsize: float, *others: Any) -> float:
            sizes.append(fontsize)
            return super().render_char(matrix, font, fontsize, *others)

    page.rotate = 0
    resources = PDFResourceManager()
    PDFPageInterpreter(resources, Device(resources, laparams=None)).process_page(page)
    left, bottom = min(page.mediabox[0], page.mediabox[2]), min(page.mediabox[1], page.mediabox[3])
    space = 0
    size = iter(sizes)
    waiting = list(reversed(found))
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, LTPage | LTFigure):
            waiting.extend(reversed(list(thing)))
        elif isinstance(thing, LTChar):
            em = next(size)  # of all, in the order in which they are painted
            text = thing.get_text()
            if not text.strip():
                space = 2
                continue
            yield from _raw(thing, em, text, space, left, bottom)
            space = 0


def _raw(thing: Any, em: float, text: str, space: int, left: float, bottom: float) -> Iterator[Raw]:
    """Yields the letters of a glyph. The letters of a ligature share its width. `em` is the size before its matrix is applied."""
    a, b, c, d, e, f = thing.matrix
    size = round(abs(em) * (math.hypot(c, d) or 1.0), 1) or 1.0
    letters = "\ufffd" if text.startswith("(cid:") else text
    style = style_named(thing.fontname, size)
    step = (thing.x1 - thing.x0) / len(letters)
    for index, letter in enumerate(letters):
        x0 = thing.x0 + index * step
        yield Raw(
            letter, x0 + left, thing.y0 + bottom, x0 + step + left, thing.y1 + bottom, e + left + index * step, f + bottom,
            math.degrees(math.atan2(b, a)), style, UNTAGGED, hidden=False, space=space if index == 0 else 0,
        )  # fmt: skip
