"""What stands beside a recording: its text with times, its page, its chapters, its script, and what is known of it."""

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


def write_texts(prepared: Prepared, episode: Episode, timeline: Timeline, folder: Path) -> None:
    """Write all of it into `folder`, the manifest last. Raises `OutputError`."""
    levels = timeline.waveform.levels(episode.audio.duration)
    page = episode_page(episode, timeline, levels, transcripts=TRANSCRIPTS)
    for name, pieces in {**tracks(timeline, episode), PAGE: page}.items():
        files.write(folder / name, (piece.encode() for piece in pieces), durable=False)
    texts = {
        "chapters.json": files.as_json(chapters_json(episode.chapters, episode.title, episode.author)),
        "script.ssml": to_ssml(prepared.script).encode(),
        MANIFEST: files.as_json(to_json(episode)),
    }
    for name, content in texts.items():
        files.write(folder / name, content, durable=name == MANIFEST)
