"""Reads one page from PDFium's handles."""

import ctypes
from collections.abc import Sequence
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct
from msgspec.structs import replace

from chaptercast.document.formats.pdf.annotations import annotations_of
from chaptercast.document.formats.pdf.columns import columns_of
from chaptercast.document.formats.pdf.fragments import fragments_of, without_doubles
from chaptercast.document.formats.pdf.glyphs import Raw, glyphs_of
from chaptercast.document.formats.pdf.ligatures import mend_ligatures
from chaptercast.document.formats.pdf.line_numbers import without_line_numbers
from chaptercast.document.formats.pdf.lines import is_right_to_left, lines_of
from chaptercast.document.formats.pdf.page import ARTIFACT, Bad, Box, Glyph, Leaf, Line, Page
from chaptercast.document.formats.pdf.page_graphics import drawn, is_drawing, pictures_in_forms
from chaptercast.document.formats.pdf.page_rotation import direction_of, main_direction, turned, turned_box, turned_size
from chaptercast.document.formats.pdf.ruled_tables import ruled_tables
from chaptercast.document.formats.pdf.scans import is_scan, is_stamped_scan
from chaptercast.document.formats.pdf.structure_elements import is_trusted, leaves_of, replaced, replacements
from chaptercast.document.formats.pdf.structure_tree import tree_of
from chaptercast.document.formats.pdf.table_lines import placeholder, with_tables
from chaptercast.document.formats.pdf.unembedded_fonts import WORSE, Guard, needs_guard
from chaptercast.document.formats.pdf.vertical_pages import vertical_lines
from chaptercast.document.formats.pdf.wrong_fonts import is_wrong, wrong_fonts

MOST_GLYPHS = 200_000
"""Maximum number of glyphs of a page."""
_HIDDEN = 0.8
"""If at least this share of the glyphs is not painted, they are the text layer of a scan."""
_DOUBTED, _VOWELS, _FEWEST = 0.5, 0.2, 20
"""Text is unreadable if PDFium doubts at least this share of its glyphs, and less than this share of its letters are vowels; of so many."""
_BOX = "\u25af"
_UNREADABLE = 0.3
"""A page is unreadable if at least this share of its glyphs are not characters."""


class Sources(Struct, frozen=True):
    """Sources of the text of a page besides the page itself."""

    guard: Guard
    """The same file, for pages whose text PDFium may lose."""
    form: Any
    """PDFium's handle for form fields."""
    use_tags: bool = False


def read_page(page: Any, number: int, label: str, sources: Sources) -> Page:
    """Returns the content of a page. `page` is PDFium's handle."""
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        found = glyphs_of(text_page)
        raw = list(islice(found, MOST_GLYPHS))
        bad = [] if next(found, None) is None else [Bad(f"all after the first {MOST_GLYPHS:,} letters", "excess")]
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    if needs_guard(page):
        other = sources.guard.glyphs(number)
        raw = other if len(other) >= WORSE * len(raw) else raw
    raw += annotations_of(page, sources.form, bad)
    corner, width, height = _visible(page)
    for glyph in raw:
        _move(glyph, corner)
    raw = _painted(raw, bad)
    layer = any(glyph.hidden for glyph in raw)
    raw = _on_page(raw, width, height, bad)
    direction = main_direction(raw)
    sideways = [glyph for glyph in raw if direction_of(glyph) != (max(direction, 0))]
    if sideways:
        bad += [Bad(text, "sideways") for text in _sideways(sideways)]
        raw = [glyph for glyph in raw if direction_of(glyph) == (max(direction, 0))]
    glyphs = without_doubles(turned(glyph, direction, width, height) for glyph in raw)
    count = len(glyphs)
    glyphs = _speakable(glyphs, bad)
    mend_ligatures(glyphs)

    def placed(box: Box) -> Box:
        return turned_box(_moved(box, corner), direction, width, height)

    images, rules = drawn(page, placed)
    across, down = turned_size(direction, width, height)
    tagged = _by_tags(page, glyphs, bad) if sources.use_tags else None
    lines, leaves = tagged or (tuple(_lines(glyphs, rules, bad, vertical=direction < 0)), ())
    if not leaves and is_stamped_scan(lines, lambda: images or pictures_in_forms(page, placed), across, down):
        bad += [Bad(line.text, "stamp") for line in lines]
        lines, way = (), "scan"
    elif lines:
        way = "tags" if tagged else "layout"
    elif is_scan(images, across * down, count) or not (count or leaves or not is_drawing(page, across * down)):
        way = "scan"
    else:
        way = "tags" if leaves else "empty"
    return Page(number, across, down, label, lines, images, rules, tuple(bad), leaves, count, layer, way=way)


def _lines(glyphs: Sequence[Glyph], rules: Sequence[Box], bad: list[Bad], *, vertical: bool) -> list[Line]:
    if vertical:
        return vertical_lines(glyphs)
    right_to_left = is_right_to_left(glyph.text for glyph in glyphs)
    rest, tables = ruled_tables(glyphs, () if right_to_left else rules)
    fragments, numbers = without_line_numbers(fragments_of([*rest, *map(placeholder, tables)]))
    if numbers:
        bad.append(Bad(" ".join("".join(glyph.text for glyph in f.glyphs) for f in numbers), "numbers"))
    columns = columns_of(fragments, right_to_left=right_to_left)
    return with_tables(list(lines_of(columns, right_to_left=right_to_left)), tables)


def _by_tags(page: Any, glyphs: Sequence[Glyph], bad: list[Bad]) -> tuple[tuple[Line, ...], tuple[Leaf, ...]] | None:
    """Returns the lines of a page in the order of its structure, and its leaves; None if the structure cannot be trusted."""
    tree = tree_of(page)
    found = leaves_of(tree)
    if not is_trusted(found, glyphs) or not (glyphs or any(leaf.alt or leaf.actual for leaf, _ in found)):
        return None
    artifacts = [glyph for glyph in glyphs if glyph.tag == ARTIFACT]
    bad += [Bad(line.text, "artifact") for line in _lines(artifacts, (), bad, vertical=False)]
    by_number: dict[int, list[Glyph]] = {}
    for glyph in replaced(glyphs, replacements(tree)):
        by_number.setdefault(glyph.tag, []).append(glyph)
    right_to_left = is_right_to_left(glyph.text for glyph in glyphs)
    leaves: list[Leaf] = []
    lines: list[Line] = []
    for leaf, numbers in found:
        own = [glyph for number in numbers for glyph in by_number.pop(number, ())]
        if own or leaf.alt or leaf.actual:
            lines += _of_leaf(own, len(leaves), right_to_left=right_to_left)
            leaves.append(leaf)
    by_number.pop(ARTIFACT, None)
    rest = sorted((glyph for group in by_number.values() for glyph in group), key=lambda glyph: glyph.order)
    for line in _lines(rest, (), bad, vertical=False):
        _place(line, lines, len(leaves))
    if rest:
        leaves.append(Leaf(("NonStruct",), (0,)))
    return tuple(lines), tuple(leaves)


def _of_leaf(glyphs: Sequence[Glyph], number: int, *, right_to_left: bool) -> list[Line]:
    """Returns the lines of one element. It is in one column, or continues from one column to the next."""
    if not glyphs:
        return []
    found = lines_of(columns_of(fragments_of(glyphs), right_to_left=right_to_left), right_to_left=right_to_left)
    return [replace(line, column=number) for line in found]


def _place(line: Line, lines: list[Line], number: int) -> None:
    """Inserts a line that is not in the structure before the first line below it."""
    below = (i for i, other in enumerate(lines) if other.y > line.y and other.x0 < line.x1 and other.x1 > line.x0)
    lines.insert(next(below, len(lines)), replace(line, column=number))


def _visible(page: Any) -> tuple[tuple[float, float], float, float]:
    """Returns the lower left corner of the visible part of a page, and its size, before rotation."""
    edges = [ctypes.c_float() for _ in range(4)]
    for get in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        if get(page, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            left, right, bottom, top = min(left, right), max(left, right), min(bottom, top), max(bottom, top)
            if right - left > 1 and top - bottom > 1:
                return (left, bottom), right - left, top - bottom
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if pdfium.FPDFPage_GetRotation(page) % 2:
        width, height = height, width
    return (0.0, 0.0), float(width), float(height)


def _moved(box: Box, corner: tuple[float, float]) -> Box:
    return Box(box.x0 - corner[0], box.y0 - corner[1], box.x1 - corner[0], box.y1 - corner[1])


def _move(glyph: Raw, corner: tuple[float, float]) -> None:
    glyph.left -= corner[0]
    glyph.right -= corner[0]
    glyph.x -= corner[0]
    glyph.bottom -= corner[1]
    glyph.top -= corner[1]
    glyph.y -= corner[1]


def _painted(raw: list[Raw], bad: list[Bad]) -> list[Raw]:
    """Returns the visible glyphs; all if hardly any are visible, for then they are the text layer of a scan."""
    hidden = [glyph for glyph in raw if glyph.hidden]
    if not hidden or len(hidden) >= _HIDDEN * len(raw):
        return raw
    bad.append(Bad(_text(hidden), "hidden"))
    return [glyph for glyph in raw if not glyph.hidden]


def _on_page(raw: list[Raw], width: float, height: float, bad: list[Bad]) -> list[Raw]:
    """Returns the glyphs that are on the page, not beside it."""

    def inside(glyph: Raw) -> bool:
        x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
        return -2 <= x <= width + 2 and -2 <= y <= height + 2

    outside = [glyph for glyph in raw if not inside(glyph)]
    if not outside:
        return raw
    bad.append(Bad(_text(outside), "outside"))
    return [glyph for glyph in raw if inside(glyph)]


def _speakable(glyphs: list[Glyph], bad: list[Bad]) -> list[Glyph]:
    """Returns the glyphs whose characters are known."""
    fonts = wrong_fonts(glyphs)
    wrong = [glyph for glyph in glyphs if is_wrong(glyph.text) or glyph.style.font in fonts]
    if glyphs and (len(wrong) >= _UNREADABLE * len(glyphs) or _is_shifted(glyphs)):
        bad.append(Bad("".join(glyph.text for glyph in glyphs), "unreadable"))
        return []
    if not wrong:
        return glyphs
    bad.append(Bad("".join(map(_shown, wrong)), "unknown"))
    return [glyph for glyph in glyphs if not (is_wrong(glyph.text) or glyph.style.font in fonts)]


def _shown(glyph: Glyph) -> str:
    """Returns a sign for people who read what is left out: a box for one that no font shows."""
    return _BOX if is_wrong(glyph.text) and not "\ue000" <= glyph.text < "\uf900" else glyph.text


def _is_shifted(glyphs: Sequence[Glyph]) -> bool:
    """Returns whether the letters are not those on the page: PDFium doubts most of them, and they make no words in any language."""
    doubted = sum(glyph.style.unmapped for glyph in glyphs)
    if doubted < _DOUBTED * len(glyphs):
        return False
    letters = [glyph.text.lower() for glyph in glyphs if glyph.text.isascii() and glyph.text.isalpha()]
    others = sum(not glyph.text.isascii() for glyph in glyphs)
    if others > 0.2 * len(glyphs) or len(glyphs) < _FEWEST:
        return False
    vowels = sum(letter in "aeiouy" for letter in letters)
    return vowels < _VOWELS * len(letters) or len(letters) < 0.5 * len(glyphs)


def _text(raw: Sequence[Raw]) -> str:
    return "".join((" " if glyph.space and index else "") + glyph.text for index, glyph in enumerate(raw))


def _sideways(raw: Sequence[Raw]) -> list[str]:
    """Returns the text in other directions than the page's, piece by piece."""
    pieces: list[list[Raw]] = []
    for glyph in raw:
        last = pieces[-1][-1] if pieces else None
        near = last is not None and max(abs(glyph.x - last.x), abs(glyph.y - last.y)) < 3 * max(glyph.style.size, 1)
        if near and last is not None and last.angle == glyph.angle:
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    return [_text(piece) for piece in pieces]
