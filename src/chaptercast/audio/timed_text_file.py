"""The timed text of a recording, as long as it may be: passages go to a temporary file as they are joined, and come back in order."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Self

import msgspec
from msgspec.structs import replace

from chaptercast.audio.model import Passage
from chaptercast.audio.sentence_times import timed_passage
from chaptercast.audio.waveform import Waveform
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import Milliseconds, Samples
from chaptercast.errors import OutputError
from chaptercast.script.model import Say
from chaptercast.speech.model import Clip

_ENCODER, _DECODER = msgspec.json.Encoder(), msgspec.json.Decoder(Passage)


class TimedTextFile:
    """Takes what is said as it is joined, and gives the passages as often as they are asked for. To be closed, as a file."""

    def __init__(self, grid: Grid, file: Path) -> None:
        """Nothing is said yet. `file`, a temporary one, takes what is. Raises `OutputError`."""
        self.waveform = Waveform(grid)
        """How loud it is over its time."""
        self._path = file
        with self._errors():
            self._file = file.open("wb")
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
        with self._errors():
            stream = self._path.open("rb")
        with stream:
            while line := self._line(stream):
                yield _DECODER.decode(line)
        if self._last:
            yield self._last

    def close(self) -> None:
        """What is put by is needed no longer."""
        with suppress(OSError):  # a full disk has been told of
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _put_by(self) -> None:
        if self._last:
            with self._errors():
                self._file.write(_ENCODER.encode(self._last) + b"\n")
                self._file.flush()  # so that it is there for whoever reads, be it a forked process, and once

    def _line(self, stream: BinaryIO) -> bytes:
        with self._errors():
            return stream.readline()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            folder = self._path.parent
            raise OutputError(f"No temporary file can be kept in {folder}: {reason}.", "Make room there.") from error


def _longer(passage: Passage, end: Milliseconds) -> Passage:
    """A passage whose last sentence is still being said up to `end`."""
    *before, last = passage.sentences
    return replace(passage, sentences=(*before, replace(last, end=max(last.end, end))))
