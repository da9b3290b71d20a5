"""Pictures within an article that is an archive: an EPUB, a Word or an OpenDocument file. Nothing is unpacked but what is asked for."""

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from chaptercast.common.zip_errors import DAMAGED_ZIP

_CONTAINER = "META-INF/container.xml"
_MOST_BYTES = 20_000_000
_UNREADABLE = (*DAMAGED_ZIP, RuntimeError, KeyError)


def packed_picture(article: Path, source: str) -> bytes | None:
    """Returns the picture that an article calls `source`; None if the article is no archive, or if it is not clear which file that is.

    An address is relative to a file within the archive, so the file whose path ends with it is taken, if there is only one.
    """
    parts = urlsplit(source)
    wanted = posixpath.normpath(unquote(parts.path)).lstrip("./")
    if parts.scheme or parts.netloc or not wanted:
        return None
    with _opened(article) as archive:
        if archive is None:
            return None
        names = [name for name in archive.namelist() if f"/{name}".endswith(f"/{wanted}")]
        return _read(archive, names[0]) if len(names) == 1 else None


def packed_cover(article: Path) -> bytes | None:
    """Returns the cover picture that an EPUB names; None if it is no EPUB, or names none."""
    with _opened(article) as archive:
        if archive is None or _CONTAINER not in archive.namelist():
            return None
        try:
            package = next(e.get("full-path", "") for e in _xml(archive, _CONTAINER).iter("{*}rootfile"))
            root = _xml(archive, package)
        except (*_UNREADABLE, StopIteration, etree.XMLSyntaxError):
            return None
        items = list(root.iter("{*}item"))
        named = next((meta.get("content") for meta in root.iter("{*}meta") if meta.get("name") == "cover"), None)
        covers = [item for item in items if "cover-image" in item.get("properties", "").split()]
        covers += [item for item in items if named is not None and item.get("id") == named]
        if not covers:
            return None
        return _read(
            archive, posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(covers[0].get("href", ""))))
        )


@contextmanager
def _opened(article: Path) -> Iterator[zipfile.ZipFile | None]:
    try:
        archive = zipfile.ZipFile(article)
    except _UNREADABLE:
        yield None
        return
    with archive:
        yield archive


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(_read(archive, name) or b"", parser)


def _read(archive: zipfile.ZipFile, name: str) -> bytes | None:
    try:
        return archive.read(name) if archive.getinfo(name).file_size <= _MOST_BYTES else None
    except _UNREADABLE:
        return None
