"""What of this machine decides what becomes of an article, besides the article.

That is the program, what is installed, voices and lexicons, and which server speaks where the environment names one. Nothing heavy is
imported here: for an unchanged article this is most of what there is to do.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from chaptercast import __version__
from chaptercast.common import user_folders

DECIDING_VARIABLES = ("CHAPTERCAST_OPENAI_URL", "OPENAI_BASE_URL", "CHAPTERCAST_OPENAI_MODEL")
"""Of the environment; no key is among them."""


def fingerprint() -> str:
    """All of it as one digest: takes a few milliseconds, for a run to find out once."""
    return digest(
        __version__,
        sys.version,
        *(os.environ.get(name, "") for name in DECIDING_VARIABLES),
        *sorted(_installed()),
        *_neural_voices(),
        *_own_files(Path(__file__).parent),
        *(
            f"{path.relative_to(folder)} {file_digest(path)}"
            for folder in user_folders.voice_folders()
            for path in sorted(path for path in folder.rglob("*") if path.is_file())
        ),
    )


def digest(*parts: str) -> str:
    """The SHA-256 of texts, in hexadecimal."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises `OSError`."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _installed() -> Iterator[str]:
    """Names and versions of the packages there are: a new version of an engine or a reader may give another result."""
    for folder in sys.path:
        with suppress(OSError), os.scandir(folder or ".") as found:
            yield from (entry.name for entry in found if entry.name.endswith((".dist-info", ".egg-info")))


def _neural_voices() -> Iterator[str]:
    """The voices that are installed: with another one an article may be spoken otherwise."""
    for shelf in user_folders.voice_shelves():
        for manifest in sorted(shelf.glob("*/manifest.toml")):
            with suppress(OSError):
                yield f"{manifest.parent.name} {manifest.stat().st_mtime_ns}"


def _own_files(folder: Path) -> Iterator[str]:
    """The program's own files by size and time: those of a working tree change without its version."""
    for inside, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if name != "__pycache__")
        for name in sorted(files):
            status = Path(inside, name).stat()
            yield f"{name} {status.st_size} {status.st_mtime_ns}"
