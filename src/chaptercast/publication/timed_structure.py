"""The article as it was built, in which each sentence knows its time: what pages and books with sound are written from.

A stream of parts, in the order in which they stand: an element begins, a text, an element ends. Nothing is held but a text, a row of
a table, and the notes that are told within a list, a quotation or a paragraph: they stand behind it, since they are no part of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.audio.model import Chapter, Passage, TimedSentence, TimedWord
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.script.model import Script, Unspoken
from chaptercast.text_structure import PLAIN, Cell, Element, Kind, Mark, shifted
from chaptercast.voice_profiles import Role

_QUOTE = Element(Kind.QUOTE)
"""What is quoted by its role alone, as in a script that knows no elements."""


class Time(Struct, frozen=True):
    """When a stretch of text sounds in the recording."""

    start: Milliseconds
    end: Milliseconds


class Line(Struct, frozen=True):
    """A sentence, or as much of it as stands in one cell of a table."""

    before: str
    """White space between it and the line before it."""
    text: str
    language: LanguageTag
    time: Time | None = None
    """None where it is not said."""
    words: tuple[TimedWord, ...] = ()
    marks: tuple[Mark, ...] = ()
    """What is more than plain in it, in order."""


class Text(Struct, frozen=True):
    """What belongs together, in as many passages as it was said in: a paragraph, a heading, some lines of code."""

    role: Role
    language: LanguageTag
    lines: tuple[Line, ...]
    after: str = ""
    """White space behind it."""

    @property
    def plain(self) -> str:
        """All of it."""
        return "".join(line.before + line.text for line in self.lines)


class Begin(Struct, frozen=True):
    """An element begins."""

    element: Element


class End(Struct, frozen=True):
    """The last element that began ends."""

    element: Element


class Row(Struct, frozen=True):
    """A row of a table as a whole: each of its cells with what stands in it."""

    cells: tuple[tuple[Cell, Text], ...]


Part: TypeAlias = Begin | Text | Row | End


class Section(Struct, frozen=True):
    """A chapter with its text."""

    number: int
    chapter: Chapter
    heading: Text | None
    """As it is heard, where it is."""
    parts: Iterator[Part]
    """To be gone through before the next section is asked for."""


def structured(
    chapters: Sequence[Chapter], passages: Iterable[Passage], unspoken: Iterable[Passage] = ()
) -> Iterator[Section]:
    """Every chapter with its text, those without any too. `passages` come in the order of their chapters, and are gone through once.

    `unspoken` is what stands between them and has no time, in the same order.
    """
    said = groupby(_merged(passages, unspoken), lambda passage: passage.chapter)
    following = next(said, None)
    for number, chapter in enumerate(chapters):
        parts: Iterator[Part] = iter(())
        if following is not None and following[0] == number:
            parts = _parts(following[1])
        first = next(parts, None)
        heading = first if isinstance(first, Text) and first.role is Role.HEADING else None
        yield Section(number, chapter, heading, parts if heading or first is None else _chain(first, parts))
        if following is not None and following[0] == number:
            following = next(said, None)


def unspoken_passages(script: Script) -> Iterator[Passage]:
    """What stands in a script and is not said, as `structured` takes it. The whole script is asked for."""
    for number, section in enumerate(script.sections):
        yield from (_silent(number, text) for text in section.unspoken)


def _silent(chapter: int, text: Unspoken) -> Passage:
    written = text.written
    begin, end = len(written) - len(written.lstrip()), len(written.rstrip())
    never = Milliseconds(-1)
    marks = shifted(text.marks, begin, end)
    sentence = TimedSentence(written[begin:end], never, never, (), written[:begin], written[end:], marks)
    return Passage(chapter, text.role, text.language, False, (sentence,), text.text, text.place)


def _chain(first: Part, rest: Iterator[Part]) -> Iterator[Part]:
    yield first
    yield from rest


def _merged(passages: Iterable[Passage], unspoken: Iterable[Passage]) -> Iterator[Passage]:
    """Those that show something, each silent one before the first that is told after it."""
    waiting = iter(unspoken)
    silent = next(waiting, None)
    for passage in passages:
        while silent is not None and (silent.chapter, silent.text) < (passage.chapter, passage.text):
            yield silent
            silent = next(waiting, None)
        if any(sentence.text for sentence in passage.sentences):
            yield passage
    if silent is not None:
        yield silent
        yield from waiting


def _parts(passages: Iterable[Passage]) -> Iterator[Part]:
    """The text of a section. Notes stand behind the outermost element, or the paragraph, in which they are told."""
    text, notes = _Nest(), _Notes()
    later: list[Passage] = []
    for passage in passages:
        if passage.place and passage.place[0].kind is Kind.NOTE:
            if text.is_open:
                later.append(passage)
            else:
                yield from notes.add(passage)
            continue
        if text.is_open and not text.goes_on(passage):
            yield from text.close()
            yield from notes.add(*later)
            later = []
        yield from notes.close()
        yield from text.add(passage)
    yield from text.close()
    yield from notes.add(*later)
    yield from notes.close()


class _Notes:
    """Notes one after the other; one that is told within another stands behind it."""

    def __init__(self) -> None:
        self._nest = _Nest()
        self._within: list[Passage] = []

    def add(self, *passages: Passage) -> Iterator[Part]:
        """Go on with passages of notes."""
        for passage in passages:
            depth = max(n for n, element in enumerate(passage.place) if element.kind is Kind.NOTE)
            if depth:
                self._within.append(replace(passage, place=passage.place[depth:]))
                continue
            if not self._nest.goes_on(passage):
                yield from self.close()
            yield from self._nest.add(passage)

    def close(self) -> Iterator[Part]:
        """End everything."""
        yield from self._nest.close()
        within, self._within = self._within, []
        for passage in within:
            yield from self._nest.add(passage)
        yield from self._nest.close()


class _Nest:
    """The elements that have begun and not ended, and the text at hand."""

    def __init__(self) -> None:
        self._open: list[Element] = []
        self._held: list[Passage] = []

    @property
    def is_open(self) -> bool:
        """Whether there is any."""
        return bool(self._held)

    def goes_on(self, passage: Passage) -> bool:
        """Whether a passage is of the text at hand, or stands in the same outermost element."""
        return self._is_same_text(passage) or (bool(self._open) and _place(passage)[:1] == tuple(self._open[:1]))

    def add(self, passage: Passage) -> Iterator[Part]:
        """Go on with a passage: what it ends and begins."""
        if self._is_same_text(passage):
            self._held.append(passage)
            return
        yield from self._finished()
        place = _place(passage)
        place = place[:-1] if place and place[-1].kind is Kind.ROW else place
        alike = 0
        while alike < min(len(place), len(self._open)) and place[alike] == self._open[alike]:
            alike += 1
        yield from self._ended(alike)
        for element in place[alike:]:
            self._open.append(element)
            yield Begin(element)
        self._held = [passage]

    def close(self) -> Iterator[Part]:
        """End everything."""
        yield from self._finished()
        yield from self._ended(0)

    def _is_same_text(self, passage: Passage) -> bool:
        if not self._held:
            return False
        last = self._held[-1]
        if passage.text or last.text:
            return passage.text == last.text
        return passage.continues and passage.role is last.role

    def _finished(self) -> Iterator[Part]:
        if self._held:
            place = self._held[0].place
            cells = place[-1].cells if place and place[-1].kind is Kind.ROW else None
            yield _text(self._held) if cells is None else _row(self._held, cells)
            self._held = []

    def _ended(self, depth: int) -> Iterator[Part]:
        while len(self._open) > depth:
            yield End(self._open.pop())


def _place(passage: Passage) -> tuple[Element, ...]:
    place = passage.place
    if passage.role is Role.QUOTE and not any(element.kind is Kind.QUOTE for element in place):
        return (_QUOTE, *place)
    return place


def _text(passages: Sequence[Passage]) -> Text:
    first, *rest = (line for _, line in _lines(passages))
    if not any(element.kind is Kind.CODE for element in passages[0].place):
        first = replace(first, before="")
    lines = (first, *rest)
    return Text(passages[0].role, passages[0].language, lines, passages[-1].sentences[-1].after)


def _row(passages: Sequence[Passage], cells: Sequence[Cell]) -> Row:
    lines: list[list[Line]] = [[] for _ in cells]
    for cell, line in _lines(passages):
        if cell is not None and cell < len(cells):
            lines[cell].append(line if lines[cell] else replace(line, before=""))
    role, language = passages[0].role, passages[0].language
    return Row(tuple((cell, Text(role, language, tuple(own))) for cell, own in zip(cells, lines, strict=True)))


def _lines(passages: Sequence[Passage]) -> Iterator[tuple[int | None, Line]]:
    """The lines of a text, each with the number of the cell that it stands in."""
    space, cell = "", None
    for passage in passages:
        for sentence in passage.sentences:
            space += sentence.before
            if _is_whole(sentence):
                if sentence.text:
                    yield None, _line(sentence, passage.language, space if cell is None else "")
                    space, cell = "", None
            else:
                for number, line in _cut(sentence, passage.language):
                    yield number, replace(line, before=space if number == cell else "")
                    space, cell = "", number
            space += sentence.after


def _is_whole(sentence: TimedSentence) -> bool:
    """Whether it is one line as it stands."""
    return not any(mark.style.supplied or mark.style.cell is not None for mark in sentence.marks)


def _line(sentence: TimedSentence, language: LanguageTag, before: str) -> Line:
    time = None if sentence.start < 0 else Time(sentence.start, sentence.end)
    return Line(before, sentence.text, language, time, sentence.words, sentence.marks)


def _cut(sentence: TimedSentence, language: LanguageTag) -> Iterator[tuple[int | None, Line]]:
    """A sentence, cut where a cell ends; what the narrator supplied is no part of it."""
    own = [*_stretches(sentence)]
    starts = [*_starts(sentence, [begin for begin, _, _ in own]), sentence.end]
    for (begin, end, cell), (start, following) in zip(own, pairwise(starts), strict=True):
        words = tuple(
            TimedWord(word.start, word.offset - begin, min(word.length, end - word.offset))
            for word in sentence.words
            if begin <= word.offset < end
        )
        time = None if sentence.start < 0 else Time(start, following)
        text = sentence.text[begin:end]
        yield cell, Line("", text, language, time, words, shifted(sentence.marks, begin, end))


def _stretches(sentence: TimedSentence) -> Iterator[tuple[int, int, int | None]]:
    """Begin, end and cell of the parts of a sentence that the author wrote."""
    inner = (edge for mark in sentence.marks for edge in (mark.offset, mark.offset + mark.length))
    edges = [0, *inner, len(sentence.text)]
    style = {mark.offset: mark.style for mark in sentence.marks}
    spans = [(a, b, style.get(a, PLAIN)) for a, b in pairwise(edges) if a < b]
    for (cell, supplied), group in groupby(spans, lambda span: (span[2].cell, span[2].supplied)):
        own = [*group]
        if not supplied:
            yield own[0][0], own[-1][1], cell


def _starts(sentence: TimedSentence, places: Sequence[int]) -> Iterator[Milliseconds]:
    """When what stands at each of the `places` begins: with its first word, else in proportion to the characters."""
    latest = sentence.start
    for number, place in enumerate(places):
        word = next((word.start for word in sentence.words if word.offset >= place), None)
        share = (sentence.end - sentence.start) * place // max(1, len(sentence.text))
        time = sentence.start if number == 0 else Milliseconds(sentence.start + share) if word is None else word
        latest = min(max(time, latest), sentence.end)
        yield latest
