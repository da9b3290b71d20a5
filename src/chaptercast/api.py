"""The functions of the public Python interface (docs/api.md): read, outline, narrate, convert."""

from pathlib import Path

from msgspec import Struct

from chaptercast.common.units import LanguageTag
from chaptercast.document.model import Document, Heading, Omission, plain
from chaptercast.document.read import read_bytes, read_source
from chaptercast.document.sources.source import open_source
from chaptercast.pipeline.options import Options, Progress, Tell, untold
from chaptercast.pipeline.preparation import outlined_document, script_of
from chaptercast.pipeline.run import convert as convert_one
from chaptercast.script.model import Script

_DEFAULTS = Options()


class Chapter(Struct, frozen=True):
    """A chapter of a finished recording."""

    title: str
    level: int
    """1 for the title and what follows it, 2 and deeper for headings."""
    start_seconds: float
    end_seconds: float


class Conversion(Struct, frozen=True):
    """A finished recording."""

    audio: Path
    """The MP3. The other files of the recording stand in the same folder."""
    title: str
    language: LanguageTag
    duration_seconds: float
    chapters: tuple[Chapter, ...]
    """In order and without gaps: the last one ends with the recording."""
    left_out: tuple[Omission, ...]
    """Everything of the article that is not spoken, with the reason."""


def read(article: Path | str | bytes, options: Options = _DEFAULTS, *, tell: Tell = untold) -> Document:
    """Read an article.

    Args:
        article: a path, an address (`https://...`), `-` for standard input, or the content itself as bytes.
        options: only `page`, `offline` and `private_addresses` are used.
        tell: called with a line of text if the program has to wait for something.

    Returns:
        The article as blocks, with the headings that its source marks.

    Raises:
        InputError: the article is missing, damaged, or has no text.
        UsageError: the address must not be fetched.

    """
    if isinstance(article, bytes):
        return read_bytes(article, options=options.reading)
    source = open_source(article, tell, offline=options.offline, private=options.private_addresses)
    return read_source(source, options.reading)


def outline(document: Document, options: Options = _DEFAULTS) -> Document:
    """Find the headings of a document, including those that are only bold or numbered.

    Args:
        document: the result of `read`.
        options: only `headings`, `title` and `language` are used.

    Returns:
        The same document with its headings found. Each has a level, a confidence from 0 to 1, and its evidence.

    Raises:
        UsageError: the outline file in `options.headings` cannot be used.

    """
    return outlined_document(document, options)


def headings(document: Document) -> tuple[tuple[int, str], ...]:
    """The level and the text of each heading of a document, in order."""
    return tuple((block.level, plain(block.inlines)) for block in document.blocks if isinstance(block, Heading))


def narrate(document: Document, options: Options = _DEFAULTS) -> Script:
    """Narrate an outlined document: decide what is spoken, and where the pauses are.

    Args:
        document: the result of `outline`.
        options: `engine` and `voice` are used, because engines differ in what they read by themselves; also `verbosity`, `code`,
            `notes` and `link_addresses`.

    Returns:
        The script, with a section for each chapter. A section is narrated when it is first requested.

    Raises:
        UsageError: there is no such voice or engine.
        EngineError: no engine on this machine speaks the language.

    """
    return script_of(document, options)


def convert(
    article: Path | str,
    output: Path | str,
    options: Options = _DEFAULTS,
    *,
    progress: Progress | None = None,
    tell: Tell = untold,
) -> Conversion:
    """Convert an article to a chaptered MP3.

    Args:
        article: a path, an address (`https://...`), or `-` for standard input.
        output: a folder, in which the recording gets its own folder; or a path ending in `.mp3`, for that one file.
        options: all options of the command line.
        progress: called after each utterance with the finished share of the article, from 0 to 1, and the title of the section.
        tell: called with a line of text that people should know.

    Returns:
        The recording. Until it is finished and checked, no file has its final name.

    Raises:
        ChaptercastError: one of its subclasses; `message` says what went wrong, and `remedy` what to do.

    """
    published = convert_one(article, Path(output), options, progress or (lambda _share, _title: None), tell)
    episode = published.episode
    chapters = tuple(Chapter(c.title, c.level, c.start / 1000, c.end / 1000) for c in episode.chapters)
    return Conversion(
        published.audio,
        episode.title,
        episode.language,
        episode.audio.duration / 1000,
        chapters,
        episode.left_out,
    )
