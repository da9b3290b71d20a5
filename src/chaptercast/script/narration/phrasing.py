"""Makes utterances from pieces: `Verbalizer` works on the text to be spoken, and each sentence gets its written text back."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.script.model import Sentence
from chaptercast.script.narration.inlines import Piece
from chaptercast.script.normalise import speakable
from chaptercast.script.utterances import Verbalizer


class Phrase(Struct, frozen=True):
    """Text that is spoken in one go, and the notes to tell after it."""

    sentences: tuple[Sentence, ...]
    notes: tuple[str, ...] = ()


def phrased(pieces: Sequence[Piece], verbalizer: Verbalizer) -> list[Phrase]:
    """The utterances of `pieces`, also split after every sentence with notes. The written parts join to the whole written text.

    Punctuation that would be an utterance of its own is written with its neighbour, and not spoken.
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
    """Collects phrases."""

    def __init__(self) -> None:
        self.finished: list[Phrase] = []
        self._sentences: list[Sentence] = []
        self._early: tuple[str, tuple[str, ...]] = "", ()
        """What is written before the first sentence with sound, and its notes."""

    def add(self, sentence: Sentence, notes: tuple[str, ...]) -> None:
        """Add a sentence. If it has notes, the phrase ends."""
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
        """End the current phrase."""
        if self._sentences:
            self.finished.append(Phrase(tuple(self._sentences), notes))
            self._sentences = []


def _longer(sentence: Sentence, written: str) -> Sentence:
    return replace(sentence, written=sentence.written + written)


class _Written:
    """Returns the written text for positions in the spoken text."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = list(pieces)
        self._index = 0
        self._start = 0
        """The position in the spoken text where the current piece begins or continues."""
        self._cut = 0
        """How much of the piece has been returned."""

    def up_to(self, place: int, *, everything: bool) -> tuple[str, tuple[str, ...]]:
        """The written text from the end of the last call up to `place`.

        A piece that is not plain and begins before `place` is included completely.

        A silent piece exactly at `place` belongs to the text before it, as a note mark belongs to its sentence.
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
