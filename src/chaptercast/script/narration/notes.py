"""Narrates footnotes and endnotes: at their reference, at the end of the section, or at the end of the article. Never lost, never twice."""

from collections import deque
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from chaptercast.document.model import Block, Cell, Figure, Heading, Inlines, ListBlock, Note, Paragraph, Quote, Table
from chaptercast.script.narration.duration import weight

LONGEST_SHORT = 200
"""The maximum weight of a note that is told inside a text: about twelve seconds."""


class NoteBook(Struct):
    """The notes of an article, and their state."""

    by_id: dict[str, Note] = field(default_factory=dict)
    referred: set[str] = field(default_factory=set)
    """Ids that the text refers to."""
    due: deque[Note] = field(default_factory=deque)
    """Notes to tell at the end of the section."""
    _seen: set[int] = field(default_factory=set)

    def take(self, identity: str) -> Note | None:
        """The note with that id, if it has not been told or postponed."""
        note = self.by_id.get(identity)
        return note if note is not None and self._is_new(note) else None

    def meet(self, note: Note) -> bool:
        """Handle a note at its own place in the text. True if the text refers to it, so that it is told there.

        Otherwise it is put off to the end of the section, unless it was told already.
        """
        if self.by_id.get(note.id) is note and note.id in self.referred:
            return True
        if self._is_new(note):
            self.due.append(note)
        return False

    def put_off(self, note: Note) -> None:
        """Postpone a note to the end of the section."""
        self.due.append(note)

    def recall(self) -> None:
        """At the end of the article, make notes due to which only other untold notes refer."""
        self.due.extend(note for note in self.by_id.values() if self._is_new(note))

    def _is_new(self, note: Note) -> bool:
        new = id(note) not in self._seen
        self._seen.add(id(note))
        return new


def notes_of(blocks: Iterable[Block]) -> NoteBook:
    """The notes of an article and the references to them."""
    book = NoteBook()
    for block in every_block(blocks):
        if isinstance(block, Note):
            book.by_id.setdefault(block.id, block)
        for inlines in texts_of(block):
            book.referred.update(span.note for span in inlines if span.note)
    return book


def is_short(note: Note) -> bool:
    """Whether a note is short enough to be told inside a text."""
    if len(note.blocks) > 2 or not all(isinstance(block, Paragraph) for block in note.blocks):
        return False
    return sum(weight(span.text) for inner in note.blocks for text in texts_of(inner) for span in text) <= LONGEST_SHORT


def every_block(blocks: Iterable[Block], *, into_notes: bool = True) -> Iterator[Block]:
    """All blocks, at any depth, in text order. Blocks inside notes are included only if `into_notes`."""
    waiting = [iter(blocks)]
    while waiting:
        block = next(waiting[-1], None)
        if block is None:
            waiting.pop()
            continue
        yield block
        match block:
            case Quote():
                waiting.append(iter(block.blocks))
            case Note() if into_notes:
                waiting.append(iter(block.blocks))
            case ListBlock():
                waiting.append(inner for item in block.items for inner in item)


def texts_of(block: Block) -> Iterator[Inlines]:
    """The texts of a block itself, without those of inner blocks."""
    match block:
        case Heading() | Paragraph():
            yield block.inlines
        case Figure():
            yield block.caption
        case Table():
            yield block.caption
            yield from (cell.inlines for row in block.rows for cell in row if isinstance(cell, Cell))
