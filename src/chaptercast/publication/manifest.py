"""Writes the metadata files of a recording: the manifest `episode.json`, and `chapters.json` for podcast players."""

import json
from pathlib import Path
from typing import Any

from chaptercast.audio.model import Chapter
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import Omission, ReadBy, Reason, SourcePage
from chaptercast.publication.model import AudioFile, Episode, Misheard, PublishedPage, Spoken

SCHEMA_VERSION = 1
CHAPTERS_VERSION = "1.2.0"
"""The version of the Podcasting 2.0 JSON chapters format (podcastindex.org, `chapters/jsonChapters.md`)."""


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
            "lufs": audio.lufs,
            "true_peak_dbtp": audio.true_peak_dbtp,
        },
        "speech": {
            "engine": spoken.engine,
            "version": spoken.version,
            "profile": spoken.profile,
            "voices": list(spoken.voices),
            "licences": dict(spoken.licences),
            "word_times": "heard" if spoken.by_ear else "told",
        },
        "chapters": [
            {"id": c.id, "title": c.title, "level": c.level, "start_ms": c.start, "end_ms": c.end}
            for c in episode.chapters
        ],
        "left_out": [{"text": omission.text, "reason": omission.reason.value} for omission in episode.left_out],
        "misheard": [{"start_ms": one.start, "text": one.written, "what": one.what} for one in episode.misheard],
        "pages": [_listed(page) for page in episode.pages],
    }


def from_json(manifest: Any) -> Episode:
    """The episode that a manifest describes. Raises `ValueError` if it is not one of ours, or has another schema version."""
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
                lufs=_number(audio.get("lufs")),
                true_peak_dbtp=_number(audio.get("true_peak_dbtp")),
            ),
            spoken=_spoken(speech),
            chapters=tuple(_chapter(chapter) for chapter in manifest["chapters"]),
            authors=tuple(map(str, manifest.get("authors", ()))),
            left_out=tuple(Omission(str(left["text"]), Reason(left["reason"])) for left in manifest["left_out"]),
            misheard=tuple(_misheard(one) for one in manifest.get("misheard", ())),
            pages=tuple(_page(one) for one in manifest.get("pages", ())),
        )
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"not a manifest ({type(error).__name__}: {error})") from error


_TEXTS = ("guid", "slug", "origin", "title", "author", "date", "source", "description", "image", "generator")


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _spoken(listed: dict[str, Any]) -> Spoken:
    licences = {str(voice): str(licence) for voice, licence in listed.get("licences", {}).items()}
    by_ear = listed.get("word_times") == "heard"
    return Spoken(
        listed["engine"], listed["version"], tuple(map(str, listed["voices"])), listed["profile"], licences, by_ear
    )


def _misheard(listed: dict[str, Any]) -> Misheard:
    return Misheard(Milliseconds(int(listed["start_ms"])), str(listed["text"]), str(listed["what"]))


def _listed(page: PublishedPage) -> dict[str, Any]:
    source = page.source
    read_by = source.read_by.value if source.read_by else None
    return {
        "label": source.label, "start_ms": page.start, "read_by": read_by, "sure": source.sure, "fault": source.fault
    }  # fmt: skip


def _page(listed: dict[str, Any]) -> PublishedPage:
    read_by, start = listed.get("read_by"), listed.get("start_ms")
    source = SourcePage(
        str(listed["label"]), ReadBy(read_by) if read_by else None, _number(listed.get("sure")), str(listed.get("fault", ""))
    )  # fmt: skip
    return PublishedPage(source, None if start is None else Milliseconds(int(start)))


def _chapter(listed: dict[str, Any]) -> Chapter:
    start, end = Milliseconds(int(listed["start_ms"])), Milliseconds(int(listed["end_ms"]))
    return Chapter(str(listed["id"]), str(listed["title"]), int(listed["level"]), start, end)


def read_episode(path: Path) -> Episode:
    """The episode of the manifest at `path`. Raises `OSError` if it cannot be read, `ValueError` if it is not a manifest."""
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
