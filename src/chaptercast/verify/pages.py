"""Pages: that every link to the site itself leads somewhere, that each chapter can be reached, and each episode from the library."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from lxml import etree
from msgspec import Struct

from chaptercast.publication.model import Episode
from chaptercast.serving.file_lookup import locate
from chaptercast.verify.file_reading import AGAIN, lines, read_bytes, short

PAGE = "index.html"
_HERE = "http://site.invalid"
"""Stands for wherever the site will be."""


class _Page(Struct, frozen=True):
    ids: frozenset[str]
    """Where links can lead to within it."""
    links: tuple[str, ...]
    """Addresses as they are written, each once."""


def page_findings(site: Path, folder: Path, episode: Episode) -> Iterator[str]:
    """What is wrong with the page of the episode in `folder`, if there is one."""
    page = folder / PAGE
    if page.exists():
        yield from lines(page, _episode_page_findings(site, page, episode), AGAIN)


def library_findings(site: Path, folders: Sequence[str]) -> Iterator[str]:
    """What is wrong with the page over all episodes, if there is one; `folders` are the names of theirs."""
    page = site / PAGE
    if page.exists():
        yield from lines(page, _library_findings(site, page, folders), f"chaptercast feed {site}")


def _episode_page_findings(site: Path, path: Path, episode: Episode) -> Iterator[str]:
    page = _read(path)
    yield from _dead_links(site, path, page)
    audio = urljoin(_address(site, path), quote(episode.audio.file))
    if audio not in {urljoin(_address(site, path), link) for link in page.links}:
        yield "it does not play its recording"
    reached = {unquote(link[1:]) for link in page.links if link.startswith("#")} & page.ids
    for number, chapter in enumerate(episode.chapters):
        if reached.isdisjoint((chapter.id, f"page-chapter-{number}")):  # the second where an id is unfit for a page
            yield f"no link leads to the chapter “{short(chapter.title)}”"


def _library_findings(site: Path, path: Path, folders: Sequence[str]) -> Iterator[str]:
    page = _read(path)
    yield from _dead_links(site, path, page)
    linked = {target for link in page.links if (target := _target(site, path, link)) is not None}
    for name in folders:
        if (site / name / PAGE).exists() and locate(site.resolve(), f"/{quote(name)}/{PAGE}") not in linked:
            yield f"it does not list {name}"


def _dead_links(site: Path, path: Path, page: _Page) -> Iterator[str]:
    for link in page.links:
        if link.startswith("#"):
            if unquote(link[1:]) not in page.ids and link != "#":
                yield f"the link {short(link)} leads nowhere"
        elif _is_own(site, path, link) and _target(site, path, link) is None:
            yield f"the link {short(link)} leads to no file of the site"


def _is_own(site: Path, path: Path, link: str) -> bool:
    """Whether a link leads to the site itself. Raises `ValueError` for what is no address."""
    return urljoin(_address(site, path), link).startswith(f"{_HERE}/")


def _target(site: Path, path: Path, link: str) -> Path | None:
    """The file that a link leads to: a file, since a folder shows nothing where no server is."""
    address = urljoin(_address(site, path), link)
    found = locate(site.resolve(), urlsplit(address).path) if address.startswith(f"{_HERE}/") else None
    return found if found is not None and found.is_file() else None


def _address(site: Path, path: Path) -> str:
    return f"{_HERE}/{quote(path.relative_to(site).as_posix())}"


def _read(path: Path) -> _Page:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    root = etree.fromstring(read_bytes(path), parser)
    if root is None:
        raise ValueError("it is empty")
    ids = frozenset(map(str, root.xpath("//@id | //a/@name")))
    return _Page(ids, tuple(dict.fromkeys(str(link).strip() for link in root.xpath("//@href | //@src | //@poster"))))
