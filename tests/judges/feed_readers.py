"""What players' own programs read of a feed."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from .requirement import NODE_FOLDER, require
from .running import TIMEOUT_S, run

_SCRIPT = Path(__file__).with_name("node") / "read-feed.mjs"


class NodeReaders(Struct, frozen=True):
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
