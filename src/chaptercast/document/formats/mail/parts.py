"""Which parts of a message are its text: of several versions the best, of a page its root; attachments are named."""

import codecs
from collections.abc import Iterator
from email.message import Message
from typing import Any, TypeAlias

from msgspec import Struct

from chaptercast.document.sources.encoding import SUPERSETS, decode
from chaptercast.errors import InputError

DEEPEST = 20
"""Parts within one another."""

Mail: TypeAlias = "Message[Any, Any]"

HTML = frozenset({"text/html", "application/xhtml+xml"})
_READ = HTML | {"text/plain"}
_FILES = frozenset({"text/calendar", "text/x-vcard", "text/vcard", "text/directory", "text/csv", "text/rtf"})
"""Texts that are not to be read out."""
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
"""What only vouches for the other parts."""
_SEALED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})


class Text(Struct, frozen=True):
    """A part that is text."""

    source: str
    kind: str
    """Its media type."""
    flowed: bool = False
    without_space: bool = False
    address: str = ""
    """Where it was found in the web."""


class Inner(Struct, frozen=True):
    """A message within the message."""

    message: Mail


class Left(Struct, frozen=True):
    """A part that is not read, by its name or its text."""

    text: str
    repeated: bool = False
    """Whether it says what another part says."""
    html: bool = False
    """Whether the text is HTML."""
    material: bool = False
    """Whether it is the name of a file that is not said to be attached: a page may be made of it."""


def _left(part: Text, *, repeated: bool) -> Left:
    return Left(part.source, repeated, html=part.kind in HTML)


Part: TypeAlias = Text | Inner | Left


def parts_of(message: Mail, name: str, depth: int = 0) -> Iterator[Part]:
    """The parts of a message in order. Raises `InputError` where it is encrypted, or made to hurt."""
    kind = message.get_content_type()
    if depth > DEEPEST:
        raise InputError(f"{name} is damaged: its parts do not end", "Save the message anew and give that.")
    if kind in _SEALED:
        raise InputError(f"{name} is encrypted", "Open it in your mail program, save its text, and give that.")
    if kind == "message/rfc822":
        inner = message.get_payload()
        yield from (Inner(each) for each in inner if isinstance(each, Message)) if isinstance(inner, list) else ()
    elif message.is_multipart():
        yield from _of_several(message, kind, name, depth)
    elif (
        _is_text(message, kind) or message.get_content_maintype() == "multipart"
    ):  # one whose parts are not to be found
        yield _text(message, kind, name)
    else:
        yield Left(_called(message, kind), material=not _is_attached(message))


def _of_several(message: Mail, kind: str, name: str, depth: int) -> Iterator[Part]:
    children = [child for child in message.get_payload() if isinstance(child, Message)]
    if kind == "multipart/alternative":
        yield from _best([list(parts_of(child, name, depth + 1)) for child in children])
    elif kind == "multipart/related" and children:
        yield from _page(children, message, name, depth)
    else:
        for child in children:
            if child.get_content_type() not in _SIGNATURES:
                yield from parts_of(child, name, depth + 1)


def _best(versions: list[list[Part]]) -> Iterator[Part]:
    """The last version that is HTML or plain text and says something; the others say the same."""
    read = [version for version in versions if any(_says(part) for part in version)]
    best = next((v for v in reversed(read) if any(isinstance(p, Text) and p.kind in _READ for p in v)), None)
    best = best or (read[-1] if read else [])
    for version in versions:
        if version is best:
            yield from version
        else:
            for part in version:
                yield _left(part, repeated=True) if isinstance(part, Text) and best else part


def _says(part: Part) -> bool:
    return isinstance(part, Text) and bool(part.source.strip())


def _page(children: list[Mail], message: Mail, name: str, depth: int) -> Iterator[Part]:
    """A page and what belongs to it: the page is read; frames of it are named by their text, images and styles are part of it."""
    start = message.get_param("start")
    root = next((child for child in children if start and child.get("Content-ID") == start), children[0])
    yield from parts_of(root, name, depth + 1)
    for child in children:
        if child is not root and child.get_content_maintype() not in ("image", "font", "audio", "video"):
            for part in parts_of(child, name, depth + 1):
                if isinstance(part, Text) and part.kind in _READ:
                    yield _left(part, repeated=False)
                elif isinstance(part, Inner) or (isinstance(part, Left) and not part.material):
                    yield part


def _is_attached(message: Mail) -> bool:
    return message.get_content_disposition() == "attachment"


def _is_text(message: Mail, kind: str) -> bool:
    if _is_attached(message) or kind in _FILES:
        return False
    return message.get_content_maintype() == "text" or kind == "application/xhtml+xml"


def _text(message: Mail, kind: str, name: str) -> Text:
    payload = message.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    return Text(
        _decoded(data, _parameter(message, "charset"), name),
        kind,
        _parameter(message, "format").lower() == "flowed",
        _parameter(message, "delsp").lower() == "yes",
        str(message.get("Content-Location", "")).strip(),
    )


def _decoded(data: bytes, charset: str, name: str) -> str:
    """The text as its charset says, or as it makes sense; a message is not refused for a few bytes."""
    codec = "utf-8"
    try:
        declared = codecs.lookup(charset.strip("'\" ")).name
        codec = SUPERSETS.get(declared, declared)
        return _clean(data.decode(codec))
    except (LookupError, UnicodeError, ValueError):
        pass
    try:
        return decode(data, name) if data.strip() else ""
    except InputError:
        return _clean(data.decode(codec, "replace"))


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _called(message: Mail, kind: str) -> str:
    try:
        return message.get_filename() or kind
    except (LookupError, UnicodeError, ValueError):
        return kind


def _parameter(message: Mail, name: str) -> str:
    try:
        value = message.get_param(name)
    except (LookupError, UnicodeError, ValueError):
        return ""
    return value if isinstance(value, str) else value[2] if isinstance(value, tuple) else ""
