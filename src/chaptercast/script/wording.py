"""Wording: a written text becomes utterances of sentences, each with its spoken form."""

from collections.abc import Iterator
from dataclasses import dataclass

from chaptercast.script.model import Sentence
from chaptercast.script.normalise import clean, spell
from chaptercast.script.sentences import cut, split_sentences
from chaptercast.units import LanguageTag

_SMALLEST_CUT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Wording:
    """How texts of one language are put for one engine."""

    language: LanguageTag
    spell: bool
    """Whether digits and signs are put into words for the engine."""
    max_bytes: int

    def utterances(self, text: str) -> Iterator[tuple[Sentence, ...]]:
        """The sentences of `text` in groups that the engine takes in one go."""
        group: list[Sentence] = []
        size = 0
        for sentence in self._sentences(text):
            length = len(sentence.spoken.encode()) + 1
            # What has no spoken form stays with the sentence before it, so that the written text is whole.
            if group and sentence.spoken and size + length > self.max_bytes:
                yield tuple(group)
                group, size = [], 0
            group.append(sentence)
            size += length
        if group:
            yield tuple(group)

    def _sentences(self, text: str) -> Iterator[Sentence]:
        for written in split_sentences(text, self.language):
            yield from self._fitting(written)

    def _fitting(self, written: str) -> Iterator[Sentence]:
        """A sentence, in pieces where its spoken form is more than the engine takes."""
        limit = self.max_bytes
        pieces = [(written, self._spoken(written))]
        while any(len(spoken.encode()) > self.max_bytes for _, spoken in pieces) and limit >= _SMALLEST_CUT_BYTES:
            limit //= 2
            pieces = [(piece, self._spoken(piece)) for piece in cut(written, limit)]
        for piece, spoken in pieces:
            yield Sentence(piece, spoken.strip())

    def _spoken(self, written: str) -> str:
        cleaned = clean(" ".join(written.split()), self.language)
        spoken = spell(cleaned, self.language) if self.spell else cleaned
        return spoken.replace('"', "”")  # heard the same, and safe in every attribute of SSML
