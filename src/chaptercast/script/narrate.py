"""Narration: how each kind of block is said. A table from block type to function; a section opens at each heading."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from chaptercast.document.model import (
    Block,
    Break,
    CodeBlock,
    Document,
    Figure,
    Heading,
    ListBlock,
    Note,
    Omission,
    Paragraph,
    Quote,
    Reason,
    Table,
    plain,
)
from chaptercast.profile import Pauses, Role
from chaptercast.script.model import Part, Pause, Say, Script, Section
from chaptercast.script.normalise import speakable
from chaptercast.script.wording import Wording
from chaptercast.units import LanguageTag, Milliseconds

_DEEPEST_PAUSES = 4
"""Headings of this level and deeper pause alike."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What narration needs to know besides the article."""

    pauses: Pauses
    spells_digits: bool = False
    """Whether the engine reads digits and signs well by itself."""
    max_bytes: int = 4000
    """The longest text of one utterance, in bytes of UTF-8."""


def narrate(document: Document, settings: Settings) -> Script:
    """The script of an outlined `document`: its title first, then its blocks in order.

    Every word of the blocks is in the script or in its `left_out`.
    """
    narration = _Narration(settings, document.language)
    narration.left_out.extend(document.left_out)
    if document.title:
        narration.open_section(document.title, 1)
        narration.block_of("title", document.title, Role.HEADING, document.language)
    for block in document.blocks:
        narration.block(block)
    return Script(
        metadata=document.metadata,
        title=document.title,
        language=document.language,
        sections=narration.finish(),
        left_out=tuple(narration.left_out),
    )


@dataclass(slots=True)
class _Narration:
    """The script so far."""

    settings: Settings
    language: LanguageTag
    role: Role = Role.BODY
    sections: list[Section] = field(default_factory=list)
    left_out: list[Omission] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    heading: tuple[str, int] = ("", 1)
    owed: int = 0
    """The pause before what is said next, in ms: the longest that was asked for since the last words."""

    def block(self, block: Block) -> None:
        NARRATORS[type(block)](self, block)

    def open_section(self, title: str, level: int) -> None:
        if self.parts or self.heading[0]:
            self._close_section()
        self.heading = (title, level)

    def finish(self) -> tuple[Section, ...]:
        if self.parts or self.heading[0]:
            self._close_section()
        return tuple(self.sections)

    def _close_section(self) -> None:
        title, level = self.heading
        self.sections.append(Section(f"s{len(self.sections)}", title, level, tuple(self.parts)))
        self.parts = []
        self.heading = ("", 1)

    def pause(self, kind: str, side: Mapping[str, Milliseconds]) -> None:
        self.owed = max(self.owed, side.get(kind, 0))

    def block_of(self, kind: str, text: str, role: Role, language: LanguageTag | None) -> None:
        """Say a block of text, with the pauses of its kind."""
        self.pause(kind, self.settings.pauses.before)
        self.say(text, role, language)
        self.pause(kind, self.settings.pauses.after)

    def say(self, text: str, role: Role, language: LanguageTag | None) -> None:
        """Say a text; one without anything that sounds is named as left out."""
        if not text.strip():
            return
        if not speakable(text):
            self.left_out.append(Omission(text.strip(), Reason.UNSPEAKABLE))
            return
        language = language or self.language
        wording = Wording(language, spell=not self.settings.spells_digits, max_bytes=self.settings.max_bytes)
        for number, sentences in enumerate(wording.utterances(text)):
            if number:
                self.pause("sentence", self.settings.pauses.before)
            if self.owed and (self.sections or self.parts):
                self.parts.append(Pause(Milliseconds(self.owed)))
            self.owed = 0
            self.parts.append(Say(sentences, language, role))


def _heading(narration: _Narration, block: Heading) -> None:
    text = plain(block.inlines)
    if not speakable(text):
        narration.left_out.append(Omission(text, Reason.UNSPEAKABLE))
        return
    narration.open_section(text, block.level)
    narration.block_of(f"heading-{min(max(block.level, 2), _DEEPEST_PAUSES)}", text, Role.HEADING, block.language)


def _paragraph(narration: _Narration, block: Paragraph) -> None:
    narration.block_of("paragraph", plain(block.inlines), narration.role, block.language)


def _list(narration: _Narration, block: ListBlock) -> None:
    for number, item in enumerate(block.items, block.start):
        narration.pause("item", narration.settings.pauses.before)
        for place, inner in enumerate(item):
            if block.ordered and place == 0 and isinstance(inner, Paragraph):
                narration.say(f"{number}. {plain(inner.inlines)}", narration.role, inner.language or block.language)
            else:
                narration.block(inner)
        narration.pause("item", narration.settings.pauses.after)
    narration.pause("paragraph", narration.settings.pauses.after)


def _quote(narration: _Narration, block: Quote) -> None:
    around, narration.role = narration.role, Role.QUOTE
    narration.pause("quote", narration.settings.pauses.before)
    for inner in block.blocks:
        narration.block(inner)
    narration.pause("quote", narration.settings.pauses.after)
    narration.role = around


def _table(narration: _Narration, block: Table) -> None:
    if block.caption:
        narration.block_of("table", plain(block.caption), Role.ASIDE, block.language)
    for row in block.rows:
        cells = [plain(cell.inlines).strip() for cell in row]
        narration.block_of("table", "; ".join(cell for cell in cells if cell), narration.role, block.language)


def _figure(narration: _Narration, block: Figure) -> None:
    if block.alt and not block.decorative:
        narration.block_of("figure", block.alt, Role.ASIDE, block.language)
    if block.caption:
        narration.block_of("figure", plain(block.caption), Role.ASIDE, block.language)


def _code(narration: _Narration, block: CodeBlock) -> None:
    narration.block_of("code", block.text, Role.ASIDE, None)


def _note(narration: _Narration, block: Note) -> None:
    narration.pause("note", narration.settings.pauses.before)
    if block.label:
        narration.say(block.label, Role.ASIDE, block.language)
    for inner in block.blocks:
        narration.block(inner)
    narration.pause("note", narration.settings.pauses.after)


def _break(narration: _Narration, _block: Break) -> None:
    narration.pause("break", narration.settings.pauses.before)


NARRATORS: Mapping[type, Callable[[_Narration, Any], None]] = MappingProxyType(
    {
        Heading: _heading,
        Paragraph: _paragraph,
        ListBlock: _list,
        Quote: _quote,
        Table: _table,
        Figure: _figure,
        CodeBlock: _code,
        Note: _note,
        Break: _break,
    }
)
