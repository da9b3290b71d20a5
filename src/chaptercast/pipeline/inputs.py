"""Which articles a run is about: files, folders and lists, never all of them in memory. Nothing heavy is imported here."""

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
"""Names of articles in folders end so; what is given by its own name may be called anything."""
_PACKED_BOOK = ".fb2.zip"
_PERHAPS_SSML = ".xml"
_SSML_SIGN = b"<speak"
_HEAD = 4096
_CHUNK = 1 << 16
_TOLD = 6


class Refused(Struct, frozen=True):
    """What was given and is no article."""

    given: Path | str
    error: ChaptercastError


Given: TypeAlias = Path | str
"""An article's path, its address in the web, or `-` for standard input."""


def as_given(text: str) -> Given:
    """What a user names, as a path unless it is an address."""
    return text if is_url(text) else Path(text)


def expanded(given: Iterable[Given], output: Path, tell: Tell, *, recursive: bool) -> Iterator[Given | Refused]:
    """The articles that are meant: in place of each folder those in it, if `recursive`, else its refusal.

    `tell` is told what is passed over.
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
    """A folder of articles, and of other things, which are passed over."""

    path: Path
    output: Path
    """Lies in the folder perhaps, and is none of it."""
    tell: Tell

    def articles(self) -> Iterator[Path | Refused]:
        """The articles in it and in its folders, each folder's in the order of their names.

        Links to folders are not followed, so nothing is met twice and no loop is endless.
        """
        others: Counter[str] = Counter()
        yield from self._walked(self.path, others)
        if others:
            kinds = ", ".join(f"{count} {suffix or 'without a suffix'}" for suffix, count in others.most_common(_TOLD))
            more = " and others" if len(others) > _TOLD else ""
            self.tell(f"{self.path}: passed over as no articles: {kinds}{more}.")

    def has(self, path: Path) -> bool:
        """Whether a path below the folder is that of an article, or of a folder with articles, that `articles` would find."""
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
        """Whether it is a folder of articles: no link, and neither the output nor an episode."""
        if folder.is_symlink() or (folder / MANIFEST).exists():
            return False
        return folder.resolve() != self.output.resolve()


def _is_hidden(name: str) -> bool:
    """Hidden, or a lock of an office program."""
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
    """The articles of a list, read as they are asked for; empty ones are passed over."""
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
