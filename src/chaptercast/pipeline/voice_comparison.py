"""A preview of everything that can speak here: one sentence by voices of each engine, in one recording."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.errors import EngineError
from chaptercast.pipeline.options import Options, Progress, Tell, untold
from chaptercast.pipeline.preparation import Prepared, prepare
from chaptercast.pipeline.previews import MOST_VOICES, audition, pause_before
from chaptercast.pipeline.publication import Published, publish
from chaptercast.pipeline.run import clips_of
from chaptercast.publication.model import Spoken
from chaptercast.script.model import Section
from chaptercast.speech import engine_registry
from chaptercast.speech.model import Clip

_LEAST_VOICES = 2
"""Of an engine, however many engines there are."""


class Comparison(Struct, frozen=True):
    """The same sentence by voices of several engines, a chapter for each."""

    parts: tuple[Prepared, ...]
    """One for each engine, the first for that which a conversion would take."""


def comparison(given: Path | str, text: str, options: Options, tell: Tell) -> Comparison:
    """One sentence, `text` or the article's first, by voices of each engine that works here and speaks the article's language.

    Raises `InputError`, `UsageError`, `EngineError`.
    """
    first = prepare(given, options, tell)
    script, profile = first.script, first.cast.profile
    names = engine_registry.able(profile.engines, script.language, offline=options.offline, settings=options.service)
    parts: list[Prepared] = []
    most = max(_LEAST_VOICES, MOST_VOICES // max(1, len(names)))
    for name in names:
        prepared = prepare(given, replace(options, engine=name), untold)
        voices = prepared.cast.serving(script.language)
        taken = audition(prepared, voices[:most], text, options)
        engine = prepared.cast.engine
        where = f"; the text goes to {engine.destination}" if engine.online else ""
        tell(f"{name}: {min(most, len(voices))} of {len(voices)} voices{where}.")
        parts.append(taken)
    if not parts:
        raise EngineError("No engine can speak here.", "See what is missing: chaptercast engines")
    return Comparison(tuple(parts))


def record_comparison(compared: Comparison, audio: Path, options: Options, progress: Progress, tell: Tell) -> Published:
    """Speak it into the MP3 `audio`, on the grid of the first engine, and write nothing else. Raises as `convert` does."""
    first = compared.parts[0]
    sections = [section for part in compared.parts for section in _named(part)]
    whole = replace(first, script=replace(first.script, sections=tuple(_parted(sections))))
    with closing(_clips(compared, options, tell)) as clips:
        published = publish(whole, clips, audio, progress)
    return replace(published, episode=replace(published.episode, spoken=_spoken(compared)))


def _named(part: Prepared) -> Iterator[Section]:
    engine = part.cast.engine.name
    for section in part.script.sections:
        yield replace(section, title=f"{engine}: {section.title}", id=f"{engine}-{section.id}")


def _parted(sections: Sequence[Section]) -> Iterator[Section]:
    """Sections with a pause before each but the first, those that have one already included."""
    for number, section in enumerate(sections):
        yield replace(section, parts=pause_before(section.parts) if number else section.parts)


def _clips(compared: Comparison, options: Options, tell: Tell) -> Generator[Clip, None, None]:
    grid = compared.parts[0].grid
    for part in compared.parts:
        engine = part.cast.engine
        with closing(clips_of(part.cast.utterances(part.script), engine, grid, options, tell)) as clips:
            yield from clips


def _spoken(compared: Comparison) -> Spoken:
    engines = [part.cast.engine for part in compared.parts]
    voices = tuple(section.title for part in compared.parts for section in part.script.sections)
    names, versions = (", ".join(values) for values in zip(*((e.name, e.version) for e in engines), strict=True))
    return Spoken(names, versions, voices, compared.parts[0].cast.profile.name)
