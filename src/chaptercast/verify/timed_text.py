"""Transcripts and the chapters as WebVTT: that they can be read, and that their times are those of the recording."""

import math
import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from chaptercast.common.units import Milliseconds
from chaptercast.publication.model import Episode
from chaptercast.publication.transcripts.cues import chapter_cues
from chaptercast.publication.transcripts.formats import NO_TITLE
from chaptercast.verify.file_reading import AGAIN, lines, read_bytes, read_json, short

_CHAPTERS = "chapters.vtt"
_TIMES = {
    ".vtt": re.compile(
        r"((?:\d{2,9}:)?[0-5]\d:[0-5]\d\.\d{3})[ \t]+-->[ \t]+((?:\d{2,9}:)?[0-5]\d:[0-5]\d\.\d{3})(?:[ \t].*)?"
    ),
    ".srt": re.compile(r"(\d{2,9}:[0-5]\d:[0-5]\d,\d{3}) --> (\d{2,9}:[0-5]\d:[0-5]\d,\d{3})"),
}
"""The line of a cue that tells its times (W3C WebVTT, 4.1; SubRip as players read it)."""
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t\n]|$)")
_BLANK = re.compile(r"\n{2,}")


class _Cue(Struct, frozen=True):
    start: Milliseconds
    end: Milliseconds
    text: str


def timed_text_findings(folder: Path, episode: Episode) -> Iterator[str]:
    """What is wrong with the transcripts and the list of chapters as WebVTT in `folder`."""
    for name in ("transcript.vtt", "transcript.srt", "transcript.json"):
        yield from lines(folder / name, _transcript_findings(folder / name, episode), AGAIN)
    yield from lines(folder / _CHAPTERS, _chapter_findings(folder / _CHAPTERS, episode), AGAIN)


def _transcript_findings(path: Path, episode: Episode) -> Iterator[str]:
    cues = list(_segments(path) if path.suffix == ".json" else _cues(path))
    if not cues:
        yield "it is empty"
    yield from _time_findings(cues, episode)


def _time_findings(cues: list[_Cue], episode: Episode) -> Iterator[str]:
    for cue in cues:
        if cue.end <= cue.start:
            yield f"“{short(cue.text)}” ends at {cue.end} ms, it starts at {cue.start} ms"
        if cue.start < 0 or cue.end > episode.audio.duration:
            yield f"“{short(cue.text)}” at {cue.start} to {cue.end} ms is not within the recording of {episode.audio.duration} ms"
    for before, after in pairwise(cues):
        if after.start < before.start:
            yield f"“{short(after.text)}” at {after.start} ms stands after what is said at {before.start} ms"


def _chapter_findings(path: Path, episode: Episode) -> Iterator[str]:
    said = [(cue.start, cue.end, cue.lines[0] or NO_TITLE) for cue in chapter_cues(episode.chapters)]
    if said != [(cue.start, cue.end, cue.text) for cue in _cues(path)]:
        yield "its chapters are not those of the manifest"


def _segments(path: Path) -> Iterator[_Cue]:
    """Of a transcript in JSON (Podcasting 2.0, `transcripts/transcripts.md`)."""
    for segment in read_json(path)["segments"]:
        start, end = segment["startTime"], segment["endTime"]
        if not (math.isfinite(start) and math.isfinite(end)):
            raise ValueError("a time is no number")
        yield _Cue(Milliseconds(round(start * 1000)), Milliseconds(round(end * 1000)), str(segment["body"]))


def _cues(path: Path) -> Iterator[_Cue]:
    """Of WebVTT or SubRip. Raises `ValueError` at the first block that is none."""
    text = read_bytes(path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    blocks = [block.strip("\n") for block in _BLANK.split(text) if block.strip("\n")]
    if path.suffix == ".vtt":
        if not blocks or re.match(r"WEBVTT(?:[ \t\n]|$)", blocks[0]) is None:
            raise ValueError("it does not begin with WEBVTT")
        blocks = [block for block in blocks[1:] if _NO_CUE.match(block) is None]
    for number, block in enumerate(blocks, 1):
        yield _cue(block, number, path.suffix)


def _cue(block: str, number: int, suffix: str) -> _Cue:
    written = block.split("\n")
    if "-->" not in written[0]:  # its name, or in SubRip its number
        if suffix == ".srt" and written[0] != str(number):
            raise ValueError(f"cue {number} has the number “{short(written[0])}”")
        written = written[1:]
    elif suffix == ".srt":
        raise ValueError(f"cue {number} has no number")
    times = _TIMES[suffix].fullmatch(written[0]) if written else None
    if times is None:
        raise ValueError(f"cue {number} has no times: “{short(block)}”")
    text = "\n".join(written[1:])
    return _Cue(_milliseconds(times[1]), _milliseconds(times[2]), unescape(text) if suffix == ".vtt" else text)


def _milliseconds(clock: str) -> Milliseconds:
    *hours, minutes, seconds = clock.replace(",", ".").split(":")
    whole, _, thousandths = seconds.partition(".")
    minutes_in_all = 60 * int(hours[0] if hours else 0) + int(minutes)
    return Milliseconds((60 * minutes_in_all + int(whole)) * 1000 + int(thousandths))
