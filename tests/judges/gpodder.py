"""gPodder's command `gpo`: a podcast client, from subscribing to the files on the listener's disk."""

import os
from pathlib import Path

from msgspec import Struct

from .requirement import require
from .running import run


class Listened(Struct, frozen=True):
    """What a listener has in the end."""

    titles: tuple[str, ...]
    """Of the episodes, in the client's order."""
    files: tuple[bytes, ...]
    """What was downloaded, in no order."""


def subscribe_and_download(feed: str, home: Path) -> Listened:
    """Subscribe to `feed` and download every episode; `home` is an empty folder for it."""
    __tracebackhide__ = True
    require("gpo")
    command = ["env", f"GPODDER_HOME={home}", f"PATH={os.environ['PATH']}", "gpo"]
    run([*command, "subscribe", feed])
    listed, _ = run([*command, "episodes"])
    run([*command, "download"])
    titles = tuple(line.split("*", 1)[1].strip() for line in listed.decode().splitlines() if "*" in line)
    return Listened(titles, tuple(path.read_bytes() for path in home.rglob("*.mp3")))
