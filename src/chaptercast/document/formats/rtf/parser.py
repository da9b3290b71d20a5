"""An RTF document in the making, token by token: groups with what holds in them, and text that goes where its group sends it."""

import copy
import re
from collections.abc import Callable, Mapping

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.formats.html.xml_to_html import Rebuilder
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.formats.rtf import charsets
from chaptercast.document.formats.rtf.body import Body, Look, Manner
from chaptercast.document.formats.rtf.destinations import Collector, Destination, Flow, Fonts, Info, Picture, Styles
from chaptercast.document.formats.rtf.styles import StyleSheet
from chaptercast.document.formats.rtf.tokens import tokens
from chaptercast.document.formats.run_languages import believed
from chaptercast.document.metadata.dates import to_iso
from chaptercast.document.metadata.office_properties import authors_of, title_of
from chaptercast.document.model import Metadata, Omission, Reason
from chaptercast.errors import InputError

GROUPS = 10_000
"""Groups within one another."""

_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_NAVIGATION = re.compile(r"\s*(?:TOC|INDEX|TOA|RD)\b", re.IGNORECASE)
_OF_FORMULAS = re.compile(r"m\w+Pr")
"""Properties of the parts of a formula."""
_DESCRIPTION = "wzDescription"


class Field(Struct):
    """A field of the program: what it is, so far as it matters."""

    instruction: str = ""


class _State(Struct):
    """What holds in a group."""

    destination: Destination
    body: Body
    encoding: str = charsets.FALLBACK
    look: Look = Look()
    style: int | None = None
    level: int = 0
    centred: bool = False
    nesting: int = 0
    depth: int = 0
    first_line: int = 0
    """Where the first line begins before or after the others, which begin at the indent, in twentieths of a point."""
    indent: int = 0
    fallback: int = 1
    """Characters that stand for each that is written as Unicode, for programs that know none."""
    deleted: bool = False
    field: Field | None = None
    around: Destination | None = None
    """Where text went before a choice between two versions of it."""


class Vocabulary(Struct, frozen=True):
    """What control words mean."""

    destinations: Mapping[str, Callable[["Document"], None]]
    """What opens a group of a kind."""
    words: Mapping[str, Callable[["Document", int | None], None]]
    """What ends, begins or sets something, by its value."""
    characters: Mapping[str, Callable[[Look, int | None], Look]]
    """What changes the look of text."""
    signs: Mapping[str, str]
    """What stands for a sign."""


class Document:
    """A document in the making."""

    def __init__(self, name: str, vocabulary: Vocabulary) -> None:
        """`name` is for messages."""
        self._name = name
        self._vocabulary = vocabulary
        self._html = Rebuilder()  # its reading is what counts: there is no tree to rebuild
        self._notes = etree.Element("div")
        self.plain = Destination()
        self.body = Body(self._html.body)
        self.state = _State(self.plain, self.body)
        self.groups: list[_State] = []
        self.fonts = Fonts()
        self.sheet = Styles()
        self.info = Info()
        self.headed = False
        """Whether the row at hand heads its table."""
        self.language = ""
        self._property = ""
        self._deleted: list[str] = []
        self._starred = False
        self._bytes = bytearray()
        self._units: list[int] = []
        """UTF-16, as it is written."""
        self._passed_over = 0
        """Characters to come that only stand for one that was read."""

    # Tokens

    def read(self, data: bytes) -> None:
        """Read all of it."""
        for token in tokens(data):
            if token.kind in ("text", "hex"):
                self._take(token.data)
                continue
            if token.kind == "word" and token.word == "u":
                self._flush_bytes()
                self._units.append((token.value or 0) & 0xFFFF)
                self._passed_over = self.state.fallback
                continue
            if token.kind == "word" and self._passed_over and token.word not in ("par", "line", "tab"):
                self._passed_over -= 1
                continue
            self._flush()
            if token.kind == "{":
                self._open()
            elif token.kind == "}":
                self._close()
            else:
                self._word(token.word, token.value)
        self._flush()
        while self.groups:
            self._close()
        self.body.finish()
        self._flush_deleted()

    def _take(self, data: bytes) -> None:
        over = min(self._passed_over, len(data))
        self._passed_over -= over
        if data[over:]:
            self._flush_units()
            self._bytes += data[over:]

    def _flush(self) -> None:
        self._flush_bytes()
        self._flush_units()
        self._passed_over = 0

    def _flush_bytes(self) -> None:
        data, self._bytes = self._bytes, bytearray()
        if data:
            self.say(charsets.decoded(bytes(data), self.state.encoding))

    def _flush_units(self) -> None:
        units, self._units = self._units, []
        if units:
            self.say(b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "replace"))

    def _open(self) -> None:
        if len(self.groups) > GROUPS:
            raise InputError(f"{self._name} is damaged: its groups do not end", "Save it anew and try again.")
        self.groups.append(copy.copy(self.state))
        if self.state.destination is self.sheet:
            self.sheet.begin()
        self._starred = False

    def _close(self) -> None:
        if not self.groups:
            return
        ended, self.state = self.state, self.groups.pop()
        if ended.destination is not self.state.destination and ended.destination is not ended.around:
            ended.destination.end()
        self._starred = False

    def _word(self, word: str, value: int | None) -> None:
        starred, self._starred = self._starred, word == "*"
        state, known = self.state, self._vocabulary
        if word in known.destinations:
            known.destinations[word](self)
        elif starred or _OF_FORMULAS.fullmatch(word):
            state.destination = Destination()
        elif isinstance(state.destination, Fonts | Styles | Info):
            self._defined(state.destination, word, value)
        elif word in known.signs:
            self.say(known.signs[word])
        elif word in known.words:
            known.words[word](self, value)
        elif word in known.characters:
            state.look = known.characters[word](state.look, value)

    def _defined(self, destination: Fonts | Styles | Info, word: str, value: int | None) -> None:
        if isinstance(destination, Info) and word in Info.TEXTS:
            self.state.destination = destination.collect(word)
        else:
            destination.word(word, value or 0)

    # What words do

    def say(self, text: str) -> None:
        """Text, to where it goes."""
        state = self.state
        if state.destination is not self.plain and not isinstance(state.destination, Flow):
            state.destination.text(text)
        elif state.deleted:
            self._deleted.append(text)
        else:
            self._flush_deleted()
            state.body.run(text, state.look)

    @property
    def manner(self) -> Manner:
        """How the paragraph at hand stands."""
        state = self.state
        sheet = StyleSheet(self.sheet.styles)
        if sheet.is_title(state.style):
            return Manner(level=1, classes="title", nesting=state.nesting)
        level = state.level or sheet.level(state.style)
        quoted = sheet.is_quotation(state.style)
        return Manner(
            level=level + 1 if level else 0,
            classes=sheet.classes(state.style),
            centred=state.centred,
            quoted=quoted,
            nesting=state.nesting,
            depth=state.depth,
            hanging=state.indent + state.first_line if state.first_line < 0 else None,
        )

    @property
    def in_body(self) -> bool:
        """Whether text at hand is part of a body."""
        return self.state.destination is self.plain or isinstance(self.state.destination, Flow)

    def end_paragraph(self) -> None:
        """The end of a paragraph; within what is collected a space."""
        if self.in_body:
            self.state.body.end_paragraph(self.manner)
        else:
            self.state.destination.text("\n")

    def end_cell(self, nesting: int) -> None:
        """The end of a cell."""
        if self.in_body:
            self.state.body.end_cell(
                replace(self.manner, nesting=max(nesting, self.state.nesting if nesting > 1 else 1))
            )
        else:
            self.state.destination.text(" ")

    def end_row(self, nesting: int) -> None:
        """The end of a row."""
        if self.in_body:
            deep = max(nesting, self.state.nesting if nesting > 1 else 1)
            self.state.body.end_row(replace(self.manner, nesting=deep), headed=self.headed)

    def line_break(self) -> None:
        """The end of a line."""
        if self.in_body:
            self.state.body.put(etree.Element("br"))
        else:
            self.state.destination.text(" ")

    def reset_paragraph(self) -> None:
        """The properties of a paragraph as they are where nothing is said."""
        state = self.state
        state.style, state.level, state.centred, state.nesting = None, 0, False, 0
        state.depth, state.first_line, state.indent = 0, 0, 0

    def use_font(self, number: int) -> None:
        """What bytes of text in a font are."""
        found = charsets.CHARSETS.get(self.fonts.charsets.get(number, 0))
        self.state.encoding = found or (self.groups[0].encoding if self.groups else charsets.FALLBACK)

    def set_encoding(self, encoding: str) -> None:
        """The encoding of the document: said in its first group, and true of all of it."""
        self.state.encoding = encoding
        for group in self.groups:
            group.encoding = encoding

    def leave_out(self, text: str, reason: Reason) -> None:
        """Name a text as left out."""
        if folded(text):
            self._html.left_out.append(Omission(folded(text), reason))

    def _flush_deleted(self) -> None:
        deleted, self._deleted = self._deleted, []
        self.leave_out("".join(deleted), Reason.DELETED)

    # What groups are

    def omit(self, reason: Reason) -> None:
        """What is not part of the text, and is named."""
        self.state.destination = Collector(lambda text: self.leave_out(text, reason))

    def skip(self) -> None:
        """What is no text."""
        self.state.destination = Destination()

    def note(self) -> None:
        """A footnote or endnote: its mark here, its text at the end."""
        number = len(self._notes) + 1
        reference = etree.Element("a", {"href": f"#note-{number}", "role": "doc-noteref"})
        etree.SubElement(reference, "sup").text = str(number)
        self.state.body.put(reference)
        self._flow(etree.SubElement(self._notes, "aside", {"id": f"note-{number}", "role": "doc-footnote"}))

    def box(self) -> None:
        """A box of text: it follows the paragraph that it is anchored to."""
        self._flow(self.state.body.beside())

    def _flow(self, element: Element) -> None:
        self.state.body = Body(element)
        self.state.destination = Flow(self.state.body)
        self.reset_paragraph()

    def picture(self) -> None:
        """An image."""
        self.state.destination = Picture(self.state.body)

    def label(self) -> None:
        """The number or sign of a list's item."""
        body = self.state.body

        def done(text: str) -> None:
            if body.label and body.label != text:
                self.leave_out(body.label, Reason.REPEATED)
            body.label = text

        self.state.destination = Collector(done)

    def instruction(self) -> None:
        """What a field is."""
        held = self.state.field
        self.state.destination = Collector(lambda text: setattr(held, "instruction", text) if held else None)

    def result(self) -> None:
        """What a field shows."""
        instruction = self.state.field.instruction if self.state.field else ""
        if _NAVIGATION.match(instruction):
            self.omit(Reason.BOILERPLATE)
        link = _LINK.search(instruction)
        if link:
            self.state.look = replace(self.state.look, link=link[1])

    def shape_property(self) -> None:
        """The name of a property of a shape."""
        self.state.destination = Collector(lambda text: setattr(self, "_property", text))

    def shape_value(self) -> None:
        """Its value: among them what the shape looks like."""
        pictures = [group.destination for group in self.groups if isinstance(group.destination, Picture)]
        body = self.state.body

        def done(text: str) -> None:
            if self._property != _DESCRIPTION or not text:
                return
            picture = pictures[-1] if pictures else Picture(body)
            picture.alt = text
            if not pictures:
                picture.end()

        self.state.destination = Collector(done)

    def choice(self) -> None:
        """Two versions of a text: the second, in Unicode, is the one to read."""
        self.state.around, self.state.destination = self.state.destination, Destination()

    def chosen(self) -> None:
        """The version in Unicode."""
        self.state.destination = self.state.around or self.plain

    # The end

    def reading(self) -> Reading:
        """What was read."""
        if len(self._notes):
            self._html.body.append(self._notes)
        if self.language:
            self._html.root.set("lang", self.language)
        values = self.info.values
        metadata = Metadata(
            page_title=title_of(values.get("title", "")),
            author=authors_of(values.get("author", "")) or authors_of(values.get("operator", "")),
            date=to_iso(values.get("revtim", "") or values.get("creatim", "")),
            description=values.get("doccomm", "") or values.get("subject", ""),
        )
        return believed(self._html.reading(metadata))
