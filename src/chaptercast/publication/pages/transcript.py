"""The timed text as a page shows it: sections below their headings, paragraphs of sentences. Streamed: nothing is held but a paragraph."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from markupsafe import Markup
from msgspec import Struct

from chaptercast.audio.model import Chapter, Passage, TimedSentence
from chaptercast.profile import Role
from chaptercast.publication.pages.markup import spoken_in
from chaptercast.units import LanguageTag, Milliseconds, primary

PAGE_PREFIX = "page-"
"""What the page's own anchors begin with."""
_ANCHOR = re.compile(r"[\w.:-]+")
_DEEPEST = 6
_WIDE = frozenset("WF")


class Line(Struct, frozen=True):
    """A sentence as it stands in its paragraph."""

    before: str
    """What parts it from the sentence before it: a space, or nothing in scripts that put none."""
    text: str
    start: Milliseconds
    end: Milliseconds
    words: str
    """For each word three numbers: UTF-16 units from the end of the word before, its length in them, milliseconds from its start."""
    language: Markup
    """As attributes, where it differs from the paragraph's."""


class Paragraph(Struct, frozen=True):
    """What belongs together, in as many passages as it was said in."""

    role: Role
    language: Markup
    """As attributes, where it differs from the page's."""
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(line.before + line.text for line in self.lines)


class Section(Struct, frozen=True):
    """A chapter as the page shows it."""

    number: int
    anchor: str
    chapter: Chapter
    level: int
    """Of its heading: below the page's title, and without a step left out."""
    heading: Paragraph | None
    """As it is heard, where it is."""
    groups: Iterator[tuple[bool, Iterator[Paragraph]]]
    """Quoted or not, and the paragraphs, in order; to be gone through before the next section is asked for."""


def anchors(chapters: Sequence[Chapter]) -> tuple[str, ...]:
    """Where links lead to each chapter: its `id` where that may stand in a page, and once."""
    taken: set[str] = set()
    found: list[str] = []
    for number, chapter in enumerate(chapters):
        free = _ANCHOR.fullmatch(chapter.id) and not chapter.id.startswith(PAGE_PREFIX) and chapter.id not in taken
        found.append(chapter.id if free else f"{PAGE_PREFIX}chapter-{number}")
        taken.add(chapter.id)
    return tuple(found)


def sections(chapters: Sequence[Chapter], passages: Iterable[Passage], language: LanguageTag) -> Iterator[Section]:
    """Every chapter with its text, those without any too. `passages` come in the order of their chapters, and are gone through once."""
    grouped = groupby(_paragraphs(passages, language), lambda paragraph: paragraph[0])
    following = next(grouped, None)
    above = 1
    for number, (chapter, anchor) in enumerate(zip(chapters, anchors(chapters), strict=True)):
        above = min(max(2, chapter.level), above + 1, _DEEPEST)
        text: Iterator[Paragraph] = iter(())
        if following is not None and following[0] == number:
            text = (paragraph for _, paragraph in following[1])
        first = next(text, None)
        heading = first if first is not None and first.role is Role.HEADING else None
        rest = text if heading or first is None else chain((first,), text)
        yield Section(number, anchor, chapter, above, heading, groupby(rest, lambda p: p.role is Role.QUOTE))
        if following is not None and following[0] == number:
            following = next(grouped, None)


def _paragraphs(passages: Iterable[Passage], language: LanguageTag) -> Iterator[tuple[int, Paragraph]]:
    """Paragraphs with the numbers of their chapters; what continues one is joined to it."""
    held: list[Passage] = []
    for passage in passages:
        if not any(sentence.text for sentence in passage.sentences):
            continue
        if held and not (passage.continues and passage.chapter == held[0].chapter and passage.role is held[0].role):
            yield held[0].chapter, _paragraph(held, language)
            held = []
        held.append(passage)
    if held:
        yield held[0].chapter, _paragraph(held, language)


def _paragraph(passages: Sequence[Passage], language: LanguageTag) -> Paragraph:
    own = passages[0].language
    lines: list[Line] = []
    for passage in passages:
        part = spoken_in(passage.language, own)
        for sentence in passage.sentences:
            if sentence.text:
                before = _between(lines[-1].text, sentence.text, passage.language) if lines else ""
                lines.append(Line(before, sentence.text, sentence.start, sentence.end, _word_times(sentence), part))
    return Paragraph(passages[0].role, spoken_in(own, language), tuple(lines))


def _between(earlier: str, later: str, language: LanguageTag) -> str:
    """Ideographs and full-width marks need no space after them; Hangul, as wide, has one."""
    unspaced = unicodedata.east_asian_width(earlier[-1]) in _WIDE and primary(language) != "ko"
    return "" if unspaced or (unicodedata.east_asian_width(later[0]) in _WIDE and primary(language) != "ko") else " "


def _word_times(sentence: TimedSentence) -> str:
    numbers: list[int] = []
    place, time = 0, sentence.start
    astral = max(sentence.text) > "\uffff"
    for word in sentence.words:
        offset, end = word.offset, word.offset + word.length
        if astral:
            offset, end = _utf16(sentence.text[:offset]), _utf16(sentence.text[:end])
        numbers += (offset - place, end - offset, word.start - time)
        place, time = end, word.start
    return " ".join(map(str, numbers))


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
