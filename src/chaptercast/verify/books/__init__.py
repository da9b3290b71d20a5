"""Talking books held against themselves: what their public validators do not look for. Books of other programs are welcome, too."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from chaptercast.verify.books.audiobook import lpf_findings, readium_findings
from chaptercast.verify.books.content import Content, opened
from chaptercast.verify.books.daisy import daisy3_findings, daisy202_findings
from chaptercast.verify.books.epub import epub_findings
from chaptercast.verify.file_reading import lines

_REMEDY = "export the recording again"
_Check = Callable[[Content], Iterator[str]]
_BY_FILE: Mapping[str, _Check] = MappingProxyType(
    {
        "META-INF/container.xml": epub_findings,
        "ncc.html": daisy202_findings,
        "toc.ncx": daisy3_findings,
        "publication.json": lpf_findings,
        "manifest.json": readium_findings,
    }
)
"""By the file that only such a book has."""
_IN_FOLDERS = ("ncc.html", "toc.ncx")
"""Of the books that players take from a card; the other names may stand in any folder."""
SUFFIXES = frozenset({".epub", ".zip", ".lpf", ".audiobook"})


def is_book(path: Path) -> bool:
    """Whether something may be a talking book: an archive by its suffix, a folder by what is in it."""
    if path.is_dir():
        return any((path / name).is_file() for name in _IN_FOLDERS)
    return path.suffix.lower() in SUFFIXES and path.is_file()


def book_findings(path: Path) -> Iterator[str]:
    """What is wrong with a talking book."""
    yield from lines(path, _findings(path), _REMEDY)


def _findings(path: Path) -> Iterator[str]:
    with opened(path) as content:
        check = next((check for name, check in _BY_FILE.items() if name in content.names), None)
        if check is None and {".ncx", ".opf", ".smil"} <= {PurePosixPath(name).suffix for name in content.names}:
            check = daisy3_findings  # its names are free
        if check is None:
            raise ValueError("it is no talking book that is known: EPUB, DAISY 2.02 or 3, W3C or Readium audiobook")
        yield from check(content)
