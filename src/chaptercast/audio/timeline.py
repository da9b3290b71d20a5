"""The timed text of a recording, as long as it may be: passages go to a temporary file as they are joined, and come back in order."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Self

from chaptercast.audio.model import Passage, TimedSentence, TimedWord
from chaptercast.audio.timing import timed_passage
from chaptercast.audio.waveform import Waveform
from chaptercast.errors import OutputError
from chaptercast.mpeg import Grid
from chaptercast.profile import Role
from chaptercast.script.model import Say
from chaptercast.speech.model import Clip
from chaptercast.units import LanguageTag, Milliseconds, Samples

_IN_MEMORY_BYTES = 1 << 20
"""About two hours of speech; what is more goes to the disk."""


class Timeline:
    """Takes what is said as it is joined, and gives the passages as often as they are asked for. To be closed, as a file."""

    def __init__(self, grid: Grid) -> None:
        """Nothing is said yet."""
        self.waveform = Waveform(grid)
        """How loud it is over its time."""
        self._spool = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 -- closed by `close`
        self._last: Passage | None = None
        """What may still go on."""

    def add(self, chapter: int, say: Say, clip: Clip, begins: Samples) -> None:
        """Take an utterance of a chapter (counted from 0), whose first frame is at sample `begins`. Raises `OutputError`."""
        self.waveform.add(clip, begins)
        passage = timed_passage(chapter, say, clip, begins)
        if say.continues and self._last and not say.sentences[0].written.strip():
            first = next((sentence.start for sentence in passage.sentences), None)
            self._last = _longer(self._last, clip.grid.milliseconds(begins + clip.end) if first is None else first)
        if passage.sentences:
            self._put_by()
            self._last = passage

    def __iter__(self) -> Iterator[Passage]:
        """The passages so far, in order. Raises `OutputError` where the temporary file cannot be read."""
        place = 0
        while line := self._line(place):
            place += len(line)
            yield _decoded(json.loads(line))
        if self._last:
            yield self._last

    def close(self) -> None:
        """Remove what was put by."""
        self._spool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _put_by(self) -> None:
        if self._last:
            with _temporary_errors():
                self._spool.seek(0, 2)
                self._spool.write(json.dumps(_encoded(self._last)).encode() + b"\n")

    def _line(self, place: int) -> bytes:
        with _temporary_errors():
            self._spool.seek(place)
            return self._spool.readline()


@contextmanager
def _temporary_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        folder = tempfile.gettempdir()
        raise OutputError(f"No temporary file can be kept in {folder}: {reason}.", "Make room there.") from error


def _longer(passage: Passage, end: Milliseconds) -> Passage:
    """A passage whose last sentence is still being said up to `end`."""
    *before, last = passage.sentences
    return replace(passage, sentences=(*before, replace(last, end=max(last.end, end))))


def _encoded(passage: Passage) -> list[Any]:
    sentences = [
        (s.text, s.start, s.end, [number for word in s.words for number in (word.start, word.offset, word.length)])
        for s in passage.sentences
    ]
    return [passage.chapter, passage.role, passage.language, passage.continues, sentences]


def _decoded(line: list[Any]) -> Passage:
    chapter, role, language, continues, sentences = line
    timed = (
        TimedSentence(text, start, end, tuple(map(TimedWord, words[::3], words[1::3], words[2::3])))
        for text, start, end, words in sentences
    )
    return Passage(chapter, Role(role), LanguageTag(language), continues, tuple(timed))
