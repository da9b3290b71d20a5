"""What `follow.toml` says about episodes once they are published: a command to run, and servers that get them."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from chaptercast.document.sources.url import is_url, target_of
from chaptercast.errors import ChaptercastError
from chaptercast.integrations.hooks import USUAL_SECONDS, Hook
from chaptercast.integrations.secrets import is_place
from chaptercast.integrations.targets import SHELVES, Target
from chaptercast.voice_profiles import suggestion

COMMAND, SECONDS, TARGET = "on_published", "on_published_seconds", "target"
KEYS = (COMMAND, SECONDS, TARGET)
_LONGEST_S = 86_400


class AfterPublication(Struct, frozen=True):
    """What is done with a published episode."""

    hook: Hook | None = None
    targets: tuple[Target, ...] = ()


def settings(table: Mapping[str, Any]) -> AfterPublication:
    """Returns the settings in a table without `faults`."""
    command = _parts(table.get(COMMAND, ""))
    seconds = float(table.get(SECONDS, USUAL_SECONDS))
    targets = tuple(Target(**target) for target in table.get(TARGET, ()))
    return AfterPublication(Hook(tuple(command), seconds) if command else None, targets)


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
    targets = table.get(TARGET, [])
    if not isinstance(targets, list) or not all(isinstance(target, dict) for target in targets):
        return [*found, f"“{TARGET}” must be tables, each headed [[{TARGET}]]"]
    return found + [f"target {number}: {fault}" for number, target in enumerate(targets, 1) for fault in _wrong(target)]


def _wrong(target: Mapping[str, Any]) -> list[str]:
    known = Target.__struct_fields__
    found = [f"unknown key “{key}” ({suggestion(key, known)})" for key in target if key not in known]
    found += [f"“{key}” must be one line of text" for key in ("library", "title") if not _is_line(target.get(key, ""))]
    if target.get("service") not in SHELVES:
        found.append(f"“service” must be one of these: {', '.join(SHELVES)}")
    if not _is_address(target.get("address")):
        found.append("“address” must be an address like https://books.example.org")
    if not (isinstance(target.get("secret"), str) and is_place(target["secret"])):
        found.append("“secret” must be the whole path of a file with the key, or env:NAME")
    return found


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and "\n" not in value


def _is_address(value: Any) -> bool:
    if not isinstance(value, str) or not is_url(value):
        return False
    try:
        target_of(value)
    except ChaptercastError:
        return False
    return True


def _parts(command: Any) -> list[str]:
    """Returns a command's program and arguments. A text is split as a shell does, and nothing else of a shell happens."""
    if isinstance(command, str):
        return [str(Path(part).expanduser()) if part.startswith("~") else part for part in shlex.split(command)]
    if isinstance(command, list) and all(isinstance(part, str) and part for part in command):
        return command
    raise ValueError("neither")
