"""Renders pages as pictures."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image

_MOST_PIXELS = 5_000
"""Maximum pixels along the longer side: a page may claim an enormous size."""


def picture_of(page: Any, dots_per_inch: int) -> tuple[Image.Image, float]:
    """Returns the picture of a page, and the number of pixels per point."""
    across, down = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
    scale = min(dots_per_inch / 72, _MOST_PIXELS / max(across, down, 1.0))
    width, height = max(1, round(across * scale)), max(1, round(down * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        address = pdfium.FPDFBitmap_GetBuffer(bitmap)
        data = (ctypes.c_ubyte * (stride * height)).from_address(ctypes.cast(address, ctypes.c_void_p).value)
        return Image.frombytes("RGB", (width, height), bytes(data), "raw", "BGRX", stride), scale
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
