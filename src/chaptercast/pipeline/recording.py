"""Turns a script into an MP3: joins its clips, and reads the file back before it gets its final name."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias, TypeVar

from msgspec import Struct

from chaptercast import __version__
from chaptercast.audio.chapters import fit
from chaptercast.audio.id3 import MAX_CHAPTERS
from chaptercast.audio.join import Part, join
from chaptercast.audio.model import Chapter, ChapterStart, Recording, Tag
from chaptercast.audio.readback import Reading, read_mp3
from chaptercast.audio.sentence_times import written_words
from chaptercast.common.processes import beside
from chaptercast.common.unicode_text import word_count
from chaptercast.common.units import Milliseconds, Samples
from chaptercast.document.model import Omission, Reason
from chaptercast.errors import OutputError
from chaptercast.pipeline.growing_file import heard_meanwhile
from chaptercast.pipeline.joined_voices import JoinedVoices
from chaptercast.pipeline.options import Progress
from chaptercast.pipeline.preparation import Prepared
from chaptercast.publication import atomic_files
from chaptercast.publication.model import AudioFile, Misheard
from chaptercast.publication.pictures import Picture
from chaptercast.script.model import Pause, Say
from chaptercast.speech.model import Clip

Placed: TypeAlias = Callable[[int, Say, Clip, Samples], None]
"""Called with each utterance when it is joined: chapter index, spoken text, clip, and start of the clip."""


class Joined(Struct, frozen=True):
    """A stream that has been written but not checked."""

    recording: Recording
    file_bytes: int
    unheard: tuple[Omission, ...]
    """Text for which the engine made no sound, or that it cannot read."""
    said_words: int
    """The number of spoken words of the article."""
    lufs: float | None = None
    true_peak_dbtp: float | None = None
    misheard: tuple[Misheard, ...] = ()
    """What a recogniser heard that is not what is written, if one listened."""
    by_ear: bool = False
    """Whether the times of words come from a recogniser."""


_Made = TypeVar("_Made")
_LONG, _VERY_LONG = Milliseconds(20 * 60_000), Milliseconds(10 * 3_600_000)


def record(
    prepared: Prepared,
    clips: Iterator[Clip],
    audio: Path,
    progress: Progress,
    placed: Placed,
    meanwhile: Callable[[Joined], _Made],
    *,
    cover: Picture | None = None,
    apart: bool = False,
    growing: Path | None = None,
) -> tuple[AudioFile, _Made]:
    """Join the script's `clips` into a temporary file, read it back, and only then give it its final name.

    Also returns the result of `meanwhile`, which must keep nothing if this function fails. If `meanwhile` takes long (`apart`), a
    separate process checks a long recording at the same time. The file `growing` gets the sound as it is joined.

    Raises `OutputError`, and what `clips` and `meanwhile` raise.
    """
    starts = tuple(ChapterStart(head.id, head.title or prepared.title, head.level) for head in prepared.script.heads)
    tally = _Tally(prepared, placed)
    with atomic_files.temporary(audio.parent) as part:
        with atomic_files.opened(part, durable=False) as stream:
            parts = _parts(prepared, starts, clips, progress)
            with heard_meanwhile(stream, growing) as into:
                recording = join(
                    parts,
                    starts,
                    _tag(prepared, cover),
                    prepared.grid,
                    into,
                    lambda clip, begins: tally.add(clip, begins, stream.tell()),
                )
            tally.voices.level(stream)
        joined = tally.joined(recording, part.stat().st_size)
        with beside(
            lambda: _checked(part, recording), apart=apart and is_worth_a_process(recording.duration)
        ) as checking:
            made, reading = meanwhile(joined), checking()
        atomic_files.put(part, audio)
    file = AudioFile(
        audio.name,
        reading.file_bytes,
        reading.sha256,
        recording.duration,
        recording.grid,
        joined.lufs,
        joined.true_peak_dbtp,
    )
    return file, made


class _Tally:
    """Collects what is known of a recording's clips while they are joined."""

    def __init__(self, prepared: Prepared, placed: Placed) -> None:
        self._prepared = prepared
        self._placed = placed
        self._said = _said(prepared)
        self._unheard: list[Omission] = []
        self._said_words = 0
        engine = prepared.cast.engine
        sends_frames = engine.online and engine.sends_frames
        self.voices = JoinedVoices(prepared.cast.wanted, of_service=engine.online, encoded_here=not sends_frames)
        self._misheard: list[Misheard] = []
        self._by_ear = False

    def add(self, clip: Clip, begins: Samples, file_end: int) -> None:
        """Add the next clip, whose first frame begins at sample `begins`. Its last one ends the file, at byte `file_end`."""
        chapter, say = next(self._said)
        unread = tuple(written_words(say, clip.unread))
        if clip.silent and self._prepared.cast.engine.audible:  # silence never passes for speech
            self._unheard.append(Omission(say.written or say.spoken, Reason.UNREAD if unread else Reason.NO_SOUND))
        else:
            self._said_words += word_count(say.written) - sum(map(word_count, unread))
            self._unheard.extend(Omission(words, Reason.UNREAD) for words in unread)
        cast = self._prepared.cast
        voice, begins_s = cast.voice_of(say, self._prepared.script.language), begins / self._prepared.grid.sample_rate
        self.voices.add(voice, clip, begins_s, file_end, volume=cast.volume_of(say))
        at = self._prepared.grid.milliseconds(Samples(begins + clip.onset))
        self._misheard.extend(Misheard(at, say.written or say.spoken, line) for line in clip.misheard)
        self._by_ear = self._by_ear or clip.by_ear
        self._placed(chapter, say, clip, begins)

    def joined(self, recording: Recording, audio_bytes: int) -> Joined:
        """Return everything about the stream that was joined; `audio_bytes` is the size of its file."""
        return Joined(
            recording,
            audio_bytes,
            tuple(self._unheard),
            self._said_words,
            *self.voices.loudness(),
            tuple(self._misheard),
            self._by_ear,
        )


def is_worth_a_process(duration: Milliseconds) -> bool:
    """Whether work on a whole recording is worth a separate process.

    It must take longer than starting a process. The recording must not be so long that the memory of a second process matters more than
    the time saved.
    """
    return _LONG <= duration <= _VERY_LONG


def _checked(part: Path, recording: Recording) -> Reading:
    """Flush a finished file to disk and read it back. Raises `OutputError`."""
    with atomic_files.opened(part):
        pass
    return _verified(part, recording, fit(recording.chapters, MAX_CHAPTERS))


def _said(prepared: Prepared) -> Iterator[tuple[int, Say]]:
    """Each utterance with its chapter index, from 0."""
    for number, section in enumerate(prepared.script.sections):
        yield from ((number, part) for part in section.parts if isinstance(part, Say))


def _parts(
    prepared: Prepared, starts: tuple[ChapterStart, ...], clips: Iterator[Clip], progress: Progress
) -> Iterator[Part]:
    """Sections as parts for the joiner: chapter starts, pauses, and the clip of each utterance."""
    heads = prepared.script.heads
    total = sum(head.characters for head in heads) or 1
    done = 0
    for start, head, section in zip(starts, heads, prepared.script.sections, strict=True):
        yield start
        for place, part in enumerate(section.parts, 1):
            if isinstance(part, Pause):
                yield part.duration
            else:
                yield next(clips)
                progress((done + head.characters * place / len(section.parts)) / total, start.title)
        done += head.characters


def _tag(prepared: Prepared, cover: Picture | None) -> Tag:
    metadata = prepared.script.metadata
    return Tag(
        title=prepared.title,
        artist=metadata.author,
        date=metadata.date,
        language=prepared.script.language,
        source=metadata.source,
        encoder=f"chaptercast {__version__}",
        picture=cover.content if cover else b"",
        picture_type=cover.media_type if cover else "",
    )


def _verified(part: Path, recording: Recording, listed: tuple[Chapter, ...]) -> Reading:
    """Read the file back: its content must equal what was joined. Raises `OutputError`."""
    try:
        reading = read_mp3(part)
    except (OSError, ValueError) as error:
        raise OutputError(f"The recording did not pass its check: {error}.", _DAMAGED) from error
    findings = list(reading.findings)
    if (reading.frame_count, reading.audio_bytes) != (recording.frame_count, recording.audio_bytes):
        findings.append(f"{reading.frame_count} frames were read, {recording.frame_count} written")
    if [(c.title, c.start, c.end) for c in reading.chapters] != [(c.title, c.start, c.end) for c in listed]:
        findings.append("the chapters read are not those written")
    if findings:
        raise OutputError(f"The recording did not pass its check: {'; '.join(findings)}.", _DAMAGED)
    return reading


_DAMAGED = "Is the disk full or damaged? Nothing was left under the final name; run the same command again."
