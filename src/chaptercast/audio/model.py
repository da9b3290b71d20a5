"""What is joined, and what a recording is."""

from dataclasses import dataclass

from chaptercast.mpeg import Grid
from chaptercast.units import FrameCount, LanguageTag, Milliseconds, Samples


@dataclass(frozen=True, slots=True)
class ChapterStart:
    """A place in the order of clips and pauses where a chapter begins."""

    id: str
    title: str
    level: int
    """1 for the title and what follows it, 2 and deeper for headings."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a finished recording; chapters are contiguous, the last ends with the recording."""

    id: str
    title: str
    level: int
    start: Milliseconds
    end: Milliseconds


@dataclass(frozen=True, slots=True)
class Tag:
    """What the file says of itself; empty fields are not written."""

    title: str
    artist: str = ""
    date: str = ""
    """ISO 8601; year, month and day are used as far as they are there."""
    language: LanguageTag | None = None
    source: str = ""
    """An address in the web."""
    encoder: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished stream: what is known of it once it is written."""

    grid: Grid
    frame_count: FrameCount
    audio_bytes: int
    """Without tag and Info frame."""
    chapters: tuple[Chapter, ...]
    clip_starts: tuple[Samples, ...]
    """For each clip, in order, when its first frame begins."""

    @property
    def duration(self) -> Milliseconds:
        """Its length."""
        return self.grid.milliseconds(self.frame_count * self.grid.samples_per_frame)
