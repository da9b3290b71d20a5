"""Where this program looks for what is the user's, and keeps what is its own. Nothing heavy is imported here."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from chaptercast.resources import shipped


def voice_folders() -> tuple[Path, ...]:
    """Where voice profiles and lexicons are looked for; the first folder that has one wins."""
    import platformdirs

    return Path("voices"), Path(platformdirs.user_config_dir("chaptercast")) / "voices", shipped("voices")


def cache_folder() -> Path:
    """Where speech is kept, and what was made of which article: `CHAPTERCAST_CACHE`, or the platform's folder for caches."""
    named = os.environ.get("CHAPTERCAST_CACHE")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_cache_path("chaptercast") / "clips"


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
