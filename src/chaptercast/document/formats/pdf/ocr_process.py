"""Recognises the text of pages that are pictures, in a process of its own."""

import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Any
from unicodedata import east_asian_width

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chaptercast.document.formats.pdf.ocr_lines import Piece, page_of
from chaptercast.document.formats.pdf.ocr_rotation import Box, quarter_turns
from chaptercast.document.formats.pdf.page import Page

_DOTS_PER_INCH, _DOTS_FOR_TESSERACT = 200, 300
_TESSERACT_SECONDS = 120
_GAP = 1.5
"""Maximum white between two words that Tesseract puts in one line, as a multiple of their height. Cells of tables are further apart."""
_WORD = "5"
"""Tesseract's number for a row of its table that is a word."""
_PROBE_PIXELS = 800
"""Maximum pixels along the longer side of the small picture in which lines are looked for, to see how a page lies."""
_LEAST, _SURE, _TALL = 0.5, 0.85, 1.5
"""Minimum confidence of a line; below `_SURE`, a line whose box is so much higher than wide is also read in the other direction."""
_ROTATE = re.compile(r"^Rotate: (\d+)", re.MULTILINE)
"""By how many degrees to the right Tesseract would turn a picture."""


class Recogniser(Struct, frozen=True):
    """A program that reads text in Pillow images."""

    read: Callable[[Any], list[Piece]]
    turns: Callable[[Any], int]
    """Returns by how many quarter turns to the left a picture stands upright."""


def serve(connection: Connection, data: bytes, password: str, numbers: Sequence[int], program: str) -> None:
    """Recognises the text on pages and sends each page. `program` is the path of Tesseract; empty for RapidOCR."""
    with suppress(OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        _read(connection, data, password, numbers, program)
    os._exit(0)


def _read(connection: Connection, data: bytes, password: str, numbers: Sequence[int], program: str) -> None:
    import ctypes

    import pypdfium2.raw as pdfium

    from chaptercast.document.formats.pdf.pictures import picture_of

    buffer = ctypes.create_string_buffer(data, len(data))
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), password.encode() or None)
    recogniser = _tesseract(program) if program else rapid_recogniser()
    for number in numbers:
        page = pdfium.FPDF_LoadPage(document, number - 1)
        width, height = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
        picture, scale = picture_of(page, _DOTS_FOR_TESSERACT if program else _DOTS_PER_INCH)
        pdfium.FPDF_ClosePage(page)
        found = recognised_page(picture, Page(number, width, height), scale, recogniser)
        connection.send(msgspec.msgpack.encode(found))


def recognised_page(picture: Any, blank: Page, scale: float, recogniser: Recogniser) -> Page:
    """Returns a page with the text in its picture, which is turned upright before. `scale` is the number of pixels per point."""
    turns = recogniser.turns(picture)
    if turns:
        picture = picture.rotate(90 * turns, expand=True)
    if turns % 2:
        blank = replace(blank, width=blank.height, height=blank.width)
    return page_of(recogniser.read(picture), blank, scale)


def rapid_recogniser() -> Recogniser:
    """Returns RapidOCR, with the models of its own package."""
    import numpy as np
    from rapidocr import RapidOCR

    engine: Any = RapidOCR(params={"Global.log_level": "critical"})

    def run(pixels: Any, **steps: bool) -> Any:
        """Runs some steps of the recogniser; it would keep those of the last time."""
        return engine(np.ascontiguousarray(pixels), **{"use_cls": False, "text_score": 0.0, **steps})

    def read(picture: Any) -> list[Piece]:
        result = run(np.asarray(picture)[:, :, ::-1], use_det=True, use_rec=True)
        if result.boxes is None or result.txts is None:
            return []
        found = [
            Piece(str(text), tuple((float(x), float(y)) for x, y in box), float(score))
            for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        ]
        return [piece for piece in (better(picture, piece) for piece in found) if piece.confidence >= _LEAST]

    def better(picture: Any, piece: Piece) -> Piece:
        """Returns a line; one that was read from above is read from below, too, and the surer reading counts."""
        left, top, right, bottom = box = _box(piece.corners)
        if piece.confidence >= _SURE or bottom - top < _TALL * (right - left):
            return piece
        text, score = line_in(picture, box, 3)
        return replace(piece, text=text, confidence=score) if score > piece.confidence else piece

    def turns(picture: Any) -> int:
        ratio = min(1.0, _PROBE_PIXELS / max(picture.size))
        small = picture.resize((max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio))))
        result = run(np.asarray(small)[:, :, ::-1], use_det=True, use_rec=False)
        boxes = [] if result.boxes is None else [_box(corners / ratio) for corners in result.boxes]
        return quarter_turns(boxes, lambda box, quarter: line_in(picture, box, quarter)[1])

    def line_in(picture: Any, box: Box, quarter: int) -> tuple[str, float]:
        """Returns the text of a line after quarter turns to the left, and how sure the recogniser is of it."""
        line = np.rot90(np.asarray(picture.crop(tuple(map(round, box))))[:, :, ::-1], quarter)
        result = run(line, use_det=False, use_rec=True)
        return "".join(result.txts or ()), float(sum(result.scores or ()))

    return Recogniser(read, turns)


def _box(corners: Iterable[Sequence[float]]) -> Box:
    """Returns the upright box around the corners of another."""
    xs, ys = zip(*((float(x), float(y)) for x, y in corners), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _tesseract(program: str) -> Recogniser:
    """Returns Tesseract, with the languages that are installed for it."""
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    known = [name.strip() for name in listed.stdout.splitlines()[1:]]
    names = [name for name in known if name not in ("", "osd", "equ")]
    languages = "+".join(names[:6]) or "eng"

    def run(picture: Any, *arguments: str) -> str:
        stored = BytesIO()
        picture.save(stored, "PNG")
        command = [program, "stdin", "stdout", *arguments]
        done = subprocess.run(  # noqa: S603 -- the user asked for it by name
            command, input=stored.getvalue(), capture_output=True, timeout=_TESSERACT_SECONDS, check=False
        )
        return done.stdout.decode("utf-8", "replace")

    def turns(picture: Any) -> int:
        return turns_told(run(picture, "--psm", "0", "-l", "osd")) if "osd" in known else 0

    return Recogniser(lambda picture: pieces_of_table(run(picture, "-l", languages, "tsv")), turns)


def turns_told(told: str) -> int:
    """Returns the quarter turns to the left that Tesseract's report on how a picture lies asks for."""
    found = _ROTATE.search(told)
    return -round(int(found[1]) / 90) % 4 if found else 0


def pieces_of_table(table: str) -> list[Piece]:
    """Returns the lines in a table that Tesseract wrote (TSV), parted at wide gaps."""
    lines: dict[tuple[str, ...], list[Piece]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != _WORD or not cells[11].strip():
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        corners = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
        words = lines.setdefault(tuple(cells[1:5]), [])
        word = Piece(cells[11].strip(), corners, max(0.0, float(cells[10])) / 100)
        if words and _white(words[-1], word) <= _GAP * height:
            words[-1] = _joined(words[-1], word)
        else:
            words.append(word)
    return [piece for words in lines.values() for piece in words]


def _white(first: Piece, second: Piece) -> float:
    """Returns the width of the white between two words, whichever is on the left; negative if they overlap."""
    (left, _, right, _), (start, _, end, _) = _box(first.corners), _box(second.corners)
    return max(start - right, left - end)


def _joined(first: Piece, second: Piece) -> Piece:
    """Returns a text and the word after it as one. Signs of scripts without spaces between words get none."""
    is_wide = all(east_asian_width(sign) in "WF" for sign in (first.text[-1], second.text[0]))
    left, top, right, bottom = _box((*first.corners, *second.corners))
    letters = len(first.text) + len(second.text)
    sure = (first.confidence * len(first.text) + second.confidence * len(second.text)) / letters
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Piece(f"{first.text}{'' if is_wide else ' '}{second.text}", corners, sure)
