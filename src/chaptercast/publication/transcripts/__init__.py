"""The text of a recording with its times, and its chapters, for players: files that stand beside the MP3."""

from collections.abc import Iterable, Iterator

from chaptercast.audio.model import Passage
from chaptercast.publication.model import Episode
from chaptercast.publication.transcripts.formats import chapters_webvtt, podcast_json, subrip, webvtt

TRANSCRIPTS = ("transcript.vtt", "transcript.srt", "transcript.json")
"""The files that hold the text."""


def tracks(passages: Iterable[Passage], episode: Episode) -> dict[str, Iterator[str]]:
    """The text of each file by its name, in pieces; `passages` are gone through once for each."""
    texts = (webvtt(passages, episode.language), subrip(passages), podcast_json(passages))
    return {**dict(zip(TRANSCRIPTS, texts, strict=True)), "chapters.vtt": chapters_webvtt(episode.chapters)}
