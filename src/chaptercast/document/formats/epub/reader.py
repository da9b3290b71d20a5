"""Reads a book as one article, with the headings of its table of contents.

All files of the spine become one page, so that a note in another file is found.
"""

import posixpath
from collections.abc import Iterator, Sequence

from chaptercast.document.block_text import has_words
from chaptercast.document.formats.epub.drm import refuse_protected
from chaptercast.document.formats.epub.headings import named_headings
from chaptercast.document.formats.epub.metadata import metadata_of
from chaptercast.document.formats.epub.package import Package, read_package, resolved
from chaptercast.document.formats.epub.spine import one_page, styles_of, tree_of
from chaptercast.document.formats.epub.table_of_contents import Entry, entries_of_nav, entries_of_ncx
from chaptercast.document.formats.html.element_content import text_of
from chaptercast.document.formats.html.page_breaks import PageBreaks
from chaptercast.document.formats.html.page_context import Page
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.formats.html.tree_walk import Walker
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.model import Omission, Reason
from chaptercast.document.sources.zip_container import Archive
from chaptercast.errors import InputError

LINKS = 0.6
"""The minimum share of link text in a page that is a table of contents."""
_NEAR, _FEWEST = 8, 4
"""Number of files at the beginning that may be a table of contents, and minimum number of files to which one links."""
_MOST_FILES, _MOST_ROWS = 0.6, 0.8
"""Minimum share of the book's files to which it links, and of its paragraphs with such a link."""
_NCX = "application/x-dtbncx+xml"


def read_epub(data: bytes, name: str) -> Reading:
    """Read a book as one article. Raises `InputError` if it is damaged, protected or malicious."""
    with Archive(data, name) as archive:
        package = read_package(archive)
        refuse_protected(archive, package)
        contents = _contents_pages(archive, package)
        page = one_page(
            archive, (i for i in package.spine if i.path not in contents), styles_of(archive, package.items)
        )
        depths = named_headings(page.root, page.places, _entries(archive, package))
        breaks = PageBreaks()
        walker = Walker(Page(page.root, furnished=False, depths=depths), breaks)
        walker.run()
        if not has_words(walker.blocks):
            raise _nothing(name, page.pictures + sum(one.reason is Reason.NO_ALT for one in walker.left_out))
        left_out = (*_beside(archive, package, contents), *page.left_out, *walker.left_out)
        return Reading(tuple(walker.blocks), left_out, metadata_of(package.root), pages=tuple(breaks.pages))


def _nothing(name: str, pictures: int) -> InputError:
    if pictures:
        return InputError(
            f"{name}: its pages are pictures, without words that can be read",
            "Give an edition with text; a program for text recognition (OCR) may make one.",
        )
    return InputError(f"{name}: there is nothing to speak in it", "Give a book with text in it.")


def _contents_pages(archive: Archive, package: Package) -> set[str]:
    """The files that are the table of contents: EPUB 3 states it; EPUB 2's guide is believed only if the file is a list of links.

    Near the beginning, a file may also show it: it links to most files of the book, and hardly a paragraph has no such link.
    """
    found = {item.path for item in package.items.values() if "nav" in item.properties and item.path in archive}
    guided = package.guided("toc")
    if guided in {item.path for item in package.spine} and guided in archive:
        tree = tree_of(archive, guided)
        if tree is not None and _is_list_of_links(tree):
            found.add(guided)
    paths = [item.path for item in package.spine if item.path not in found]
    found.update(path for path in paths[:_NEAR] if len(paths) > _FEWEST and _lists_the_book(archive, path, paths))
    return found if any(item.path not in found for item in package.spine) else set()


def _lists_the_book(archive: Archive, path: str, paths: Sequence[str]) -> bool:
    if path not in archive or archive.read(path).count(b"href") < _FEWEST:
        return False
    tree = tree_of(archive, path)
    if tree is None:
        return False
    others = set(paths) - {path}
    rows = [row for row in tree.iter("p", "li", "td", "dt") if text_of(row) and row.find(".//p") is None]
    targets = [
        {resolved(posixpath.dirname(path), link.get("href", "")) for link in row.iter("a")} & others for row in rows
    ]
    listed = sum(map(bool, targets))
    return len(set().union(*targets)) >= max(_FEWEST, _MOST_FILES * len(others)) and listed >= _MOST_ROWS * len(rows)


def _is_list_of_links(tree: Element) -> bool:
    linked = sum(len(text_of(link)) for link in tree.iter("a") if link.get("href"))
    return linked > LINKS * len(text_of(tree))


def _beside(archive: Archive, package: Package, contents: set[str]) -> Iterator[Omission]:
    """Content of the book that is not part of its text: the table of contents, missing files, pages that are not shown."""
    for one in package.unknown:
        yield Omission(one, Reason.MISSING)
    spine = {item.path for item in package.spine}
    for item in package.items.values():
        shown = item.path in spine and item.path not in contents
        if item.kind == "text" and not shown and item.path in archive:
            tree = tree_of(archive, item.path)
            text = text_of(tree) if tree is not None else ""
            if text:
                yield Omission(text, Reason.BOILERPLATE if item.path in contents else Reason.HIDDEN)


def _entries(archive: Archive, package: Package) -> list[Entry]:
    """The table of contents: the navigation document of EPUB 3, or the NCX of EPUB 2."""
    nav = package.named("nav")
    tree = tree_of(archive, nav.path) if nav and nav.path in archive else None
    entries = entries_of_nav(tree, posixpath.dirname(nav.path)) if nav and tree is not None else []
    if entries:
        return entries
    spine = next(package.root.iter("spine"), None)
    named = package.items.get(spine.get("toc", "")) if spine is not None else None
    ncx = named or next((item for item in package.items.values() if item.media_type == _NCX), None)
    return entries_of_ncx(archive.xml(ncx.path), posixpath.dirname(ncx.path)) if ncx and ncx.path in archive else []
