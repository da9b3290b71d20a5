"""The notes of a book: the place of each note and of its references. A reference may be in another chapter than its note."""

from collections.abc import Iterable

from chaptercast.publication.exports.book import Chapterful
from chaptercast.publication.timed_structure import Begin, Part, Row, Text
from chaptercast.text_structure import Element, Kind


class Notes:
    """Collects all notes before the book is written, and gives ids while it is written."""

    def __init__(self, chapters: Iterable[Chapterful]) -> None:
        """Collects the notes and references in `chapters`."""
        self._places: dict[str, tuple[int, str]] = {}
        self._references: dict[str, tuple[int, str]] = {}
        self._begun: set[str] = set()
        self._referring: set[str] = set()
        self._others = 0
        for chapter in chapters:
            for part in (*((chapter.heading,) if chapter.heading else ()), *chapter.parts):
                self._look(chapter.number, part)

    def place(self, note: str) -> tuple[int, str] | None:
        """Returns the chapter of a note, and its id there."""
        return self._places.get(note)

    def referred(self, note: str) -> tuple[int, str] | None:
        """Returns the chapter of the first reference to a note, and its id there."""
        return self._references.get(note) if note in self._places else None

    def begin(self, element: Element) -> str:
        """Begins a note and returns its id. If several notes have one name, references lead to the first."""
        found = self._places.get(element.name)
        if found is not None and element.name not in self._begun:
            self._begun.add(element.name)
            return found[1]
        self._others += 1
        return f"note-x{self._others}"

    def refer(self, note: str, chapter: int) -> str:
        """Writes a reference. Returns its id if it is the one that its note links back to."""
        found = self._references.get(note)
        if found is None or found[0] != chapter or note in self._referring:
            return ""
        self._referring.add(note)
        return found[1]

    def _look(self, chapter: int, part: Part) -> None:
        texts: Iterable[Text] = ()
        match part:
            case Begin(element) if element.kind is Kind.NOTE and element.name:
                self._places.setdefault(element.name, (chapter, f"note-{len(self._places) + 1}"))
            case Text():
                texts = (part,)
            case Row():
                texts = (text for _, text in part.cells)
        for text in texts:
            for line in text.lines:
                for mark in line.marks:
                    if mark.style.note:
                        self._references.setdefault(mark.style.note, (chapter, f"ref-{len(self._references) + 1}"))
