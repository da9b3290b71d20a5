"""A line of the article as HTML: a span that knows its time, and in it links, notes, emphasis, languages."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import quote, urljoin

from markupsafe import Markup, escape
from msgspec import Struct, field

from chaptercast.audio.model import TimedWord
from chaptercast.common.units import LanguageTag
from chaptercast.publication.pages.markup import spoken_in, web_link
from chaptercast.publication.timed_structure import Line, Text, Time
from chaptercast.text_structure import PLAIN, Element, Mark, Style

PAGE_PREFIX = "page-"
"""What the page's own anchors begin with."""
_LONGEST_SIGN = 5
"""Characters of a reference to a note that is raised: a number, a dagger. Words stay on the line."""
_TAGS = (
    ("deleted", "del"),
    ("strong", "strong"),
    ("emphasis", "em"),
    ("code", "code"),
    ("raised", "sup"),
    ("lowered", "sub"),
)
"""From the outermost to the innermost, by the field of a style."""


class NoteNumbers(Struct):
    """The notes of a page in the order in which they are met: names in an article may be anything, and no address."""

    numbers: dict[str, int] = field(default_factory=dict)
    referred: set[str] = field(default_factory=set)
    """To what a reference stands in the page."""

    begun: set[str] = field(default_factory=set)

    def begin(self, note: Element) -> str:
        """The name of a note that begins: its own, or where another has it already, one that nothing refers to."""
        name = f"{note.name} {note.number}" if note.name in self.begun else note.name
        self.begun.add(name)
        return name

    def of(self, name: str) -> int:
        """The number of a note."""
        return self.numbers.setdefault(name, len(self.numbers) + 1)


class Inline(Struct, frozen=True):
    """How the lines of one article are written."""

    source: str = ""
    """Its address, from which relative links are counted."""
    notes: NoteNumbers = field(default_factory=NoteNumbers)

    def lines(self, text: Text) -> Markup:
        """All lines of a text."""
        return Markup("".join([self._line(line, text.language) for line in text.lines]))  # noqa: S704 - all of it is escaped

    def _line(self, line: Line, around: LanguageTag) -> str:
        language = "" if line.language == around else spoken_in(line.language, around)
        text = self._marked(line.text, line.marks, line.language) if line.marks else escape(line.text)
        return f"{escape(line.before)}<span{_times(line)}{language}>{text}</span>"

    def _marked(self, text: str, marks: Sequence[Mark], language: LanguageTag) -> str:
        """`text` with elements around its stretches; neighbours with the same link are one link."""
        pieces: list[str] = []
        for (link, note), group in groupby(_stretches(text, marks), lambda one: (one[1].link, one[1].note)):
            own = [*group]
            tags = [tag for tag in _TAGS if any(getattr(style, tag[0]) for _, style in own)]
            inner = _nested(own, tags, language)
            pieces.append(self._reference(inner, note) if note else self._linked(inner, link))
        return "".join(pieces)

    def _linked(self, inner: str, link: str) -> str:
        address = self._address(link) if link else ""
        return f'<a href="{escape(address)}" rel="noreferrer">{inner}</a>' if address else inner

    def _address(self, link: str) -> str:
        if link.lower().startswith("mailto:"):
            return "mailto:" + quote(link[len("mailto:") :], safe="@,?&=%+")
        try:
            return web_link(urljoin(self.source, link) if self.source else link)
        except ValueError:
            return ""

    def _reference(self, inner: str, note: str) -> str:
        number = self.notes.of(note)
        name = "" if note in self.notes.referred else f' id="{PAGE_PREFIX}ref-{number}"'
        self.notes.referred.add(note)
        link = f'<a{name} href="#{PAGE_PREFIX}note-{number}" role="doc-noteref">{inner}</a>'
        is_sign = "<sup>" not in inner and len(Markup(inner).striptags()) <= _LONGEST_SIGN  # noqa: S704 - it is escaped
        return f"<sup>{link}</sup>" if is_sign else link


def _stretches(text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, Style]]:
    """All of the text, in stretches of one style."""
    place = 0
    for mark in marks:
        if place < mark.offset:
            yield text[place : mark.offset], PLAIN
        place = mark.offset + mark.length
        yield text[mark.offset : place], mark.style
    if place < len(text):
        yield text[place:], PLAIN


def _nested(stretches: Sequence[tuple[str, Style]], tags: Sequence[tuple[str, str]], language: LanguageTag) -> str:
    """Stretches within their elements, of `tags`; neighbours that have an element in common stand in one."""
    if not tags:
        return "".join([_styled(text, style, language) for text, style in stretches])
    (name, tag), *inner = tags
    pieces: list[str] = []
    for has_it, group in groupby(stretches, lambda one: bool(getattr(one[1], name))):
        within = _nested([*group], inner, language)
        pieces.append(f"<{tag}>{within}</{tag}>" if has_it else within)
    return "".join(pieces)


def _styled(text: str, style: Style, language: LanguageTag) -> str:
    """A stretch with its language, its reading, what it stands for."""
    inner = str(escape(text))
    if style.reading and text.strip():
        inner = f"<ruby>{inner}<rp>(</rp><rt>{escape(style.reading)}</rt><rp>)</rp></ruby>"
    spoken = spoken_in(style.language, language) if style.language else ""
    if style.expansion:
        return f'<abbr title="{escape(style.expansion)}"{spoken}>{inner}</abbr>'
    return f"<span{spoken}>{inner}</span>" if spoken else inner


def _times(line: Line) -> str:
    if line.time is None:
        return ""
    words = _word_times(line.text, line.words, line.time)
    return f' data-b="{line.time.start}" data-e="{line.time.end}"' + (f' data-w="{words}"' if words else "")


def _word_times(text: str, words: Sequence[TimedWord], time: Time) -> str:
    """For each word three numbers: UTF-16 units from the end of the word before, its length in them, milliseconds from its start."""
    numbers: list[int] = []
    place, latest = 0, time.start
    astral = max(text) > "\uffff"
    for word in words:
        offset, end = word.offset, word.offset + word.length
        if astral:
            offset, end = _utf16(text[:offset]), _utf16(text[:end])
        numbers += (offset - place, end - offset, word.start - latest)
        place, latest = end, word.start
    return " ".join(map(str, numbers))


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
