"""Runs a judge that is a program of its own."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

TIMEOUT_S = 300


def run(
    command: Sequence[str | Path], *, stdin: bytes = b"", cwd: Path | None = None, statuses: Sequence[int] = (0,)
) -> tuple[bytes, str]:
    """What `command` wrote to stdout, and its messages on stderr; fails the test if it ended with none of `statuses`."""
    __tracebackhide__ = True
    done = subprocess.run(command, input=stdin, cwd=cwd, capture_output=True, timeout=TIMEOUT_S, check=False)
    messages = done.stderr.decode(errors="replace")
    if done.returncode not in statuses:
        raise AssertionError(f"{command[0]} ended with status {done.returncode}: {messages.strip()}")
    return done.stdout, messages
