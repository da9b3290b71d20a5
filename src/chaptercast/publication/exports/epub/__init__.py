"""Exports EPUB 3.3 with Media Overlays: text and audio together, sentence by sentence (W3C EPUB 3.3, Media Overlays).

Each chapter has one page, one overlay and one MP3. Reading apps load the whole audio of a chapter, and each page of a book must have
audio, because some apps skip pages without it. So the cover is not a page.
"""

from collections.abc import Iterator
from pathlib import Path

from chaptercast.publication.exports import Choices, Entry
from chaptercast.publication.exports.book import Book
from chaptercast.publication.exports.book_markup import flat
from chaptercast.publication.exports.epub.package import CONTAINER, CSS, Extra, navigation, package
from chaptercast.publication.exports.epub.pages import STYLE, EpubWriter
from chaptercast.publication.exports.epub.sound_files import SoundFile, chapter_sound
from chaptercast.publication.exports.notes import Notes
from chaptercast.publication.exports.page_breaks import PageBreak
from chaptercast.publication.pictures import Picture, kept_cover


def entries(book: Book, _choices: Choices) -> Iterator[Entry]:
    """Yields the files of the book."""
    notes = Notes(book.chapters)
    pages: list[Entry] = []
    pictures: dict[str, Path] = {}
    breaks: list[tuple[int, PageBreak]] = []
    sounds: dict[int, tuple[SoundFile, ...]] = {}
    with_formulas: set[int] = set()
    for chapter in book.chapters:
        writer = EpubWriter(book, chapter, notes)
        pages.append(Entry(f"EPUB/s{chapter.number}.xhtml", _encoded(writer.page())))
        sound = chapter_sound(book, chapter, [*flat(writer.sounding)])
        sounds[chapter.number] = sound.files
        pages.append(Entry(f"EPUB/s{chapter.number}.smil", _encoded(writer.overlay(sound.placed))))
        pages += [Entry(f"EPUB/{file.name}", book.frames.content(file.stretch), stored=True) for file in sound.files]
        pictures |= writer.pictures
        if writer.has_formulas:
            with_formulas.add(chapter.number)
        breaks += ((chapter.number, page) for page in writer.pages)
    extra = [Extra(place, Picture(b"", path.suffix).media_type) for place, path in pictures.items()]
    cover = kept_cover(book.folder)
    if cover:
        extra.insert(0, Extra(f"cover{cover.suffix}", cover.media_type, "cover-image"))
    yield Entry("mimetype", b"application/epub+zip", stored=True)
    yield Entry("META-INF/container.xml", CONTAINER.encode())
    opf = package(book, sounds, extra, has_page_list=bool(breaks), with_formulas=with_formulas)
    yield Entry("EPUB/package.opf", _encoded(opf))
    yield Entry("EPUB/nav.xhtml", _encoded(navigation(book, breaks)))
    yield Entry(f"EPUB/{STYLE}", CSS.encode())
    if cover:
        yield Entry(f"EPUB/cover{cover.suffix}", cover.content, stored=True)
    yield from (Entry(f"EPUB/{place}", path.read_bytes(), stored=True) for place, path in pictures.items())
    yield from pages


def _encoded(pieces: Iterator[str]) -> bytes:
    return "".join(pieces).encode()
