"""Finds and removes the episodes that the queue made, and updates the site afterwards."""

import shutil
from pathlib import Path

from chaptercast.app.model import Job
from chaptercast.common.unicode_text import without_controls
from chaptercast.pipeline.options import untold
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.site import update_site


def remove_episode(site: Path, job: Job) -> None:
    """Deletes the episode of a job, if it has one, and removes it from the site's page and feed. Raises `OutputError`."""
    name = job.episode
    if not name or without_controls(name) != name or Path(name).name != name:
        return
    folder = site / name
    if not folder.is_symlink() and (folder / MANIFEST).is_file():
        shutil.rmtree(folder, ignore_errors=True)
        update_site(site, untold)
