"""Joining: clips, pauses and chapter starts, in order, become one stream of frames. Copying, no decoding."""

from collections.abc import Callable, Iterable
from typing import BinaryIO, TypeAlias

from chaptercast.audio.chapters import fit
from chaptercast.audio.id3 import MAX_CHAPTERS, write_tag
from chaptercast.audio.model import Chapter, ChapterStart, Recording, Tag
from chaptercast.common.mpeg_frames import Grid, info_frame, silence
from chaptercast.common.units import FrameCount, Milliseconds, Samples
from chaptercast.speech.model import Clip

CHAPTER_LEAD = Milliseconds(200)
"""A chapter starts this long before its first sound, so that a player that is late or fades in cuts off nothing."""
CLOSING_SILENCE = Milliseconds(1000)
"""After the last sound, so that the next file of a playlist does not fall in."""

Part: TypeAlias = Clip | Milliseconds | ChapterStart
"""A clip, a pause (what a listener is to hear between the last sound and the next), or the place where a chapter starts."""


Placed: TypeAlias = Callable[[Clip, Samples], None]
"""Told of each clip when it is joined, and when its first frame begins."""


def _untold(_clip: Clip, _begins: Samples) -> None:
    """Nobody listens."""


class Joiner:
    """Writes parts to a stream as they come, and knows every time by counting."""

    def __init__(self, stream: BinaryIO, grid: Grid, placed: Placed = _untold) -> None:
        """`stream` takes the frames; it is written in order and never read."""
        self._stream = stream
        self._grid = grid
        self._placed = placed
        self._frames = 0
        self._bytes = 0
        self._sound_end = 0
        """In samples, when the last sound ended."""
        self._pause: int = grid.samples(CHAPTER_LEAD)
        """In samples, the silence owed before the next sound."""
        self._opening: list[ChapterStart] = []
        self._starts: list[tuple[ChapterStart, Samples]] = []

    def add(self, part: Part) -> None:
        """Take the next part."""
        match part:
            case Clip():
                self._add_clip(part)
            case ChapterStart():
                self._opening.append(part)
            case pause:
                self._pause += self._grid.samples(pause)

    def finish(self) -> Recording:
        """Write the closing silence. Raises `ValueError` where no chapter was ever started."""
        self._pad(self._sound_end + self._grid.samples(CLOSING_SILENCE))
        self._open_chapters(self._sound_end)  # headings after the last sound still are chapters
        length = self._grid.milliseconds(self._frames * self._grid.samples_per_frame)
        times = [self._grid.milliseconds(start) for _, start in self._starts]
        if not times:
            raise ValueError("a recording has at least one chapter")
        times[0] = Milliseconds(0)
        chapters = tuple(
            Chapter(begun.id, begun.title, begun.level, start, end)
            for (begun, _), start, end in zip(self._starts, times, [*times[1:], length], strict=True)
        )
        return Recording(self._grid, FrameCount(self._frames), self._bytes, chapters)

    def _add_clip(self, clip: Clip) -> None:
        if clip.grid != self._grid:
            raise ValueError(f"a clip on {clip.grid} does not fit a recording on {self._grid}")
        self._pad(self._sound_end + self._pause - clip.onset)
        self._pause = 0
        start = self._frames * self._grid.samples_per_frame
        self._open_chapters(start + clip.onset)
        self._write(clip.frames, clip.frame_count)
        self._sound_end = start + clip.end
        self._placed(clip, Samples(start))

    def _open_chapters(self, first_sound: int) -> None:
        lead = self._grid.samples(CHAPTER_LEAD)
        previous = self._starts[-1][1] if self._starts else 0
        for opening in self._opening:
            self._starts.append((opening, Samples(max(previous, first_sound - lead))))
        self._opening.clear()

    def _pad(self, until: int) -> None:
        """Silence up to the frame boundary that is nearest to sample `until`."""
        count = self._grid.frames(until - self._frames * self._grid.samples_per_frame)
        self._write(silence(self._grid, count, self._bytes, self._frames), count)

    def _write(self, frames: bytes, count: int) -> None:
        self._stream.write(frames)
        self._frames += count
        self._bytes += len(frames)


def join(
    parts: Iterable[Part],
    starts: tuple[ChapterStart, ...],
    tag: Tag,
    grid: Grid,
    stream: BinaryIO,
    placed: Placed = _untold,
) -> Recording:
    """Write a whole MP3 to the seekable `stream`: tag, Info frame, audio.

    `starts` are all chapter starts that will come in `parts`: the space for the tag is held by their titles. `placed` is told of
    each clip. Raises `ValueError` where the starts differ, `OSError` where the stream cannot be written.
    """
    placeholder = _header(tag, tuple(_unplaced(start) for start in starts), grid, 0, 0)
    stream.write(placeholder)
    joiner = Joiner(stream, grid, placed)
    for part in parts:
        joiner.add(part)
    recording = joiner.finish()
    header = _header(tag, recording.chapters, grid, recording.frame_count, recording.audio_bytes)
    if len(header) != len(placeholder):
        raise ValueError("the chapters joined are not those announced")
    stream.seek(0)
    stream.write(header)
    return recording


def _unplaced(start: ChapterStart) -> Chapter:
    return Chapter(start.id, start.title, start.level, Milliseconds(0), Milliseconds(0))


def _header(tag: Tag, chapters: tuple[Chapter, ...], grid: Grid, frames: int, audio_bytes: int) -> bytes:
    return write_tag(tag, fit(chapters, MAX_CHAPTERS)) + info_frame(grid, frames, audio_bytes)
