"""The whole way: a file is read, outlined, narrated, spoken, joined and published. The one module that sees all stages."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from chaptercast import __version__
from chaptercast.audio.chapters import fit
from chaptercast.audio.check import read_mp3
from chaptercast.audio.id3 import MAX_CHAPTERS
from chaptercast.audio.join import Part, join
from chaptercast.audio.model import Chapter, ChapterStart, Recording, Tag
from chaptercast.document.encoding import decode
from chaptercast.document.model import Document, Heading, Omission, Reason, plain
from chaptercast.document.obtain import Source, obtain
from chaptercast.document.outline import marked_only, outline, overridden, parse_outline, retitled
from chaptercast.errors import InputError, OutputError, UsageError
from chaptercast.mpeg import Grid
from chaptercast.publication import files
from chaptercast.publication.episode import Spoken, audio_facts, chapters_json, episode
from chaptercast.publication.slug import slug
from chaptercast.script.lexicons import Lexicons, lexicons_of
from chaptercast.script.model import Pause, Script
from chaptercast.script.narrate import Code, Notes, Settings, Verbosity, narrate
from chaptercast.script.read_ssml import HEAD, is_ssml, parse_ssml, to_script
from chaptercast.script.ssml import to_ssml
from chaptercast.speech import casting, registry
from chaptercast.speech.cache import ClipCache
from chaptercast.speech.casting import Cast
from chaptercast.speech.model import Clip, Utterance
from chaptercast.speech.online.settings import ServiceSettings
from chaptercast.speech.pool import available_cores, speak_all
from chaptercast.speech.spoken import Keep, spoken
from chaptercast.units import LanguageTag

BIT_RATE = 48_000
ALL_HEADINGS, MARKED_HEADINGS = "all", "marked"


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may ask for."""

    engine: str = "auto"
    voice: str = ""
    rate: float = 1.0
    language: LanguageTag | None = None
    title: str = ""
    headings: str = "all"
    """`all`, `marked` (only those that the source marks), or the path of an outline file."""
    verbosity: Verbosity = Verbosity.BRIEF
    code: Code = Code.SHORT
    notes: Notes = Notes.NEAR
    link_addresses: bool = False
    offline: bool = False
    proxy: str = ""
    """On the way to a speech service; where empty, the environment's variables are followed."""
    private_addresses: bool = False
    """Whether articles may be fetched from this machine and from private networks."""
    jobs: int = 0
    """Worker processes; 0 for as many as there are cores."""
    cache: Path | None = None
    """Where clips are kept from run to run; nowhere if not given."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading as it will become a chapter."""

    level: int
    title: str
    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlined:
    """What an article is called, and its headings in order."""

    title: str
    language: LanguageTag
    headings: tuple[OutlineEntry, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be spoken."""

    script: Script
    """Its title is the article's, or its file's name where it has none."""
    cast: Cast
    engine_reason: str
    """Which engine and why, one line."""
    stem: str
    """What to call files where the title will not do."""

    @property
    def title(self) -> str:
        """Of the recording."""
        return self.script.title


@dataclass(frozen=True, slots=True)
class Published:
    """What a conversion made."""

    audio: Path
    manifest: dict[str, Any]
    recording: Recording
    merged_chapters: int
    """How many chapters stand in `chapters.json` but not in the MP3, which holds at most 255."""


Tell = Callable[[str], None]
"""Told what people want to know as it happens, a line at a time."""

Progress = Callable[[int, int, str], None]
"""Told at each utterance: how many are done, how many there are, and the title of the section."""


def untold(_line: str) -> None:
    """Nobody listens."""


def outlined(given: Path | str, options: Options, tell: Tell = untold) -> Outlined:
    """The headings of an article, or the sections of a script. Raises `InputError`, `UsageError`."""
    source = _obtained(given, options, tell)
    if is_ssml(source.head(HEAD)):
        return _sections(_prepare_script(source, options).script)
    document = _outlined(source, options)
    headings = tuple(
        OutlineEntry(block.level, plain(block.inlines), block.confidence, block.evidence)
        for block in document.blocks
        if isinstance(block, Heading)
    )
    return Outlined(document.title, document.language, headings)


def prepare(given: Path | str, options: Options, tell: Tell = untold) -> Prepared:
    """Read an article, or a script in SSML, and decide how it is spoken. `tell` is told what cannot be done of what they ask for.

    Raises `InputError`, `UsageError`, `EngineError`.
    """
    source = _obtained(given, options, tell)
    prepared = _prepare_script(source, options) if is_ssml(source.head(HEAD)) else _prepare_article(source, options)
    if next(prepared.script.utterances(), None) is None:
        raise InputError(f"{source.name} has no text to speak.", "Is it the right file?")
    for note in prepared.script.notes:
        tell(f"{source.name}: {note}")
    return prepared


def _obtained(given: Path | str, options: Options, tell: Tell) -> Source:
    return obtain(given, tell, offline=options.offline, private=options.private_addresses)


def _outlined(source: Source, options: Options) -> Document:
    """Read and outline an article; what the options say of it wins."""
    document = source.document()
    if options.language:
        document = replace(document, language=options.language)
    document = _with_headings(outline(document), options.headings)
    return retitled(document, options.title) if options.title else document


def _with_headings(document: Document, wanted: str) -> Document:
    """The headings that the user wants: all, those that the source marks, or those of an outline file."""
    if wanted == ALL_HEADINGS:
        return document
    if wanted == MARKED_HEADINGS:
        return marked_only(document)
    try:
        text = Path(wanted).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The outline file {wanted} cannot be read: {error}.", "Use all, marked, or a file."
        ) from error
    return overridden(document, parse_outline(text, wanted), wanted)


def _prepare_article(source: Source, options: Options) -> Prepared:
    document = _outlined(source, options)
    chosen, reason = _cast(document.language, options)
    folder = source.path.parent if source.path else None
    lexicons = lexicons_of(document.language, chosen.profile.lexicons, document.metadata.extra, folder)
    script = narrate(document, _settings(chosen, options, lexicons))
    return _prepared(replace(script, notes=lexicons.notes()), chosen, reason, source)


def _prepare_script(source: Source, options: Options) -> Prepared:
    """A script says itself what is said; of the options its language, its title and its voices count."""
    parsed = parse_ssml(decode(source.read(), source.name), source.name)
    language = options.language or parsed.language
    chosen, reason = _cast(language, options)
    lexicons = lexicons_of(language, chosen.profile.lexicons, (), None)
    script = to_script(parsed, language, _settings(chosen, options, lexicons).wording, chosen.profile.pauses)
    unknown = (f"the engine “{chosen.engine.name}” has no voice “{name}”." for name in chosen.unknown_voices(script))
    title = options.title or script.title
    metadata = replace(
        script.metadata, title=options.title or script.metadata.title, source=script.metadata.source or source.url
    )
    notes = (*script.notes, *unknown, *lexicons.notes())
    return _prepared(replace(script, metadata=metadata, title=title, notes=notes), chosen, reason, source)


def _settings(chosen: Cast, options: Options, lexicons: Lexicons) -> Settings:
    return Settings(
        chosen.profile.pauses,
        spells_digits=chosen.engine.spells_digits,
        max_bytes=chosen.engine.max_bytes,
        verbosity=options.verbosity,
        code=options.code,
        notes=options.notes,
        link_addresses=options.link_addresses,
        lexicons=lexicons,
    )


def _cast(language: LanguageTag, options: Options) -> tuple[Cast, str]:
    """Who speaks in a language, and one line that says which engine and why."""
    profile = casting.profile_for(language, options.voice)
    engine, reason = registry.choose(
        options.engine, profile.engines, offline=options.offline, settings=_service_settings(options)
    )
    return casting.cast(engine, profile, options.voice, options.rate, _service_settings(options)), reason


def _service_settings(options: Options) -> ServiceSettings:
    return ServiceSettings(proxy=options.proxy)


def _prepared(script: Script, chosen: Cast, reason: str, source: Source) -> Prepared:
    """A script has a title in any case: the file's name where the article has none."""
    return Prepared(replace(script, title=script.title or source.stem), chosen, reason, source.stem)


def _sections(script: Script) -> Outlined:
    headed = (s for s in script.sections if s.title and (s.level, s.title) != (1, script.title))
    entries = tuple(OutlineEntry(section.level, section.title, 1.0, ("script",)) for section in headed)
    return Outlined(script.title, script.language, entries)


def convert(given: Path | str, output: Path, options: Options, progress: Progress, tell: Tell) -> Published:
    """Convert an article. `output` is a folder, in which the recording gets one of its own, or a file ending in `.mp3`.

    Raises `ChaptercastError` of every kind; whatever happens, nothing unfinished stands under a final name.
    """
    prepared = prepare(given, options, tell)
    tell(f"{given}: speaking with {prepared.engine_reason}.")
    if output.suffix.lower() == ".mp3":
        return _record(prepared, output, options, progress)
    name = slug(prepared.title, slug(prepared.stem))
    folder = output / name
    published = _record(prepared, folder / f"{name}.mp3", options, progress)
    texts = {
        "chapters.json": files.as_json(
            chapters_json(published.recording.chapters, prepared.title, prepared.script.metadata.author)
        ),
        "script.ssml": to_ssml(prepared.script).encode(),
        "episode.json": files.as_json(published.manifest),
    }
    for file_name, content in texts.items():
        files.write(folder / file_name, content)
    return published


def _record(prepared: Prepared, audio: Path, options: Options, progress: Progress) -> Published:
    """Speak and join into a temporary file, read it back, and only then give it its name."""
    grid = Grid(prepared.cast.engine.sample_rate, BIT_RATE)
    starts = _chapter_starts(prepared)
    with files.temporary(audio.parent) as part:
        with files.opened(part) as stream, closing(_clips(prepared, grid, options)) as clips:
            unheard: list[Omission] = []
            parts = _parts(prepared, starts, _watched(prepared, clips, unheard), progress)
            recording = join(parts, starts, _tag(prepared), grid, stream)
        listed = fit(recording.chapters, MAX_CHAPTERS)
        _verify(part, recording, listed)
        manifest = episode(
            replace(prepared.script, left_out=(*prepared.script.left_out, *unheard)),
            recording,
            _spoken(prepared),
            audio_facts(part, audio.name),
            slug=audio.stem,
            title=prepared.title,
        )
        files.put(part, audio)
    return Published(audio, manifest, recording, len(recording.chapters) - len(listed))


def _clips(prepared: Prepared, grid: Grid, options: Options) -> Generator[Clip, None, None]:
    """The clip of each utterance, in order."""
    engine = prepared.cast.engine

    def speak(utterances: Iterable[Utterance], keep: Keep) -> Generator[Clip, None, None]:
        if engine.online:
            from chaptercast.speech.service import speak_all_online

            return speak_all_online(utterances, engine, grid, _service_settings(options), keep)
        return speak_all(utterances, engine, grid, options.jobs or available_cores(), keep)

    cache = ClipCache(options.cache) if options.cache else None
    return spoken(prepared.cast.utterances(prepared.script), engine, grid, cache, speak)


def _chapter_starts(prepared: Prepared) -> tuple[ChapterStart, ...]:
    return tuple(ChapterStart(s.id, s.title or prepared.title, s.level) for s in prepared.script.sections)


def _parts(
    prepared: Prepared, starts: tuple[ChapterStart, ...], clips: Iterator[Clip], progress: Progress
) -> Iterator[Part]:
    """Sections as the joiner takes them: chapter starts, pauses, and each utterance's clip in its place."""
    total = sum(1 for _ in prepared.script.utterances())
    done = 0
    for start, section in zip(starts, prepared.script.sections, strict=True):
        yield start
        for part in section.parts:
            if isinstance(part, Pause):
                yield part.duration
            else:
                yield next(clips)
                done += 1
                progress(done, total, start.title)


def _watched(prepared: Prepared, clips: Iterator[Clip], unheard: list[Omission]) -> Iterator[Clip]:
    """The clips; what an engine that makes sound made none for is named in `unheard`: silence is never passed off as speech."""
    for say, clip in zip(prepared.script.utterances(), clips, strict=True):
        if clip.silent and prepared.cast.engine.audible:
            unheard.append(Omission(say.written or say.spoken, Reason.NO_SOUND))
        yield clip


def _tag(prepared: Prepared) -> Tag:
    metadata = prepared.script.metadata
    return Tag(
        title=prepared.title,
        artist=metadata.author,
        date=metadata.date,
        language=prepared.script.language,
        source=metadata.source,
        encoder=f"chaptercast {__version__}",
    )


def _spoken(prepared: Prepared) -> Spoken:
    cast = prepared.cast
    voices = {utterance.voice: None for utterance in cast.utterances(prepared.script)}
    return Spoken(cast.engine.name, cast.engine.version, tuple(voices), cast.profile.name)


def _verify(part: Path, recording: Recording, listed: tuple[Chapter, ...]) -> None:
    """Read the file back: what is in it must be what was joined. Raises `OutputError`."""
    try:
        reading = read_mp3(part)
    except (OSError, ValueError) as error:
        raise OutputError(f"The recording did not pass its check: {error}.", _DAMAGED) from error
    findings = list(reading.findings)
    if (reading.frame_count, reading.audio_bytes) != (recording.frame_count, recording.audio_bytes):
        findings.append(f"{reading.frame_count} frames were read, {recording.frame_count} written")
    if [(c.title, c.start, c.end) for c in reading.chapters] != [(c.title, c.start, c.end) for c in listed]:
        findings.append("the chapters read are not those written")
    if findings:
        raise OutputError(f"The recording did not pass its check: {'; '.join(findings)}.", _DAMAGED)


_DAMAGED = "Is the disk full or damaged? Nothing was left under the final name; run the same command again."
