"""Files of other formats that stand in a document as they are ("altChunk", ECMA-376, 17.17.2)."""

import email
import email.policy
from collections.abc import Callable

from msgspec import Struct

from chaptercast.document.formats.docx.context import Context
from chaptercast.document.formats.docx.package import Relation
from chaptercast.document.formats.html.reader import read_html
from chaptercast.document.formats.plain_text import read_plain_text
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.model import Block, Reason
from chaptercast.document.sources.encoding import decode
from chaptercast.errors import InputError

DEEPEST = 3
"""Documents within documents."""


class _Kind(Struct, frozen=True):
    """A format that such a file may have."""

    types: tuple[str, ...]
    """Media types, and endings of names with their point."""
    read: Callable[[bytes, str], Reading]


def read_chunk(relation: Relation, context: Context) -> tuple[Block, ...]:
    """The blocks of such a file; one that cannot be read is named as left out."""
    path = relation.target
    if relation.external or path not in context.package:
        context.leave_out(path, Reason.HIDDEN)
        return ()
    called = f"{context.package.archive.name}: {path}"
    media_type, ending = context.package.content_type(path).lower(), "." + path.rpartition(".")[2].lower()
    kind = next((each for each in _KINDS if ending in each.types or media_type in each.types), None)
    try:
        data = context.package.data(path)
        if kind is not None:
            reading = kind.read(data, called)
        elif data.startswith(b"PK\x03\x04") and context.depth < DEEPEST:
            from chaptercast.document.formats.docx.reader import read_within

            reading = read_within(data, called, context.depth + 1)
        else:
            context.leave_out(f"{path} ({media_type})", Reason.NOT_TEXT)
            return ()
    except InputError as error:
        context.leave_out(error.message, Reason.NOT_TEXT)
        return ()
    context.left_out += reading.left_out
    return reading.blocks


def _read_page(data: bytes, name: str) -> Reading:
    return read_html(decode(data, name), furnished=False)


def _read_text(data: bytes, name: str) -> Reading:
    return read_plain_text(decode(data, name))


def _read_archive_of_page(data: bytes, name: str) -> Reading:
    """A page with its images in one file, as a mail (RFC 2557)."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    content = page.get_payload(decode=True) if page is not None else None
    return _read_page(content, name) if isinstance(content, bytes) else Reading(())


_KINDS: tuple[_Kind, ...] = (
    _Kind(("text/html", "application/xhtml+xml", ".htm", ".html", ".xhtml"), _read_page),
    _Kind(
        ("message/rfc822", "multipart/related", "application/x-mimearchive", ".mht", ".mhtml"), _read_archive_of_page
    ),
    _Kind(("text/plain", ".txt"), _read_text),
)
