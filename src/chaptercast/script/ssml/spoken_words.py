"""The words of an SSML document put for an engine: text as in articles, aliases as they stand, spelled words by their characters."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import accumulate

from msgspec.structs import replace

from chaptercast.script.model import Respelling, Sentence
from chaptercast.script.normalise import speakable
from chaptercast.script.ssml.items import Spelled, Words
from chaptercast.script.utterances import Verbalizer

_SCRIPT = "script"
"""Where a respelling is from that is none of a lexicon's."""


def put_sentence(run: Iterable[Words], verbalizer: Verbalizer) -> Iterator[Sentence]:
    """One sentence of words in one style; in pieces where its spoken form is more than the engine takes."""
    pieces = list(_joined(run))
    written = "".join(piece.text for piece in pieces)
    if len(pieces) == 1 and pieces[0].alias is None and pieces[0].spelled is None:
        yield from verbalizer.fitting(written)
        return
    spoken, respellings = _composed(pieces, verbalizer)
    yield from verbalizer.within_limit(Sentence(written, spoken, respellings))


def put_text(run: list[Words], verbalizer: Verbalizer) -> Iterator[Sentence]:
    """The sentences of a text in one style, in which they are not marked."""
    text = "".join(piece.text for piece in run)
    if not any(map(_is_whole, run)):
        yield from verbalizer.sentences(text)
        return
    ends = accumulate(len(sentence.written) for sentence in verbalizer.sentences(text))
    for sentence in _split(run, ends):
        yield from put_sentence(sentence, verbalizer)


def _split(run: Iterable[Words], ends: Iterable[int]) -> Iterator[list[Words]]:
    """`run` cut at the places `ends`, in characters of its text; but never within an alias or a spelled word."""
    places = deque(ends)
    current: list[Words] = []
    start = 0  # of the piece
    for piece in run:
        end, done = start + len(piece.text), start
        while places and places[0] <= end:
            place = places.popleft()
            if place == end or not _is_whole(piece):
                yield [*current, replace(piece, text=piece.text[done - start : place - start])]
                current, done = [], place
        if done < end or (_is_whole(piece) and done == start):
            current.append(replace(piece, text=piece.text[done - start :]))
        start = end
    if current:
        yield current


def _is_whole(piece: Words) -> bool:
    return piece.spelled is not None or piece.alias is not None


def _joined(run: Iterable[Words]) -> Iterator[Words]:
    """`run` with what is plain text on both sides of a tag as one piece."""
    texts: list[Words] = []
    for piece in run:
        if _is_whole(piece):
            yield from _as_one(texts)
            texts = []
            yield piece
        else:
            texts.append(piece)
    yield from _as_one(texts)


def _as_one(texts: list[Words]) -> Iterator[Words]:
    if texts:
        yield replace(texts[0], text="".join(piece.text for piece in texts))


def _composed(pieces: Iterable[Words], verbalizer: Verbalizer) -> tuple[str, tuple[Respelling, ...]]:
    """What is said of several pieces, with the spaces that are between them."""
    spoken: list[str] = []
    respellings: list[Respelling] = []
    spaced = False
    for piece in pieces:
        said = _said(piece, verbalizer, respellings)
        if said and spoken and (spaced or piece.text[:1].isspace()):
            spoken.append(" ")
        if said:
            spoken.append(said)
        spaced = piece.text[-1:].isspace() or (spaced and not said)
    return "".join(spoken), tuple(respellings)


def _said(piece: Words, verbalizer: Verbalizer, respellings: list[Respelling]) -> str:
    if piece.alias is not None:
        if piece.alias == " ".join(
            piece.text.split()
        ):  # it keeps a word from lexicons, and has to be told apart from plain text
            respellings.append(Respelling(piece.text, piece.alias, _SCRIPT))
        return piece.alias
    if piece.spelled is not None:
        return _spelled(piece.text, piece.spelled, verbalizer)
    sentences = list(verbalizer.fitting(piece.text))
    respellings += (respelling for sentence in sentences for respelling in sentence.respellings)
    return " ".join(sentence.spoken for sentence in sentences if sentence.spoken)


def _spelled(text: str, kind: Spelled, verbalizer: Verbalizer) -> str:
    """Characters one by one: letters by their names, for which engines want capitals; digits and signs as the language has them."""
    said: list[str] = []
    for character in text:
        if character.isspace():
            continue
        put = " ".join(sentence.spoken for sentence in verbalizer.fitting(character))
        if character.isalpha():
            said.append(character.upper() if len(character.upper()) == 1 else character)
        elif kind is Spelled.CHARACTERS or speakable(put):
            said.append(put or character)
        elif said and not said[-1].endswith(","):
            said[-1] += ","
    return " ".join(said).rstrip(",")
