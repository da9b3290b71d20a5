"""What a command takes of the machine: time, processor and memory, of its whole tree of processes (Linux)."""

import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from .requirement import require

_PROC = Path("/proc")
_ATTENTION_S = 0.5
"""How often it is looked whether a command takes too long."""


class Usage(NamedTuple):
    """What a run of a command took."""

    exit: int
    wall_s: float
    cpu_s: float
    """User and system time of the command and of the descendants it waited for."""
    peak_pss: int
    """Bytes: the highest sum seen of the tree's proportional set sizes, in which shared pages count once."""
    output: str
    """What it wrote to stdout and stderr."""


def _relations() -> Iterator[tuple[int, int, int]]:
    """Process, parent and session of every process there is."""
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(errors="replace")
            except OSError:
                continue  # it has ended
            # The name, in parentheses, may itself hold blanks and parentheses.
            _, parent, _, session = stat.rpartition(")")[2].split()[:4]
            yield int(entry.name), int(parent), int(session)


def _tree(root: int) -> set[int]:
    """The processes of the session that `root` leads, and every descendant that left it."""
    relations = list(_relations())
    members = {process for process, _, session in relations if session == root}
    while grown := {process for process, parent, _ in relations if parent in members} - members:
        members |= grown
    return members


def _pss(process: int) -> int:
    try:
        rollup = (_PROC / str(process) / "smaps_rollup").read_text()
    except OSError:
        return 0  # it has ended
    return next((int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0)


def _kill(child: "subprocess.Popen[bytes]") -> None:
    for process in _tree(child.pid):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    child.wait()


def peak_pss(command: Sequence[str | Path], *, timeout_s: float = 600, interval_s: float | None = 0.02) -> Usage:
    """Runs `command` to its end and measures it; memory that is held for less than `interval_s` may go unseen.

    To look at the memory disturbs what is looked at: without an interval it is not done. `TimeoutError` after `timeout_s`, the whole tree
    ended.
    """
    __tracebackhide__ = True
    require("smaps_rollup")
    with tempfile.TemporaryFile() as output:
        started = time.monotonic()
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        peak = 0
        handle = os.pidfd_open(child.pid)  # readable when the process has ended, which so is known at once
        while True:
            # wait4 alone gives the resources of this child, so the Popen object never gets to wait for it.
            ended, status, resources = os.wait4(child.pid, os.WNOHANG)
            if ended:
                break
            if time.monotonic() - started > timeout_s:
                _kill(child)
                raise TimeoutError(f"{command[0]} took longer than {timeout_s} s")
            if interval_s is not None:
                peak = max(peak, sum(map(_pss, _tree(child.pid))))
            select.select([handle], [], [], _ATTENTION_S if interval_s is None else interval_s)
        wall = time.monotonic() - started
        os.close(handle)
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
    return Usage(child.returncode, wall, resources.ru_utime + resources.ru_stime, peak, text)
