"""The text of a recording with its times, and its chapters, for players: files that stand beside the MP3."""

from collections.abc import Iterable, Iterator

from chaptercast.audio.model import Passage
from chaptercast.publication.model import Episode
from chaptercast.publication.transcripts.formats import chapters_webvtt, podcast_json, subrip, webvtt


def tracks(passages: Iterable[Passage], episode: Episode) -> dict[str, Iterator[str]]:
    """The text of each file by its name, in pieces; `passages` are gone through once for each."""
    return {
        "transcript.vtt": webvtt(passages, episode.language),
        "transcript.srt": subrip(passages),
        "transcript.json": podcast_json(passages),
        "chapters.vtt": chapters_webvtt(episode.chapters),
    }
