"""Runs the user's command after an episode was published.

The values of the episode are in its environment. No shell runs, and no text of an article becomes part of a command line.
"""

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from chaptercast.errors import OutputError
from chaptercast.publication.feed.rss import FEED_FILE
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.manifest import read_episode
from chaptercast.publication.model import Episode
from chaptercast.publication.pages.library import PAGE

USUAL_SECONDS = 300.0
_MOST = 2000
"""Maximum characters of a value. The system refuses an environment that is too large."""
_GRACE_S = 3.0
"""Seconds that a command has to end by itself after it was told to."""
_REMEDY = "Try it by hand; docs/follow.md lists what it gets."


class Hook(Struct, frozen=True):
    """A command, and how long it may take."""

    command: tuple[str, ...]
    """The program and its arguments."""
    seconds: float = USUAL_SECONDS


def environment(site: Path, episode: Episode, *, is_new: bool) -> Mapping[str, str]:
    """Returns what a command gets to know of an episode in the folder `site`."""
    folder = site.resolve() / episode.slug
    feed = site.resolve() / FEED_FILE
    values = {
        "EPISODE_EVENT": "new" if is_new else "changed",
        "EPISODE_GUID": episode.guid,
        "EPISODE_TITLE": episode.title,
        "EPISODE_AUTHOR": episode.author,
        "EPISODE_LANGUAGE": str(episode.language),
        "EPISODE_DATE": episode.date,
        "EPISODE_SOURCE": episode.source,
        "EPISODE_SECONDS": f"{episode.audio.duration / 1000:.0f}",
        "EPISODE_FOLDER": str(folder),
        "EPISODE_MP3": str(folder / episode.audio.file),
        "EPISODE_PAGE": str(folder / PAGE),
        "EPISODE_SITE": str(site.resolve()),
        "EPISODE_FEED": str(feed) if feed.is_file() else "",
    }
    return {name: value.replace("\0", "")[:_MOST] for name, value in values.items()}


def announce(hook: Hook, site: Path, name: str, *, is_new: bool, output: int = subprocess.DEVNULL) -> None:
    """Runs the command for the episode in the folder `name` of `site`, if it is still there. Raises `OutputError` like `run_hook`."""
    try:
        episode = read_episode(site / name / MANIFEST)
    except (OSError, ValueError):
        return
    run_hook(hook, site, episode, is_new=is_new, output=output)


def run_hook(hook: Hook, site: Path, episode: Episode, *, is_new: bool, output: int = subprocess.DEVNULL) -> None:
    """Runs the command in the folder `site`, and waits for it. What it prints goes to the file descriptor `output`.

    Raises `OutputError` if it cannot be started, fails, or takes too long. Then all processes of its group are ended.
    """
    name = hook.command[0]
    try:
        process = subprocess.Popen(  # noqa: S603 -- the user's own command, and no shell
            hook.command,
            cwd=site,
            env={**os.environ, **environment(site, episode, is_new=is_new)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"on_published: {name} cannot be started: {reason}.", _REMEDY) from error
    try:
        code = process.wait(hook.seconds)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise OutputError(f"on_published: {name} took more than {hook.seconds:g} s and was ended.", _REMEDY) from error
    except BaseException:
        _end(process)
        raise
    if code:
        how = f"was ended by signal {-code}" if code < 0 else f"failed with exit code {code}"
        raise OutputError(f"on_published: {name} {how}.", _REMEDY)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends a command and the processes that it started."""
    for number in ("SIGTERM", "SIGKILL"):
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, getattr(signal, number))
            else:
                process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_S)
