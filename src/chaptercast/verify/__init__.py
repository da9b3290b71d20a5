"""Finished sites held against what is said of them: recordings, timed text, pages and feed. Nothing is believed, nothing is changed."""

from collections.abc import Iterator
from pathlib import Path

from chaptercast.errors import InputError
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.model import Episode
from chaptercast.verify.feed import feed_findings
from chaptercast.verify.pages import library_findings, page_findings
from chaptercast.verify.recordings import mp3_findings, recording_findings, twin_findings
from chaptercast.verify.timed_text import timed_text_findings


def verify(path: Path) -> tuple[int, tuple[str, ...]]:
    """How many recordings there are at `path` (an MP3, a recording's folder, or a site), and what is wrong with them.

    Each finding is a line: where, what, and what to do. Raises `InputError` where there is nothing to check.
    """
    if path.is_file():
        return 1, tuple(mp3_findings(path))
    if (path / MANIFEST).exists():
        return 1, tuple(_episode_findings(path.resolve().parent, path, {}))
    folders = sorted(manifest.parent for manifest in path.glob(f"*/{MANIFEST}"))
    if not folders:
        raise InputError(
            f"{path} holds no recording.", "Give an MP3, or a folder that `chaptercast convert -o` wrote to."
        )
    return len(folders), tuple(_site_findings(path, folders))


def _site_findings(site: Path, folders: list[Path]) -> Iterator[str]:
    episodes: dict[str, Episode] = {}
    for folder in folders:
        yield from _episode_findings(site, folder, episodes)
    yield from twin_findings(site, episodes)
    yield from library_findings(site, [folder.name for folder in folders])
    yield from feed_findings(site, episodes)


def _episode_findings(site: Path, folder: Path, episodes: dict[str, Episode]) -> Iterator[str]:
    """What is wrong with a recording and what belongs to it; the episode is added to `episodes` by its folder's name."""
    episode = yield from recording_findings(folder)
    if episode is not None:
        episodes[folder.name] = episode
        yield from timed_text_findings(folder, episode)
        yield from page_findings(site, folder, episode)
