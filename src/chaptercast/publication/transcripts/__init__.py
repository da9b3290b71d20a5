"""Transcripts and chapters with times, for players: files beside the MP3."""

from collections.abc import Iterable, Iterator

from chaptercast.audio.model import Passage
from chaptercast.publication.model import Episode
from chaptercast.publication.transcripts.formats import chapters_webvtt, podcast_json, subrip, webvtt

TRANSCRIPTS = ("transcript.vtt", "transcript.srt", "transcript.json")
"""The transcript files."""


def tracks(passages: Iterable[Passage], episode: Episode) -> dict[str, Iterator[str]]:
    """The text of each file by its name, in pieces. `passages` are iterated once per file."""
    texts = (webvtt(passages, episode.language), subrip(passages), podcast_json(passages))
    return {**dict(zip(TRANSCRIPTS, texts, strict=True)), "chapters.vtt": chapters_webvtt(episode.chapters)}
