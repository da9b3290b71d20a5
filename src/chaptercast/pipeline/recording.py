"""From a script to an MP3: its clips joined, and the file read back before it gets its name."""

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
from chaptercast.pipeline.options import Progress
from chaptercast.pipeline.preparation import Prepared
from chaptercast.publication import atomic_files
from chaptercast.publication.model import AudioFile
from chaptercast.script.model import Pause, Say
from chaptercast.speech.model import Clip

Placed: TypeAlias = Callable[[int, Say, Clip, Samples], None]
"""Told of each utterance as it is joined: the number of its chapter, what is said, its clip, and when the clip begins."""


class Joined(Struct, frozen=True):
    """A stream that is written, and not yet checked."""

    recording: Recording
    file_bytes: int
    unheard: tuple[Omission, ...]
    """What the engine made no sound for, or cannot read."""
    said_words: int
    """Of the article."""


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
    apart: bool = False,
) -> tuple[AudioFile, _Made]:
    """Join the script's `clips` into a temporary file, read it back, and only then give it its name.

    Returns what `meanwhile` made, too: nothing of it may be kept where this fails. If it takes long (`apart`), a long recording is
    checked by a process of its own while it is done.

    Raises `OutputError`, and what `clips` and `meanwhile` raise.
    """
    starts = tuple(ChapterStart(head.id, head.title or prepared.title, head.level) for head in prepared.script.heads)
    unheard: list[Omission] = []
    said, said_words = _said(prepared), 0

    def watched(clip: Clip, begins: Samples) -> None:
        nonlocal said_words
        chapter, say = next(said)
        unread = tuple(written_words(say, clip.unread))
        if clip.silent and prepared.cast.engine.audible:  # silence is never passed off as speech
            unheard.append(Omission(say.written or say.spoken, Reason.UNREAD if unread else Reason.NO_SOUND))
        else:
            said_words += word_count(say.written) - sum(map(word_count, unread))
            unheard.extend(Omission(words, Reason.UNREAD) for words in unread)
        placed(chapter, say, clip, begins)

    with atomic_files.temporary(audio.parent) as part:
        with atomic_files.opened(part, durable=False) as stream:
            parts = _parts(prepared, starts, clips, progress)
            recording = join(parts, starts, _tag(prepared), prepared.grid, stream, watched)
        joined = Joined(recording, part.stat().st_size, tuple(unheard), said_words)
        with beside(
            lambda: _checked(part, recording), apart=apart and is_worth_a_process(recording.duration)
        ) as checking:
            made, reading = meanwhile(joined), checking()
        atomic_files.put(part, audio)
    return AudioFile(audio.name, reading.file_bytes, reading.sha256, recording.duration, recording.grid), made


def is_worth_a_process(duration: Milliseconds) -> bool:
    """Whether what is done with a whole recording goes to a process of its own.

    It must take longer than to start one, and not so long that the memory of another counts for more than the seconds that it saves.
    """
    return _LONG <= duration <= _VERY_LONG


def _checked(part: Path, recording: Recording) -> Reading:
    """Flush a finished file to the disk and read it back. Raises `OutputError`."""
    with atomic_files.opened(part):
        pass
    return _verified(part, recording, fit(recording.chapters, MAX_CHAPTERS))


def _said(prepared: Prepared) -> Iterator[tuple[int, Say]]:
    """Each utterance with the number of its chapter, from 0."""
    for number, section in enumerate(prepared.script.sections):
        yield from ((number, part) for part in section.parts if isinstance(part, Say))


def _parts(
    prepared: Prepared, starts: tuple[ChapterStart, ...], clips: Iterator[Clip], progress: Progress
) -> Iterator[Part]:
    """Sections as the joiner takes them: chapter starts, pauses, and each utterance's clip in its place."""
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


def _tag(prepared: Prepared) -> Tag:
    metadata = prepared.script.metadata
    return Tag(
        title=prepared.title,
        artist=metadata.author,
        date=metadata.date,
        language=prepared.script.language,
        source=metadata.source,
        encoder=f"chaptercast {__version__}",
    )


def _verified(part: Path, recording: Recording, listed: tuple[Chapter, ...]) -> Reading:
    """Read the file back: what is in it must be what was joined. Raises `OutputError`."""
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
