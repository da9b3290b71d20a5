"""What is known of a recording, as files: the manifest `episode.json`, and `chapters.json` for podcast players."""

import json
from pathlib import Path
from typing import Any

from chaptercast.audio.model import Chapter
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import Omission, Reason
from chaptercast.publication.model import AudioFile, Episode, Spoken

SCHEMA_VERSION = 1
CHAPTERS_VERSION = "1.2.0"
"""Of the Podcasting 2.0 JSON chapters format (podcastindex.org, `chapters/jsonChapters.md`)."""


def to_json(episode: Episode) -> dict[str, Any]:
    """The manifest: schema version 1 (docs/episode.md)."""
    audio, spoken = episode.audio, episode.spoken
    return {
        "schema": SCHEMA_VERSION,
        "guid": episode.guid,
        "slug": episode.slug,
        "origin": episode.origin,
        "title": episode.title,
        "author": episode.author,
        "authors": list(episode.persons),
        "language": episode.language,
        "date": episode.date,
        "source": episode.source,
        "description": episode.description,
        "image": episode.image,
        "generator": episode.generator,
        "audio": {
            "file": audio.file,
            "bytes": audio.bytes,
            "sha256": audio.sha256,
            "type": audio.media_type,
            "seconds": audio.duration / 1000,
            "sample_rate": audio.grid.sample_rate,
            "bit_rate": audio.grid.bit_rate,
        },
        "speech": {
            "engine": spoken.engine,
            "version": spoken.version,
            "profile": spoken.profile,
            "voices": list(spoken.voices),
            "licences": dict(spoken.licences),
        },
        "chapters": [
            {"id": c.id, "title": c.title, "level": c.level, "start_ms": c.start, "end_ms": c.end}
            for c in episode.chapters
        ],
        "left_out": [{"text": omission.text, "reason": omission.reason.value} for omission in episode.left_out],
    }


def from_json(manifest: Any) -> Episode:
    """The episode that a manifest describes. Raises `ValueError` where it is none of ours, or of another schema."""
    try:
        if manifest["schema"] != SCHEMA_VERSION:
            raise ValueError(f"written in schema {manifest['schema']}, this program knows {SCHEMA_VERSION}")
        audio, speech = manifest["audio"], manifest["speech"]
        return Episode(
            **{name: str(manifest[name]) for name in _TEXTS},
            language=LanguageTag(str(manifest["language"])),
            audio=AudioFile(
                file=Path(audio["file"]).name,
                bytes=int(audio["bytes"]),
                sha256=str(audio["sha256"]),
                duration=Milliseconds(round(audio["seconds"] * 1000)),
                grid=Grid(audio["sample_rate"], audio["bit_rate"]),
            ),
            spoken=_spoken(speech),
            chapters=tuple(_chapter(chapter) for chapter in manifest["chapters"]),
            authors=tuple(map(str, manifest.get("authors", ()))),
            left_out=tuple(Omission(str(left["text"]), Reason(left["reason"])) for left in manifest["left_out"]),
        )
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"not a manifest ({type(error).__name__}: {error})") from error


_TEXTS = ("guid", "slug", "origin", "title", "author", "date", "source", "description", "image", "generator")


def _spoken(listed: dict[str, Any]) -> Spoken:
    licences = {str(voice): str(licence) for voice, licence in listed.get("licences", {}).items()}
    return Spoken(listed["engine"], listed["version"], tuple(map(str, listed["voices"])), listed["profile"], licences)


def _chapter(listed: dict[str, Any]) -> Chapter:
    start, end = Milliseconds(int(listed["start_ms"])), Milliseconds(int(listed["end_ms"]))
    return Chapter(str(listed["id"]), str(listed["title"]), int(listed["level"]), start, end)


def read_episode(path: Path) -> Episode:
    """The episode of the manifest at `path`. Raises `OSError` where it cannot be read, `ValueError` where it is no manifest."""
    text = path.read_text(encoding="utf-8")
    try:
        return from_json(json.loads(text))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def chapters_json(chapters: tuple[Chapter, ...], title: str, author: str) -> dict[str, Any]:
    """Chapters for podcast players; times in seconds."""
    listed = [{"startTime": c.start / 1000, "endTime": c.end / 1000, "title": c.title} for c in chapters]
    described = {"version": CHAPTERS_VERSION, "title": title, **({"author": author} if author else {})}
    return {**described, "chapters": listed}
