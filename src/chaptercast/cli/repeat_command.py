"""The command that was given, to be given again."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_NAME = "chaptercast"


def command_line(arguments: Sequence[str]) -> str:
    """The command with these `arguments` as a shell takes it: with the program as it was called, be it `python -m chaptercast`."""
    words = [*_program(arguments), *arguments]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def _program(arguments: Sequence[str]) -> Sequence[str]:
    called = sys.orig_argv[: len(sys.orig_argv) - len(arguments)]
    if not called or [*called, *arguments] != sys.orig_argv or _is_on_the_path(Path(called[-1])):
        return [_NAME]
    return called


def _is_on_the_path(program: Path) -> bool:
    found = shutil.which(_NAME)
    return found is not None and program.exists() and program.samefile(found)
