"""The language of each passage of a block: as the source declares it, else as it is found (`foreign`).

A voice that changes for one word is worse than a word with an accent. So a passage is switched to only if it is a few words long, or
if its script is one that the voice around it cannot read at all.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.language_identification import scripts
from chaptercast.common.units import LanguageTag, primary
from chaptercast.script.narration.foreign_language import FEW_IDEOGRAPHS, Stretch, stretches, unreadable
from chaptercast.script.narration.inlines import Piece
from chaptercast.script.normalise import speakable

FEW_WORDS = 3
"""From so many words on a declared language is switched to; below, only out of a script that cannot be read."""
_UNSPACED = ("Hani", "Kana", "Thai", "Laoo", "Khmr", "Mymr")
_SENTENCE_END = re.compile(r"[.!?…。！？][”“»」』)）\]】’›\"']*\s*$")
_OPENING = re.compile(r"[\s“„«「『(（\[【‘‚‹\"']+$")
_CLOSING = re.compile(r"[”“»」』)）\]】’›\"']*[.!?,;:…。！？，、；：]*[”“»」』)）\]】’›\"']*\s*")


class Passage(Struct, frozen=True):
    """A stretch of a block in one language."""

    language: LanguageTag
    pieces: tuple[Piece, ...]

    @property
    def said(self) -> str:
        """Its text as it is to be put into words."""
        return "".join(piece.said for piece in self.pieces)

    @property
    def ends_a_sentence(self) -> bool:
        """Whether it ends with the mark of a sentence's end."""
        return bool(_SENTENCE_END.search(self.said))


def passages(pieces: Sequence[Piece], language: LanguageTag, *, declared: bool) -> list[Passage]:
    """The passages of a block in `language`, which its author has `declared` or which is that of the document."""
    found: list[Passage] = []
    for passage in _joined(_as_declared(pieces, language)):
        if passage.language == language:
            found += _as_found(passage, declared=declared)
        else:
            found.append(passage)
    return _settled(_joined(found))


def _as_declared(pieces: Sequence[Piece], language: LanguageTag) -> Iterator[Passage]:
    for tag, group in groupby(pieces, lambda piece: piece.language or language):
        stretch = tuple(group)
        other = primary(tag) != primary(language) and _worth_switching("".join(p.said for p in stretch), language)
        yield Passage(tag if other else language, stretch)


def _worth_switching(text: str, language: LanguageTag) -> bool:
    counted = scripts(text)
    words = sum(any(map(str.isalpha, word)) for word in text.split())
    unspaced = sum(counted[script] for script in _UNSPACED)
    return words >= FEW_WORDS or unspaced >= FEW_IDEOGRAPHS or unreadable(text, language)


def _as_found(passage: Passage, *, declared: bool) -> Iterator[Passage]:
    """A passage, cut where another language is found in it."""
    language = passage.language
    found = list(stretches(passage.said, language, declared=declared))
    for tag, group in groupby(_cut(passage.pieces, found, language), lambda part: part[0]):
        yield Passage(tag, tuple(piece for _, piece in group))


def _cut(
    pieces: Sequence[Piece], found: Sequence[Stretch], language: LanguageTag
) -> Iterator[tuple[LanguageTag, Piece]]:
    """The pieces, cut at the ends of stretches, with their language; what cannot be cut, or is silent, goes where it begins."""
    left = deque(found)
    place = 0
    for piece in pieces:
        rest = piece
        end = place + len(piece.said)
        while True:
            while left and left[0].end <= place:
                left.popleft()
            inside = bool(left) and left[0].start <= place
            tag = left[0].language if inside else language
            boundary = (left[0].end if inside else left[0].start) if left else end
            if not rest.plain or boundary >= end:
                yield tag, rest
                break
            head, tail = rest.said[: boundary - place], rest.said[boundary - place :]
            yield tag, replace(rest, written=head, said=head)
            rest = replace(rest, written=tail, said=tail)
            place = boundary
        place = end


def _joined(found: Sequence[Passage] | Iterator[Passage]) -> list[Passage]:
    """Neighbours in one language as one passage."""
    return [
        Passage(language, tuple(piece for passage in group for piece in passage.pieces))
        for language, group in groupby(found, lambda passage: passage.language)
    ]


def _settled(found: list[Passage]) -> list[Passage]:
    """Marks go to the words that they belong to, and passages without any words to their neighbours."""
    if len(found) < 2:
        return found
    settled: list[Passage] = []
    silent: tuple[Piece, ...] = ()
    for passage in _with_their_marks(found):
        if speakable(passage.said):
            settled.append(replace(passage, pieces=silent + passage.pieces))
            silent = ()
        elif settled:
            settled[-1] = replace(settled[-1], pieces=settled[-1].pieces + passage.pieces)
        else:
            silent += passage.pieces
    return _joined(settled) if settled else [Passage(found[0].language, silent)]


def _with_their_marks(found: list[Passage]) -> list[Passage]:
    """Opening quotation marks go with what they open, closing ones and full stops with what they close."""
    for index in range(len(found) - 1):
        left, right = found[index], found[index + 1]
        if not (left.pieces and right.pieces):
            continue
        last, first = left.pieces[-1], right.pieces[0]
        if not (last.plain and first.plain):
            continue
        opening = _OPENING.search(last.said)
        closing = _CLOSING.match(first.said)
        if opening and opening.group().strip():
            left = replace(left, pieces=(*left.pieces[:-1], *_plain(last, last.said[: opening.start()])))
            right = replace(right, pieces=(*_plain(last, opening.group()), *right.pieces))
        elif closing and closing.group():
            left = replace(left, pieces=(*left.pieces, *_plain(first, closing.group())))
            right = replace(right, pieces=(*_plain(first, first.said[closing.end() :]), *right.pieces[1:]))
        found[index], found[index + 1] = left, right
    return [passage for passage in found if passage.pieces]


def _plain(like: Piece, text: str) -> tuple[Piece, ...]:
    return (replace(like, written=text, said=text),) if text else ()
