"""Cues as files: WebVTT (W3C, 2019), SubRip, and the JSON transcript of Podcasting 2.0. In pieces, so that any length can be written."""

import json
import re
from collections.abc import Iterable, Iterator

from chaptercast.audio.model import Chapter, Passage
from chaptercast.common.units import LanguageTag, Milliseconds, primary
from chaptercast.publication.transcripts.cues import Cue, chapter_cues, line_cues, sentence_cues

VTT_LINE, SRT_LINE = 65, 32
"""Letters in a line, as the namespace of Podcasting 2.0 recommends (`transcripts.md`)."""
JSON_VERSION = "1.0.0"
NO_TITLE = "–"
"""What stands for a chapter that has none, since a cue without text is none."""

_VTT_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VTT_TAG = re.compile(r"[A-Za-z0-9-]+")
_SRT_MARKUP = re.compile(r"<(?=[A-Za-z/])|\{(?=\\)|--(?=>)")
"""What players take for a tag, for a style of SubStation Alpha, and for times. SubRip cannot quote them."""
_WORD_JOINER = "\u2060"


def webvtt(passages: Iterable[Passage], language: LanguageTag) -> Iterator[str]:
    """The transcript of a recording in `language`; what is in another language is marked as such."""
    yield "WEBVTT\n"
    for cue in line_cues(passages, VTT_LINE):
        text = "\n".join(cue.lines).translate(_VTT_TEXT)
        if primary(cue.language) != primary(language) and _VTT_TAG.fullmatch(cue.language):
            text = f"<lang {cue.language}>{text}</lang>"
        yield _vtt_cue(cue, text)


def chapters_webvtt(chapters: Iterable[Chapter]) -> Iterator[str]:
    """The chapters, for a text track of kind `chapters`."""
    yield "WEBVTT\n"
    for cue in chapter_cues(chapters):
        yield _vtt_cue(cue, cue.lines[0].translate(_VTT_TEXT) or NO_TITLE)


def subrip(passages: Iterable[Passage]) -> Iterator[str]:
    """The transcript for players that know nothing better."""
    for number, cue in enumerate(line_cues(passages, SRT_LINE), 1):
        text = _SRT_MARKUP.sub(lambda found: found.group() + _WORD_JOINER, "\n".join(cue.lines))
        times = f"{_timestamp(cue.start, ',')} --> {_timestamp(cue.end, ',')}"
        yield f"{number}\n{times}\n{text}\n\n"


def podcast_json(passages: Iterable[Passage]) -> Iterator[str]:
    """The transcript as Podcasting 2.0 has it, sentence by sentence; times in seconds."""
    yield f'{{"version": {json.dumps(JSON_VERSION)}, "segments": ['
    separator = "\n"
    for cue in sentence_cues(passages):
        segment = {"startTime": cue.start / 1000, "endTime": cue.end / 1000, "body": cue.lines[0]}
        yield separator + json.dumps(segment, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _vtt_cue(cue: Cue, text: str) -> str:
    return f"\n{_timestamp(cue.start, '.')} --> {_timestamp(cue.end, '.')}\n{text}\n"


def _timestamp(time: Milliseconds, point: str) -> str:
    seconds, thousandths = divmod(time, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{thousandths:03}"
