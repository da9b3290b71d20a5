"""Cuts a recording into its chapters: near each chapter's beginning, at frames that need no data of earlier frames.

Frames of Layer III may use bytes of earlier ones (ISO/IEC 11172-3 2.4.2.7, `main_data_begin`), and their decoded audio overlaps with
that of the frame before. So a cut is lossless where no bytes are used and nothing sounds. A chapter begins in a pause, so there is such
a frame nearby.
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
"""Maximum distance of a cut from the beginning of a chapter, in frames: one second. A position within this distance is still in the pause.
"""
_TAG_HEADER_BYTES = 10
_HEADER_BYTES = 4


class Stretch(Struct, frozen=True):
    """The frames of a chapter in the MP3."""

    first: int
    """Number of frames before it."""
    count: int
    begin: int
    """Its start in the file, in bytes."""
    end: int


class Frames(Struct, frozen=True):
    """The frames of an MP3, without the tags in front of them."""

    path: Path
    grid: Grid
    offsets: "array[int]"
    """The offset of each frame in the file, and the end of the last one."""

    @property
    def count(self) -> int:
        """Number of frames."""
        return len(self.offsets) - 1

    def milliseconds(self, frames: int) -> float:
        """Returns the start of the frame with this index, not rounded."""
        return frames * self.grid.samples_per_frame * 1000 / self.grid.sample_rate

    def cut(self, starts: Sequence[Milliseconds]) -> tuple[Stretch, ...]:
        """Returns stretches that begin as near as possible to `starts` (in order, the first is 0). Each has at least one frame.

        Raises `OSError`, and `ValueError` if there are more starts than frames.
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

    def divided(self, stretch: Stretch, starts: Sequence[Milliseconds]) -> tuple[Stretch, ...]:
        """Returns a stretch in pieces that begin as near as possible to `starts`, which are in order and within the whole recording.

        The first piece begins with the stretch; a piece that would have no frame of its own is not made. Raises `OSError`.
        """
        last = stretch.first + stretch.count
        cuts = [stretch.first]
        with self.path.open("rb") as stream:
            for start in starts:
                near = int(start * self.grid.sample_rate / 1000 / self.grid.samples_per_frame)
                found = _nearest(stream, self, min(near, last - 1))
                if cuts[-1] < found < last:
                    cuts.append(found)
        return tuple(
            Stretch(begin, end - begin, self.offsets[begin], self.offsets[end])
            for begin, end in pairwise([*cuts, last])
        )

    def silence(self, stream: BinaryIO, among: range, count: int) -> int | None:
        """Returns the first of the earliest `count` silent frames in a row; None if there are none. `stream` is its file.

        Raises `OSError`.
        """
        row = 0
        for number in among:
            row = 0 if any(_body(stream, self, number)) else row + 1
            if row == count:
                return number - count + 1
        return None

    def content(self, stretch: Stretch) -> Iterator[bytes]:
        """Yields the bytes of a stretch, a megabyte at a time. Raises `OSError`."""
        with self.path.open("rb") as stream:
            stream.seek(stretch.begin)
            left = stretch.end - stretch.begin
            while left and (chunk := stream.read(min(left, _CHUNK_BYTES))):
                left -= len(chunk)
                yield chunk


def frames_of(path: Path) -> Frames:
    """Returns the frames of an MP3 that this program wrote: a tag, an Info frame, then the frames.

    Raises `OSError` if it cannot be read, `ValueError` if it is not such a file.
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
    """Returns the frame nearest to `wanted` that can be cut: best after a silent frame, else where no earlier bytes are used."""
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
    """Returns whether a frame uses no bytes of earlier ones. The number is in 8 bits in MPEG-2, in 9 bits in MPEG-1."""
    return body[0] == 0 and body[1] >> 7 == 0
