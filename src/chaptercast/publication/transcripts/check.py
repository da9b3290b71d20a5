"""Finished transcripts and chapter tracks held against the manifest: well-formed, in order, within the recording."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from chaptercast.publication.model import Episode
from chaptercast.publication.transcripts.cues import chapter_cues

_Times: TypeAlias = tuple[int, int]
"""Start and end of a cue in ms."""

_TIMESTAMP = r"(\d{2,}):([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMING = re.compile(rf"{_TIMESTAMP} --> {_TIMESTAMP}")


def findings(folder: Path, episode: Episode) -> Iterator[str]:
    """What is wrong with these files of an episode's folder, a line for each."""
    for name, read in _READERS.items():
        path = folder / name
        try:
            times = read(path.read_text(encoding="utf-8"))
        except OSError as error:
            yield f"{path}: {error.strerror}"
        except (ValueError, KeyError, TypeError) as error:
            yield f"{path}: not well-formed ({error})"
        else:
            fault = _fault(times, episode)
            if fault is None and name == "chapters.vtt" and times != _chapter_times(episode):
                fault = "its chapters are not those of the manifest"
            if fault:
                yield f"{path}: {fault}"


def _fault(times: Sequence[_Times], episode: Episode) -> str | None:
    latest = 0
    for start, end in times:
        if not latest <= start < end:
            return f"the cue at {start / 1000} seconds is out of order or has no length"
        latest = end
    if latest > episode.audio.duration:
        return f"a cue ends at {latest / 1000} seconds, the recording at {episode.audio.duration / 1000}"
    return None


def _chapter_times(episode: Episode) -> list[_Times]:
    return [(cue.start, cue.end) for cue in chapter_cues(episode.chapters)]


def _vtt(text: str) -> list[_Times]:
    head, *cues = text.removesuffix("\n").split("\n\n")
    if head != "WEBVTT":
        raise ValueError("it does not begin with WEBVTT")
    return [_timing(cue, line=0) for cue in cues]


def _srt(text: str) -> list[_Times]:
    return [_timing(cue, line=1) for cue in text.split("\n\n")[:-1]]


def _timing(cue: str, line: int) -> _Times:
    lines = cue.split("\n")
    match = _TIMING.fullmatch(lines[line]) if len(lines) > line + 1 else None
    if match is None:
        raise ValueError(f"no cue: {cue[:60]!r}")
    hours, minutes, seconds, thousandths = (match.groups()[n::4] for n in range(4))
    start, end = (
        ((int(hours[n]) * 60 + int(minutes[n])) * 60 + int(seconds[n])) * 1000 + int(thousandths[n]) for n in (0, 1)
    )
    return start, end


def _json(text: str) -> list[_Times]:
    transcript: Any = json.loads(text)
    return [(round(s["startTime"] * 1000), round(s["endTime"] * 1000)) for s in transcript["segments"]]


_READERS: dict[str, Callable[[str], list[_Times]]] = {
    "transcript.vtt": _vtt,
    "transcript.srt": _srt,
    "transcript.json": _json,
    "chapters.vtt": _vtt,
}
