"""EPUB 3.3 with Media Overlays: text and sound together, sentence by sentence (W3C EPUB 3.3, Media Overlays).

A page, an overlay and an MP3 for each chapter: reading apps load the sound of a chapter whole, and each page of a book must have its
sound, or some of them pass over it.
"""

from collections.abc import Iterator

from chaptercast.publication.exports import Choices, Entry
from chaptercast.publication.exports.book import Book
from chaptercast.publication.exports.epub.package import CONTAINER, CSS, navigation, package
from chaptercast.publication.exports.epub.pages import STYLE, EpubWriter
from chaptercast.publication.exports.notes import Notes


def entries(book: Book, _choices: Choices) -> Iterator[Entry]:
    """The files of the book."""
    yield Entry("mimetype", b"application/epub+zip", stored=True)
    yield Entry("META-INF/container.xml", CONTAINER.encode())
    yield Entry("EPUB/package.opf", _encoded(package(book)))
    yield Entry("EPUB/nav.xhtml", _encoded(navigation(book)))
    yield Entry(f"EPUB/{STYLE}", CSS.encode())
    notes = Notes(book.chapters)
    for chapter in book.chapters:
        writer = EpubWriter(book, chapter, notes)
        yield Entry(f"EPUB/s{chapter.number}.xhtml", _encoded(writer.page()))
        yield Entry(f"EPUB/s{chapter.number}.smil", _encoded(writer.overlay()))
        yield Entry(f"EPUB/audio/s{chapter.number}.mp3", book.sound(chapter), stored=True)


def _encoded(pieces: Iterator[str]) -> bytes:
    return "".join(pieces).encode()
