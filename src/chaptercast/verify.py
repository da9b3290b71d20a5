"""Finished recordings held against what is said of them: the MP3 by itself, and with its manifest and chapter list."""

import json
from collections.abc import Iterator
from pathlib import Path

from chaptercast.audio.chapters import fit
from chaptercast.audio.check import Reading, read_mp3
from chaptercast.audio.id3 import MAX_CHAPTERS
from chaptercast.errors import InputError
from chaptercast.publication.episode import read_episode
from chaptercast.publication.model import Episode
from chaptercast.publication.transcripts import check as transcripts

_AGAIN = "convert the article again"


def verify(path: Path) -> tuple[int, tuple[str, ...]]:
    """How many recordings there are at `path` (an MP3, a recording's folder, or a folder of these), and what is wrong with them.

    Raises `InputError` where there is nothing to check.
    """
    if path.is_file():
        return 1, tuple(_mp3_findings(path))
    manifests = sorted([*path.glob("episode.json"), *path.glob("*/episode.json")])
    if not manifests:
        raise InputError(
            f"{path} holds no recording.", "Give an MP3, or a folder that `chaptercast convert -o` wrote to."
        )
    return len(manifests), tuple(finding for manifest in manifests for finding in _episode_findings(manifest))


def _mp3_findings(path: Path) -> Iterator[str]:
    try:
        reading = read_mp3(path)
    except (OSError, ValueError) as error:
        yield f"{path}: {error}: {_AGAIN}"
        return
    yield from (f"{path}: {finding}: {_AGAIN}" for finding in reading.findings)


def _episode_findings(manifest_path: Path) -> Iterator[str]:
    try:
        episode = read_episode(manifest_path)
        audio = manifest_path.parent / episode.audio.file
        reading = read_mp3(audio)
        yield from (f"{audio}: {finding}: {_AGAIN}" for finding in reading.findings)
        yield from (f"{manifest_path}: {difference}: {_AGAIN}" for difference in _differences(episode, reading))
        yield from _chapter_list_findings(manifest_path.parent / "chapters.json", episode)
        yield from (f"{finding}: {_AGAIN}" for finding in transcripts.findings(manifest_path.parent, episode))
    except OSError as error:
        yield f"{error.filename or manifest_path}: {error.strerror}: {_AGAIN}"
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield f"{manifest_path}: not a manifest, or its recording is damaged ({error}): {_AGAIN}"


def _differences(episode: Episode, reading: Reading) -> Iterator[str]:
    audio = episode.audio
    for key, said, found in (
        ("bytes", audio.bytes, reading.file_bytes),
        ("sha256", audio.sha256, reading.sha256),
        ("seconds", audio.duration / 1000, reading.duration / 1000),
    ):
        if said != found:
            yield f"says {key} {said}, the file has {found}"
    listed = [(c.title, c.start, c.end) for c in fit(episode.chapters, MAX_CHAPTERS)]
    if listed != [(c.title, c.start, c.end) for c in reading.chapters]:
        yield "its chapters are not those of the file"


def _chapter_list_findings(path: Path, episode: Episode) -> Iterator[str]:
    listed = json.loads(path.read_text(encoding="utf-8"))["chapters"]
    said = [(c.title, c.start, c.end) for c in episode.chapters]
    if [(c["title"], round(c["startTime"] * 1000), round(c["endTime"] * 1000)) for c in listed] != said:
        yield f"{path}: its chapters are not those of the manifest: {_AGAIN}"
