"""The journal: which files each article became, kept between runs, so that an unchanged article is not converted again.

One small file per article and destination, like the dependency file of a build tool. It holds one digest of everything that decided the
result, the files that were written, and the other files that were read. Nothing heavy is imported here: an unchanged article needs
nothing else.
"""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from chaptercast.common import user_folders
from chaptercast.common.fingerprint import digest, file_digest, fingerprint
from chaptercast.pipeline.options import Options

FOLDER = "journal"
"""In the cache folder."""
MOST_ENTRIES = 200_000
_SUFFIX = ".json"
_WITHOUT_EFFECT = (
    "jobs",
    "cache",
    "proxy",
    "private_addresses",
    "dry",
    "cluster",
    "articles_from",
    "growing",
    "password",
    "ask_password",
)
"""Options that do not affect a recording."""


class Journal(Struct, frozen=True, dict=True):
    """The journal of the recordings made in `output` with `options`."""

    folder: Path
    output: Path
    options: Options

    def state(self, article: Path | str) -> str | None:
        """A digest of everything that decides the result of an article. `None` if it is not a readable file."""
        if isinstance(article, str):
            return None
        try:
            if not stat.S_ISREG(article.stat().st_mode):
                return None
            return digest(self._run, file_digest(article))
        except (OSError, ValueError):
            return None

    def made(self, article: Path, state: str) -> Path | None:
        """The recording that was made of this article.

        `None` if the article's state, the recording's files, or other files that it depends on have changed.
        """
        path = self._path(article)
        try:
            entry = json.loads(path.read_bytes())
            audio = self.output / str(entry["audio"])
            names = [name for name, *_ in entry["made"]]
            same = entry["state"] == state and entry["made"] == _stamps(audio, names)
            if not same or any(file_digest(Path(read)) != known for read, known in entry["read"]):
                return None
            os.utime(path)  # the least recently used entries are removed first
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return audio

    def keep(self, article: Path, state: str, audio: Path, read: tuple[tuple[Path, str], ...]) -> None:
        """Record the files made of an article. If the journal cannot be written, the article is simply converted again."""
        path = self._path(article)
        alone = audio == self.output
        with suppress(OSError):
            names = [audio.name] if alone else sorted(entry.name for entry in os.scandir(audio.parent))
            entry = {
                "state": state,
                "audio": "" if alone else audio.relative_to(self.output).as_posix(),
                "made": _stamps(audio, [name for name in names if not name.startswith(".")]),
                "read": [(str(file.resolve()), known) for file, known in read],
            }
            user_folders.keep(path, json.dumps(entry).encode())

    def _path(self, article: Path) -> Path:
        name = digest(str(article.resolve()), str(self.output.resolve()))
        return self.folder / name[:2] / f"{name}{_SUFFIX}"

    @cached_property
    def _run(self) -> str:
        """What decides the results of all articles of a run: the program, installed packages, options, voices and lexicons."""
        options = {
            name: getattr(self.options, name) for name in Options.__struct_fields__ if name not in _WITHOUT_EFFECT
        }
        outline = Path(self.options.headings)
        return digest(json.dumps(options), file_digest(outline) if outline.is_file() else "", fingerprint())


def entries(folder: Path) -> Iterator[Path]:
    """The files of the journal in `folder`, including those of killed runs."""
    return folder.glob("??/*")


def tidy(folder: Path) -> None:
    """Remove the least recently used entries if there are too many.

    Called at the end of a run; works only now and then, because it is slow.
    """
    if user_folders.is_due(folder / "pruned"):
        prune(folder)


def prune(folder: Path, most: int = MOST_ENTRIES) -> int:
    """Remove the least recently used entries until `most` are left. Returns the number of removed entries."""
    return user_folders.forget(entries(folder), most)


def _stamps(audio: Path, names: list[str]) -> list[list[Any]]:
    """Name, size and time of files beside `audio`. Raises `OSError` if one is missing."""
    stats = ((name, audio.with_name(name).stat()) for name in names)
    return [[name, status.st_size, status.st_mtime_ns] for name, status in stats]
