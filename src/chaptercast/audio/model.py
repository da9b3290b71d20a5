"""What is joined, and what a recording is."""

from typing import NamedTuple

from msgspec import Struct

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import FrameCount, LanguageTag, Milliseconds
from chaptercast.text_structure import Element, Mark
from chaptercast.voice_profiles import Role


class ChapterStart(Struct, frozen=True):
    """A place in the order of clips and pauses where a chapter begins."""

    id: str
    title: str
    level: int
    """1 for the title and what follows it, 2 and deeper for headings."""


class Chapter(Struct, frozen=True):
    """A chapter of a finished recording; chapters are contiguous, the last ends with the recording."""

    id: str
    title: str
    level: int
    start: Milliseconds
    end: Milliseconds


class Tag(Struct, frozen=True):
    """What the file says of itself; empty fields are not written."""

    title: str
    artist: str = ""
    date: str = ""
    """ISO 8601; year, month and day are used as far as they are there."""
    language: LanguageTag | None = None
    source: str = ""
    """An address in the web."""
    encoder: str = ""


class Recording(Struct, frozen=True):
    """A finished stream: what is known of it once it is written."""

    grid: Grid
    frame_count: FrameCount
    audio_bytes: int
    """Without tag and Info frame."""
    chapters: tuple[Chapter, ...]

    @property
    def duration(self) -> Milliseconds:
        """Its length."""
        return self.grid.milliseconds(self.frame_count * self.grid.samples_per_frame)


class TimedWord(NamedTuple):
    """A word of a sentence, as it is written, and when it begins to sound. A tuple: there are ten thousand in an hour."""

    start: Milliseconds
    offset: int
    """Where it begins in the sentence's text, in characters."""
    length: int
    """How many characters it has."""


class TimedSentence(Struct, frozen=True, omit_defaults=True):
    """A sentence as it is written, and when it sounds."""

    text: str
    """Without white space around it."""
    start: Milliseconds
    end: Milliseconds
    words: tuple[TimedWord, ...] = ()
    """In order; empty where only the sentence's own times are known."""
    before: str = ""
    """White space before it, as it is written."""
    after: str = ""
    """White space after it."""
    marks: tuple[Mark, ...] = ()
    """What is more than plain in its text, in order."""


class Passage(Struct, frozen=True, omit_defaults=True):
    """What was said in one go, with the times at which it is heard in the recording."""

    chapter: int
    """The number of its chapter in the recording, from 0."""
    role: Role
    language: LanguageTag
    continues: bool
    """Whether it goes on with the paragraph of the passage before it."""
    sentences: tuple[TimedSentence, ...]
    text: int = 0
    """The number of the text that it is of, or goes on with."""
    place: tuple[Element, ...] = ()
    """What the text stands in, outermost first."""
