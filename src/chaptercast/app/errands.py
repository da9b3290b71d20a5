"""Short tasks that a page waits for, each in a process of its own with limits: no article, page or feed is read in the server's process."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import msgspec
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from msgspec import Struct

from chaptercast.app.model import Trouble
from chaptercast.app.settings import Settings

_AT_ONCE = 2
_MOST_WAITING = 8
_MODULE = "chaptercast.app.errand_process"


class Discover(Struct, frozen=True, tag="discover"):
    """Find the feeds at an address, or in a list of subscriptions (OPML)."""

    address: str = ""
    listed: bytes = b""


class Sample(Struct, frozen=True, tag="sample"):
    """Speak a sentence into a file, which is made whole or not at all."""

    file: str
    engine: str
    voice: str
    language: str
    text: str


class Look(Struct, frozen=True, tag="look"):
    """Ask the feeds that were not asked for `interval_s` seconds, and put what is new into the queue."""

    interval_s: float


Errand = Discover | Sample | Look


class FoundFeed(Struct, frozen=True):
    """A feed that was found."""

    address: str
    title: str = ""


class Answer(Struct, frozen=True):
    """What came of an errand."""

    feeds: tuple[FoundFeed, ...] = ()
    trouble: Trouble | None = None


class Errands:
    """Runs errands for pages, a few at once."""

    def __init__(self, site: Path, settings: Settings) -> None:
        self._command = command(site, settings)
        self._limiter: CapacityLimiter | None = None

    async def run(self, errand: Errand, seconds: float) -> Answer:
        """Returns what came of an errand. Its trouble is `busy` if too many wait, and `time` if it took too long."""
        self._limiter = self._limiter or CapacityLimiter(_AT_ONCE)
        if self._limiter.statistics().tasks_waiting >= _MOST_WAITING:
            return Answer(trouble=Trouble("busy"))
        return await run_sync(self._run, errand, seconds, limiter=self._limiter)

    def _run(self, errand: Errand, seconds: float) -> Answer:
        with started(self._command, stdout=subprocess.PIPE) as process:
            try:
                output, _ = process.communicate(msgspec.json.encode(errand), timeout=seconds)
            except subprocess.TimeoutExpired:
                end_group(process)
                return Answer(trouble=Trouble("time"))
        try:
            return msgspec.json.decode(output, type=Answer)
        except msgspec.MsgspecError:
            return Answer(trouble=Trouble("process"))


def command(site: Path, settings: Settings) -> list[str]:
    """Returns the command that runs an errand, which it gets from stdin."""
    return [sys.executable, "-m", _MODULE, str(site), msgspec.json.encode(settings).decode()]


def started(command: list[str], stdout: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
    """Starts a process that leads a process group."""
    return subprocess.Popen(  # noqa: S603 -- ourselves
        command, stdin=subprocess.PIPE, stdout=stdout, stderr=subprocess.DEVNULL, start_new_session=True
    )


def end_group(process: "subprocess.Popen[bytes]") -> None:
    """Ends a process and its child processes at once."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
