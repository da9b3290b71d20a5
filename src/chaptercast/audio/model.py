"""The values of the joining stage: its input parts and the finished recording."""

from typing import NamedTuple

from msgspec import Struct

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import FrameCount, LanguageTag, Milliseconds
from chaptercast.text_structure import Element, Mark
from chaptercast.voice_profiles import Role


class ChapterStart(Struct, frozen=True):
    """The start of a chapter, as a place among clips and pauses."""

    id: str
    title: str
    level: int
    """1 for the title and the text after it, 2 and deeper for headings."""


class Chapter(Struct, frozen=True):
    """A chapter of a finished recording. Chapters are contiguous, and the last one ends with the recording."""

    id: str
    title: str
    level: int
    start: Milliseconds
    end: Milliseconds


class Tag(Struct, frozen=True):
    """The metadata of the file. Empty fields are not written."""

    title: str
    artist: str = ""
    date: str = ""
    """ISO 8601. Year, month and day are used if they are given."""
    language: LanguageTag | None = None
    source: str = ""
    """A web address."""
    encoder: str = ""
    picture: bytes = b""
    """Its cover."""
    picture_type: str = ""
    """As MIME has it."""


class Recording(Struct, frozen=True):
    """The properties of a finished stream."""

    grid: Grid
    frame_count: FrameCount
    audio_bytes: int
    """Without tag and Info frame."""
    chapters: tuple[Chapter, ...]

    @property
    def duration(self) -> Milliseconds:
        """The duration of the recording."""
        return self.grid.milliseconds(self.frame_count * self.grid.samples_per_frame)


class TimedWord(NamedTuple):
    """A word of a sentence as it is written, with its onset. A tuple, because an hour has ten thousand of them."""

    start: Milliseconds
    offset: int
    """Its position in the sentence's text, in characters."""
    length: int
    """Its length in characters."""


class TimedSentence(Struct, frozen=True, omit_defaults=True):
    """A sentence as it is written, with the time of its sound."""

    text: str
    """Without white space around it."""
    start: Milliseconds
    end: Milliseconds
    words: tuple[TimedWord, ...] = ()
    """In order. Empty if only the sentence's own times are known."""
    before: str = ""
    """The written white space before it."""
    after: str = ""
    """The written white space after it."""
    marks: tuple[Mark, ...] = ()
    """Its inline marks, in order."""


class Passage(Struct, frozen=True, omit_defaults=True):
    """Text that was spoken in one go, with its times in the recording."""

    chapter: int
    """The index of its chapter in the recording, from 0."""
    role: Role
    language: LanguageTag
    continues: bool
    """Whether it continues the paragraph of the previous passage."""
    sentences: tuple[TimedSentence, ...]
    text: int = 0
    """The number of the text that it belongs to or continues."""
    place: tuple[Element, ...] = ()
    """The elements that contain the text, outermost first."""
