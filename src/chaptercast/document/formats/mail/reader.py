"""A message as an article: its subject is the title, its best text is what is read, and everything else is named."""

import re
from collections.abc import Iterator
from email import message_from_bytes

from chaptercast.document.formats.html.element_content import text_of
from chaptercast.document.formats.html.parse import parse
from chaptercast.document.formats.html.reader import read_html
from chaptercast.document.formats.mail import headers
from chaptercast.document.formats.mail.flowed import blocks_of
from chaptercast.document.formats.mail.parts import DEEPEST, HTML, Inner, Left, Mail, Text, parts_of
from chaptercast.document.formats.markdown import read_markdown
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.metadata.language import canonical
from chaptercast.document.metadata.merging import merged
from chaptercast.document.model import Block, Heading, Metadata, Omission, Reason, Span
from chaptercast.errors import InputError

MESSAGES = 2000
"""Messages of a mailbox."""
_MAILBOX = re.compile(rb"\s*From ")
_LENGTH = re.compile(rb"\s*(\d{1,12})\s*\n")
"""What Apple Mail writes before a message, and after it what it knows of it."""
_BETWEEN = re.compile(rb"^From [^\r\n]*\r?\n(?=[!-9;-~]+:)", re.MULTILINE)
"""The line before each message of a mailbox (RFC 4155)."""
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_SAVED_PAGE = ("Snapshot-Content-Location", "X-Snapshot-Content-Location")


def read_mail(data: bytes, name: str) -> Reading:
    """The text of a message, of a mailbox, or of a saved web page. Raises `InputError` for what is encrypted or damaged."""
    length = _LENGTH.match(data)
    if length:
        data = data[length.end() : length.end() + int(length[1])]
    messages = [part for part in _BETWEEN.split(data) if part.strip()] if _MAILBOX.match(data) else [data]
    if len(messages) > MESSAGES:
        raise InputError(f"{name} holds more than {MESSAGES} messages", "Give some of them.")
    try:
        if len(messages) == 1:
            message = message_from_bytes(messages[0])
            return _page(message, name) if _is_page(message) else _message(message, name)
        return _many([message_from_bytes(each) for each in messages], name)
    except RecursionError as error:
        raise InputError(f"{name} is damaged: its parts do not end", "Save the message anew and give that.") from error


def _is_page(message: Mail) -> bool:
    """Whether a message is a web page that a browser saved."""
    saved = any(message.get(header) for header in _SAVED_PAGE)
    sender = headers.header(message, "From").lower()
    named = "saved by" in sender or not (sender or message.get("Received") or message.get("To"))
    return saved or (named and message.get_content_type() == "multipart/related")


def _page(message: Mail, name: str) -> Reading:
    """A saved web page: read as the page is, with its address."""
    reading = _read(message, name)
    saved = next((value for header in _SAVED_PAGE if (value := headers.header(message, header))), "")
    located = (part.address for part in parts_of(message, name) if isinstance(part, Text))
    source = next((each for each in (saved, *located) if _ADDRESS.fullmatch(each)), "")
    found = (reading.metadata, Metadata(page_title=headers.header(message, "Subject"), source=source))
    return Reading(reading.blocks, reading.left_out, merged(found))


def _message(message: Mail, name: str) -> Reading:
    reading = _read(message, name)
    own = Metadata(
        title=headers.header(message, "Subject"),
        author=headers.writers(message),
        date=headers.sent(message),
        language=canonical(headers.header(message, "Content-Language").split(",")[0]),
    )
    # What the HTML of a mail says of itself is mostly its template's.
    found = Metadata(language=reading.metadata.language)
    return Reading(reading.blocks, (*_envelope(message), *reading.left_out), merged((own, found)))


def _envelope(message: Mail) -> Iterator[Omission]:
    for line in headers.shown(message):
        yield Omission(line, Reason.ENVELOPE)


def _many(messages: list[Mail], name: str, depth: int = 0) -> Reading:
    """Several messages, each with its subject as heading, and with who wrote it."""
    blocks: list[Block] = []
    left_out: list[Omission] = []
    for message in messages:
        subject, writer = headers.header(message, "Subject"), headers.writers(message)
        heading = subject or writer
        if heading:
            blocks.append(Heading((Span(heading),), 2))
        if subject and writer:
            left_out.append(Omission(writer, Reason.ENVELOPE))
        reading = _read(message, name, depth)
        blocks += reading.blocks
        left_out += [*_envelope(message), *reading.left_out]
    return Reading(tuple(blocks), tuple(left_out))


def _read(message: Mail, name: str, depth: int = 0) -> Reading:
    """The parts of a message, one after the other."""
    if depth > DEEPEST:
        raise InputError(f"{name} is damaged: its messages do not end", "Save the message anew and give that.")
    readings = []
    for part in parts_of(message, name):
        if isinstance(part, Text):
            readings.append(_of_text(part))
        elif isinstance(part, Inner):
            readings.append(_many([part.message], name, depth + 1))
        else:
            readings.append(Reading((), _named(part)))
    return Reading(
        tuple(block for reading in readings for block in reading.blocks),
        tuple(omission for reading in readings for omission in reading.left_out),
        merged(reading.metadata for reading in readings),
    )


def _named(part: Left) -> tuple[Omission, ...]:
    tree = parse(part.text) if part.html else None
    text = text_of(tree) if tree is not None else part.text.strip()
    return (Omission(text, Reason.REPEATED if part.repeated else Reason.ATTACHMENT),) if text else ()


def _of_text(part: Text) -> Reading:
    if part.kind in HTML:
        return read_html(part.source)
    if part.kind == "text/markdown":
        return read_markdown(part.source)
    if part.kind in ("text/enriched", "text/richtext"):
        return read_html(part.source.replace("\n", "<br>"), furnished=False)
    return Reading(blocks_of(part.source, flowed=part.flowed, without_space=part.without_space))
