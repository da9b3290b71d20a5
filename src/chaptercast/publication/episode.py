"""What is known of a recording, as files: the manifest `episode.json`, and `chapters.json` for podcast players."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chaptercast import __version__
from chaptercast.audio.model import Chapter, Recording
from chaptercast.script.model import Script

SCHEMA_VERSION = 1
CHAPTERS_VERSION = "1.2.0"
"""Of the Podcasting 2.0 JSON chapters format (podcastindex.org, `chapters/jsonChapters.md`)."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who spoke it."""

    engine: str
    version: str
    voices: tuple[str, ...]
    profile: str


def episode(
    script: Script, recording: Recording, spoken: Spoken, audio: dict[str, Any], *, slug: str, title: str
) -> dict[str, Any]:
    """The manifest: schema version 1 (docs/episode.md). `audio` is what `audio_facts` tells of the file."""
    metadata = script.metadata
    return {
        "schema": SCHEMA_VERSION,
        "slug": slug,
        "title": title,
        "author": metadata.author,
        "language": script.language,
        "date": metadata.date,
        "source": metadata.source,
        "generator": f"chaptercast {__version__}",
        "audio": {
            **audio,
            "seconds": recording.duration / 1000,
            "sample_rate": recording.grid.sample_rate,
            "bit_rate": recording.grid.bit_rate,
        },
        "speech": {
            "engine": spoken.engine,
            "version": spoken.version,
            "profile": spoken.profile,
            "voices": list(spoken.voices),
        },
        "chapters": [
            {"id": c.id, "title": c.title, "level": c.level, "start_ms": c.start, "end_ms": c.end}
            for c in recording.chapters
        ],
        "left_out": [{"text": omission.text, "reason": omission.reason.value} for omission in script.left_out],
    }


def audio_facts(path: Path, name: str) -> dict[str, Any]:
    """Name, length in bytes and SHA-256 of an audio file. Raises `OSError`."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"file": name, "bytes": path.stat().st_size, "sha256": digest, "type": "audio/mpeg"}


def chapters_json(chapters: tuple[Chapter, ...], title: str, author: str) -> dict[str, Any]:
    """Chapters for podcast players; times in seconds."""
    listed = [{"startTime": c.start / 1000, "endTime": c.end / 1000, "title": c.title} for c in chapters]
    described = {"version": CHAPTERS_VERSION, "title": title, **({"author": author} if author else {})}
    return {**described, "chapters": listed}
