"""Controls the worker process from outside: starts it, reads from it, ends it, and restarts it after a page at which it died."""

import multiprocessing
from collections.abc import Iterator

import msgspec

from chaptercast.common.processes import held_interrupts, may_fork
from chaptercast.document.formats.pdf import worker
from chaptercast.document.formats.pdf.page import Facts, Page
from chaptercast.document.formats.pdf.worker_protocol import RESTARTS, STUCK_SECONDS, Refusal, Request

_TYPES: dict[str, type[Facts] | type[Page] | type[Refusal]] = {"Facts": Facts, "Page": Page, "Refusal": Refusal}


def values(data: bytes, request: Request) -> Iterator[Facts | Page | Refusal]:
    """Yields the file's own information, or why it cannot be opened; then its pages. A page that cannot be read is a page with a fault."""
    facts: Facts | None = None
    following = request.first
    for _ in range(RESTARTS + 1):
        for value in _run(data, msgspec.structs.replace(request, first=following)):
            if isinstance(value, Facts):
                if facts is None:
                    yield value
                facts = value
                continue
            if isinstance(value, Page):
                following = value.number + 1
            yield value
            if isinstance(value, Refusal):
                return
        if facts is None:
            yield Refusal("damaged")
            return
        last = min(request.last or facts.pages, facts.pages)
        if following > last:
            return
        yield Page(following, 0, 0, fault="it takes too long, or too much memory, or is damaged", way="fault")
        following += 1
    last = min(request.last or facts.pages, facts.pages) if facts else 0
    for number in range(following, last + 1):
        yield Page(number, 0, 0, fault="pages before it could not be read", way="fault")


def _run(data: bytes, request: Request) -> Iterator[Facts | Page | Refusal]:
    """Yields what one process sends, until it ends or is silent for too long."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    start = multiprocessing.get_context("fork").Process if may_fork() else multiprocessing.get_context("spawn").Process
    process = start(target=worker.serve, args=(sender, data, request), daemon=True)
    with held_interrupts():
        process.start()
    sender.close()
    try:
        while receiver.poll(STUCK_SECONDS):
            name, encoded = receiver.recv()
            yield msgspec.msgpack.decode(encoded, type=_TYPES[name])
    except (EOFError, OSError):
        return
    finally:
        process.kill()
        process.join()
        receiver.close()
