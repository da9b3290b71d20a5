"""What stands beside a recording: its text with times, its page, its chapters, its script, and what is known of it."""

from collections.abc import Callable
from pathlib import Path

from chaptercast.audio.timeline import Timeline
from chaptercast.convert.preparing import Prepared
from chaptercast.convert.recording import is_worth_a_process
from chaptercast.processes import beside
from chaptercast.publication import files
from chaptercast.publication.episode import chapters_json, to_json
from chaptercast.publication.exports.kept_text import TEXT_FILE, kept_text
from chaptercast.publication.model import Episode
from chaptercast.publication.names import MANIFEST
from chaptercast.publication.pages import PAGE, episode_page
from chaptercast.publication.structured_text import unspoken_passages
from chaptercast.publication.transcripts import TRANSCRIPTS, tracks
from chaptercast.script.ssml import ssml_pieces


def write_texts(prepared: Prepared, episode: Episode, timeline: Timeline, named: Callable[[str], Path]) -> set[str]:
    """Write all but the manifest into the temporary files that `named` gives for their names. Raises `OutputError`.

    Returns the addresses of the article's figures.

    Of a long recording the transcripts are made by a process of their own.
    """
    texts = tracks(timeline, episode)
    parts = {name: named(name) for name in texts}

    def write_tracks() -> None:
        for name, part in parts.items():
            files.fill(part, (piece.encode() for piece in texts[name]))

    with beside(write_tracks, apart=is_worth_a_process(episode.audio.duration)) as finished:
        levels = timeline.waveform.levels(episode.audio.duration)
        unspoken = unspoken_passages(prepared.script)
        page = episode_page(episode, timeline, levels, transcripts=TRANSCRIPTS, unspoken=unspoken)
        files.fill(named(PAGE), (piece.encode() for piece in page))
        chapters = chapters_json(episode.chapters, episode.title, episode.author)
        files.fill(named("chapters.json"), (files.as_json(chapters),))
        pictures: set[str] = set()
        text = kept_text(timeline, unspoken_passages(prepared.script), pictures)
        files.fill(named(TEXT_FILE), text)
        files.fill(named("script.ssml"), (piece.encode() for piece in ssml_pieces(prepared.script)))
        finished()
    return pictures


def write_manifest(episode: Episode, folder: Path) -> None:
    """Write what is known of a recording beside it, when all else is there. Raises `OutputError`."""
    files.write(folder / MANIFEST, files.as_json(to_json(episode)))
