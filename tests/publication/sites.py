"""Sites made for tests: folders with manifests and MP3s that hold no sound."""

import os
from datetime import UTC, datetime
from pathlib import Path

from chaptercast.audio.model import Chapter
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.publication import atomic_files
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.manifest import to_json
from chaptercast.publication.model import AudioFile, Episode, Spoken

RECORDED = datetime(2026, 3, 1, 8, 30, 15, tzinfo=UTC)
"""When the MP3s of these sites were written."""


def episode(slug: str = "one", **facts: object) -> Episode:
    """An episode of 90 seconds with three chapters; `facts` are fields that differ."""
    edges = [0, 20_000, 40_500, 90_000]
    titles = [f"Title of {slug}", "First", "Second"]
    chapters = tuple(
        Chapter(f"chp{n}", title, 1 if n == 0 else 2, Milliseconds(edges[n]), Milliseconds(edges[n + 1]))
        for n, title in enumerate(titles)
    )
    usual: dict[str, object] = {
        "guid": f"guid-of-{slug}",
        "slug": slug,
        "origin": "",
        "title": f"Title of {slug}",
        "author": "Ada",
        "language": LanguageTag("en"),
        "date": "2026-02-01",
        "source": "https://example.org/articles/one",
        "description": "What it is about.",
        "image": "",
        "generator": "chaptercast 0",
        "audio": AudioFile(f"{slug}.mp3", 3, "", Milliseconds(90_000), Grid(22_050, 48_000)),
        "spoken": Spoken("silence", "1", ("Silent",), "en"),
        "chapters": chapters,
        "left_out": (),
    }
    return Episode(**{**usual, **facts})  # type: ignore[arg-type]


def put_episode(site: Path, published: Episode, audio: bytes = b"mp3", recorded: datetime = RECORDED) -> Path:
    """Write what a conversion leaves in the folder of an episode; the folder."""
    folder = site / published.slug
    atomic_files.write(folder / published.audio.file, audio)
    os.utime(folder / published.audio.file, (recorded.timestamp(), recorded.timestamp()))
    atomic_files.write(folder / MANIFEST, atomic_files.as_json(to_json(published)))
    return folder


SHOW = """\
title = "The Harbour Library Reads"
description = "Articles, spoken."
base_url = "{base_url}"
language = "en"
categories = ["Society & Culture > Documentary", "News"]
author = "The Library"

[owner]
name = "Ada"
email = "podcast@example.org"

[[person]]
name = "Grace"
role = "host"
href = "https://example.org/grace"
"""


def put_show(site: Path, base_url: str = "https://example.org/podcast", more: str = "") -> None:
    """Write a show.toml; `more` are keys that stand at its top."""
    atomic_files.write(site / "show.toml", (more + "\n" + SHOW.format(base_url=base_url)).encode())
