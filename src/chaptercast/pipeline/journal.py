"""What was made of which article, kept from run to run: what is as it was is not converted again.

One small file for each article and place, like a build tool's dependency file: what decided the result as one digest, the files
that were made, and the other files that were read. Nothing heavy is imported here: for an unchanged article this is all there is to do.
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
    "password",
    "ask_password",
)
"""Options that do not decide what a recording is."""


class Journal(Struct, frozen=True, dict=True):
    """The journal of what is made in `output` with `options`."""

    folder: Path
    output: Path
    options: Options

    def state(self, article: Path | str) -> str | None:
        """Everything that decides what becomes of an article, as one digest; nothing for what is no file that can be read."""
        if isinstance(article, str):
            return None
        try:
            if not stat.S_ISREG(article.stat().st_mode):
                return None
            return digest(self._run, file_digest(article))
        except (OSError, ValueError):
            return None

    def made(self, article: Path, state: str) -> Path | None:
        """The recording that was made of an article in that state, if it and all that belongs to it stand as they were made."""
        path = self._path(article)
        try:
            entry = json.loads(path.read_bytes())
            audio = self.output / str(entry["audio"])
            names = [name for name, *_ in entry["made"]]
            same = entry["state"] == state and entry["made"] == _stamps(audio, names)
            if not same or any(file_digest(Path(read)) != known for read, known in entry["read"]):
                return None
            os.utime(path)  # what was used longest ago is forgotten first
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return audio

    def keep(self, article: Path, state: str, audio: Path, read: tuple[tuple[Path, str], ...]) -> None:
        """Note what was made of an article. A journal that cannot be written is no trouble: then it is converted again."""
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
        """What decides of all articles of a run: the program, what is installed beside it, the options, voices and lexicons."""
        options = {
            name: getattr(self.options, name) for name in Options.__struct_fields__ if name not in _WITHOUT_EFFECT
        }
        outline = Path(self.options.headings)
        return digest(json.dumps(options), file_digest(outline) if outline.is_file() else "", fingerprint())


def entries(folder: Path) -> Iterator[Path]:
    """The files of the journal in `folder`, those of killed runs included."""
    return folder.glob("??/*")


def tidy(folder: Path) -> None:
    """Called at the end of a run: forget what was used longest ago where there is too much; now and then only, for that takes a while."""
    if user_folders.is_due(folder / "pruned"):
        prune(folder)


def prune(folder: Path, most: int = MOST_ENTRIES) -> int:
    """Forget what was used longest ago, until `most` entries are left. Returns how many went."""
    return user_folders.forget(entries(folder), most)


def _stamps(audio: Path, names: list[str]) -> list[list[Any]]:
    """Name, size and time of files beside `audio`. Raises `OSError` where one is not there."""
    stats = ((name, audio.with_name(name).stat()) for name in names)
    return [[name, status.st_size, status.st_mtime_ns] for name, status in stats]
