"""A finished recording as exporters use it: its chapters, each with its frames, its text, and the times of its lines."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from chaptercast.audio.model import Chapter, Passage
from chaptercast.common.units import Milliseconds
from chaptercast.errors import InputError
from chaptercast.publication.exports.article_text import TEXT_FILE, Head, read_text
from chaptercast.publication.exports.chapter_cuts import Frames, Stretch, frames_of
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.manifest import read_episode
from chaptercast.publication.model import Episode
from chaptercast.publication.timed_structure import Line, Part, Row, Text, Time, structured

DEEPEST = 6
_AGAIN = "Convert the article again."


class Chapterful(Struct, frozen=True):
    """A chapter of a book."""

    number: int
    chapter: Chapter
    level: int
    """From 1 to 6; no level is skipped."""
    stretch: Stretch
    duration: Milliseconds
    heading: Text | None = None
    """The spoken heading; None if it is not spoken."""
    parts: tuple[Part, ...] = ()

    @property
    def title(self) -> str:
        """Its heading as text, or the chapter's title if the heading is not spoken."""
        return (self.heading.plain if self.heading else self.chapter.title) or str(self.number + 1)


class Clip(Struct, frozen=True):
    """Start and end within the audio file of the chapter."""

    begin: Milliseconds
    end: Milliseconds


class Book(Struct, frozen=True, dict=True):
    """A recording with its text."""

    folder: Path
    episode: Episode
    frames: Frames
    passages: tuple[Passage, ...] = ()
    head: Head | None = None
    """None if the recording has no text."""

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The frames of each chapter."""
        return self.frames.cut([chapter.start for chapter in self.episode.chapters])

    @cached_property
    def chapters(self) -> tuple[Chapterful, ...]:
        """All chapters, with their texts."""
        found: list[Chapterful] = []
        level = 0
        for section in structured(self.episode.chapters, self.passages):
            stretch = self.stretches[section.number]
            level = min(max(1, section.chapter.level), level + 1, DEEPEST)
            length = Milliseconds(int(self.frames.milliseconds(stretch.count)))
            parts = tuple(section.parts)
            found.append(Chapterful(section.number, section.chapter, level, stretch, length, section.heading, parts))
        return tuple(found)

    @cached_property
    def page_labels(self) -> tuple[str, ...]:
        """The numbers in print of the pages of the article's source, if it has pages."""
        return tuple(page.source.label for page in self.episode.pages)

    @property
    def duration(self) -> Milliseconds:
        """Duration of the whole book: the sum of its chapters' durations, as they are written."""
        return Milliseconds(sum(chapter.duration for chapter in self.chapters))

    def sound(self, chapter: Chapterful) -> Iterator[bytes]:
        """Yields the frames of a chapter, in pieces."""
        return self.frames.content(chapter.stretch)

    def clips(self, chapter: Chapterful) -> tuple[Clip, ...]:
        """Returns the times of a chapter's heading and of each spoken line, in the order of the text.

        Together they cover the whole audio file of the chapter, without gaps. Audio without text, such as pauses and the narrator's
        announcements, belongs to the spoken line before it. A heading that is not spoken gets the silence at the beginning.
        """
        begins = self.frames.milliseconds(chapter.stretch.first)
        starts = [round(time.start - begins) for time in _times(chapter)]
        if chapter.heading is None:
            starts.insert(0, 0)
        order = sorted(range(len(starts)), key=lambda number: (starts[number], number))
        begun = _apart([starts[number] for number in order], chapter.duration)
        clips: list[Clip | None] = [None] * len(starts)
        for number, (begin, end) in zip(order, pairwise([*begun, chapter.duration]), strict=True):
            clips[number] = Clip(Milliseconds(begin), Milliseconds(end))
        return tuple(clip for clip in clips if clip is not None)


def open_book(folder: Path, *, needs_text: bool = True) -> Book:
    """Returns the recording in `folder`. Raises `InputError` if there is none, or if necessary files are missing."""
    try:
        episode = read_episode(folder / MANIFEST)
    except (OSError, ValueError) as error:
        raise InputError(
            f"{folder} holds no recording: {_reason(error)}.", "Give a folder that `chaptercast convert -o` made."
        ) from error
    audio = folder / episode.audio.file
    try:
        frames = frames_of(audio)
    except (OSError, ValueError) as error:
        raise InputError(f"{audio} cannot be used: {_reason(error)}.", _AGAIN) from error
    if abs(frames.milliseconds(frames.count) - episode.audio.duration) > 1:
        raise InputError(f"{audio} is not the recording that {MANIFEST} describes.", _AGAIN)
    try:
        head, passages = read_text(folder / TEXT_FILE)
    except (OSError, ValueError) as error:
        if needs_text:
            raise InputError(f"The text of {folder} is not kept with it: {_reason(error)}.", _AGAIN) from error
        return Book(folder, episode, frames)
    return Book(folder, episode, frames, tuple(passages), head)


def lines(part: Part) -> Iterator[Line]:
    """Yields the lines of a part, in order."""
    match part:
        case Text():
            yield from part.lines
        case Row():
            for _, text in part.cells:
                yield from text.lines


def _times(chapter: Chapterful) -> Iterator[Time]:
    heading = chapter.heading.lines if chapter.heading else ()
    for line in (*heading, *(line for part in chapter.parts for line in lines(part))):
        if line.time is not None:
            yield line.time


def _apart(starts: Sequence[int], end: int) -> list[int]:
    """Returns `starts` in order, the first at 0, each at least a millisecond apart and before `end`: no clip may be empty."""
    begun = [0]
    for start in starts[1:]:
        begun.append(max(start, begun[-1] + 1))
    for number in range(len(begun) - 1, 0, -1):
        begun[number] = min(begun[number], (begun[number + 1] if number + 1 < len(begun) else end) - 1)
    return begun


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).rstrip(".")
