"""What is more than plain in a text: from the spans of the document to the sentences of the script."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from chaptercast.script.model import Sentence
from chaptercast.script.narration.inlines import Piece
from chaptercast.text_structure import PLAIN, Mark


class Marks:
    """Hands out the marks of a text as its sentences come: what they are written like joins to what the pieces are."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._left = [(len(piece.written), piece.style) for piece in reversed(pieces) if piece.written]
        self._plain = all(style is PLAIN for _, style in self._left)

    def on(self, sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
        """The sentences that follow, with their marks."""
        if self._plain:
            return tuple(sentences)
        return tuple(replace(sentence, marks=self.over(len(sentence.written))) for sentence in sentences)

    def over(self, length: int) -> tuple[Mark, ...]:
        """The marks of the next `length` characters."""
        found: list[Mark] = []
        place = 0
        while place < length and self._left:
            there, style = self._left.pop()
            taken = min(there, length - place)
            if taken < there:
                self._left.append((there - taken, style))
            if style is not PLAIN:
                found.append(Mark(place, taken, style))
            place += taken
        return tuple(found)
