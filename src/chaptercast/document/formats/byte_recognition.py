"""Recognises formats by their first bytes. These formats decode their bytes themselves.

Each test gets the first bytes of the data and the suffix of its name in lower case, such as `.eml`.
"""

import re

_XML = rb"\s*+(?:<\?xml[^>]*\?>\s*+)?(?><!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*|<\?[^>]*\?>\s*)*+<(?:[\w.-]+:)?"
"""Nothing in this pattern is tried twice: a page may begin with any number of comments."""
_FICTION_BOOK = re.compile(_XML + rb"FictionBook\b", re.DOTALL)
_FLAT_OPEN_DOCUMENT = re.compile(_XML + rb"document\b[^>]*urn:oasis:names:tc:opendocument", re.DOTALL)
_HEADER = re.compile(rb"([!-9;-~]+):[^\n]*\n(?:[ \t][^\n]*\n)*")
_BEFORE_HEADERS = re.compile(rb"\s*(?:\d{1,12}\s*\n)?(?:From [^\n]*\n)?")
"""The lines of a mailbox before the headers, or of Apple Mail: the length of the message."""
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
    """The first bytes with two bytes per character made one, and without an encoding mark."""
    return head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")


def is_mail(head: bytes, suffix: str) -> bool:
    """Whether the data begins with the headers of a message, followed by an empty line."""
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


def is_rtf(head: bytes, suffix: str) -> bool:  # noqa: ARG001 -- the form of all tests
    """Whether the data is Rich Text Format."""
    return head.lstrip().startswith(b"{\\rtf")


def is_fiction_book(head: bytes, suffix: str) -> bool:  # noqa: ARG001
    """Whether the data is XML with FictionBook's root element."""
    return _FICTION_BOOK.match(_without_zeros(head)) is not None


def is_flat_open_document(head: bytes, suffix: str) -> bool:  # noqa: ARG001
    """Whether the data is an OpenDocument text in one XML file."""
    return _FLAT_OPEN_DOCUMENT.match(_without_zeros(head)) is not None


def is_pdf(head: bytes, suffix: str) -> bool:
    """Whether the sign of PDF opens a file, or stands near its beginning: readers take that (ISO 32000-1, Annex H)."""
    start = head[:1024]
    return start.lstrip(b"\xef\xbb\xbf\x00 \t\r\n").startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in start)
