"""Where an episode lies: a folder named for its title, one for each article, found again when the article is converted again."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from uuid import UUID, uuid5

from msgspec import Struct

from chaptercast.publication import atomic_files
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.manifest import read_episode
from chaptercast.publication.model import Episode

_NAMESPACE = UUID("5d0b1c3e-8c57-4b0e-9a3c-2f6f3c1c7d15")
"""Of the identifiers that this program makes; drawn once."""
_ORIGIN_DIGITS = 16


class Place(Struct, frozen=True):
    """A folder for an episode, which may have an earlier version in it."""

    folder: Path
    earlier: Episode | None

    @property
    def slug(self) -> str:
        """The folder's name."""
        return self.folder.name


def origin(given: Path | str, output: Path) -> str:
    """What tells an article from others of its title: its address, or its path as seen from the output folder, hashed.

    A site and its articles that are moved together keep their origins. Empty for what has neither.
    """
    if isinstance(given, Path):
        with suppress(ValueError):  # on Windows there is no way from one drive to another
            given = Path(os.path.relpath(given.resolve(), output.resolve())).as_posix()
    text = str(given)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:_ORIGIN_DIGITS] if text else ""


@contextmanager
def claimed_place(output: Path, name: str, came_from: str) -> Iterator[Place]:
    """The folder in `output` for an article: the first of `name`, `name-2`... that is free, or holds what was made of the same.

    It is the article's own until this ends, whatever other runs do at the same time. Raises `OutputError`.
    """
    for candidate in _candidates(name):
        place = Place(output / candidate, _earlier(output / candidate))
        if not _is_for(place, came_from):
            continue
        with atomic_files.claimed(place.folder, came_from) as alone:
            place = Place(place.folder, _earlier(place.folder))
            if alone and _is_for(place, came_from):
                yield place
                return


def _earlier(folder: Path) -> Episode | None:
    try:
        return read_episode(folder / MANIFEST)
    except (OSError, ValueError):
        return None


def _is_for(place: Place, came_from: str) -> bool:
    """Whether an article may have the place: nobody else's recording is there."""
    return place.earlier is None or place.earlier.origin in ("", came_from)


def _candidates(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def guid(place: Place, source: str, came_from: str) -> str:
    """What feeds know the episode by: that of its earlier version, else made from its address or its origin and name."""
    if place.earlier and place.earlier.guid:
        return place.earlier.guid
    return str(uuid5(_NAMESPACE, source or f"{came_from}/{place.slug}"))
