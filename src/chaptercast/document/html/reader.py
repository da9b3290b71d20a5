"""HTML files and fragments: parse, look the page over, walk."""

from chaptercast.document.choices import PageScope
from chaptercast.document.html.alternatives import without_repeats
from chaptercast.document.html.head import page_metadata
from chaptercast.document.html.kickers import part_kickers
from chaptercast.document.html.leaves import join_leaves
from chaptercast.document.html.page import Page, is_preformatted, is_whole_page
from chaptercast.document.html.parse import parse
from chaptercast.document.html.shell import is_shell
from chaptercast.document.html.walk import Walker
from chaptercast.document.html.word_lists import SIGN, make_lists
from chaptercast.document.model import Metadata
from chaptercast.document.reading import Reading

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
    whole = is_whole_page(source)
    page = Page(root, whole_page=whole, furnished=furnished and scope is PageScope.ARTICLE)
    walker = Walker(page)
    walker.run()
    notes = () if page.is_article else (NO_ARTICLE,)
    metadata = page_metadata(page, walker.blocks)
    blocks, left_out = walker.blocks, walker.left_out
    if whole and scope is PageScope.ARTICLE:
        blocks, repeats = without_repeats(blocks, metadata.title or metadata.page_title)
        left_out += repeats
    return Reading(tuple(blocks), tuple(left_out), metadata, notes, is_shell(root, blocks))
