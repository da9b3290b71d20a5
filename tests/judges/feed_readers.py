"""What players' own programs read of a feed, and whether the one of Debian downloads all of it."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .requirement import NODE_FOLDER, require
from .running import TIMEOUT_S, run

_SCRIPT = Path(__file__).with_name("node") / "read-feed.mjs"


@dataclass(frozen=True, slots=True)
class NodeReaders:
    """The feed as the readers from npm have it."""

    partytime: Mapping[str, Any]
    """Knows Podcasting 2.0; `pc20support` tells by phase which of its elements were recognised."""
    podparse: Mapping[str, Any]


def node_readers(feed: Path) -> NodeReaders:
    """What podcast-partytime and podparse read."""
    __tracebackhide__ = True
    require("podcast-partytime")
    command: list[str | Path] = ["node", "--input-type=module", "-", feed.resolve()]
    output, _ = run(command, stdin=_SCRIPT.read_bytes(), cwd=NODE_FOLDER)
    return NodeReaders(**json.loads(output))


def xmllint(feed: Path) -> str:
    """What xmllint says of the file; nothing where it is well-formed."""
    __tracebackhide__ = True
    require("xmllint")
    done = subprocess.run(["xmllint", "--noout", "--nonet", feed], capture_output=True, timeout=TIMEOUT_S, check=False)
    return (done.stdout + done.stderr).decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Subscription:
    """What gPodder made of a feed."""

    listed: str
    """The episodes as it lists them."""
    downloads: tuple[bytes, ...]
    """The content of each file that it downloaded."""


def gpodder(url: str, home: Path) -> Subscription:
    """Subscribe to a feed and download all its episodes, with gPodder's command line."""
    __tracebackhide__ = True
    require("gpo")
    environment = {**os.environ, "GPODDER_HOME": str(home), "GPODDER_DOWNLOAD_DIR": str(home / "downloads")}
    for verb in (("set", "limit.episodes", "100"), ("subscribe", url), ("download",)):
        _gpo(verb, environment)
    listed = re.sub("\x1b\\[[0-9;]*m", "", _gpo(("episodes",), environment))
    files = sorted((home / "downloads").rglob("*.mp3"))
    return Subscription(listed, tuple(path.read_bytes() for path in files))


def _gpo(arguments: tuple[str, ...], environment: Mapping[str, str]) -> str:
    __tracebackhide__ = True
    done = subprocess.run(
        ["gpo", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode(errors="replace")
