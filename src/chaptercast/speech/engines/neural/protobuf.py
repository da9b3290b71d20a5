"""The wire format of Protocol Buffers, as far as reading and editing a model needs it: fields by number, values as raw memory.

Source: https://protobuf.dev/programming-guides/encoding/. No schema and no copies: the value of a field is an `int` or a view of bytes.
"""

from collections.abc import Iterator
from typing import TypeAlias

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
_FIXED = {FIXED64: 8, FIXED32: 4}
_LONGEST_VARINT = 10
_MOST = (1 << 64) - 1
"""Longer numbers are cut to 64 bits, as the format specifies."""

Value: TypeAlias = int | memoryview


def fields(message: memoryview) -> Iterator[tuple[int, Value]]:
    """Number and value of each field, in order. Raises `ValueError` if the message is truncated or invalid."""
    at = 0
    while at < len(message):
        tag, at = varint(message, at)
        number, kind = tag >> 3, tag & 7
        if kind == VARINT:
            value, at = varint(message, at)
            yield number, value
            continue
        if kind == BYTES:
            length, at = varint(message, at)
        elif kind in _FIXED:
            length = _FIXED[kind]
        else:
            raise ValueError(f"a field of the unknown kind {kind}")
        if at + length > len(message):
            raise ValueError("a field that is cut short")
        yield number, message[at : at + length]
        at += length


def varint(message: memoryview, at: int) -> tuple[int, int]:
    """A number of seven bits per byte, and the position after it."""
    value = shift = 0
    for place in range(at, min(at + _LONGEST_VARINT, len(message))):
        byte = message[place]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & _MOST, place + 1
        shift += 7
    raise ValueError("a number that is cut short")


def number(field: int, value: int) -> bytes:
    """Encode a field that holds a number."""
    return _coded(field << 3 | VARINT) + _coded(value % (1 << 64))


def message(field: int, *parts: bytes | memoryview) -> bytes:
    """Encode a field that holds bytes, a text, or the fields of another message."""
    return b"".join((opening(field, sum(len(part) for part in parts)), *parts))


def opening(field: int, length: int) -> bytes:
    """Encode the header of a field of `length` bytes, for content that is too large to join here."""
    return _coded(field << 3 | BYTES) + _coded(length)


def text(field: int, value: str) -> bytes:
    """Encode a field that holds a text."""
    return message(field, value.encode())


def _coded(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def signed(value: int) -> int:
    """The signed value of a 64-bit number in two's complement."""
    return value - (1 << 64) if value >= 1 << 63 else value
