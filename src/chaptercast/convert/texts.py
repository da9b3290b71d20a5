"""What stands beside a recording: its text with times, its page, its chapters, its script, and what is known of it."""

from collections.abc import Callable, Iterable
from pathlib import Path

from chaptercast.audio.timeline import Timeline
from chaptercast.convert.preparing import Prepared
from chaptercast.publication import files
from chaptercast.publication.episode import chapters_json, to_json
from chaptercast.publication.model import Episode
from chaptercast.publication.names import MANIFEST
from chaptercast.publication.pages import PAGE, episode_page
from chaptercast.publication.transcripts import TRANSCRIPTS, tracks
from chaptercast.script.ssml import to_ssml


def write_texts(
    prepared: Prepared, episode: Episode, timeline: Timeline, add: Callable[[str, Iterable[bytes]], None]
) -> None:
    """`add` each file, by its name, but for the manifest. Raises `OutputError`."""
    levels = timeline.waveform.levels(episode.audio.duration)
    page = episode_page(episode, timeline, levels, transcripts=TRANSCRIPTS)
    for name, pieces in {**tracks(timeline, episode), PAGE: page}.items():
        add(name, (piece.encode() for piece in pieces))
    chapters = chapters_json(episode.chapters, episode.title, episode.author)
    add("chapters.json", (files.as_json(chapters),))
    add("script.ssml", (to_ssml(prepared.script).encode(),))


def write_manifest(episode: Episode, folder: Path) -> None:
    """Write what is known of a recording beside it, when all else is there. Raises `OutputError`."""
    files.write(folder / MANIFEST, files.as_json(to_json(episode)))
