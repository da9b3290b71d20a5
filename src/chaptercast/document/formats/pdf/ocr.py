"""Pages that are pictures: whether their text can be recognised here, by what, and what came of it."""

import multiprocessing
import shutil
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec

import msgspec

from chaptercast.common.processes import held_interrupts, may_fork
from chaptercast.document.formats.pdf import ocr_process
from chaptercast.document.formats.pdf.page import Page
from chaptercast.document.reading_options import Ocr, PdfChoices
from chaptercast.errors import InputError

_SECONDS = 180.0
"""What one page may take, on a busy machine."""
INSTALL = "To have it recognised: pip install 'chaptercast[ocr]'"
_UNKNOWN = (
    "ru",
    "uk",
    "be",
    "bg",
    "sr",
    "mk",
    "ko",
    "ar",
    "fa",
    "ur",
    "he",
    "hi",
    "mr",
    "ne",
    "th",
    "bn",
    "ta",
    "te",
    "ka",
    "hy",
)
_SURE = 0.75
"""Confidence below which a page is said to be hardly readable."""


def wanted(pages: Sequence[Page], choice: Ocr) -> list[int]:
    """The numbers of the pages whose text is to be recognised."""
    if choice is Ocr.NEVER:
        return []
    return [page.number for page in pages if not page.fault and (choice is Ocr.ALWAYS or is_picture(page))]


def is_picture(page: Page) -> bool:
    """Whether the text of a page can only be had from its picture."""
    return page.way == "scan" or any(bad.why == "unreadable" for bad in page.bad)


def is_installed() -> bool:
    """Whether RapidOCR and what it runs on are there."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def program_of(choice: Ocr) -> str:
    """Where Tesseract is, if it is asked for. Raises `InputError` where it is not there."""
    if choice is not Ocr.TESSERACT:
        return ""
    found = shutil.which("tesseract")
    if found is None:
        raise InputError(
            "There is no program “tesseract” here",
            "Install it (Debian: apt install tesseract-ocr), or leave --ocr out.",
        )
    return found


def recognised(data: bytes, numbers: Sequence[int], choices: PdfChoices) -> Iterator[Page]:
    """Some pages with their text, as far as it could be recognised."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    forked = may_fork() and "onnxruntime" not in sys.modules  # its threads do not go on in a copy
    start = multiprocessing.get_context("fork").Process if forked else multiprocessing.get_context("spawn").Process
    program = program_of(choices.ocr)
    process = start(
        target=ocr_process.serve, args=(sender, data, choices.password, tuple(numbers), program), daemon=True
    )
    with held_interrupts():
        process.start()
    sender.close()
    try:
        while receiver.poll(_SECONDS):
            yield msgspec.msgpack.decode(receiver.recv(), type=Page)
    except (EOFError, OSError):
        return
    finally:
        process.kill()
        process.join()
        receiver.close()


def notes_on(pages: Sequence[Page], language: str) -> Iterator[str]:
    """What people should know of pages whose text was recognised."""
    read = [page for page in pages if page.way == "OCR"]
    if not read:
        return
    letters = sum(page.glyphs for page in read)
    sure = sum(page.confidence * page.glyphs for page in read) / max(letters, 1)
    yield f"{listed([page.number for page in read])}: the text is recognised from pictures (OCR), {sure:.0%} sure."
    weak = [page.number for page in read if page.confidence < _SURE]
    if weak:
        yield f"{listed(weak)}: much of it may be wrong; listen with care."
    if language.split("-", maxsplit=1)[0] in _UNKNOWN:
        yield f"the recogniser does not know the script of “{language}”: try --ocr tesseract, with that language installed."


def listed(numbers: Sequence[int]) -> str:
    """Pages in words: `pages 1-3, 7`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    shown = ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"
