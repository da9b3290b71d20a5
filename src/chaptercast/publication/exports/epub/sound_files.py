"""Divides the audio of a chapter among the files of an EPUB, so that each file is heard in the order of its text.

A note is told within a paragraph and stands after it. Some readers play a file through and look only at the beginnings of its clips, so
they would lose their place there. What is told out of order gets a file of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from chaptercast.common.units import Milliseconds
from chaptercast.publication.exports.book import Book, Chapterful, Clip
from chaptercast.publication.exports.book_markup import Sounding
from chaptercast.publication.exports.chapter_cuts import Stretch


class SoundFile(Struct, frozen=True):
    """An audio file of a book."""

    name: str
    stretch: Stretch


class PlacedClip(Struct, frozen=True):
    """A clip and the file that it is in."""

    file: str
    clip: Clip


class ChapterSound(Struct, frozen=True):
    """The audio files of a chapter, in the order of the recording, and the place of each sentence in them."""

    files: tuple[SoundFile, ...]
    placed: Mapping[str, PlacedClip]
    """By the id of the sentence."""


def chapter_sound(book: Book, chapter: Chapterful, sounding: Sequence[Sounding]) -> ChapterSound:
    """Returns the files of a chapter. `sounding` are its sentences in the order of the text. Raises `OSError`."""
    begins = book.frames.milliseconds(chapter.stretch.first)
    starts = sorted({round(begins) + clip.begin for clip in _out_of_order(sounding)})
    stretches = book.frames.divided(chapter.stretch, [Milliseconds(start) for start in starts])
    files = tuple(SoundFile(_name(chapter, number), stretch) for number, stretch in enumerate(stretches))
    offsets = [book.frames.milliseconds(stretch.first) - begins for stretch in stretches]
    ordered = sorted(sounding, key=lambda item: (item.clip.begin, item.clip.end))
    placed: dict[str, PlacedClip] = {}
    for number, group in groupby(ordered, lambda item: _file_of(item.clip, offsets)):
        length = int(book.frames.milliseconds(stretches[number].count))
        for name, clip in _moved([*group], offsets[number], length):
            placed[name] = PlacedClip(files[number].name, clip)
    return ChapterSound(files, placed)


def _out_of_order(sounding: Sequence[Sounding]) -> Iterator[Clip]:
    """Yields the clips that do not begin where the one before them in the text ends."""
    for before, after in pairwise(sounding):
        if after.clip.begin != before.clip.end:
            yield after.clip


def _name(chapter: Chapterful, number: int) -> str:
    return f"audio/s{chapter.number}-{number}.mp3" if number else f"audio/s{chapter.number}.mp3"


def _file_of(clip: Clip, offsets: Sequence[float]) -> int:
    middle = (clip.begin + clip.end) / 2
    return max(number for number, offset in enumerate(offsets) if offset <= middle or not number)


def _moved(items: Iterable[Sounding], offset: float, length: int) -> Iterator[tuple[str, Clip]]:
    """Yields the clips with times in their own file, which they fill without gaps, each at least a millisecond long."""
    own = [*items]
    begins = [0, *(round(item.clip.begin - offset) for item in own[1:])]
    for number in range(len(begins) - 1, 0, -1):
        latest = (begins[number + 1] if number + 1 < len(begins) else length) - 1
        begins[number] = max(min(begins[number], latest), 1)
    for item, (begin, end) in zip(own, pairwise([*begins, length]), strict=True):
        yield item.name, Clip(Milliseconds(begin), Milliseconds(end))
