"""From a prepared article to files: its recording, and what belongs to it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from chaptercast.audio.chapters import fit
from chaptercast.audio.id3 import MAX_CHAPTERS
from chaptercast.audio.model import Recording
from chaptercast.convert.options import Progress
from chaptercast.convert.preparing import Prepared
from chaptercast.convert.recording import Recorded, record
from chaptercast.publication import files
from chaptercast.publication.episode import Spoken, chapters_json, episode
from chaptercast.publication.slug import slug
from chaptercast.script.model import Say
from chaptercast.script.ssml import to_ssml
from chaptercast.speech.model import Clip
from chaptercast.units import Samples

AUDIO_SUFFIX = ".mp3"


@dataclass(frozen=True, slots=True)
class Published:
    """What a conversion made."""

    audio: Path
    manifest: dict[str, Any]
    recording: Recording

    @property
    def merged_chapters(self) -> int:
        """How many chapters stand in `chapters.json` but not in the MP3, which holds at most 255."""
        return len(self.recording.chapters) - len(fit(self.recording.chapters, MAX_CHAPTERS))


def publish(prepared: Prepared, clips: Iterator[Clip], output: Path, progress: Progress) -> Published:
    """Record an article. `output` is a folder, in which the recording gets one of its own, or a file ending in `.mp3`.

    Raises `OutputError`, and what `clips` raises; nothing unfinished stands under a final name.
    """
    if output.suffix.lower() == AUDIO_SUFFIX:
        return _published(prepared, output, record(prepared, clips, output, progress, _unplaced))
    name = slug(prepared.title, slug(prepared.stem))
    folder = output / name
    audio = folder / f"{name}{AUDIO_SUFFIX}"
    published = _published(prepared, audio, record(prepared, clips, audio, progress, _unplaced))
    texts = {
        "chapters.json": files.as_json(
            chapters_json(published.recording.chapters, prepared.title, prepared.script.metadata.author)
        ),
        "script.ssml": to_ssml(prepared.script).encode(),
        "episode.json": files.as_json(published.manifest),
    }
    for file_name, content in texts.items():
        files.write(folder / file_name, content)
    return published


def _unplaced(_chapter: int, _say: Say, _clip: Clip, _begins: Samples) -> None:
    """Nobody listens."""


def _published(prepared: Prepared, audio: Path, recorded: Recorded) -> Published:
    manifest = episode(
        replace(prepared.script, left_out=(*prepared.script.left_out, *recorded.unheard)),
        recorded.recording,
        _spoken(prepared),
        recorded.audio,
        slug=audio.stem,
        title=prepared.title,
    )
    return Published(audio, manifest, recorded.recording)


def _spoken(prepared: Prepared) -> Spoken:
    cast = prepared.cast
    voices = {utterance.voice: None for utterance in cast.utterances(prepared.script)}
    return Spoken(cast.engine.name, cast.engine.version, tuple(voices), cast.profile.name)
