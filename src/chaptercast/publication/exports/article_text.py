"""Stores the article's text with its recording, so that books can be made later without speaking anything again.

`text.jsonl` is beside the MP3: one line with its version, then one line for each passage, in order, spoken or not. It has no times of
single words, which would be most of the data. The exception are tables, whose cells begin with a word.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chaptercast.audio.model import Passage, TimedSentence
from chaptercast.publication.timed_structure import merged

TEXT_FILE = "text.jsonl"
VERSION = 1
_MOST_BYTES = 512_000_000


class Head(Struct, frozen=True):
    """The first line."""

    version: int


_ENCODER = msgspec.json.Encoder()
_HEAD, _PASSAGE = msgspec.json.Decoder(Head), msgspec.json.Decoder(Passage)


def kept_text(
    passages: Iterable[Passage], unspoken: Iterable[Passage] = (), pictures: set[str] | None = None
) -> Iterator[bytes]:
    """Yields the content of the file, in pieces. `passages` and `unspoken` are the arguments of `structured`.

    Adds the addresses of figures to `pictures`.
    """
    yield _ENCODER.encode(Head(VERSION)) + b"\n"
    for passage in merged(passages, unspoken):
        if pictures is not None:
            pictures.update(element.source for element in passage.place if element.source)
        sentences = tuple(map(_without_words, passage.sentences))
        yield _ENCODER.encode(replace(passage, sentences=sentences)) + b"\n"


def read_text(path: Path) -> tuple[Head, list[Passage]]:
    """Returns the text stored at `path`: all passages in order; those that are not spoken have no times.

    Raises `OSError` if the file cannot be read, `ValueError` if it is not such a file or has another version.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError("it is too large")
    with path.open("rb") as stream:
        try:
            head = _HEAD.decode(stream.readline())
            if head.version != VERSION:
                raise ValueError(f"written in version {head.version}, this program knows {VERSION}")
            return head, [_PASSAGE.decode(line) for line in stream]
        except (msgspec.MsgspecError, RecursionError) as error:
            raise ValueError(f"not the text of a recording ({error})") from error


def _without_words(sentence: TimedSentence) -> TimedSentence:
    in_cells = any(mark.style.supplied or mark.style.cell is not None for mark in sentence.marks)
    return sentence if in_cells or not sentence.words else replace(sentence, words=())
