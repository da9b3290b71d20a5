"""Where this program looks for what is the user's, and keeps what is its own. Nothing heavy is imported here."""

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from chaptercast.common.packaged_files import shipped

_HOUR_S = 3600.0


def voice_folders() -> tuple[Path, ...]:
    """Where voice profiles and lexicons are looked for; the first folder that has one wins."""
    import platformdirs

    return Path("voices"), Path(platformdirs.user_config_dir("chaptercast")) / "voices", shipped("voices")


def voice_shelves() -> tuple[Path, ...]:
    """Where neural voices are installed, a folder each: first what packages of the system bring, then the user's own (`voice_shelf`)."""
    import platformdirs

    system = platformdirs.site_data_dir("chaptercast", multipath=True).split(os.pathsep)
    own = voice_shelf()
    return (*(folder for path in system if (folder := Path(path) / "voices") != own), own)


def voice_shelf() -> Path:
    """The user's own store of voices: what `CHAPTERCAST_VOICES` names, or `voices` in the platform's folder for the user's data."""
    named = os.environ.get("CHAPTERCAST_VOICES")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("chaptercast") / "voices"


def cache_folder() -> Path:
    """Where speech is kept, and what was made of which article: `CHAPTERCAST_CACHE`, or the platform's folder for caches."""
    named = os.environ.get("CHAPTERCAST_CACHE")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_cache_path("chaptercast") / "clips"


def is_due(marker: Path) -> bool:
    """Whether an hour has passed since this was last asked of `marker`, an empty file: what need not be done often is done then."""
    with suppress(OSError):
        if abs(time.time() - marker.stat().st_mtime) < _HOUR_S:
            return False
    with suppress(OSError):
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
    return True


def forget(paths: Iterable[Path], most: int) -> int:
    """Remove of the files at `paths` those that were used longest ago, until `most` are left. Returns how many went."""
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
    """Keep a file that a later run can use, whole or not at all, whatever other runs do; where it cannot be written nothing is kept."""
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
