"""Formats that say in their first bytes what they are, and that decode their bytes themselves: RTF, FB2, flat ODF, mail, PDF.

`WHOLE` is a table that grows: a test and its reader.
"""

import re
from collections.abc import Callable
from pathlib import PurePath

from msgspec import Struct

from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.reading_options import PdfChoices

HEAD = 20_000
"""Bytes that are looked at."""


class WholeFormat(Struct, frozen=True):
    """A format that says in its first bytes what it is, and that is read from bytes: it decodes them itself."""

    name: str
    matches: Callable[[bytes, str], bool]
    """From the head of the data and the suffix of its name."""
    read: Callable[[bytes, str], Reading]
    """From the bytes and the name for messages."""
    read_as_chosen: Callable[[bytes, str, PdfChoices], Reading] | None = None
    """The same, where there is something to choose."""


def _read_rtf(data: bytes, name: str) -> Reading:
    from chaptercast.document.formats.rtf.reader import read_rtf

    return read_rtf(data, name)


def _read_fiction_book(data: bytes, name: str) -> Reading:
    from chaptercast.document.formats.fiction_book import read_fiction_book

    return read_fiction_book(data, name)


def _read_flat_open_document(data: bytes, name: str) -> Reading:
    from chaptercast.document.formats.open_document.reader import read_flat_open_document

    return read_flat_open_document(data, name)


def _read_mail(data: bytes, name: str) -> Reading:
    from chaptercast.document.formats.mail.reader import read_mail

    return read_mail(data, name)


def _read_pdf(data: bytes, name: str, choices: PdfChoices | None = None) -> Reading:
    from chaptercast.document.formats.pdf.reader import read_pdf

    return read_pdf(data, name, choices)


_XML = rb"\s*+(?:<\?xml[^>]*\?>\s*+)?(?><!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*|<\?[^>]*\?>\s*)*+<(?:[\w.-]+:)?"
"""Nothing of it is tried twice: a page may begin with any number of comments."""
_FICTION_BOOK = re.compile(_XML + rb"FictionBook\b", re.DOTALL)
_FLAT_OPEN_DOCUMENT = re.compile(_XML + rb"document\b[^>]*urn:oasis:names:tc:opendocument", re.DOTALL)
_HEADER = re.compile(rb"([!-9;-~]+):[^\n]*\n(?:[ \t][^\n]*\n)*")
_BEFORE_HEADERS = re.compile(rb"\s*(?:\d{1,12}\s*\n)?(?:From [^\n]*\n)?")
"""What a mailbox has there, or Apple Mail: how long the message is."""
_OF_MAIL = frozenset(
    (
        *(b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"received", b"mime-version", b"return-path"),
        *(b"delivered-to", b"content-type", b"content-transfer-encoding", b"reply-to", b"sender", b"in-reply-to"),
        *(b"x-mailer", b"newsgroups", b"snapshot-content-location", b"content-location", b"references"),
    ),
)
_SURELY_MAIL = frozenset(
    (b"message-id", b"received", b"mime-version", b"return-path", b"content-transfer-encoding", b"newsgroups")
)
_MAIL_SUFFIXES = frozenset({".eml", ".mht", ".mhtml", ".mbox", ".emlx"})


def _without_zeros(head: bytes) -> bytes:
    """The head, two bytes a character made one, without a mark of its encoding."""
    return head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")


def _is_mail(head: bytes, suffix: str) -> bool:
    """Whether there are headers of a message at the head, with an empty line after them."""
    before = _BEFORE_HEADERS.match(head)
    place = before.end() if before else 0
    names: list[bytes] = []
    while match := _HEADER.match(head, place):
        names.append(match[1].lower())
        place = match.end()
    known = _OF_MAIL.intersection(names)
    if suffix in _MAIL_SUFFIXES:
        return bool(known)
    ends = place >= len(head) or head[place : place + 2] in (b"\n", b"\r\n") or head[place : place + 1] == b"\n"
    sure = not _SURELY_MAIL.isdisjoint(known) or {b"from", b"to", b"subject"} <= known
    return ends and sure and len(known) >= 2


def _is_pdf(head: bytes, suffix: str) -> bool:
    """Whether the sign of PDF opens a file, or stands near its beginning: readers take that (ISO 32000-1, Annex H)."""
    start = head[:1024]
    return start.lstrip(b"\xef\xbb\xbf\x00 \t\r\n").startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in start)


WHOLE: tuple[WholeFormat, ...] = (
    WholeFormat("PDF", _is_pdf, _read_pdf, _read_pdf),
    WholeFormat("RTF", lambda head, _suffix: head.lstrip().startswith(b"{\\rtf"), _read_rtf),
    WholeFormat("FB2", lambda head, _suffix: _FICTION_BOOK.match(_without_zeros(head)) is not None, _read_fiction_book),
    WholeFormat(
        "flat ODF",
        lambda head, _suffix: _FLAT_OPEN_DOCUMENT.match(_without_zeros(head)) is not None,
        _read_flat_open_document,
    ),
    WholeFormat("mail", _is_mail, _read_mail),
)
"""Their readers are loaded when there is something for them."""


def whole_format(data: bytes, name: str) -> WholeFormat | None:
    """The format of a file that says it itself; None for anything else."""
    suffix = PurePath(name).suffix.lower()
    return next((each for each in WHOLE if each.matches(data[:HEAD], suffix)), None)
