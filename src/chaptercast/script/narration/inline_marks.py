"""Carries inline marks (links, notes, emphasis...) from the document's spans to the script's sentences."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from chaptercast.script.model import Sentence
from chaptercast.script.narration.inlines import Piece
from chaptercast.text_structure import PLAIN, Mark, Style, of_part


class Marks:
    """Assigns the marks of a text to its sentences, one by one. The written sentences join to the same text as the pieces."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._left = [(len(piece.written), piece.style) for piece in reversed(pieces) if piece.written]
        self._plain = all(style is PLAIN for _, style in self._left)

    def on(self, sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
        """The next sentences, with their marks."""
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
                style = of_part(style)
                self._left.append((there - taken, without_page(style)))
            if style is not PLAIN:
                found.append(Mark(place, taken, style))
            place += taken
        return tuple(found)


def without_page(style: Style) -> Style:
    """The style of a stretch that begins no page, like the rest of one that does."""
    if not style.page:
        return style
    rest = replace(style, page=0)
    return PLAIN if rest == PLAIN else rest
