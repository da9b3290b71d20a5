"""Reads a file into a `Document`: decode, split off front matter, recognise the format, read, merge the metadata."""

from pathlib import Path

from msgspec.structs import replace

from chaptercast.document.block_text import has_words, words_of
from chaptercast.document.formats.format_table import format_of_bytes, format_of_text
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.formats.refused_files import refuse_binary
from chaptercast.document.metadata import front_matter
from chaptercast.document.metadata.language import decide
from chaptercast.document.metadata.merging import from_front_matter, merged
from chaptercast.document.model import Document, Omission, Reason
from chaptercast.document.reading_options import AS_USUAL, ReadingOptions
from chaptercast.document.sources.encoding import decoded
from chaptercast.document.sources.source import Source
from chaptercast.errors import InputError

_NOT_THERE = "Check its name and the folder that you are in."


def read_source(source: Source, options: ReadingOptions = AS_USUAL) -> Document:
    """Read an article from a file, the web or standard input.

    Raises `InputError` if it is missing, cannot be opened, is empty, is not text, or has nothing to speak.
    """
    if source.path is not None:
        return read_document(source.path, options)
    document = read_bytes(source.data, name=source.name, options=options)
    metadata = merged((document.metadata, source.metadata))
    language = document.language
    if not document.metadata.language and metadata.language:
        language = decide(words_of(document.blocks), metadata.language)
    return replace(document, metadata=replace(metadata, source=source.url or metadata.source), language=language)


def read_document(path: Path, options: ReadingOptions = AS_USUAL) -> Document:
    """Read an article from a file.

    Raises `InputError` if it is missing, cannot be opened, is empty, is not text, or has nothing to speak.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file", _NOT_THERE) from error
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder, not an article", "Give a file in it.") from error
    except PermissionError as error:
        if path.is_dir():
            raise InputError(f"{path} is a folder, not an article", "Give a file in it.") from error
        raise InputError(f"{path} cannot be read: you have no permission", "Check its permissions.") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}", _NOT_THERE) from error
    return read_bytes(data, name=str(path), options=options)


def read_bytes(data: bytes, *, name: str = "", options: ReadingOptions = AS_USUAL) -> Document:
    """Read an article from memory; `name` is for messages; its suffix is a hint if the content does not show the format.

    Raises `InputError` if it is empty, is not text, or has nothing to speak.
    """
    called = name or "the input"
    if not data.strip():
        raise InputError(f"{called} is empty", "Give an article as Markdown, HTML or text.")
    own = format_of_bytes(data, name)
    if own is not None:
        return _document(own.read(data, called, options), front_matter.FrontMatter(), (), called)
    refuse_binary(data, called)
    text = decoded(data, called)
    matter = front_matter.split(text.text)
    reading = format_of_text(matter.body, name).read(matter.body, options)
    unread = (
        *(Omission(line, Reason.METADATA) for line in matter.unread),
        *(Omission(stray, Reason.DAMAGED) for stray in text.damaged),
    )
    return _document(reading, matter, unread, called)


def _document(
    reading: Reading, matter: front_matter.FrontMatter, unread: tuple[Omission, ...], called: str
) -> Document:
    if not has_words(reading.blocks):
        raise InputError(f"{called}: there is nothing to speak in it", "Give an article with text in it.")
    if reading.is_shell:
        raise InputError(
            f"{called} has a title and no text: a program (JavaScript) fetches that when a browser shows the page",
            "Save the page from a browser that shows it, and give that file.",
        )
    metadata = merged((from_front_matter(matter.fields), reading.metadata))
    language = decide(words_of(reading.blocks), metadata.language)
    return Document(metadata, reading.blocks, language, unread + reading.left_out, reading.notes, reading.pages)
