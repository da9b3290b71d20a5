"""Streams the timed text of a page: sections under their headings, with the structure of the article inside."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from markupsafe import Markup, escape
from msgspec import Struct

from chaptercast.audio.model import Chapter
from chaptercast.publication import timed_structure as structured
from chaptercast.publication.pages.inline import PAGE_PREFIX, Inline
from chaptercast.publication.pages.markup import TAGS, spoken_in
from chaptercast.publication.pages.page_frame import Interface
from chaptercast.publication.timed_structure import Begin, End, Part, Row, Text
from chaptercast.text_structure import Cell, Element, Header, Kind
from chaptercast.voice_profiles import Role

_ANCHOR = re.compile(r"[\w.:-]+")
_DEEPEST = 6
_LABEL_END = Markup("</a></p>\n")
_CLASSED = (Kind.ALTERNATIVE, Kind.TERM, Kind.DEFINITION)
_SCOPES: Mapping[Header, str] = MappingProxyType({Header.COLUMN: "col", Header.ROW: "row"})
_MOST_COLUMNS, _MOST_ROWS = 1000, 65534
"""The maximum spans of a cell (HTML Standard, 4.9.11)."""


class Section(Struct, frozen=True):
    """A chapter on the page."""

    number: int
    anchor: str
    chapter: Chapter
    level: int
    """The level of its heading: below the page's title, and without a skipped level."""
    heading: str
    """The heading as it is heard; if it is not spoken, the chapter's title."""
    heading_language: Markup
    """Attributes, if its language differs from the page's."""
    heading_lines: Markup
    body: Iterator[Markup]
    """In pieces, in order. Must be read before the next section is requested."""


def anchors(chapters: Sequence[Chapter]) -> tuple[str, ...]:
    """The anchor of each chapter: its `id` if that is valid in a page and unique."""
    taken: set[str] = set()
    found: list[str] = []
    for number, chapter in enumerate(chapters):
        free = _ANCHOR.fullmatch(chapter.id) and not chapter.id.startswith(PAGE_PREFIX) and chapter.id not in taken
        found.append(chapter.id if free else f"{PAGE_PREFIX}chapter-{number}")
        taken.add(chapter.id)
    return tuple(found)


def sections(
    text: Iterator[structured.Section],
    names: Sequence[str],
    page: Interface,
    source: str,
    page_labels: Sequence[str] = (),
) -> Iterator[Section]:
    """The sections of an article from `source`, an address or empty. `names` are their anchors.

    `page_labels` are the numbers in print of the pages of its source, if it has pages.
    """
    writer = _Writer(page, Inline(source, page_labels=page_labels))
    above = 1
    for section, anchor in zip(text, names, strict=True):
        chapter, heading = section.chapter, section.heading
        above = min(max(2, chapter.level), above + 1, _DEEPEST)
        yield Section(
            number=section.number,
            anchor=anchor,
            chapter=chapter,
            level=above,
            heading=heading.plain if heading else chapter.title,
            heading_language=spoken_in(heading.language, page.language) if heading else Markup(),
            heading_lines=writer.inline.lines(heading) if heading else Markup("{}").format(chapter.title),
            body=map(writer.part, section.parts),
        )


class _Writer:
    """Writes the parts of an article one by one, and keeps track of the open elements."""

    def __init__(self, page: Interface, inline: Inline) -> None:
        self.inline = inline
        self._page = page
        self._open: list[tuple[Kind, Markup]] = []
        """The open elements, and their end tags."""
        self._note = ""
        """The name of the last note that began."""

    def part(self, part: Part) -> Markup:
        """A part as HTML."""
        match part:
            case Text():
                return self._text(part)
            case Row():
                return Markup("<tr>{}</tr>\n").format(Markup("").join(self._cell(*cell) for cell in part.cells))
            case Begin():
                return self._begin(part.element)
            case End():
                return self._open.pop()[1]

    def _begin(self, element: Element) -> Markup:
        kind = element.kind
        around = self._open[-1][0] if self._open else None
        if kind is Kind.LABEL:
            self._open.append((kind, _LABEL_END))
            return self._label()
        tag = (
            "ol" if element.ordered else "figcaption" if around is Kind.FIGURE and kind is Kind.CAPTION else TAGS[kind]
        )
        inner, end = (Markup("<code>"), Markup("</code>")) if kind is Kind.CODE else (Markup(), Markup())
        self._open.append((kind, end + Markup("</{}>\n").format(tag) if tag else end))
        begin = Markup("<{}{}>").format(tag, self._attributes(element)) if tag else Markup()
        if kind is Kind.NOTE and element.label:
            begin += self._label() + escape(element.label) + _LABEL_END
        return begin + inner

    def _attributes(self, element: Element) -> Markup:
        if element.kind is Kind.NOTE:
            self._note = self.inline.notes.begin(element)
            number = self.inline.notes.of(self._note)
            return Markup(' role="doc-footnote" id="{}note-{}"').format(PAGE_PREFIX, number)
        return Markup() if element.value is None else Markup(' value="{}"').format(element.value)

    def _label(self) -> Markup:
        """The beginning of a note's mark, which links back to the reference."""
        if self._note not in self.inline.notes.referred:
            return Markup('<p class="label"><a>')
        number = self.inline.notes.of(self._note)
        return Markup('<p class="label"><a href="#{}ref-{}" role="doc-backlink">').format(PAGE_PREFIX, number)

    def _text(self, text: Text) -> Markup:
        kind = self._open[-1][0] if self._open else None
        lines = self.inline.lines(text)
        if kind is Kind.CODE:
            return lines + escape(text.after)
        language = spoken_in(text.language, self._page.language)
        if kind is Kind.LABEL:
            return Markup("<span{}>{}</span>").format(language, lines) if language else lines
        if kind is Kind.TERM:
            lines = Markup("<dfn>{}</dfn>").format(lines)
        elif kind is Kind.ALTERNATIVE:
            lines = self._image() + lines
        name = kind.value if kind in _CLASSED else text.role.value if _is_marked(text.role, kind) else ""
        return Markup("<p{}{}>{}</p>\n").format(Markup(' class="{}"').format(name) if name else "", language, lines)

    def _image(self) -> Markup:
        """The mark that a text stands for an image."""
        words = self._page.words
        told = words("image") + words("colon")
        return Markup('<span class="what"{}>{}</span>').format(self._page.own, told)

    def _cell(self, cell: Cell, text: Text) -> Markup:
        scope = _SCOPES.get(cell.header, "") if text.lines else ""  # an empty cell cannot be a header
        attributes = Markup(' scope="{}"').format(scope) if scope else Markup()
        for name, count, most in (("colspan", cell.columns, _MOST_COLUMNS), ("rowspan", cell.rows, _MOST_ROWS)):
            if count > 1:
                attributes += Markup(' {}="{}"').format(name, min(count, most))
        if text.lines:
            attributes += spoken_in(text.language, self._page.language)
        return Markup("<{0}{1}>{2}</{0}>").format("th" if scope else "td", attributes, self.inline.lines(text))


def _is_marked(role: Role, kind: Kind | None) -> bool:
    """Whether the style of a paragraph shows its role: a heading without a chapter, or an aside outside any element."""
    return role is Role.HEADING or (role is Role.ASIDE and kind is None)
