"""OCR for pages that are pictures: whether it is available here, which program does it, and the result."""

import multiprocessing
import shutil
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec

import msgspec

from chaptercast.common.processes import held_interrupts, may_fork
from chaptercast.document.formats.pdf import ocr_process
from chaptercast.document.formats.pdf.page import Page
from chaptercast.document.reading_options import Ocr, PdfOptions
from chaptercast.errors import InputError

_SECONDS = 180.0
"""Maximum seconds for one page, on a busy machine."""
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
"""A page with a lower confidence than this is reported as hardly readable."""


def wanted(pages: Sequence[Page], choice: Ocr) -> list[int]:
    """Returns the numbers of the pages that need OCR."""
    if choice is Ocr.NEVER:
        return []
    return [page.number for page in pages if not page.fault and (choice is Ocr.ALWAYS or is_picture(page))]


def is_picture(page: Page) -> bool:
    """Returns whether the text of a page can only be read from its picture."""
    return page.way == "scan" or any(bad.why == "unreadable" for bad in page.bad)


def is_installed() -> bool:
    """Returns whether RapidOCR and its runtime are installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def program_of(choice: Ocr) -> str:
    """Returns the path of Tesseract if it was chosen. Raises `InputError` if it is not installed."""
    if choice is not Ocr.TESSERACT:
        return ""
    found = shutil.which("tesseract")
    if found is None:
        raise InputError(
            "There is no program “tesseract” here",
            "Install it (Debian: apt install tesseract-ocr), or leave --ocr out.",
        )
    return found


def recognised(data: bytes, numbers: Sequence[int], choices: PdfOptions) -> Iterator[Page]:
    """Yields pages with the text that was recognised."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    forked = may_fork() and "onnxruntime" not in sys.modules  # onnxruntime's threads do not survive a fork
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
    """Yields messages about pages whose text was recognised."""
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
    """Returns page numbers in words: `pages 1-3, 7`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    shown = ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"
