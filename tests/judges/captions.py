"""Timed text as others read it: WebVTT by the W3C's own parser, which is strict."""

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypedDict, cast

from .requirement import NODE_FOLDER, require
from .running import run

_SCRIPT = Path(__file__).with_name("node") / "read-vtt.mjs"


class VttCue(TypedDict):
    """A cue; times in seconds."""

    start_s: float
    end_s: float
    text: str
    """Without tags, references resolved."""
    languages: list[str]
    """What is in another language, by its outermost tags."""


class Vtt(TypedDict):
    """What is read of a text."""

    faults: list[str]
    """`LINE: message`; an empty list for what is valid."""
    cues: list[VttCue]


def webvtt_parser(texts: Iterable[tuple[str, Literal["subtitles", "chapters"]]]) -> list[Vtt]:
    """What webvtt-parser reads of each text, which is for a track of the kind beside it."""
    __tracebackhide__ = True
    require("webvtt-parser")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(list(texts)))
        # A script from standard input finds its modules in the working directory, where they were installed.
        command: list[str | Path] = ["node", "--input-type=module", "-", path]
        output, _ = run(command, stdin=_SCRIPT.read_bytes(), cwd=NODE_FOLDER)
    return cast("list[Vtt]", json.loads(output))
