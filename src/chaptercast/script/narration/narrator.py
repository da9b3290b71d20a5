"""The narrator: holds everything said so far, and says the next block. Blocks arrive one by one."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import Block, Inlines, Note, Omission, Paragraph, Reason
from chaptercast.script.model import Part, Pause, Say, Section, Unspoken
from chaptercast.script.narration.inline_marks import Marks, without_page
from chaptercast.script.narration.inlines import Piece, Reader, bare
from chaptercast.script.narration.notes import NoteBook, is_short
from chaptercast.script.narration.options import Notes, Verbosity
from chaptercast.script.narration.phrases import words_for
from chaptercast.script.narration.settings import Settings
from chaptercast.script.narration.text_utterances import announcement_utterances, passage_utterances
from chaptercast.script.normalise import speakable
from chaptercast.text_structure import DEEPEST, Element, Kind
from chaptercast.voice_profiles import Role

ANNOUNCED = MappingProxyType(
    {
        "list": Verbosity.BRIEF,  # from three items on; a nested list from two
        "list-end": Verbosity.BRIEF,  # for items with more than one text, and for nested lists
        "sublist": Verbosity.BRIEF,
        "sublist-end": Verbosity.BRIEF,
        "table": Verbosity.BRIEF,
        "table-headers": Verbosity.BRIEF,
        "table-row": Verbosity.FULL,
        "table-end": Verbosity.BRIEF,
        "image": Verbosity.BRIEF,
        "caption": Verbosity.FULL,
        "quote": Verbosity.BRIEF,  # for several blocks; the voice shows a short one
        "quote-end": Verbosity.BRIEF,
        "code": Verbosity.BRIEF,
        "code-end": Verbosity.FULL,
        "code-skipped": Verbosity.BRIEF,
        "note": Verbosity.BRIEF,
        "note-unlabelled": Verbosity.BRIEF,
        "note-later": Verbosity.FULL,
        "note-end": Verbosity.FULL,
        "notes-moved": Verbosity.BRIEF,
        "details": Verbosity.FULL,
        "definition": Verbosity.FULL,
        "break": Verbosity.FULL,
    }
)
"""The minimum verbosity for each announcement. The words are in `phrases/TAG.toml`."""


_PARENTS = MappingProxyType(
    {
        Kind.ITEM: {Kind.LIST},
        Kind.ROW: {Kind.TABLE},
        Kind.ALTERNATIVE: {Kind.FIGURE},
        Kind.CAPTION: {Kind.TABLE, Kind.FIGURE},
        Kind.LABEL: {Kind.NOTE},
    }
)
"""The required parents of an element."""


def section_id(number: int) -> str:
    """The id of the script's section with that number, from 0."""
    return f"s{number}"


class TellNote(Struct, frozen=True):
    """A note that is told now, wherever it stands."""

    note: Note


Steps: TypeAlias = Iterator[Block | TellNote]
"""The inner blocks that remain to be narrated, in order."""


class Narrator:
    """The narrator: the script so far."""

    def __init__(
        self, settings: Settings, document_language: LanguageTag, notes: NoteBook, left_out: list[Omission]
    ) -> None:
        self.settings = settings
        self.document_language = document_language
        self.notes = notes
        self.left_out = left_out
        self.closed: deque[Section] = deque()
        """Complete sections that have not been taken yet."""
        self.role = Role.BODY
        self.language = document_language
        """The language of the current blocks."""
        self.declared = False
        """Whether the author declared it."""
        self.depth = 0
        """The depth of nested lists, quotations and notes around the current block."""
        self.lists = 0
        self.lead: tuple[Piece, ...] = ()
        """Said before the next text: the number of a list item."""
        self.moved_notes = False
        """Whether this section contained notes that are told elsewhere."""
        self.place: tuple[Element, ...] = ()
        """The elements that contain the current block."""
        self._elements = 0
        self._text_number = 0
        """The number of the last text."""
        self._words = words_for(document_language)
        self._reader = Reader(settings, left_out, set(notes.by_id))
        self._parts: list[Part] = []
        self._unspoken: list[Unspoken] = []
        self._heading = ("", 1)
        self._number = 0
        """The number of the current section."""
        self._page = 0
        """The number of the last page that has begun."""
        self.page_due = 0
        """The page that begins with the next text, whatever its spans say."""
        self._texts = 0
        """The number of texts in this section besides its heading."""
        self._in_note = False
        """Whether a note is being told inside a text."""
        self._owed = 0
        """The pause before the next speech, in ms: the longest one requested since the last words."""

    # Sections

    def open_section(self, title: str, level: int) -> None:
        """Begin a chapter. The one before is closed."""
        self.close_section()
        self._heading = (title, level)

    def close_section(self) -> None:
        """End the current chapter, if it has content."""
        title, level = self._heading
        if self._parts or title:
            parts, unspoken = tuple(self._parts), tuple(self._unspoken)
            self.closed.append(Section(section_id(self._number), title, level, parts, unspoken))
            self._number += 1
            self._unspoken = []
        self._parts, self._heading = [], ("", 1)
        self._texts, self.moved_notes = 0, False

    def end_of_section(self) -> Steps:
        """What must be told before the next heading: long notes, and where this section's other notes are told."""
        while self.notes.due:
            yield TellNote(self.notes.due.popleft())
        if self.moved_notes and not self._texts and self.settings.notes != Notes.SKIP:
            self.announce("notes-moved")
        self.moved_notes = False

    # Pauses

    def before(self, kind: str) -> None:
        """Request the pause before a kind of block. Between two blocks, the longer pause counts."""
        self._owed = max(self._owed, self.settings.pauses.before.get(kind, 0))

    def after(self, kind: str) -> None:
        """Request the pause after a kind of block."""
        self._owed = max(self._owed, self.settings.pauses.after.get(kind, 0))

    # Context

    @contextmanager
    def within(self, role: Role | None = None, language: LanguageTag | None = None) -> Iterator[None]:
        """Narrate the inside of a block in its role and language, then restore both."""
        around = self.role, self.language, self.declared
        self.role = role or self.role
        if language:
            self.language, self.declared = language, True
        self.depth += 1
        yield
        self.depth -= 1
        self.role, self.language, self.declared = around

    @contextmanager
    def inside(self, element: Element) -> Iterator[None]:
        """Narrate the content of an element, which gets a number. An element that is too deep is not recorded."""
        around = self.place
        self._elements += 1
        parents = _PARENTS.get(element.kind)
        if len(around) < DEEPEST and (parents is None or (around and around[-1].kind in parents)):
            self.place = (*around, replace(element, number=self._elements))
        yield
        self.place = around

    @contextmanager
    def inside_note(self, note: Note) -> Iterator[None]:
        """Narrate a note, whose only possible parent is another note. Its mark is stored with it if it is not spoken."""
        around = self.place
        if not any(element.kind is Kind.NOTE for element in around):
            self.place = ()
        label = note.label.strip()
        with self.inside(Element(Kind.NOTE, name=note.id, label="" if speakable(label) else label)):
            yield
        self.place = around

    # Words

    def block(
        self, kind: str, text: Inlines | str, role: Role | None = None, language: LanguageTag | None = None
    ) -> None:
        """Say a block of text, with the pauses of its kind."""
        self.before(kind)
        self.say(text, role, language)
        self.after(kind)

    def say(self, text: Inlines | str, role: Role | None = None, language: LanguageTag | None = None) -> None:
        """Say a text, each passage in its own voice, with the notes that it refers to."""
        declared = bool(language) or self.declared
        language = language or self.language
        pieces = bare(text) if isinstance(text, str) else self._reader.read(text, language)
        self.say_pieces(pieces, role or self.role, language, declared=declared)

    def read(self, text: Inlines, language: LanguageTag | None = None) -> list[Piece]:
        """The pieces of a text, for callers that combine several texts."""
        return self._reader.read(text, language or self.language)

    def say_pieces(self, pieces: Sequence[Piece], role: Role, language: LanguageTag, *, declared: bool) -> None:
        """Say the pieces from `read`. Text without sound is listed as left out."""
        if not speakable("".join(piece.said for piece in pieces)):
            self.leave_out("".join(piece.written for piece in pieces), Reason.UNSPEAKABLE)
            self.show(pieces, role, language)
            self._tell([piece.note for piece in pieces if piece.note])
            return
        self._texts += role is not Role.HEADING
        pieces, self.lead = [*self.lead, *self._with_pages(pieces)], ()
        self._text_number += 1
        text, marks = self._text_number, Marks(pieces)
        found = passage_utterances(pieces, language, self.settings, declared=declared)
        for number, passage in enumerate(found):
            if number:
                self.before("sentence" if found[number - 1].ends_a_sentence else "language")
            for place, phrase in enumerate(passage.phrases):
                if place:
                    self.before("sentence")
                sentences, continues = marks.on(phrase.sentences), number + place > 0
                self._utter(Say(sentences, passage.language, role, continues, text=text, place=self.place))
                self._tell(phrase.notes)

    def announce(self, name: str, *, written: str = "", **values: int | str) -> bool:
        """Announce structure in the article's language. Returns whether it was spoken. `written` is the author's part of it."""
        if not self.settings.verbosity.includes(ANNOUNCED[name]):
            return False
        text = self._words.announcement(name, values)
        if not text:
            return False
        self.before("announcement")
        self._text_number += 1
        for phrase in announcement_utterances([Piece(written, text)], self.document_language, self.settings):
            say = Say(phrase.sentences, self.document_language, Role.ASIDE, text=self._text_number, place=self.place)
            self._utter(say)
        self.after("announcement")
        return True

    def show(self, pieces: Sequence[Piece], role: Role, language: LanguageTag) -> None:
        """Keep an unspoken text for people who see the article."""
        written = "".join(piece.written for piece in pieces)
        if written.strip() or (self.place and self.place[-1].kind is Kind.ROW):
            self._text_number += 1
            marks = Marks(self._with_pages(pieces)).over(len(written))
            self._unspoken.append(Unspoken(self._text_number, self.place, role, language, written, marks))

    def _with_pages(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The pieces, each page beginning only once and in order: a note may be told before pages that precede its own."""
        told: list[Piece] = []
        due, self.page_due = self.page_due, 0
        if due > self._page and pieces:
            pieces = [replace(pieces[0], style=replace(pieces[0].style, page=due)), *pieces[1:]]
        in_note = any(element.kind is Kind.NOTE for element in self.place)
        for piece in pieces:
            if not piece.style.page:
                told.append(piece)
            elif in_note or piece.style.page <= self._page:
                told.append(replace(piece, style=without_page(piece.style)))
            else:
                self._page = piece.style.page
                told.append(piece)
        return told

    def leave_out(self, text: str, reason: Reason) -> None:
        """List a text as not spoken."""
        if text.strip():
            self.left_out.append(Omission(text.strip(), reason))

    # Notes

    def announce_note(self, note: Note) -> None:
        """Announce a note, by its label if that can be spoken."""
        label = note.label.strip()
        with self.inside(Element(Kind.LABEL)):
            if not speakable(label):
                self.announce("note-unlabelled")
            elif not self.announce("note", written=label, label=label):
                self.say(label, Role.ASIDE, self.document_language)

    def _tell(self, identities: Sequence[str]) -> None:
        """Tell the notes that a sentence refers to: now if they are short, otherwise at the end of the section."""
        for identity in identities:
            note = self.notes.take(identity)
            if note is None:
                continue
            if self.settings.notes == Notes.NEAR and not self._in_note and is_short(note):
                self._tell_now(note)
                continue
            self.notes.put_off(note)
            if self.settings.notes != Notes.SKIP and speakable(note.label):
                self.announce("note-later", label=note.label.strip())

    def _tell_now(self, note: Note) -> None:
        self._in_note = True
        self.before("note")
        with self.inside_note(note):
            self.announce_note(note)
            for block in note.blocks:
                if isinstance(block, Paragraph):
                    language = block.language or note.language
                    pieces = self._reader.read(block.inlines, language or self.document_language)
                    self.say_pieces(pieces, Role.ASIDE, language or self.document_language, declared=bool(language))
                    self.before("sentence")
            self.announce("note-end")
        self.after("note")
        self._in_note = False

    def _utter(self, say: Say) -> None:
        if self._owed and (self._number or self._parts):
            self._parts.append(Pause(Milliseconds(self._owed)))
        self._owed = 0
        self._parts.append(say)
