"""Protocol Buffers' wire format: what is written is read, as the format's own library reads it, and garbage is an error at most."""

import pytest
from google.protobuf.empty_pb2 import Empty
from google.protobuf.message import DecodeError
from google.protobuf.unknown_fields import UnknownFieldSet
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.speech.engines.neural import protobuf
from chaptercast.speech.engines.neural.protobuf import fields, message, number, opening, signed, text, varint

FIELDS = st.lists(
    st.tuples(st.integers(1, (1 << 29) - 1), st.integers(0, (1 << 64) - 1) | st.binary(max_size=300)), max_size=8
)
GROUPS = {3, 4}
"""Kinds of fields that only the oldest messages have, and no model."""


def written(parts: list[tuple[int, int | bytes]]) -> bytes:
    return b"".join(number(at, value) if isinstance(value, int) else message(at, value) for at, value in parts)


def read(content: bytes) -> list[tuple[int, int | bytes]]:
    """What is in a message; a view that leads out of it would be longer than it."""
    found = list(fields(memoryview(content)))
    assert sum(len(value) for _, value in found if isinstance(value, memoryview)) <= len(content)
    return [(at, value if isinstance(value, int) else bytes(value)) for at, value in found]


def as_the_library_reads(content: bytes) -> list[tuple[int, int | bytes]] | None:
    """The same by the format's own library; nothing where it finds fault with it, or a group in it."""
    judge = Empty()
    try:
        judge.ParseFromString(content)
    except DecodeError:
        return None
    found = list(UnknownFieldSet(judge))
    if any(field.wire_type in GROUPS for field in found):
        return None
    sizes = {protobuf.FIXED32: 4, protobuf.FIXED64: 8}
    return [
        (field.field_number, field.data.to_bytes(sizes[field.wire_type], "little") if field.wire_type in sizes else field.data)
        for field in found
    ]  # fmt: skip


@given(FIELDS)
def test_what_is_written_is_read(parts: list[tuple[int, int | bytes]]) -> None:
    content = written(parts)
    assert read(content) == parts
    assert as_the_library_reads(content) == parts


@given(FIELDS, st.data())
def test_what_is_cut_short_is_an_error_or_ends_between_two_fields(
    parts: list[tuple[int, int | bytes]], data: st.DataObject
) -> None:
    content = written(parts)
    cut = content[: data.draw(st.integers(0, len(content)))]
    try:
        assert read(cut) == parts[: len(read(cut))]
    except ValueError as error:
        assert "cut short" in str(error)  # noqa: PT017 -- either is right
        assert as_the_library_reads(cut) is None


@given(st.binary(max_size=200) | st.lists(st.sampled_from([0, 8, 10, 0x7F, 0x80, 0xFF, 13, 9]), max_size=60).map(bytes))
def test_garbage_is_read_as_the_library_reads_it_or_refused(content: bytes) -> None:
    expected = as_the_library_reads(content)
    try:
        found = read(content)
    except ValueError:
        assert expected is None
    else:
        assert expected in (None, found)


@pytest.mark.parametrize("last", [1, 2, 0x7F])
def test_numbers_of_more_than_64_bits_are_cut_as_the_library_cuts_them(last: int) -> None:
    content = b"\x08" + b"\xff" * 9 + bytes([last])
    assert read(content) == as_the_library_reads(content)


@given(st.integers(-(1 << 63), (1 << 63) - 1))
def test_negative_numbers_come_back(value: int) -> None:
    ((_, found),) = fields(memoryview(number(1, value)))
    assert isinstance(found, int)
    assert signed(found) == value


def test_texts_and_openings_are_fields_of_bytes() -> None:
    assert read(text(3, "größer")) == [(3, "größer".encode())]
    assert opening(5, 1000) + bytes(1000) == message(5, bytes(400), bytes(600))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x08", "a number that is cut short"),
        (b"\x08" + b"\x80" * 9, "a number that is cut short"),
        (b"\x08" + b"\xff" * 11, "a number that is cut short"),
        (b"\x0a\x05abc", "a field that is cut short"),
        (b"\x0d\x00\x00\x00", "a field that is cut short"),
        (b"\x0b", "a field of the unknown kind 3"),
        (b"\x0f\x00", "a field of the unknown kind 7"),
        (b"\x3a" + b"\xff" * 8 + b"\x7f", "a field that is cut short"),
    ],
)
def test_what_is_wrong_is_told(content: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        list(fields(memoryview(content)))


def test_a_number_tells_where_it_ends() -> None:
    assert varint(memoryview(b"\xac\x02\x01"), 0) == (300, 2)
    assert varint(memoryview(b"\xac\x02\x01"), 2) == (1, 3)
    with pytest.raises(ValueError, match="cut short"):
        varint(memoryview(b"\x01"), 1)
