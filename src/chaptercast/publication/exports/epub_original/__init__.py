"""Exports the EPUB that was read with its own files: its pages get ids and overlays, and stay as they are otherwise.

`markup_map` (where the letters of a file are) -> `alignment` (where each sentence is) -> `insertion` (ids) -> `overlays`, `package`.
"""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from lxml import etree

from chaptercast.common.units import Milliseconds
from chaptercast.common.zip_errors import DAMAGED_ZIP
from chaptercast.errors import InputError
from chaptercast.publication.exports import Choices, Entry
from chaptercast.publication.exports.book import Book
from chaptercast.publication.exports.credits import narrator
from chaptercast.publication.exports.epub.package import ACTIVE_CSS
from chaptercast.publication.exports.epub_original.alignment import aligned, spoken_lines
from chaptercast.publication.exports.epub_original.insertion import attribute
from chaptercast.publication.exports.epub_original.markup_map import MarkupMap, letters_of, markup_map
from chaptercast.publication.exports.epub_original.overlays import Overlaid, overlaid, smil
from chaptercast.publication.exports.epub_original.package import Addition, Package, read_package, with_sound

_CONTAINER = "META-INF/container.xml"
_SIGNATURES = "META-INF/signatures.xml"
"""They are not true of a changed book."""
_FOLDER = "said"
_MOST_BYTES = 256_000_000
_ENOUGH = 0.5
"""The least share of what is said that must be in the book: else it is another book."""


def refuse_unfit(path: Path) -> None:
    """Raises `InputError` if a file cannot take sound: before hours are spent on speaking it."""
    try:
        with zipfile.ZipFile(path) as archive:
            _package(archive)
    except (*DAMAGED_ZIP, RuntimeError) as error:
        raise InputError(
            f"{path} cannot have sound in its own pages: {error}.", "Use --as epub, which makes a new book."
        ) from error


def entries(book: Book, choices: Choices) -> Iterator[Entry]:
    """Yields the files of the book. Raises `InputError` if the EPUB is not there, or is not the one that was recorded."""
    if choices.original is None:
        raise InputError("The EPUB that was recorded is not known.", "Name it: --original FILE.")
    try:
        with zipfile.ZipFile(choices.original) as archive:
            yield from _entries(book, archive, choices.original)
    except (*DAMAGED_ZIP, RuntimeError) as error:
        raise InputError(f"{choices.original} cannot be used: {error}.", "Give the EPUB that was recorded.") from error


def _entries(book: Book, archive: zipfile.ZipFile, path: Path) -> Iterator[Entry]:
    infos = [info for info in archive.infolist() if not info.is_dir() and info.filename != _SIGNATURES]
    if any(info.file_size > _MOST_BYTES for info in infos):
        raise ValueError("a file in it is too large")
    names = {info.filename for info in infos}
    package = _package(archive)
    pages = [item for item in package.spine if item.path in names]
    maps = _maps(archive, [item.path for item in pages])
    result = _overlaid(book, [maps[item.path] for item in pages], path)
    folder = _free(posixpath.join(package.folder, _FOLDER), names)
    overlays, durations, smils = {}, {}, []
    for number, pars in result.pars.items():
        item = pages[number]
        overlay = Addition(f"{folder}/o{number}.smil", "application/smil+xml", f"said-overlay-{number}")
        overlays[item.id] = overlay
        durations[overlay.id] = Milliseconds(sum(par.clip.end - par.clip.begin for par in pars))
        address = quote(posixpath.relpath(item.path, folder))
        smils.append(Entry(overlay.path, smil(address, pars, "").encode()))
    style = Addition(f"{folder}/said.css", "text/css", "said-style")
    for number in result.pars:
        _link(result, number, quote(posixpath.relpath(style.path, posixpath.dirname(pages[number].path))))
    sounds = [
        Addition(f"{folder}/{file.name}", "audio/mpeg", f"said-audio-{number}")
        for number, file in enumerate(result.files)
    ]
    additions = [style, *overlays.values(), *sounds]
    changed = {pages[number].path: result.pages[number].content for number in result.pars}
    changed[package.path] = with_sound(package, additions, overlays, durations, narrator(book.episode))
    yield from (_kept(archive, info, changed) for info in infos)
    yield Entry(style.path, ACTIVE_CSS.encode())
    yield from smils
    for sound, file in zip(sounds, result.files, strict=True):
        yield Entry(sound.path, book.frames.content(file.stretch), stored=True)


def _package(archive: zipfile.ZipFile) -> Package:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        container = etree.fromstring(archive.read(_CONTAINER), parser)
        path = next(e.get("full-path", "") for e in container.iter("{*}rootfile"))
        return read_package(path, archive.read(path))
    except (KeyError, StopIteration, etree.XMLSyntaxError) as error:
        raise ValueError("it is no EPUB") from error


def _maps(archive: zipfile.ZipFile, paths: list[str]) -> Mapping[str, MarkupMap]:
    found = {}
    for path in paths:
        try:
            found[path] = markup_map(archive.read(path))
        except ValueError:
            found[path] = MarkupMap(b"")  # it stays as it is, and silent
    return found


def _overlaid(book: Book, maps: list[MarkupMap], path: Path) -> Overlaid:
    spoken = list(spoken_lines(book))
    found = aligned(spoken, maps)
    said = sum(len(letters_of(one.text)) for one in spoken)
    if sum(len(letters_of(one.spoken.text)) for one in found) < _ENOUGH * said:
        raise InputError(f"{path} is not the book that was recorded.", "Give the EPUB that was recorded.")
    return overlaid(book, maps, found)


def _link(result: Overlaid, number: int, address: str) -> None:
    page = result.pages[number]
    head = next(iter(page.map.named("head")), None)
    if head is not None:
        prefix = head.tag.removesuffix("head")
        page.insert(head.inner_end, f'<{prefix}link rel="stylesheet" type="text/css" href="{attribute(address)}"/>')


def _kept(archive: zipfile.ZipFile, info: zipfile.ZipInfo, changed: Mapping[str, bytes]) -> Entry:
    content = changed.get(info.filename)
    stored = info.compress_type == zipfile.ZIP_STORED
    return Entry(info.filename, archive.read(info) if content is None else content, stored=stored)


def _free(wanted: str, names: set[str]) -> str:
    number, folder = 1, wanted
    while any(name.startswith(f"{folder}/") or name == folder for name in names):
        number += 1
        folder = f"{wanted}-{number}"
    return folder
