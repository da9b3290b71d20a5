"""Lists the articles of a run: files, folders and lists. Never holds all in memory. Nothing heavy is imported here."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

from msgspec import Struct

from chaptercast.document.sources.url import is_url
from chaptercast.errors import ChaptercastError, InputError
from chaptercast.pipeline.options import Tell
from chaptercast.publication.file_names import MANIFEST

SUFFIXES = frozenset(
    {
        *(".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd", ".ipynb", ".rst"),
        *(".html", ".htm", ".xhtml", ".xht", ".shtml"),
        *(".txt", ".text", ".epub", ".docx", ".docm", ".ssml"),
        *(".fb2", ".odt", ".ott", ".fodt", ".rtf", ".eml", ".mht", ".mhtml"),
    }
)
"""Suffixes of articles in folders. A file that the user names directly may have any suffix."""
_PACKED_BOOK = ".fb2.zip"
_PERHAPS_SSML = ".xml"
_SSML_SIGN = b"<speak"
_HEAD = 4096
_CHUNK = 1 << 16
_TOLD = 6


class Refused(Struct, frozen=True):
    """A given input that is not an article."""

    given: Path | str
    error: ChaptercastError


Given: TypeAlias = Path | str
"""An article's path, its address in the web, or `-` for standard input."""


def as_given(text: str) -> Given:
    """The user's input as a path, unless it is an address."""
    return text if is_url(text) else Path(text)


def expanded(given: Iterable[Given], output: Path, tell: Tell, *, recursive: bool) -> Iterator[Given | Refused]:
    """The given articles. A folder is replaced by its articles if `recursive`, otherwise by a refusal.

    `tell` is called for everything that is skipped.
    """
    for one in given:
        if isinstance(one, Path) and one.is_dir():
            if recursive:
                yield from Folder(one, output, tell).articles()
            else:
                yield Refused(one, InputError(f"{one} is a folder, not an article", "For the articles in it: -r"))
        else:
            yield one


class Folder(Struct, frozen=True):
    """A folder of articles. Other files in it are skipped."""

    path: Path
    output: Path
    """May lie inside the folder; it is skipped."""
    tell: Tell

    def articles(self) -> Iterator[Path | Refused]:
        """The articles in it and in its subfolders, each folder's in the order of their names.

        Links to folders are not followed. So no article is found twice, and no loop is endless.
        """
        others: Counter[str] = Counter()
        yield from self._walked(self.path, others)
        if others:
            kinds = ", ".join(f"{count} {suffix or 'without a suffix'}" for suffix, count in others.most_common(_TOLD))
            more = " and others" if len(others) > _TOLD else ""
            self.tell(f"{self.path}: skipped, since they are no articles: {kinds}{more}.")

    def has(self, path: Path) -> bool:
        """Whether `articles` would find the path, or would enter it as a folder."""
        try:
            inside = path.relative_to(self.path)
        except ValueError:
            return False
        folders = [self.path.joinpath(*inside.parts[:depth]) for depth in range(1, len(inside.parts))]
        if any(_is_hidden(part) for part in inside.parts) or not all(map(self._is_entered, folders)):
            return False
        return self._is_entered(path) if path.is_dir() else _is_article(path)

    def _walked(self, folder: Path, others: Counter[str]) -> Iterator[Path | Refused]:
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            yield Refused(folder, InputError(f"{folder} cannot be read: {error.strerror}", "Check its permissions."))
            return
        for entry in entries:
            path = folder / entry.name
            if _is_hidden(entry.name):
                continue
            if entry.is_dir():
                if self._is_entered(path):
                    yield from self._walked(path, others)
            elif _is_article(path):
                yield path
            else:
                others[path.suffix.lower()] += 1

    def _is_entered(self, folder: Path) -> bool:
        """Whether a folder is searched: it is not a link, not the output, and not an episode."""
        if folder.is_symlink() or (folder / MANIFEST).exists():
            return False
        return folder.resolve() != self.output.resolve()


def _is_hidden(name: str) -> bool:
    """Whether a file is hidden, or the lock file of an office program."""
    return name.startswith((".", "~$"))


def _is_article(path: Path) -> bool:
    suffix = path.suffix.lower()
    if path.name.lower().endswith(_PACKED_BOOK):
        return not path.is_dir()
    if suffix != _PERHAPS_SSML:
        return suffix in SUFFIXES and not path.is_dir()
    try:
        with path.open("rb") as stream:
            return _SSML_SIGN in stream.read(_HEAD)
    except OSError:
        return False


def listed(stream: BinaryIO, separator: bytes) -> Iterator[Given]:
    """The articles of a list, read as they are requested. Empty entries are skipped."""
    for name in _parts(stream, separator):
        text = os.fsdecode(name.removesuffix(b"\r") if separator == b"\n" else name)
        if text.strip():
            yield as_given(text)


def _parts(stream: BinaryIO, separator: bytes) -> Iterator[bytes]:
    rest = b""
    read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    while chunk := read(_CHUNK):
        *whole, rest = (rest + chunk).split(separator)
        yield from whole
    yield rest
