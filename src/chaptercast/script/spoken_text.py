"""A text as it is written and as it is said, and what of the one became what of the other.

A paragraph is put into words as a whole, and its sentences are found in what is said: there the full stops of abbreviations, ordinals
and decimals are gone, which end a sentence in no eyes but those of a program. They are cut at the same places in what is written.
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
"""White space that is not one space between words."""
_SENTENCE_END = re.compile(r"[.!?…][\"”»)]* \Z")


class Place(Struct, frozen=True):
    """The same place in what is written and in what is said."""

    written: int
    said: int


class SpokenText(Struct, frozen=True):
    """A text as it is written and as it is said."""

    written: str
    said: str
    spans: tuple[Span, ...]
    """What of the one became what of the other."""
    ends: tuple[Place, ...]
    """Where its sentences end, the last of them with the text."""
    respellings: tuple[tuple[int, Respelling], ...] = ()
    """What a lexicon changed, and where in `written`."""

    @property
    def undivided(self) -> "SpokenText":
        """The same as one sentence."""
        return replace(self, ends=self.ends[-1:])

    def pieces(self, max_bytes: int) -> Iterator[Sentence]:
        """The sentences, in pieces where one is said in more than `max_bytes` of UTF-8; they hold all that is written and said.

        What became one stretch of speech is written in the piece in which that begins.
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
    """`text` as it is said: respelled, cleaned, and, if asked for (`spell`), with digits and signs in words.

    Sentences are those of the text in words in any case: an engine that reads digits by itself gets the same ones.
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
    said = said.replace('"', "”")  # heard the same, and safe in an attribute
    return SpokenText(text, said, spans, (*ends, Place(len(text), len(said))), respellings)


def _marked(said: str, written: str, spans: Sequence[Span], language: LanguageTag) -> str:
    """`said`, as long as it is, with a capital or a digit for a number after a full stop: it may begin a sentence.

    A digit tells more, where abbreviations before numbers are not said in full.
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
    """All but the last: where the library and the spans agree."""
    for end in accumulate(map(len, split_sentences(said, language))):
        if end < len(said) and not _is_within(spans, end):
            yield Place(_written(written, spans, end), end)


def _space_edits(text: str) -> Iterator[Edit]:
    """White space of any kind as one space, none at the edges."""
    for found in _SPACES.finditer(text):
        put = " " if found.start() and found.end() < len(text) else ""
        if found[0] != put:
            yield Edit(found.start(), found.end(), put)


def _around(spans: Sequence[Span], place: int) -> tuple[int, int]:
    """Where in what is written a place in what is said may be: a range where something there is not said, or became one stretch."""
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
    """Where what is written is cut for a place in what is said: after what became one stretch, and behind white space if there is any."""
    low, high = _around(spans, place)
    apart = written[low - 1 : low].isspace() and not written[high - 1 : high].isspace()
    return low if apart and not _is_within(spans, place) else high
