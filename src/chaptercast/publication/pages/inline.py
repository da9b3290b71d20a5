"""Writes a line of the article as HTML: a span with its time, and in it links, notes, emphasis, languages."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from urllib.parse import quote, urljoin

from markupsafe import Markup, escape
from msgspec import Struct, field

from chaptercast.audio.model import TimedWord
from chaptercast.common.units import LanguageTag
from chaptercast.mathematics.mathml_writing import mathml
from chaptercast.publication.pages.markup import spoken_in, web_link
from chaptercast.publication.timed_structure import Line, Text, Time
from chaptercast.text_structure import PLAIN, Element, Mark, Style

PAGE_PREFIX = "page-"
"""The prefix of the page's own anchors."""
_LONGEST_SIGN = 5
"""The maximum length of a note reference that is raised: a number, a dagger. Words stay on the line."""
_TAGS = (
    ("deleted", "del"),
    ("strong", "strong"),
    ("emphasis", "em"),
    ("code", "code"),
    ("raised", "sup"),
    ("lowered", "sub"),
)
"""The tag for each field of a style, from the outermost to the innermost."""


class NoteNumbers(Struct):
    """Numbers the notes of a page in the order of their appearance. Names in an article can be anything, so they cannot be anchors."""

    numbers: dict[str, int] = field(default_factory=dict)
    referred: set[str] = field(default_factory=set)
    """The notes with a reference in the page."""

    begun: set[str] = field(default_factory=set)

    def begin(self, note: Element) -> str:
        """The name of a note that begins: its own. If another note already has it, a new name without references."""
        name = f"{note.name} {note.number}" if note.name in self.begun else note.name
        self.begun.add(name)
        return name

    def of(self, name: str) -> int:
        """The number of a note."""
        return self.numbers.setdefault(name, len(self.numbers) + 1)


class Inline(Struct, frozen=True):
    """Writes the lines of one article as HTML."""

    source: str = ""
    """The article's address, the base of relative links."""
    notes: NoteNumbers = field(default_factory=NoteNumbers)
    page_labels: Sequence[str] = ()
    """The numbers in print of the pages of the article's source."""

    def lines(self, text: Text) -> Markup:
        """All lines of a text."""
        return Markup("".join([self._line(line, text.language) for line in text.lines]))  # noqa: S704 - all of it is escaped

    def _line(self, line: Line, around: LanguageTag) -> str:
        language = "" if line.language == around else spoken_in(line.language, around)
        text = self._marked(line.text, line.marks, line.language) if line.marks else escape(line.text)
        return f"{escape(line.before)}<span{_times(line)}{language}>{text}</span>"

    def _marked(self, text: str, marks: Sequence[Mark], language: LanguageTag) -> str:
        """`text` with elements around its marked stretches. Adjacent stretches with the same link share one link."""
        pieces: list[str] = []
        for run in page_runs(stretches(text, marks)):
            pieces.append(self._page_break(run[0][1].page))
            for (link, note), group in groupby(run, lambda one: (one[1].link, one[1].note)):
                own = [*group]
                tags = [tag for tag in _TAGS if any(getattr(style, tag[0]) for _, style in own)]
                inner = _nested(own, tags, language)
                pieces.append(self._reference(inner, note) if note else self._linked(inner, link))
        return "".join(pieces)

    def _page_break(self, number: int) -> str:
        """The mark where a page of the source begins. It has no text, so the positions of words stay the same."""
        if not 0 < number <= len(self.page_labels):
            return ""
        label = escape(self.page_labels[number - 1])
        return f'<span role="doc-pagebreak" class="page-break" id="{PAGE_PREFIX}break-{number}" aria-label="{label}"></span>'

    def _linked(self, inner: str, link: str) -> str:
        address = link_address(link, self.source) if link else ""
        return f'<a href="{escape(address)}" rel="noreferrer">{inner}</a>' if address else inner

    def _reference(self, inner: str, note: str) -> str:
        number = self.notes.of(note)
        name = "" if note in self.notes.referred else f' id="{PAGE_PREFIX}ref-{number}"'
        self.notes.referred.add(note)
        link = f'<a{name} href="#{PAGE_PREFIX}note-{number}" role="doc-noteref">{inner}</a>'
        is_sign = "<sup>" not in inner and len(Markup(inner).striptags()) <= _LONGEST_SIGN  # noqa: S704 - it is escaped
        return f"<sup>{link}</sup>" if is_sign else link


def link_address(link: str, source: str) -> str:
    """The target of a link of an article from `source`, if it is a web or mail address; else an empty text."""
    if link.lower().startswith("mailto:"):
        return "mailto:" + quote(link[len("mailto:") :], safe="@,?&=%+")
    try:
        return web_link(urljoin(source, link) if source else link)
    except ValueError:
        return ""


def stretches(text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, Style]]:
    """The whole text, split into stretches of one style."""
    place = 0
    for mark in marks:
        if place < mark.offset:
            yield text[place : mark.offset], PLAIN
        place = mark.offset + mark.length
        yield text[mark.offset : place], mark.style
    if place < len(text):
        yield text[place:], PLAIN


def page_runs(stretches: Iterable[tuple[str, Style]]) -> Iterator[list[tuple[str, Style]]]:
    """The stretches in runs: each stretch that begins a page of the source begins a run."""
    run: list[tuple[str, Style]] = []
    for stretch in stretches:
        if stretch[1].page and run:
            yield run
            run = []
        run.append(stretch)
    if run:
        yield run


def _nested(stretches: Sequence[tuple[str, Style]], tags: Sequence[tuple[str, str]], language: LanguageTag) -> str:
    """Stretches inside elements for `tags`. Adjacent stretches with the same element share it."""
    if not tags:
        return "".join([_styled(text, style, language) for text, style in stretches])
    (name, tag), *inner = tags
    pieces: list[str] = []
    for has_it, group in groupby(stretches, lambda one: bool(getattr(one[1], name))):
        within = _nested([*group], inner, language)
        pieces.append(f"<{tag}>{within}</{tag}>" if has_it else within)
    return "".join(pieces)


def _styled(text: str, style: Style, language: LanguageTag) -> str:
    """A stretch with its language, its ruby reading, and the expansion of its abbreviation."""
    inner = (style.formula and mathml(style.formula, text)) or str(escape(text))
    if style.reading and text.strip():
        inner = f"<ruby>{inner}<rp>(</rp><rt>{escape(style.reading)}</rt><rp>)</rp></ruby>"
    spoken = spoken_in(style.language, language) if style.language else ""
    if style.expansion:
        return f'<abbr title="{escape(style.expansion)}"{spoken}>{inner}</abbr>'
    return f"<span{spoken}>{inner}</span>" if spoken else inner


def _times(line: Line) -> str:
    if line.time is None:
        return ""
    shown = all(mark.style.formula is None for mark in line.marks)  # else places in the text are not places on the page
    words = _word_times(line.text, line.words, line.time) if shown else ""
    return f' data-b="{line.time.start}" data-e="{line.time.end}"' + (f' data-w="{words}"' if words else "")


def _word_times(text: str, words: Sequence[TimedWord], time: Time) -> str:
    """Three numbers per word: UTF-16 units since the end of the previous word, UTF-16 length, milliseconds since that word's start."""
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
