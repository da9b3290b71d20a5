"""The tag as music-metadata reads it: strictest of the readers of ID3 chapters, and going by the table of contents."""

import json
from pathlib import Path
from typing import TypedDict, cast

from .requirement import NODE_FOLDER, require
from .running import run

_SCRIPT = Path(__file__).with_name("node") / "read-tags.mjs"


class TaggedChapter(TypedDict):
    """A chapter; times in seconds."""

    title: str
    start_s: float
    end_s: float | None


class MusicMetadata(TypedDict):
    """What music-metadata reads of a file; empty strings for fields that are not there."""

    chapters: list[TaggedChapter]
    duration: float | None
    """In seconds, counted from the frames."""
    title: str
    artist: str
    album: str
    language: str
    warnings: list[str]
    """What is amiss in the tag; an empty list for a clean one."""


def music_metadata(path: Path) -> MusicMetadata:
    """The chapters in the order of the table of contents, the duration, some common fields, and the warnings."""
    __tracebackhide__ = True
    require("music-metadata")
    # A script from standard input finds its modules in the working directory, where they were installed.
    command: list[str | Path] = ["node", "--input-type=module", "-", path.resolve()]
    output, _ = run(command, stdin=_SCRIPT.read_bytes(), cwd=NODE_FOLDER)
    return cast("MusicMetadata", json.loads(output))
