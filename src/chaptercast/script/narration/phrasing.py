"""Pieces become utterances: `Verbalizer` works on the text to be said, and each sentence gets back what the author wrote there."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.script.model import Sentence
from chaptercast.script.narration.inlines import Piece
from chaptercast.script.normalise import speakable
from chaptercast.script.utterances import Verbalizer


class Phrase(Struct, frozen=True):
    """What is said in one go, and the notes to be told after it."""

    sentences: tuple[Sentence, ...]
    notes: tuple[str, ...] = ()


def phrased(pieces: Sequence[Piece], verbalizer: Verbalizer) -> list[Phrase]:
    """The utterances of `pieces`, cut as well after every sentence that has notes. The written parts join to all that is written.

    Marks that would be an utterance of their own are written with their neighbours, and not said.
    """
    written = _Written(pieces)
    said = "".join(piece.said for piece in pieces)
    phrases = _Phrases()
    place = 0
    for group in verbalizer.utterances(said):
        phrases.end()
        for sentence in group:
            place += len(sentence.written)
            original, notes = written.up_to(place, everything=place == len(said))
            phrases.add(replace(sentence, written=original), notes)
    phrases.end()
    return phrases.finished


class _Phrases:
    """Phrases as they grow."""

    def __init__(self) -> None:
        self.finished: list[Phrase] = []
        self._sentences: list[Sentence] = []
        self._early: tuple[str, tuple[str, ...]] = "", ()
        """What is written before the first sentence that sounds, and its notes."""

    def add(self, sentence: Sentence, notes: tuple[str, ...]) -> None:
        """Go on with a sentence; if it has notes, the phrase ends."""
        if speakable(sentence.spoken):
            written, early = self._early
            self._early = "", ()
            self._sentences.append(replace(sentence, written=written + sentence.written))
            notes = early + notes
            if notes:
                self.end(notes)
        elif self._sentences:
            self._sentences[-1] = _longer(self._sentences[-1], sentence.written)
            if notes:
                self.end(notes)
        elif self.finished:
            *sentences, last = self.finished[-1].sentences
            told = self.finished[-1].notes + notes
            self.finished[-1] = Phrase((*sentences, _longer(last, sentence.written)), told)
        else:
            self._early = self._early[0] + sentence.written, self._early[1] + notes

    def end(self, notes: tuple[str, ...] = ()) -> None:
        """What follows is said in one go of its own."""
        if self._sentences:
            self.finished.append(Phrase(tuple(self._sentences), notes))
            self._sentences = []


def _longer(sentence: Sentence, written: str) -> Sentence:
    return replace(sentence, written=sentence.written + written)


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
