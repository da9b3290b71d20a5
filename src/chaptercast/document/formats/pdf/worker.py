"""Reads pages in a process of its own, so that a hostile file can only harm that process."""

import ctypes
import gc
import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from chaptercast.document.formats.pdf.page import Facts, Page
from chaptercast.document.formats.pdf.worker_protocol import MEMORY_BYTES, PAGE_SECONDS, Refusal, Request

if TYPE_CHECKING:
    from chaptercast.document.formats.pdf.page_extraction import Sources

_PASSWORD, _DAMAGED = 4, 3


def serve(connection: Connection, data: bytes, request: Request) -> None:
    """Sends the file's own information, or why it cannot be opened; then page after page. The process ends when this returns."""
    with suppress(OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process decides
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _limit_memory()
        _silence()
        _read(connection, data, request)
    os._exit(0)


def _read(connection: Connection, data: bytes, request: Request) -> None:
    import pypdfium2.raw as pdfium

    from chaptercast.document.formats.pdf.annotations import opened_form
    from chaptercast.document.formats.pdf.document_info import facts_of
    from chaptercast.document.formats.pdf.page_extraction import Sources
    from chaptercast.document.formats.pdf.unembedded_fonts import Guard

    _limit_time()
    buffer = ctypes.create_string_buffer(data, len(data))
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), request.password.encode() or None)
    if not document:
        code = pdfium.FPDF_GetLastError()
        kind = {_PASSWORD: "password", _DAMAGED: "damaged"}.get(code, "unknown")
        _send(connection, Refusal(kind))
        return
    facts = facts_of(document)
    _send(connection, facts)
    with opened_form(document) as form:
        sources = Sources(Guard(data, request.password), form, facts.tagged and request.use_tags)
        for number in range(request.first, min(request.last or facts.pages, facts.pages) + 1):
            _limit_time()
            _send(connection, _page(document, number, sources))
            if number % 50 == 0:
                gc.collect()


def _page(document: Any, number: int, sources: "Sources") -> Page:
    import pypdfium2.raw as pdfium

    from chaptercast.document.formats.pdf.page_extraction import read_page

    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        return Page(number, 0, 0, fault="it is damaged", way="fault")
    try:
        return read_page(page, number, _label(document, number), sources)
    except MemoryError:
        return Page(number, 0, 0, fault="it takes too much memory", way="fault")
    except (ctypes.ArgumentError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        if os.environ.get("CHAPTERCAST_DEBUG"):
            raise
        return Page(number, 0, 0, fault=f"this should not have happened: {type(error).__name__}", way="fault")
    finally:
        pdfium.FPDF_ClosePage(page)


def _label(document: Any, number: int) -> str:
    import pypdfium2.raw as pdfium

    from chaptercast.document.formats.pdf.document_info import decoded

    length = pdfium.FPDF_GetPageLabel(document, number - 1, None, 0)
    if not 2 < length < 200:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDF_GetPageLabel(document, number - 1, buffer, length)
    return decoded(buffer.raw)


def _send(connection: Connection, value: Facts | Page | Refusal) -> None:
    connection.send((type(value).__name__, msgspec.msgpack.encode(value)))


def _limit_memory() -> None:
    """Limits the memory of this process, if the system can (Linux, macOS)."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY_BYTES, hard))


def _limit_time() -> None:
    """Limits the CPU time for the next step: the system ends a process that exceeds it."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + PAGE_SECONDS + 1, hard))


def _silence() -> None:
    """Hides the warnings that libraries write to stderr."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
