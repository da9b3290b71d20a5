"""Writes the article's text as the markup of a book: elements, sentences with ids, and the times of the spoken ones.

One walk over the parts of a chapter. The differences between XHTML 5, XHTML 1.0 and DTBook are in `Dialect` values and subclasses of
`Writer`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from markupsafe import escape
from msgspec import Struct, field

from chaptercast.common.unicode_text import xml_text
from chaptercast.common.units import LanguageTag
from chaptercast.mathematics.mathml_writing import mathml
from chaptercast.publication.exports.book import Book, Chapterful, Clip
from chaptercast.publication.exports.notes import Notes
from chaptercast.publication.exports.page_breaks import PageBreak
from chaptercast.publication.pages.inline import link_address, page_runs, stretches
from chaptercast.publication.pages.markup import declared, direction, web_link
from chaptercast.publication.pictures import kept_figure
from chaptercast.publication.timed_structure import Begin, End, Line, Part, Row, Text
from chaptercast.text_structure import Cell, Element, Header, Kind, Style

_SCOPES: Mapping[Header, str] = MappingProxyType({Header.COLUMN: "col", Header.ROW: "row"})
_MOST_SPAN = 1000
_GROUPED = (Kind.LIST, Kind.TABLE, Kind.FIGURE, Kind.NOTE)
"""Elements that a listener may want to skip as a whole."""


class Sounding(Struct, frozen=True):
    """A spoken sentence: its id in the text, and its time."""

    name: str
    clip: Clip


class Group(Struct):
    """The spoken sentences within an element."""

    kind: Kind
    name: str
    items: "list[Sounding | Group]" = field(default_factory=list)


class Dialect(Struct, frozen=True):
    """The tags and attributes of a markup language."""

    tags: Mapping[Kind, str]
    figure_caption: str
    sentence: str
    inline: tuple[tuple[str, str], ...]
    """Tags by the field of a style, from the outermost to the innermost."""
    is_html: bool = True
    ruby: bool = False
    has_mathml: bool = False
    item_values: bool = True
    captions_hold_paragraphs: bool = True
    pictures: str = ""
    """The folder of pictures in the book, with a slash at its end."""
    picture_suffixes: tuple[str, ...] = (".jpg", ".png", ".gif", ".webp")


class Writer:
    """Writes one chapter of a book: first its text in pieces, then the spoken sentences."""

    dialect: Dialect

    def __init__(self, book: Book, chapter: Chapterful, notes: Notes) -> None:
        """`notes` are those of the whole book."""
        self.book = book
        self.chapter = chapter
        self.notes = notes
        self.sounding: list[Sounding | Group] = []
        """The spoken sentences, in the order of the text."""
        self.pages: list[PageBreak] = []
        """The pages of the source that begin in the chapter."""
        self.has_formulas = False
        """Whether a formula is shown as MathML."""
        self._into = [self.sounding]
        self._clips = iter(book.clips(chapter))
        self._count = 0
        self._language = book.episode.language
        self._open: list[tuple[Kind, str]] = []
        self._groups: list[Group | None] = []
        self._note = ""
        self._elements = 0
        self._picture = ""
        """The picture of the current figure, until it is shown."""
        self._source = web_link(book.episode.source)
        self.pictures: dict[str, Path] = {}
        """The file of each picture that is shown, by its path in the book."""

    # Methods that subclasses may override.

    def languages(self, language: LanguageTag, around: LanguageTag) -> str:
        """Returns the attributes for text in `language` within another language."""
        if declared(language) == declared(around):
            return ""
        turned = f' dir="{direction(language)}"' if direction(language) != direction(around) else ""
        return f' lang="{declared(language)}" xml:lang="{declared(language)}"{turned}'

    def sentence_attributes(self, name: str) -> str:
        """Returns the attributes of a spoken sentence."""
        return f' id="{name}"'

    def note_attributes(self, name: str) -> str:
        """Returns the attributes of a note."""
        return f' class="note" id="{name}"'

    def reference(self, inner: str, name: str, place: str) -> str:
        """Returns a reference to the note at `place`. `name` is the id of the reference, if it has one."""
        named = f' id="{name}"' if name else ""
        return f'<a{named} href="{place}">{inner}</a>'

    def back(self, inner: str, place: str) -> str:
        """Returns the mark of a note, which links back to `place` if there is a reference."""
        return f'<a href="{place}">{inner}</a>' if place else inner

    def address(self, chapter: int, name: str) -> str:
        """Returns an address within the book."""
        return f"#{name}" if chapter == self.chapter.number else f"s{chapter}.xhtml#{name}"

    def page_break(self, page: PageBreak) -> str:
        """Returns the mark where a page of the source begins."""
        return f'<span class="page-{page.kind}" id="{page.name}">{esc(page.label)}</span> '

    def picture(self, element: Element) -> str:
        """Returns the address in the book of a figure's picture that is stored with the recording; empty if it is not shown."""
        kept = kept_figure(self.book.folder, element.source)
        if kept is None or kept.suffix not in self.dialect.picture_suffixes:
            return ""
        place = f"{self.dialect.pictures}{kept.name}"
        self.pictures[place] = kept
        return place

    # The walk

    def heading(self) -> str:
        """Returns the spoken heading, or the chapter's title, whose time is the silence before the text."""
        heading = self.chapter.heading
        if heading is None:
            return self._sounding(esc(self.chapter.title or str(self.chapter.number + 1)), "")
        return self.lines(heading)

    def body(self) -> Iterator[str]:
        """Yields everything below the heading."""
        for part in self.chapter.parts:
            yield self.part(part)

    def part(self, part: Part) -> str:
        """Returns a part as markup."""
        match part:
            case Text():
                return self._text(part)
            case Row():
                return f"<tr>{''.join(self._cell(*cell) for cell in part.cells)}</tr>\n"
            case Begin():
                return self._begin(part.element)
            case End():
                return self._end()

    def lines(self, text: Text, *, spaces: bool = True) -> str:
        """Returns the lines of a text as markup."""
        return "".join([self._line(line, text.language, spaces=spaces) for line in text.lines])

    def _line(self, line: Line, around: LanguageTag, *, spaces: bool) -> str:
        inner = self._marked(line) if line.marks else esc(line.text)
        before = esc(line.before) if spaces else ""
        language = self.languages(line.language, around)
        if line.time is None:
            return f"{before}{self.unspoken(inner, language)}"
        return before + self._sounding(inner, language)

    def unspoken(self, inner: str, attributes: str) -> str:
        """Returns a line that is not spoken."""
        return f'<{self.dialect.sentence} class="unspoken"{attributes}>{inner}</{self.dialect.sentence}>'

    def _sounding(self, inner: str, attributes: str) -> str:
        name = f"s{self.chapter.number}-{self._count}"
        self._count += 1
        self._into[-1].append(Sounding(name, next(self._clips)))
        tag = self.dialect.sentence
        return f"<{tag}{self.sentence_attributes(name)}{attributes}>{inner}</{tag}>"

    def _marked(self, line: Line) -> str:
        pieces: list[str] = []
        in_code = any(kind is Kind.CODE for kind, _ in self._open)
        for run in page_runs(stretches(line.text, line.marks)):
            pieces.append(self._page(run[0][1].page))
            for (link, note), group in groupby(run, lambda one: (one[1].link, one[1].note)):
                own = [*group]
                inner = self._nested(own, () if in_code else self.dialect.inline, line.language)
                pieces.append(self._reference(inner, note) if note else self._linked(inner, link))
        return "".join(pieces)

    def _page(self, number: int) -> str:
        """Returns the mark where a page of the source begins. It belongs to the sentence under construction."""
        labels = self.book.page_labels
        if not 0 < number <= len(labels):
            return ""
        name = f"page-{number}"
        self.pages.append(PageBreak(name, labels[number - 1], f"s{self.chapter.number}-{self._count}"))
        return self.page_break(self.pages[-1])

    def _linked(self, inner: str, link: str) -> str:
        address = link_address(link, self._source) if link else ""
        return self.link(inner, address) if address else inner

    def link(self, inner: str, address: str) -> str:
        """Returns a link to the web."""
        return f'<a href="{esc(address)}">{inner}</a>'

    def _reference(self, inner: str, note: str) -> str:
        found = self.notes.place(note)
        if found is None:
            return inner
        name = self.notes.refer(note, self.chapter.number)
        return self.reference(inner, name, self.address(*found))

    def _nested(self, own: Sequence[tuple[str, Style]], tags: Sequence[tuple[str, str]], language: LanguageTag) -> str:
        if not tags:
            return "".join([self._styled(text, style, language) for text, style in own])
        (name, tag), *inner = tags
        pieces: list[str] = []
        for has_it, group in groupby(own, lambda one: bool(getattr(one[1], name))):
            within = self._nested([*group], inner, language)
            pieces.append(f"<{tag}>{within}</{tag}>" if has_it else within)
        return "".join(pieces)

    def _styled(self, text: str, style: Style, language: LanguageTag) -> str:
        inner = self._formula(text, style) or esc(text)
        if style.reading and text.strip():
            reading = esc(style.reading)
            ruby = f"<ruby>{inner}<rp>(</rp><rt>{reading}</rt><rp>)</rp></ruby>"
            inner = ruby if self.dialect.ruby else f"{inner}({reading})"
        spoken = self.languages(style.language, language) if style.language else ""
        if style.expansion:
            return f'<abbr title="{esc(style.expansion)}"{spoken}>{inner}</abbr>'
        return f"<span{spoken}>{inner}</span>" if spoken else inner

    def _formula(self, text: str, style: Style) -> str:
        shown = mathml(style.formula, text) if style.formula and self.dialect.has_mathml else ""
        self.has_formulas = self.has_formulas or bool(shown)
        return shown

    def _begin(self, element: Element) -> str:
        kind = element.kind
        around = self._open[-1][0] if self._open else None
        self._groups.append(None)
        if kind is Kind.LABEL:
            self._open.append((kind, ""))
            return ""
        tag = self.tag(element, around)
        name = self._group(element) if kind in _GROUPED else ""
        inner, end = ("<code>", "</code>") if kind is Kind.CODE and self.dialect.is_html else ("", "")
        self._open.append((kind, f"{end}</{tag}>\n" if tag else end))
        begin = f"<{tag}{self.attributes(element, name)}>" if tag else ""
        if kind is Kind.FIGURE:
            self._picture = self.picture(element)
        elif kind is Kind.CAPTION:
            begin = self._shown("") + begin
        if kind is Kind.NOTE and element.label:
            inner += f'<p class="label">{self._label(esc(element.label))}</p>\n'
        return begin + inner

    def tag(self, element: Element, around: Kind | None) -> str:
        """Returns the tag of an element; empty if its paragraph is enough."""
        if element.kind is Kind.LIST and element.ordered:
            return "ol"
        if around is Kind.FIGURE and element.kind is Kind.CAPTION:
            return self.dialect.figure_caption
        return self.dialect.tags[element.kind]

    def attributes(self, element: Element, name: str) -> str:
        """Returns the attributes of an element. `name` is its id, if it has one."""
        if element.kind is Kind.NOTE:
            return self.note_attributes(name)
        named = f' id="{name}"' if name else ""
        if element.kind is Kind.ITEM and element.value is not None and self.dialect.item_values:
            return f'{named} value="{element.value}"'
        return named

    def _group(self, element: Element) -> str:
        if element.kind is Kind.NOTE:
            name = self.notes.begin(element)
            self._note = element.name
        else:
            self._elements += 1
            name = f"e{self.chapter.number}-{self._elements}"
        group = Group(element.kind, name)
        self._groups[-1] = group
        self._into.append(group.items)
        return name

    def _end(self) -> str:
        before = self._shown("") if self._open[-1][0] is Kind.FIGURE else ""
        group = self._groups.pop()
        if group is not None:
            self._into.pop()
            if group.items:
                self._into[-1].append(group)
        return before + self._open.pop()[1]

    def _shown(self, alternative: str) -> str:
        """Returns the picture of the current figure, the first time only."""
        place, self._picture = self._picture, ""
        return f'<img src="{place}" alt="{alternative}"/>\n' if place else ""

    def _label(self, inner: str) -> str:
        found = self.notes.referred(self._note)
        return self.back(inner, self.address(*found) if found else "")

    def _text(self, text: Text) -> str:
        kind = self._open[-1][0] if self._open else None
        if kind is Kind.CODE:
            return self.code(text)
        if kind is Kind.ALTERNATIVE and self._picture:
            return self._spoken_picture(text)
        lines = self.lines(text)
        language = self.languages(text.language, self._language)
        if kind is Kind.LABEL:
            return f'<p class="label"{language}>{self._label(lines)}</p>\n'
        if kind is Kind.TERM:
            lines = self.term(lines)
        named = kind.value if kind in (Kind.ALTERNATIVE, Kind.TERM, Kind.DEFINITION) else ""
        if kind is Kind.CAPTION and not self.dialect.captions_hold_paragraphs:
            return f"<span{language}>{lines}</span>" if language else lines
        return self.paragraph(lines, f' class="{named}"{language}' if named else language)

    def _spoken_picture(self, text: Text) -> str:
        """Returns a picture whose time is that of its whole alternative text."""
        clips = [next(self._clips) for line in text.lines if line.time is not None]
        shown = self._shown(esc(text.plain).replace("\n", " ")).strip()
        if not clips:
            return f"{shown}\n"
        name = f"s{self.chapter.number}-{self._count}"
        self._count += 1
        whole = Clip(min(clip.begin for clip in clips), max(clip.end for clip in clips))
        self._into[-1].append(Sounding(name, whole))
        tag = self.dialect.sentence
        language = self.languages(text.language, self._language)
        return f'<p class="alternative"><{tag}{self.sentence_attributes(name)}{language}>{shown}</{tag}></p>\n'

    def paragraph(self, inner: str, attributes: str) -> str:
        """Returns a paragraph."""
        return f"<p{attributes}>{inner}</p>\n"

    def term(self, inner: str) -> str:
        """Returns a term that is defined."""
        return f"<dfn>{inner}</dfn>"

    def code(self, text: Text) -> str:
        """Returns lines of program text."""
        return self.lines(text) + esc(text.after)

    def _cell(self, cell: Cell, text: Text) -> str:
        scope = _SCOPES.get(cell.header, "") if text.lines else ""
        attributes = f' scope="{scope}"' if scope else ""
        for name, count in (("colspan", cell.columns), ("rowspan", cell.rows)):
            if count > 1:
                attributes += f' {name}="{min(count, _MOST_SPAN)}"'
        if text.lines:
            attributes += self.languages(text.language, self._language)
        tag = "th" if scope else "td"
        return f"<{tag}{attributes}>{self.lines(text)}</{tag}>"


def flat(items: Iterable[Sounding | Group]) -> Iterator[Sounding]:
    """Yields what sounds, without the elements around it."""
    for item in items:
        if isinstance(item, Group):
            yield from flat(item.items)
        else:
            yield item


def esc(text: str) -> str:
    """Returns a text escaped for XML."""
    return str(escape(xml_text(text)))
