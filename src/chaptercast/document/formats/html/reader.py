"""HTML files and fragments: parse, look the page over, walk."""

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
from chaptercast.document.reading_options import PageScope

NO_ARTICLE = "this page seems to be no article; all of it is read but for its menus and the like."


def read_html(source: str, *, furnished: bool = True, scope: PageScope = PageScope.ARTICLE) -> Reading:
    """The blocks and metadata of an HTML file or fragment.

    `furnished` says whether there may be navigation and the like in it, as in what comes from the web; `scope`, whether that
    is read, too.
    """
    root = parse(source)
    if root is None:
        return Reading((), (), Metadata())
    if SIGN in source:
        make_lists(root)
    if is_preformatted(root):
        join_leaves(root)
    part_kickers(root)
    page = Page(root, whole_page=is_whole_page(source), furnished=furnished and scope is PageScope.ARTICLE)
    walker = Walker(page)
    walker.run()
    notes = () if page.is_article else (NO_ARTICLE,)
    metadata = page_metadata(page, walker.blocks)
    return Reading(tuple(walker.blocks), tuple(walker.left_out), metadata, notes, is_shell(root, walker.blocks))
