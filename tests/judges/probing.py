"""Format, duration and chapters as ffprobe reads them, and chapters as mutagen does."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from mutagen.id3 import ID3

from .requirement import require
from .running import run


class Chapter(NamedTuple):
    """A chapter of a recording; times in seconds."""

    start_s: float
    end_s: float
    title: str


def _ffprobe(path: Path, *options: str) -> Any:
    __tracebackhide__ = True
    require("ffprobe")
    output, _ = run(["ffprobe", "-v", "error", *options, "-of", "json", path])
    return json.loads(output)


def ffprobe_chapters(path: Path) -> list[Chapter]:
    """The chapters in the order of the file: ffprobe does not sort them, nor heed a table of contents."""
    __tracebackhide__ = True
    return [
        Chapter(float(chapter["start_time"]), float(chapter["end_time"]), chapter.get("tags", {}).get("title", ""))
        for chapter in _ffprobe(path, "-show_chapters")["chapters"]
    ]


def ffprobe_duration(path: Path) -> float:
    """The duration in seconds, as a player shows it: from the Info frame where there is one."""
    __tracebackhide__ = True
    return float(_ffprobe(path, "-show_entries", "format=duration")["format"]["duration"])


def audio_format(path: Path) -> tuple[int, int]:
    """The number of channels, and of samples a second, of the first audio stream."""
    __tracebackhide__ = True
    stream = _ffprobe(path, "-select_streams", "a:0", "-show_entries", "stream=channels,sample_rate")["streams"][0]
    return stream["channels"], int(stream["sample_rate"])


def attached_pictures(path: Path) -> list[tuple[str, int, int]]:
    """The codec, width and height of each picture that belongs to the file."""
    __tracebackhide__ = True
    wanted = "stream=codec_name,width,height:stream_disposition=attached_pic"
    streams = _ffprobe(path, "-show_entries", wanted)["streams"]
    return [(s["codec_name"], s["width"], s["height"]) for s in streams if s["disposition"]["attached_pic"]]


def mutagen_chapters(path: Path) -> list[Chapter]:
    """The chapters in the order of the ID3 tag. `mutagen.id3.ID3NoHeaderError` for a file without one."""
    return [
        Chapter(frame.start_time / 1000, frame.end_time / 1000, "".join(frame.sub_frames["TIT2"].text))
        for frame in ID3(path).getall("CHAP")
    ]
