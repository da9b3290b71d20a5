"""Reading a finished MP3 back with a reader that is not our writer, and holding it against what it should be.

Tag and chapters are read by mutagen; the frames are walked one by one, which is what proves length and times.
"""

import hashlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from chaptercast.audio.model import Chapter
from chaptercast.common.mpeg_frames import INFO_BYTES, Grid, frame_offsets, parse_header
from chaptercast.common.units import FrameCount, Milliseconds

_TAG_HEADER_BYTES = 10
_CHUNK_BYTES = 1 << 20


class Reading(Struct, frozen=True):
    """What a file says of itself and what is found in it."""

    grid: Grid
    frame_count: FrameCount
    """Frames of audio, the Info frame not counted."""
    audio_bytes: int
    file_bytes: int
    sha256: str
    """Of the whole file, in hexadecimal."""
    title: str
    chapters: tuple[Chapter, ...]
    """Level is 0: a tag has no levels."""
    findings: tuple[str, ...]
    """What is wrong, one line each; empty where nothing is."""

    @property
    def duration(self) -> Milliseconds:
        """The length of the audio, by its frames."""
        return self.grid.milliseconds(self.frame_count * self.grid.samples_per_frame)


def read_mp3(path: Path) -> Reading:
    """Read a chaptered MP3 as this program writes it.

    Raises `OSError` where it cannot be read, `ValueError` where it is no such file at all: no tag, no frame, frames of
    several kinds, junk or a cut between them. Whatever else is wrong stands in `findings`.
    """
    with path.open("rb") as stream:
        tag = _read_tag(stream)
        header = stream.read(4)
        grid = parse_header(header)
        info_length = grid.frame_bytes(padded=False)
        info = header + stream.read(info_length - len(header))
        if len(info) < info_length:
            raise ValueError("it ends within its first frame")
        digest = hashlib.sha256(tag + info)
        frames, audio_bytes = _walk(stream, grid, digest.update)
    title, chapters = _chapters(path)
    duration = grid.milliseconds(frames * grid.samples_per_frame)
    findings = (
        *_info_findings(info, grid, frames, audio_bytes + info_length),
        *_chapter_findings(chapters, duration, grid),
    )
    return Reading(
        grid=grid,
        frame_count=FrameCount(frames),
        audio_bytes=audio_bytes,
        file_bytes=len(tag) + info_length + audio_bytes,
        sha256=digest.hexdigest(),
        title=title,
        chapters=chapters,
        findings=findings,
    )


def _read_tag(stream: BinaryIO) -> bytes:
    header = stream.read(_TAG_HEADER_BYTES)
    if len(header) < _TAG_HEADER_BYTES or header[:3] != b"ID3":
        raise ValueError("no ID3v2 tag at its start")
    size = 0
    for byte in header[6:10]:
        size = size << 7 | byte & 0x7F
    return header + stream.read(size)


def _walk(stream: BinaryIO, grid: Grid, seen: Callable[[bytes], None]) -> tuple[int, int]:
    """Count frames and bytes from here to the end, a megabyte at a time, each of which is also `seen`."""
    frames = total = 0
    rest = b""
    while chunk := stream.read(_CHUNK_BYTES):
        seen(chunk)
        data = rest + chunk
        offsets = frame_offsets(data, grid, partial=True)
        frames += len(offsets) - 1
        total += offsets[-1]
        rest = data[offsets[-1] :]
    if rest:
        raise ValueError(f"the last {len(rest)} bytes are no whole frame")
    return frames, total


def _chapters(path: Path) -> tuple[str, tuple[Chapter, ...]]:
    from mutagen import MutagenError
    from mutagen.id3 import ID3

    try:
        tags = ID3(path)
    except MutagenError as error:
        raise ValueError(f"its ID3 tag cannot be read: {error}") from error
    by_id = {frame.element_id: frame for frame in tags.getall("CHAP")}
    contents = tags.getall("CTOC")
    if len(contents) != 1 or any(child not in by_id for child in contents[0].child_element_ids):
        raise ValueError("it has no single table of contents that lists its chapters")
    listed = (by_id[child] for child in contents[0].child_element_ids)
    chapters = tuple(
        Chapter(
            f.element_id, str(f.sub_frames.get("TIT2", "")), 0, Milliseconds(f.start_time), Milliseconds(f.end_time)
        )
        for f in listed
    )
    return str(tags.get("TIT2", "")), chapters


def _info_findings(info: bytes, grid: Grid, frames: int, total_bytes: int) -> Iterator[str]:
    at = 4 + (17 if grid.is_mpeg1 else 9)
    if info[at : at + 4] != b"Info" or len(info) < INFO_BYTES:
        yield "no Info frame: players must guess its length"
        return
    said_frames = int.from_bytes(info[at + 8 : at + 12], "big")
    said_bytes = int.from_bytes(info[at + 12 : at + 16], "big")
    if said_frames != frames:
        yield f"the Info frame says {said_frames} frames, there are {frames}"
    if said_bytes != total_bytes:
        yield f"the Info frame says {said_bytes} bytes, there are {total_bytes}"


def _chapter_findings(chapters: tuple[Chapter, ...], duration: Milliseconds, grid: Grid) -> Iterator[str]:
    if not chapters:
        yield "no chapters"
        return
    if chapters[0].start != 0:
        yield f"the first chapter starts at {chapters[0].start} ms, not at 0"
    for before, after in pairwise(chapters):
        if before.end != after.start:
            yield f"chapter “{after.title}” starts at {after.start} ms, the one before ends at {before.end} ms"
    for chapter in chapters:
        if chapter.end < chapter.start:
            yield f"chapter “{chapter.title}” ends before it starts"
        if not chapter.title:
            yield f"the chapter at {chapter.start} ms has no title"
    if abs(chapters[-1].end - duration) > grid.milliseconds(grid.samples_per_frame):
        yield f"the last chapter ends at {chapters[-1].end} ms, the audio at {duration} ms"
