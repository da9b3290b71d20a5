"""A finished recording as exporters see it: its chapters, each with its frames, its text, and when each line of it sounds."""

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
    """1 to 6, and no step left out."""
    stretch: Stretch
    duration: Milliseconds
    heading: Text | None = None
    """As it is heard, where it is."""
    parts: tuple[Part, ...] = ()

    @property
    def title(self) -> str:
        """Its heading as text; the chapter's title where it is not heard."""
        return (self.heading.plain if self.heading else self.chapter.title) or str(self.number + 1)


class Clip(Struct, frozen=True):
    """When something sounds within the file of its chapter."""

    begin: Milliseconds
    end: Milliseconds


class Book(Struct, frozen=True, dict=True):
    """A recording with its text."""

    folder: Path
    episode: Episode
    frames: Frames
    passages: tuple[Passage, ...] = ()
    head: Head | None = None
    """None where no text is kept."""

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The frames of each chapter."""
        return self.frames.cut([chapter.start for chapter in self.episode.chapters])

    @cached_property
    def chapters(self) -> tuple[Chapterful, ...]:
        """All of it."""
        found: list[Chapterful] = []
        level = 0
        for section in structured(self.episode.chapters, self.passages):
            stretch = self.stretches[section.number]
            level = min(max(1, section.chapter.level), level + 1, DEEPEST)
            length = Milliseconds(int(self.frames.milliseconds(stretch.count)))
            parts = tuple(section.parts)
            found.append(Chapterful(section.number, section.chapter, level, stretch, length, section.heading, parts))
        return tuple(found)

    @property
    def duration(self) -> Milliseconds:
        """Of the whole: the sum of its chapters, as they are written."""
        return Milliseconds(sum(chapter.duration for chapter in self.chapters))

    def sound(self, chapter: Chapterful) -> Iterator[bytes]:
        """The frames of a chapter, in pieces."""
        return self.frames.content(chapter.stretch)

    def clips(self, chapter: Chapterful) -> tuple[Clip, ...]:
        """When the heading of a chapter and each of its lines that are said sound, in the order of the text.

        Together they are the whole file of the chapter, without a gap: what has no text, as pauses and what the narrator announces,
        goes with the line that was said before it. A heading that is not heard has the silence in front.
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
    """The recording in `folder`. Raises `InputError` where there is none, or not all that is needed of it."""
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
    """The lines of a part, in order."""
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
    """`starts` in order, the first at 0, each a millisecond apart at least and before `end`: no clip may be empty."""
    begun = [0]
    for start in starts[1:]:
        begun.append(max(start, begun[-1] + 1))
    for number in range(len(begun) - 1, 0, -1):
        begun[number] = min(begun[number], (begun[number + 1] if number + 1 < len(begun) else end) - 1)
    return begun


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).rstrip(".")
