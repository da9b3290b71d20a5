"""Finds the sentences of a recording in the pages that it was made of, by their letters, in order."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from chaptercast.publication.exports.book import Book, Clip
from chaptercast.publication.exports.epub_original.markup_map import MarkupMap, letters_of
from chaptercast.publication.timed_structure import Begin, End, Line, Row, Text
from chaptercast.text_structure import Kind

_NEAR = 400
"""How many letters may be passed over, since they are not spoken: page numbers, marks, long code."""
_SURE = 8
"""From this many letters on, a sentence is looked for in the whole book."""


class Spoken(Struct, frozen=True):
    """A sentence of the recording."""

    chapter: int
    text: str
    clip: Clip
    """In the audio of its chapter."""
    in_note: bool = False


class Found(Struct, frozen=True):
    """A sentence in the letters of all pages, as if they were one: from `begin` to before `end`."""

    spoken: Spoken
    begin: int
    end: int


def spoken_lines(book: Book) -> Iterator[Spoken]:
    """Yields what is said, in the order of the text."""
    for chapter in book.chapters:
        clips = iter(book.clips(chapter))
        if chapter.heading is None:
            yield Spoken(chapter.number, "", next(clips))
        else:
            yield from (_spoken(chapter.number, line, next(clips), False) for line in _timed(chapter.heading.lines))
        notes = 0
        for part in chapter.parts:
            match part:
                case Begin(element):
                    notes += element.kind is Kind.NOTE
                case End(element):
                    notes -= element.kind is Kind.NOTE
                case Text(lines=lines):
                    yield from (_spoken(chapter.number, line, next(clips), bool(notes)) for line in _timed(lines))
                case Row(cells=cells):
                    for _, text in cells:
                        for line in _timed(text.lines):
                            yield _spoken(chapter.number, line, next(clips), bool(notes))


def aligned(spoken: Sequence[Spoken], pages: Sequence[MarkupMap]) -> list[Found]:
    """Returns the sentences that were found, in the order of `spoken`."""
    search = _Search("".join("".join(page.letters) for page in pages))
    found: list[Found | None] = [search.find(one) for one in spoken]
    return [one for one in _filled(spoken, found) if one is not None]


class _Search:
    def __init__(self, letters: str) -> None:
        self.letters = letters
        self._cursor = 0
        self._aside = -1
        """Where the last note ended."""

    def find(self, spoken: Spoken) -> Found | None:
        key = letters_of(spoken.text)
        if not key:
            return None
        places = [self._aside, self._cursor] if spoken.in_note and self._aside >= 0 else [self._cursor, self._aside]
        for place in places:
            at = self.letters.find(key, place, place + _NEAR + len(key)) if place >= 0 else -1
            if at >= 0:
                return self._placed(spoken, at, len(key), is_aside=place == self._aside)
        if len(key) < _SURE and not spoken.in_note:
            return None
        at = self.letters.find(key, self._cursor)
        if at < 0 or spoken.in_note:
            other = self.letters.find(key) if at < 0 else at
            return None if other < 0 else self._placed(spoken, other, len(key), is_aside=True)
        return self._placed(spoken, at, len(key), is_aside=False)

    def _placed(self, spoken: Spoken, at: int, length: int, *, is_aside: bool) -> Found:
        if is_aside:
            self._aside = at + length
        else:
            self._cursor = at + length
        return Found(spoken, at, at + length)


def _filled(spoken: Sequence[Spoken], found: Sequence[Found | None]) -> Iterator[Found | None]:
    """Yields what was found; and for a sentence between two others, which is written in another way than it is kept, what is between."""
    for number, one in enumerate(found):
        if one is not None or not letters_of(spoken[number].text):
            yield one
            continue
        before = found[number - 1] if number else None
        after = found[number + 1] if number + 1 < len(found) else None
        between = range(before.end, after.begin) if before and after else range(0)
        is_likely = 0 < len(between) <= 3 * len(letters_of(spoken[number].text))
        yield Found(spoken[number], between.start, between.stop) if is_likely else None


def _timed(lines: Sequence[Line]) -> Iterator[Line]:
    return (line for line in lines if line.time is not None)


def _spoken(chapter: int, line: Line, clip: Clip, in_note: bool) -> Spoken:
    return Spoken(chapter, line.text, clip, in_note)
