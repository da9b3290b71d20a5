"""Aligns a text's written form with its spoken form.

A paragraph is normalised as a whole, and its sentences are found in the spoken form: there, the full stops of abbreviations, ordinals
and decimals are gone, which only a program would take for sentence ends. The written form is then split at the same places.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag, primary
from chaptercast.script.lexicons.lexicon import Lexicon, plain_edits
from chaptercast.script.model import Respelling, Sentence
from chaptercast.script.normalise import Span, clean_with_spans, compose, spell_with_spans
from chaptercast.script.normalise.data import LANGUAGES
from chaptercast.script.normalise.edits import Edit, apply_edits
from chaptercast.script.sentences import cut, split_sentences

_SPACES = re.compile(r"[^\S ]\s*| (?=\s)\s*|\A | \Z")
"""White space other than a single space between words."""
_SENTENCE_END = re.compile(r"[.!?…][\"”»)]* \Z")


class Place(Struct, frozen=True):
    """The same position in the written and in the spoken text."""

    written: int
    said: int


class SpokenText(Struct, frozen=True):
    """A text in written and spoken form."""

    written: str
    said: str
    spans: tuple[Span, ...]
    """The changed stretches, from written to spoken."""
    ends: tuple[Place, ...]
    """The ends of its sentences. The last is the end of the text."""
    respellings: tuple[tuple[int, Respelling], ...] = ()
    """The changes by lexicons, with their positions in `written`."""

    @property
    def undivided(self) -> "SpokenText":
        """The same text as one sentence."""
        return replace(self, ends=self.ends[-1:])

    def pieces(self, max_bytes: int) -> Iterator[Sentence]:
        """The sentences.

        A sentence that takes more than `max_bytes` of UTF-8 to speak is split. Together they hold the whole written and spoken text.

        If a written stretch became one spoken stretch, it belongs to the piece where that begins.
        """
        start = Place(0, 0)
        for end in self._places(max_bytes):
            respellings = tuple(made for at, made in self.respellings if start.written <= at < end.written)
            yield Sentence(
                self.written[start.written : end.written], self.said[start.said : end.said].strip(), respellings
            )
            start = end

    def _places(self, max_bytes: int) -> Iterator[Place]:
        start = Place(0, 0)
        for end in self.ends:
            said = self.said[start.said : end.said]
            if len(said.strip().encode()) > max_bytes:
                for piece in cut(said, max_bytes):
                    place = start.said + len(piece)
                    written = end.written if place == end.said else _written(self.written, self.spans, place)
                    start = Place(max(start.written, written), place)
                    yield start
            else:
                start = end
                yield end


def spoken_text(text: str, language: LanguageTag, lexicon: Lexicon, *, spell: bool) -> SpokenText:
    """The spoken form of `text`: respelled, cleaned, and with `spell`, with digits and signs in words.

    The sentences are always those of the text in words, so an engine that reads digits by itself gets the same ones.
    """
    said, spans = apply_edits(text, _space_edits(text))
    respellings: tuple[tuple[int, Respelling], ...] = ()
    if lexicon:
        said, changed = apply_edits(said, plain_edits(said))
        spans = compose(spans, changed)
        edits, made = lexicon.edits(said)
        places = (_around(spans, edit.start)[0] for edit in edits)
        respellings = tuple(zip(places, made, strict=True))
        said, changed = apply_edits(said, edits)
        spans = compose(spans, changed)
    cleaned, changed = clean_with_spans(said, language)
    spans = compose(spans, changed)
    spelled, changed = spell_with_spans(cleaned, language)
    ends = tuple(_sentence_ends(text, _marked(spelled, cleaned, changed, language), compose(spans, changed), language))
    if spell:
        said, spans = spelled, compose(spans, changed)
    else:
        said, ends = cleaned, tuple(Place(end.written, _around(changed, end.said)[0]) for end in ends)
    said = said.replace('"', "”")  # sounds the same, and is safe in an attribute
    return SpokenText(text, said, spans, (*ends, Place(len(text), len(said))), respellings)


def _marked(said: str, written: str, spans: Sequence[Span], language: LanguageTag) -> str:
    """`said`, with the same length, but with a capital or a digit for a number after a full stop, where a sentence may begin.

    A digit is more exact if abbreviations before numbers are not expanded.
    """
    in_full = primary(language) in LANGUAGES
    pieces: list[str] = []
    done = 0
    for span in spans:
        start, first = span.spoken_start, written[span.start : span.start + 1]
        if start < span.spoken_end and not first.isalpha() and _SENTENCE_END.search(said, max(0, start - 4), start):
            capital = said[start].upper() if in_full else first
            pieces += (said[done:start], capital if len(capital) == 1 else said[start])
            done = start + 1
    return "".join((*pieces, said[done:]))


def _sentence_ends(written: str, said: str, spans: Sequence[Span], language: LanguageTag) -> Iterator[Place]:
    """All sentence ends except the last: where the library and the spans agree."""
    for end in accumulate(map(len, split_sentences(said, language))):
        if end < len(said) and not _is_within(spans, end):
            yield Place(_written(written, spans, end), end)


def _space_edits(text: str) -> Iterator[Edit]:
    """The edits that turn any white space into one space, and remove it at the edges."""
    for found in _SPACES.finditer(text):
        put = " " if found.start() and found.end() < len(text) else ""
        if found[0] != put:
            yield Edit(found.start(), found.end(), put)


def _around(spans: Sequence[Span], place: int) -> tuple[int, int]:
    """The possible written positions for a spoken position: a range if something there is unspoken, or became one stretch."""
    index = bisect_left(spans, place, key=lambda span: span.spoken_end)
    low = place
    if index:
        before = spans[index - 1]
        low = before.end + place - before.spoken_end
    if index < len(spans) and spans[index].spoken_start < place:
        if place < spans[index].spoken_end:
            return spans[index].start, spans[index].end
        low = spans[index].end
        index += 1
    high = low
    while index < len(spans) and spans[index].spoken_end == place:
        high = spans[index].end
        index += 1
    return low, high


def _is_within(spans: Sequence[Span], place: int) -> bool:
    index = bisect_left(spans, place, key=lambda span: span.spoken_end)
    return index < len(spans) and spans[index].spoken_start < place < spans[index].spoken_end


def _written(written: str, spans: Sequence[Span], place: int) -> int:
    """The written position of a cut in the spoken text: after a stretch that was changed as a whole, and after any white space."""
    low, high = _around(spans, place)
    apart = written[low - 1 : low].isspace() and not written[high - 1 : high].isspace()
    return low if apart and not _is_within(spans, place) else high
