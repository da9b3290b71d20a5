"""Recognises the text of pages that are pictures, in a process of its own."""

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from chaptercast.document.formats.pdf.ocr_lines import Piece, page_of
from chaptercast.document.formats.pdf.ocr_rotation import upright
from chaptercast.document.formats.pdf.page import Page

_DOTS_PER_INCH, _DOTS_FOR_TESSERACT = 200, 300
_TESSERACT_SECONDS = 120
_WORD = "5"
"""Tesseract's number for a row of its table that is a word."""
Recogniser = Callable[[Any], list[Piece]]
"""From a Pillow image to the text in it."""


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
    recognise = _tesseract(program) if program else _rapid()
    for number in numbers:
        page = pdfium.FPDF_LoadPage(document, number - 1)
        width, height = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
        picture, scale = picture_of(page, _DOTS_FOR_TESSERACT if program else _DOTS_PER_INCH)
        pdfium.FPDF_ClosePage(page)
        found = page_of(recognise(picture), Page(number, width, height), scale)
        connection.send(msgspec.msgpack.encode(found))


def _rapid() -> Recogniser:
    """Returns RapidOCR, with the models of its own package."""
    import numpy as np
    from rapidocr import RapidOCR

    engine: Any = RapidOCR(params={"Global.log_level": "critical"})

    def recognise(picture: Any) -> list[Piece]:
        result = engine(np.asarray(picture)[:, :, ::-1])
        if result.boxes is None or result.txts is None:
            return []
        found = [
            Piece(str(text), tuple((float(x), float(y)) for x, y in box), float(score))
            for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        ]
        return upright(found, picture.width, picture.height, lambda box, turns: sure(picture, box, turns))

    def sure(picture: Any, box: tuple[float, float, float, float], turns: int) -> float:
        """Returns how sure the recogniser is of a line, after quarter turns to the left."""
        line = np.rot90(np.asarray(picture.crop(tuple(map(round, box))))[:, :, ::-1], turns)
        result = engine(np.ascontiguousarray(line), use_det=False, use_cls=False, use_rec=True)
        return float(sum(result.scores or ()))

    return recognise


def _tesseract(program: str) -> Recogniser:
    """Returns Tesseract, with the languages that are installed for it."""
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    names = [name.strip() for name in listed.stdout.splitlines()[1:] if name.strip() not in ("", "osd", "equ")]
    languages = "+".join(names[:6]) or "eng"

    def recognise(picture: Any) -> list[Piece]:
        stored = BytesIO()
        picture.save(stored, "PNG")
        command = [program, "stdin", "stdout", "-l", languages, "tsv"]
        done = subprocess.run(  # noqa: S603 -- the user asked for it by name
            command, input=stored.getvalue(), capture_output=True, timeout=_TESSERACT_SECONDS, check=False
        )
        return pieces_of_table(done.stdout.decode("utf-8", "replace"))

    return recognise


def pieces_of_table(table: str) -> list[Piece]:
    """Returns the words in a table that Tesseract wrote (TSV)."""
    found: list[Piece] = []
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != _WORD or not cells[11].strip():
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        corners = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
        found.append(Piece(cells[11], corners, max(0.0, float(cells[10])) / 100))
    return found
