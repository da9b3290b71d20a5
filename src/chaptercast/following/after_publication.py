"""What `follow.toml` says about episodes once they are published: a command to run, and servers that get them."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from chaptercast.integrations.hooks import USUAL_SECONDS, Hook

COMMAND, SECONDS = "on_published", "on_published_seconds"
KEYS = (COMMAND, SECONDS)
_LONGEST_S = 86_400


class AfterPublication(Struct, frozen=True):
    """What is done with a published episode."""

    hook: Hook | None = None


def settings(table: Mapping[str, Any]) -> AfterPublication:
    """Returns the settings in a table without `faults`."""
    command = _parts(table.get(COMMAND, ""))
    seconds = float(table.get(SECONDS, USUAL_SECONDS))
    return AfterPublication(Hook(tuple(command), seconds) if command else None)


def faults(table: Mapping[str, Any]) -> list[str]:
    """Returns what is wrong with the settings in `follow.toml`."""
    found = []
    try:
        _parts(table.get(COMMAND, ""))
    except ValueError as error:
        found.append(f"“{COMMAND}” must be a command, as one text or as a list of texts ({error})")
    seconds = table.get(SECONDS, USUAL_SECONDS)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= _LONGEST_S:
        found.append(f"“{SECONDS}” must be a number of seconds, {_LONGEST_S} at most")
    return found


def _parts(command: Any) -> list[str]:
    """Returns a command's program and arguments. A text is split as a shell does, and nothing else of a shell happens."""
    if isinstance(command, str):
        return [str(Path(part).expanduser()) if part.startswith("~") else part for part in shlex.split(command)]
    if isinstance(command, list) and all(isinstance(part, str) and part for part in command):
        return command
    raise ValueError("neither")
