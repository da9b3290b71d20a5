"""Where a recording is cut into its chapters: at frames that need nothing of those before them, next to where a chapter begins.

Frames of Layer III may take bytes of earlier ones (ISO/IEC 11172-3 2.4.2.7, `main_data_begin`), and what they decode to overlaps with
that of the one before: so a cut is lossless where nothing is taken, and nothing sounds. A chapter begins in a pause, so it is near.
"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from chaptercast.common.mpeg_frames import Grid, frame_offsets, parse_header
from chaptercast.common.units import Milliseconds

_CHUNK_BYTES = 1 << 20
_FARTHEST = 40
"""Frames from where a chapter begins that a cut may lie: a second. What is beside its place by that is still in its pause."""
_TAG_HEADER_BYTES = 10
_HEADER_BYTES = 4


class Stretch(Struct, frozen=True):
    """The frames of a chapter in the MP3."""

    first: int
    """How many frames are before it."""
    count: int
    begin: int
    """In bytes of the file."""
    end: int


class Frames(Struct, frozen=True):
    """The frames of an MP3, without what stands in front of them."""

    path: Path
    grid: Grid
    offsets: "array[int]"
    """Where each begins in the file, and where the last one ends."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.offsets) - 1

    def milliseconds(self, frames: int) -> float:
        """When the frame of that number begins, unrounded."""
        return frames * self.grid.samples_per_frame * 1000 / self.grid.sample_rate

    def cut(self, starts: Sequence[Milliseconds]) -> tuple[Stretch, ...]:
        """Stretches that begin as near as can be to `starts` (in order, the first is 0), each of a frame at least.

        Raises `OSError`, and `ValueError` where there are more starts than frames.
        """
        if len(starts) > self.count:
            raise ValueError(f"{self.count} frames are no {len(starts)} chapters")
        with self.path.open("rb") as stream:
            cuts = [0]
            for start in starts[1:]:
                near = round(start * self.grid.sample_rate / 1000 / self.grid.samples_per_frame)
                cuts.append(max(cuts[-1] + 1, _nearest(stream, self, min(near, self.count - 1))))
        cuts.append(self.count)
        for number in range(len(cuts) - 2, 0, -1):
            cuts[number] = min(cuts[number], cuts[number + 1] - 1)
        return tuple(
            Stretch(begin, end - begin, self.offsets[begin], self.offsets[end]) for begin, end in pairwise(cuts)
        )

    def content(self, stretch: Stretch) -> Iterator[bytes]:
        """The bytes of a stretch, a megabyte at a time. Raises `OSError`."""
        with self.path.open("rb") as stream:
            stream.seek(stretch.begin)
            left = stretch.end - stretch.begin
            while left and (chunk := stream.read(min(left, _CHUNK_BYTES))):
                left -= len(chunk)
                yield chunk


def frames_of(path: Path) -> Frames:
    """The frames of an MP3 as this program writes it: a tag, an Info frame, and they.

    Raises `OSError` where it cannot be read, `ValueError` where it is no such file.
    """
    with path.open("rb") as stream:
        head = stream.read(_TAG_HEADER_BYTES)
        if len(head) < _TAG_HEADER_BYTES or head[:3] != b"ID3":
            raise ValueError("no ID3v2 tag at its start")
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        stream.seek(size, 1)
        grid = parse_header(stream.read(4))
        place = _TAG_HEADER_BYTES + size + grid.frame_bytes(padded=False)
        stream.seek(place)
        offsets, rest = array("Q", [place]), b""
        while chunk := stream.read(_CHUNK_BYTES):
            data = rest + chunk
            found = frame_offsets(data, grid, partial=True)
            offsets.extend(place + offset for offset in found[1:])
            place, rest = place + found[-1], data[found[-1] :]
    if rest:
        raise ValueError(f"the last {len(rest)} bytes are no whole frame")
    return Frames(path, grid, offsets)


def _nearest(stream: BinaryIO, frames: Frames, wanted: int) -> int:
    """The frame nearest to `wanted` where the stream can be cut: best where the frame before it is silent, else where it takes no bytes."""
    fallback = None
    for away in range(_FARTHEST):
        for number in (wanted - away, wanted + away):
            if not 0 < number < frames.count:
                continue
            if _takes_nothing(_body(stream, frames, number)):
                if not any(_body(stream, frames, number - 1)):
                    return number
                fallback = number if fallback is None else fallback
    return wanted if fallback is None else fallback


def _body(stream: BinaryIO, frames: Frames, number: int) -> bytes:
    stream.seek(frames.offsets[number])
    return stream.read(frames.offsets[number + 1] - frames.offsets[number])[_HEADER_BYTES:]


def _takes_nothing(body: bytes) -> bool:
    """Whether a frame takes no bytes of those before it: 8 bits tell how many in MPEG-2, 9 in MPEG-1."""
    return body[0] == 0 and body[1] >> 7 == 0
