"""Verbalizer: a written text becomes utterances of sentences, each with its spoken form."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.script.lexicons.lexicon import NO_LEXICON, Lexicon
from chaptercast.script.model import Sentence
from chaptercast.script.sentences import cut
from chaptercast.script.spoken_text import SpokenText, spoken_text


class Verbalizer(Struct, frozen=True):
    """How texts of one language are put for one engine."""

    language: LanguageTag
    spell: bool
    """Whether digits and signs are put into words for the engine."""
    max_bytes: int
    lexicon: Lexicon = NO_LEXICON
    max_sentences: int = 0
    """How many the engine takes in one go; 0 for as many as it has room for."""

    def utterances(self, text: str) -> Iterator[tuple[Sentence, ...]]:
        """The sentences of `text` in groups that the engine takes in one go."""
        return self.grouped(self.sentences(text))

    def sentences(self, text: str) -> Iterator[Sentence]:
        """The sentences of `text` with their spoken forms, in pieces where one is more than the engine takes."""
        return self._rendering(text).pieces(self.max_bytes) if text else iter(())

    def grouped(self, sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, ...]]:
        """`sentences` in groups that the engine takes in one go; what has no spoken form is written with the one before it."""
        group: list[Sentence] = []
        size = 0
        for sentence in _with_silent_ones(sentences):
            length = len(sentence.spoken.encode()) + 1
            if group and (size + length > self.max_bytes or len(group) == self.max_sentences):
                yield tuple(group)
                group, size = [], 0
            group.append(sentence)
            size += length
        if group:
            yield tuple(group)

    def fitting(self, written: str) -> Iterator[Sentence]:
        """One sentence with its spoken form, in pieces where that is more than the engine takes."""
        return self._rendering(written).undivided.pieces(self.max_bytes)

    def within_limit(self, sentence: Sentence) -> Iterator[Sentence]:
        """A sentence, its spoken form in pieces where that is more than the engine takes; the first has all that is written."""
        first, *rest = cut(sentence.spoken, self.max_bytes)
        yield replace(sentence, spoken=first.strip()) if rest else sentence
        yield from (Sentence("", piece.strip()) for piece in rest)

    def _rendering(self, text: str) -> SpokenText:
        return spoken_text(text, self.language, self.lexicon, spell=self.spell)


def _with_silent_ones(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """`sentences`, those without a spoken form as part of the one before, or else after: what is written stays whole."""
    held: Sentence | None = None
    texts: list[str] = []
    for sentence in sentences:
        if held is not None and held.spoken and sentence.spoken:
            yield replace(held, written="".join(texts))
            held, texts = None, []
        texts.append(sentence.written)
        held = sentence if held is None or sentence.spoken else held
    if held is not None:
        yield replace(held, written="".join(texts))
