"""Reads what is drawn on a page: pictures, and straight lines, which are the rules of tables and of notes."""

import ctypes
import math
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium

from chaptercast.document.formats.pdf.page import Box

_MOST_OBJECTS, _MOST_IMAGES, _MOST_RULES = 20_000, 500, 4_000
_MOST_SEGMENTS = 400
"""A path with more segments than this is a drawing rather than the rules of a table."""
_PICTURES, _CURVES, _DEEPEST = 0.03, 500, 3
"""Minimum share of pictures on a page without text, or number of segments of paths, for it to show something; depth of forms."""
_THIN, _LONG = 2.0, 8.0
"""Maximum width and minimum length of a rule, in points."""


def drawn(page: Any, place: Callable[[Box], Box]) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Returns the pictures of a page, and the straight lines drawn on it.

    `page` is PDFium's handle. `place` turns a box in its coordinates into one on the page as it is read.
    """
    images: list[Box] = []
    rules: list[Box] = []
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH):
            continue
        if not pdfium.FPDFPageObj_GetBounds(thing, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        box = place(Box(left, bottom, right, top))
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(box)
        elif _is_rule(box):
            rules.append(box)
        elif len(rules) < _MOST_RULES and max(right - left, top - bottom) >= _LONG:
            rules += [rule for rule in map(place, _segments(thing)) if _is_rule(rule)]
    return tuple(images[:_MOST_IMAGES]), tuple(rules[:_MOST_RULES])


def is_drawing(page: Any, area: float) -> bool:
    """Returns whether a page without text shows something: a picture, even a small one, or many curves, as of text turned into them.

    `area` is that of the page, in square points.
    """
    pictures, segments = 0.0, 0
    edges = [ctypes.c_float() for _ in range(4)]
    for outer, thing in islice(_things(page), _MOST_OBJECTS):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            segments += max(0, pdfium.FPDFPath_CountSegments(thing))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFPageObj_GetBounds(outer, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            pictures += (right - left) * (top - bottom)
        if pictures >= _PICTURES * area or segments >= _CURVES:
            return True
    return False


def pictures_in_forms(page: Any, place: Callable[[Box], Box]) -> tuple[Box, ...]:
    """Returns the boxes of the forms of a page that have pictures in them: a scan to which a program has added something."""
    found: dict[tuple[float, ...], Box] = {}
    edges = [ctypes.c_float() for _ in range(4)]
    for outer, thing in islice(_things(page), _MOST_OBJECTS):
        is_picture = pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_IMAGE and thing is not outer
        if is_picture and pdfium.FPDFPageObj_GetBounds(outer, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            found[left, bottom, right, top] = place(Box(left, bottom, right, top))
    return tuple(found.values())


def _things(page: Any) -> Iterator[tuple[Any, Any]]:
    """Yields the objects of a page, and those in its forms, each with the one on the page that it is in."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        outer = pdfium.FPDFPage_GetObject(page, index)
        yield from ((outer, thing) for thing in _inside(outer, 0))


def _inside(thing: Any, depth: int) -> Iterator[Any]:
    yield thing
    if depth < _DEEPEST and pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_FORM:
        for index in range(pdfium.FPDFFormObj_CountObjects(thing)):
            yield from _inside(pdfium.FPDFFormObj_GetObject(thing, index), depth + 1)


def _is_rule(box: Box) -> bool:
    across, down = box.x1 - box.x0, box.y1 - box.y0
    return min(across, down) <= _THIN and max(across, down) >= _LONG


def _segments(path: Any) -> Iterator[Box]:
    """Yields the straight lines of a stroked path that go across or down."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, mode, stroke) or not stroke.value:
        return
    count = pdfium.FPDFPath_CountSegments(path)
    if not 2 <= count <= _MOST_SEGMENTS:
        return
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(path, matrix):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (math.nan, math.nan)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield _between(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield _between(last, start)
            last = start


def _between(first: tuple[float, float], second: tuple[float, float]) -> Box:
    return Box(min(first[0], second[0]), min(first[1], second[1]), max(first[0], second[0]), max(first[1], second[1]))
