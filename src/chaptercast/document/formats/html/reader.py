"""Reads HTML files and fragments: parse, analyse the page, walk."""

from chaptercast.document.formats.html.alternatives import without_repeats
from chaptercast.document.formats.html.kickers import part_kickers
from chaptercast.document.formats.html.metadata import page_metadata
from chaptercast.document.formats.html.page_context import Page, is_preformatted, is_whole_page
from chaptercast.document.formats.html.parse import parse
from chaptercast.document.formats.html.preformatted_pages import join_leaves
from chaptercast.document.formats.html.script_only_pages import is_shell
from chaptercast.document.formats.html.tree_walk import Walker
from chaptercast.document.formats.html.word_list_paragraphs import SIGN, make_lists
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.model import Metadata
from chaptercast.document.reading_options import AS_USUAL, PageScope, ReadingOptions

NO_ARTICLE = "this page seems to be no article; all of it is read but for its menus and the like."


def read_html(source: str, options: ReadingOptions = AS_USUAL, *, furnished: bool = True) -> Reading:
    """Returns the blocks and metadata of an HTML file or fragment.

    `furnished` tells whether it may contain navigation and the like, as pages from the web do. `options.page` tells whether that is
    read too.
    """
    root = parse(source)
    if root is None:
        return Reading((), (), Metadata())
    if SIGN in source:
        make_lists(root)
    if is_preformatted(root):
        join_leaves(root)
    part_kickers(root)
    whole = is_whole_page(source)
    page = Page(root, whole_page=whole, furnished=furnished and options.page is PageScope.ARTICLE)
    walker = Walker(page)
    walker.run()
    notes = () if page.is_article else (NO_ARTICLE,)
    metadata = page_metadata(page, walker.blocks)
    blocks, left_out = walker.blocks, walker.left_out
    if whole and options.page is PageScope.ARTICLE:
        blocks, repeats = without_repeats(blocks, metadata.title or metadata.page_title)
        left_out += repeats
    return Reading(tuple(blocks), tuple(left_out), metadata, notes, is_shell(root, blocks))
