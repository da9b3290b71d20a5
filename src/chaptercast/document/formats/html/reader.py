"""HTML files and fragments: parse, look the page over, walk."""

from chaptercast.document.choices import PageScope
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
    page = Page(root, whole_page=is_whole_page(source), furnished=furnished and scope is PageScope.ARTICLE)
    walker = Walker(page)
    walker.run()
    notes = () if page.is_article else (NO_ARTICLE,)
    metadata = page_metadata(page, walker.blocks)
    return Reading(tuple(walker.blocks), tuple(walker.left_out), metadata, notes, is_shell(root, walker.blocks))
