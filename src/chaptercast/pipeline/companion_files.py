"""What stands beside a recording: its text with times, its page, its chapters, its script, and what is known of it."""

from collections.abc import Callable
from pathlib import Path

from chaptercast.audio.timed_text_file import TimedTextFile
from chaptercast.common.processes import beside
from chaptercast.pipeline.preparation import Prepared
from chaptercast.pipeline.recording import is_worth_a_process
from chaptercast.publication import atomic_files
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.manifest import chapters_json, to_json
from chaptercast.publication.model import Episode
from chaptercast.publication.pages import PAGE, episode_page
from chaptercast.publication.timed_structure import unspoken_passages
from chaptercast.publication.transcripts import TRANSCRIPTS, tracks
from chaptercast.script.ssml.write import ssml_pieces


def write_texts(prepared: Prepared, episode: Episode, timeline: TimedTextFile, named: Callable[[str], Path]) -> None:
    """Write all but the manifest into the temporary files that `named` gives for their names. Raises `OutputError`.

    Of a long recording the transcripts are made by a process of their own.
    """
    texts = tracks(timeline, episode)
    parts = {name: named(name) for name in texts}

    def write_tracks() -> None:
        for name, part in parts.items():
            atomic_files.fill(part, (piece.encode() for piece in texts[name]))

    with beside(write_tracks, apart=is_worth_a_process(episode.audio.duration)) as finished:
        levels = timeline.waveform.levels(episode.audio.duration)
        unspoken = unspoken_passages(prepared.script)
        page = episode_page(episode, timeline, levels, transcripts=TRANSCRIPTS, unspoken=unspoken)
        atomic_files.fill(named(PAGE), (piece.encode() for piece in page))
        chapters = chapters_json(episode.chapters, episode.title, episode.author)
        atomic_files.fill(named("chapters.json"), (atomic_files.as_json(chapters),))
        atomic_files.fill(named("script.ssml"), (piece.encode() for piece in ssml_pieces(prepared.script)))
        finished()


def write_manifest(episode: Episode, folder: Path) -> None:
    """Write what is known of a recording beside it, when all else is there. Raises `OutputError`."""
    atomic_files.write(folder / MANIFEST, atomic_files.as_json(to_json(episode)))
