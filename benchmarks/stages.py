"""How long each stage takes of one conversion, in one process: a stage that is slow shows."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from chaptercast.audio.join import join
from chaptercast.audio.model import ChapterStart, Tag
from chaptercast.document.outline import outline
from chaptercast.document.read import read_document
from chaptercast.pipeline import Options, prepare
from chaptercast.script.model import Pause
from chaptercast.speech.clips.encode import make_clip

_Result = TypeVar("_Result")


def stages(source: Path) -> tuple[str, float]:
    """A table in Markdown: CPU seconds of each stage, and what part of all that is; and the seconds of speaking and encoding."""
    took: dict[str, float] = {}

    def timed(name: str, work: Callable[[], _Result]) -> _Result:
        began = time.process_time()
        result = work()
        took[name] = time.process_time() - began
        return result

    prepare(source, Options(offline=True))  # what is loaded and compiled once is not a stage's
    document = timed("read", lambda: read_document(source))
    timed("outline", lambda: outline(document))
    prepared = prepare(source, Options(offline=True))
    utterances = timed("narrate", lambda: list(prepared.cast.utterances(prepared.script)))
    engine = prepared.cast.engine
    if engine.online:
        raise SystemExit("the stages are those of a local engine")
    with engine.open() as speaker:
        speeches = timed("speak", lambda: [speaker.speak(utterance) for utterance in utterances])
    clips = iter(timed("encode", lambda: [make_clip(speech, prepared.grid) for speech in speeches]))
    starts = tuple(ChapterStart(s.id, s.title, s.level) for s in prepared.script.sections)
    parts = [
        part
        for start, section in zip(starts, prepared.script.sections, strict=True)
        for part in (start, *(p.duration if isinstance(p, Pause) else next(clips) for p in section.parts))
    ]
    timed("join", lambda: join(parts, starts, Tag("x"), prepared.grid, io.BytesIO()))
    total = sum(took.values())
    rows = (f"| {name} | {seconds:.3f} | {seconds / total:.1%} |" for name, seconds in took.items())
    return "\n".join(["| stage | CPU s | of all |", "|---|---|---|", *rows]), took["speak"] + took["encode"]
