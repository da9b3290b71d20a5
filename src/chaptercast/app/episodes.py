"""Finds and removes the episodes that the queue made, and updates the site afterwards."""

import shutil
from pathlib import Path

from chaptercast.app.model import Job
from chaptercast.common.unicode_text import without_controls
from chaptercast.common.units import LanguageTag
from chaptercast.pipeline.options import untold
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.manifest import read_episode
from chaptercast.publication.site import update_site


def language_of(site: Path, episode: str) -> LanguageTag | None:
    """Returns the language of an episode; None if there is no such episode."""
    if not _is_name(episode):
        return None
    try:
        return read_episode(site / episode / MANIFEST).language
    except (OSError, ValueError):
        return None


def remove_episode(site: Path, job: Job) -> None:
    """Deletes the episode of a job, if it has one, and removes it from the site's page and feed. Raises `OutputError`."""
    name = job.episode
    if not _is_name(name):
        return
    folder = site / name
    if not folder.is_symlink() and (folder / MANIFEST).is_file():
        shutil.rmtree(folder, ignore_errors=True)
        update_site(site, untold)


def _is_name(name: str) -> bool:
    """Returns whether a name can be that of an episode's folder."""
    return bool(name) and without_controls(name) == name and Path(name).name == name
