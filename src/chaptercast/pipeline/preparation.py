"""Prepares an article for speech: reads, outlines, narrates, and casts voices."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.lazy import Lazy
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.document.model import Document, Heading, Reason, plain
from chaptercast.document.outline import marked_only, outline, overridden, parse_outline, retitled
from chaptercast.document.read import read_source
from chaptercast.document.sources.encoding import decode
from chaptercast.document.sources.source import Source, open_source
from chaptercast.errors import EngineError, InputError, UsageError
from chaptercast.pipeline.options import Options, Tell, untold
from chaptercast.script.lexicons.selection import Lexicons, lexicons_of
from chaptercast.script.model import Say, Script
from chaptercast.script.narration.narrate import Settings, narrate
from chaptercast.script.narration.utterance_cache import UtteranceCaches
from chaptercast.script.normalise import speakable
from chaptercast.script.ssml.detection import HEAD, is_ssml
from chaptercast.speech import engine_registry, voice_casting
from chaptercast.speech.voice_casting import Cast
from chaptercast.speech.voice_levels import FOLDER, VoiceLevels, loudness

ALL_HEADINGS, MARKED_HEADINGS = "all", "marked"
_BIT_RATE = 48_000
_SILENCE = "silence"
"""The name of the engine that works everywhere, in every language."""
_TOLD = 4
"""The number of missing files that are named."""


class OutlineEntry(Struct, frozen=True):
    """A heading as it will become a chapter."""

    level: int
    title: str
    confidence: float
    evidence: tuple[str, ...]


class Outlined(Struct, frozen=True):
    """The title of an article, and its headings in order."""

    title: str
    language: LanguageTag
    headings: tuple[OutlineEntry, ...]


class Prepared(Struct, frozen=True):
    """An article ready to be spoken."""

    script: Script
    """Its title is the article's, otherwise the file's name."""
    cast: Cast
    engine_reason: str
    """Which engine and why, in one line."""
    stem: str
    """A name for files if the title is unsuitable."""
    given: Path | str
    """The article's path or address, or what else it is known as; empty for standard input."""
    read: tuple[tuple[Path, str], ...] = ()
    """Other files that affect the speech, each with its SHA-256."""
    notes: Sequence[str] = ()
    """Requests of an article that cannot be fulfilled, one line each. Reading them narrates the whole article."""
    episode: str = ""
    """The folder of the episode that was made of it before, if that is known."""

    @property
    def title(self) -> str:
        """The title of the recording."""
        return self.script.title

    @property
    def grid(self) -> Grid:
        """The frame grid of the recording."""
        return Grid(self.cast.engine.sample_rate, _BIT_RATE)


def outlined(given: Path | str | Source, options: Options, tell: Tell = untold) -> Outlined:
    """The headings of an article, or the sections of a script. Raises `InputError`, `UsageError`."""
    source = _opened(given, options, tell)
    if is_ssml(source.head(HEAD)):
        return _sections(_prepare_script(source, options, needs_voice=False).script)
    document = outlined_document(read_source(source, options.reading), options)
    for note in document.notes:
        tell(f"{source.name}: {note}")
    headings = tuple(
        OutlineEntry(block.level, plain(block.inlines), block.confidence, block.evidence)
        for block in document.blocks
        if isinstance(block, Heading)
    )
    return Outlined(document.title, document.language, headings)


def prepare(
    given: Path | str | Source,
    options: Options,
    tell: Tell = untold,
    memories: UtteranceCaches | None = None,
    *,
    needs_voice: bool = True,
) -> Prepared:
    """Read an article, or a script in SSML, and decide how it is spoken. The sections of an article are narrated when they are requested.

    `tell` is called with notes on how a page was read, and on a script's requests that cannot be fulfilled. For an article, these are
    known only when it is narrated (`notes`). If it is only looked at (not `needs_voice`), an article that no engine here can speak is
    prepared, too.

    Raises `InputError`, `UsageError`; `EngineError` if `needs_voice`.
    """
    source = _opened(given, options, tell)
    is_script = is_ssml(source.head(HEAD))
    if is_script:
        prepared = _prepare_script(source, options, needs_voice=needs_voice)
    else:
        prepared = _prepare_article(source, options, memories, needs_voice=needs_voice)
    if next(prepared.script.utterances(), None) is None:
        raise InputError(f"{source.name} has no text to speak.", "Is it the right file?")
    for note in prepared.script.notes:
        tell(f"{source.name}: {note}")
    return prepared


def tell_notes(given: Path | str | Source, prepared: Prepared, tell: Tell) -> None:
    """Report an article's requests that cannot be fulfilled. Narrates the whole article."""
    for note in prepared.notes:
        tell(f"{given}: {note}")


def worded(text: str, prepared: Prepared, options: Options) -> tuple[Say, ...]:
    """A text as it would be spoken within the prepared article, in the article's language.

    Raises `UsageError` if nothing in it can be spoken.
    """
    if not speakable(text):
        raise UsageError(f"There is nothing to speak in “{text}”.", "Give a sentence.")
    language, chosen = prepared.script.language, prepared.cast
    lexicons = lexicons_of(language, chosen.profile.lexicons, (), None)
    verbalizer = _settings(chosen, options, lexicons).verbalizer(language)
    return tuple(Say(sentences, language) for sentences in verbalizer.utterances(text))


def _opened(given: Path | str | Source, options: Options, tell: Tell) -> Source:
    return open_source(given, tell, offline=options.offline, private=options.private_addresses)


def outlined_document(document: Document, options: Options) -> Document:
    """A document with its headings found. The options' language, headings and title win. Raises `UsageError`."""
    if options.language:
        document = replace(document, language=options.language)
    document = _with_headings(outline(document), options.headings)
    return retitled(document, options.title) if options.title else document


def _with_headings(document: Document, wanted: str) -> Document:
    """The headings that the user wants: all, only those that the source marks, or those in an outline file."""
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


def script_of(document: Document, options: Options) -> Script:
    """The script of an outlined document, for the engine that would speak it. Raises `UsageError`, `EngineError`."""
    chosen, _ = _cast(document.language, options)
    lexicons = lexicons_of(document.language, chosen.profile.lexicons, document.metadata.extra, None)
    return replace(narrate(document, _settings(chosen, options, lexicons)), notes=document.notes)


def _prepare_article(
    source: Source, options: Options, memories: UtteranceCaches | None, *, needs_voice: bool
) -> Prepared:
    document = outlined_document(read_source(source, options.reading), options)
    chosen, reason = _cast_if_any(document.language, options, needs_voice=needs_voice)
    folder = source.path.parent if source.path else None
    lexicons = lexicons_of(document.language, chosen.profile.lexicons, document.metadata.extra, folder)
    settings = _settings(chosen, options, lexicons)
    place = source.path.resolve() if source.path else source.url
    if memories and place:
        decides = (
            document.language,
            settings.spells_digits,
            settings.max_bytes,
            settings.max_sentences,
            chosen.profile.lexicons,
            lexicons.read(),
        )
        memory = memories.of(str(place), repr((*decides, document.metadata.extra)))
        settings = replace(settings, memory=memory)
    script = replace(narrate(document, settings), notes=document.notes)
    return replace(_prepared(script, chosen, reason, source, lexicons), notes=Lazy(_notes(script, lexicons)))


def _notes(script: Script, lexicons: Lexicons) -> Iterator[str]:
    """Notes on what the article lacks, and on the lexicons used for the script."""
    missing = [omission.text for omission in script.left_out if omission.reason is Reason.MISSING]
    if missing:
        more = f" and {len(missing) - _TOLD} others" if len(missing) > _TOLD else ""
        yield f"named in the book, and not in its file: {', '.join(missing[:_TOLD])}{more}."
    for language in dict.fromkeys(say.language for say in script.utterances()):
        lexicons.of(language)
    yield from lexicons.notes()


def _prepare_script(source: Source, options: Options, *, needs_voice: bool) -> Prepared:
    """A script already states what is spoken. Of the options, only language, title and voices apply."""
    from chaptercast.script.ssml.read import parse_ssml, to_script

    parsed = parse_ssml(decode(source.read(), source.name), source.name)
    language = options.language or parsed.language
    chosen, reason = _cast_if_any(language, options, needs_voice=needs_voice)
    lexicons = lexicons_of(language, chosen.profile.lexicons, (), None)
    script = to_script(parsed, language, _settings(chosen, options, lexicons).verbalizer, chosen.profile.pauses)
    unknown = (f"the engine “{chosen.engine.name}” has no voice “{name}”." for name in chosen.unknown_voices(script))
    title = options.title or script.title
    metadata = replace(
        script.metadata, title=options.title or script.metadata.title, source=script.metadata.source or source.url
    )
    notes = (*script.notes, *unknown, *lexicons.notes())
    return _prepared(replace(script, metadata=metadata, title=title, notes=notes), chosen, reason, source, lexicons)


def _settings(chosen: Cast, options: Options, lexicons: Lexicons) -> Settings:
    return Settings(
        chosen.profile.pauses,
        spells_digits=chosen.engine.spells_digits,
        max_bytes=chosen.engine.max_bytes,
        max_sentences=chosen.engine.max_sentences,
        verbosity=options.verbosity,
        code=options.code,
        notes=options.notes,
        link_addresses=options.link_addresses,
        lexicons=lexicons,
    )


def _cast(language: LanguageTag, options: Options) -> tuple[Cast, str]:
    """The cast for a language, and one line that says which engine and why."""
    profile = voice_casting.profile_for(language, options.voice)
    engine, reason = engine_registry.choose(
        options.engine, profile.engines, language, offline=options.offline, settings=options.service
    )
    engine = engine_registry.on(engine.name, options.device)
    chosen = voice_casting.cast(engine, profile, options.voice, options.rate, options.service)
    wanted = loudness(options.loudness)
    if wanted:
        chosen.wanted = wanted
        folder = options.local_cache / FOLDER if options.local_cache else None
        chosen.levels = VoiceLevels(engine, wanted, folder, writes=not options.dry)
    return chosen, reason


def _cast_if_any(language: LanguageTag, options: Options, *, needs_voice: bool) -> tuple[Cast, str]:
    """As `_cast`; if no voice is needed, silence where no engine can speak: an article can be looked at without one."""
    try:
        return _cast(language, options)
    except EngineError:
        if needs_voice:
            raise
        return _cast(language, replace(options, engine=_SILENCE, voice=""))


def _prepared(script: Script, chosen: Cast, reason: str, source: Source, lexicons: Lexicons) -> Prepared:
    """A script always has a title: the file's name if the article has none."""
    return Prepared(
        replace(script, title=script.title or source.stem),
        chosen,
        reason,
        source.stem,
        source.path or source.known_as or source.url,
        lexicons.read(),
        episode=source.episode,
    )


def _sections(script: Script) -> Outlined:
    headed = (s for s in script.sections if s.title and (s.level, s.title) != (1, script.title))
    entries = tuple(OutlineEntry(section.level, section.title, 1.0, ("script",)) for section in headed)
    return Outlined(script.title, script.language, entries)
