"""Pieces become utterances: `Wording` works on the text to be said, and each sentence gets back what the author wrote there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chaptercast.script.model import Sentence
from chaptercast.script.narration.inlines import Piece
from chaptercast.script.wording import Wording


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is said in one go, and the notes to be told after it."""

    sentences: tuple[Sentence, ...]
    notes: tuple[str, ...] = ()


def phrased(pieces: Sequence[Piece], wording: Wording) -> Iterator[Phrase]:
    """The utterances of `pieces`, cut as well after every sentence that has notes. The written parts join to all that is written."""
    written = _Written(pieces)
    said = "".join(piece.said for piece in pieces)
    place = 0
    for group in wording.utterances(said):
        sentences: list[Sentence] = []
        for sentence in group:
            place += len(sentence.written)
            original, notes = written.up_to(place, everything=place == len(said))
            sentences.append(replace(sentence, written=original))
            if notes:
                yield Phrase(tuple(sentences), notes)
                sentences = []
        if sentences:
            yield Phrase(tuple(sentences))


class _Written:
    """Hands out what is written, by places in what is said."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = list(pieces)
        self._index = 0
        self._start = 0
        """Where in the said text the piece at hand begins, or goes on."""
        self._cut = 0
        """How much of it has been handed out."""

    def up_to(self, place: int, *, everything: bool) -> tuple[str, tuple[str, ...]]:
        """What is written from where the last call ended up to `place`: all of a piece that is not plain and begins before it.

        A silent piece that stands right at `place` belongs to what is before it: the mark of a note to its sentence.
        """
        taken: list[str] = []
        notes: list[str] = []
        while self._index < len(self._pieces):
            piece = self._pieces[self._index]
            if self._start >= place and piece.said and not everything:
                break
            rest = len(piece.said) - self._cut
            if piece.plain and self._start + rest > place and not everything:
                end = self._cut + place - self._start
                taken.append(piece.written[self._cut : end])
                self._start, self._cut = place, end
                break
            taken.append(piece.written[self._cut :] if piece.plain else piece.written)
            if piece.note:
                notes.append(piece.note)
            self._start += rest
            self._index, self._cut = self._index + 1, 0
        return "".join(taken), tuple(notes)
