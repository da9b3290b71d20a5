"""The folders of the user (configuration) and of the program (cache, data). Nothing heavy is imported here."""

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from chaptercast.common.packaged_files import shipped

_HOUR_S = 3600.0


def voice_folders() -> tuple[Path, ...]:
    """The folders of voice profiles and lexicons. The first folder that has a file wins."""
    import platformdirs

    return Path("voices"), Path(platformdirs.user_config_dir("chaptercast")) / "voices", shipped("voices")


def voice_shelves() -> tuple[Path, ...]:
    """The folders of installed neural voices: first those of system packages, then the user's own (`voice_shelf`)."""
    import platformdirs

    system = platformdirs.site_data_dir("chaptercast", multipath=True).split(os.pathsep)
    own = voice_shelf()
    return (*(folder for path in system if (folder := Path(path) / "voices") != own), own)


def voice_shelf() -> Path:
    """The user's own voice store: `CHAPTERCAST_VOICES`, or `voices` in the platform's folder for user data."""
    named = os.environ.get("CHAPTERCAST_VOICES")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("chaptercast") / "voices"


def cache_folder() -> Path:
    """The folder for cached speech and the journal: `CHAPTERCAST_CACHE`, or the platform's cache folder."""
    named = os.environ.get("CHAPTERCAST_CACHE")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_cache_path("chaptercast") / "clips"


def is_due(marker: Path) -> bool:
    """Whether an hour has passed since the last call with `marker`, an empty file. For work that is needed only now and then."""
    with suppress(OSError):
        if abs(time.time() - marker.stat().st_mtime) < _HOUR_S:
            return False
    with suppress(OSError):
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
    return True


def forget(paths: Iterable[Path], most: int) -> int:
    """Remove the least recently used of the files at `paths` until `most` are left. Returns the number of removed files."""
    found: list[tuple[float, Path]] = []
    for path in paths:
        with suppress(OSError):
            found.append((path.stat().st_mtime, path))
    gone = sorted(found)[: max(0, len(found) - most)]
    for _, path in gone:
        with suppress(OSError):
            path.unlink()
    return len(gone)


def keep(final: Path, content: bytes | Iterable[bytes]) -> None:
    """Store a file for a later run, atomically, whatever other runs do. If it cannot be written, nothing is stored."""
    import tempfile

    with suppress(OSError):
        final.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(".part", dir=final.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.writelines((content,) if isinstance(content, bytes) else content)
            Path(part).replace(final)
        except OSError:
            Path(part).unlink(missing_ok=True)
