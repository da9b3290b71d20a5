"""Markdown into HTML, which goes the way of all HTML: CommonMark with tables, strikethrough, footnotes and definition lists.

What markdown-it drops is kept, see `markdown_lossless`.
"""

import functools
from typing import TYPE_CHECKING

from chaptercast.document.html.reader import read_html
from chaptercast.document.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def read_markdown(text: str) -> Reading:
    """The blocks of a Markdown text without its front matter."""
    return read_html(to_html(text))


def to_html(text: str) -> str:
    """The HTML of a Markdown text."""
    return str(_parser().render(text))


@functools.cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    from chaptercast.document.cjk_emphasis import cjk_friendly_plugin
    from chaptercast.document.markdown_lossless import NESTING_CEILING, lossless_plugin

    md = MarkdownIt("commonmark", {"html": True, "maxNesting": NESTING_CEILING})
    md.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin).use(cjk_friendly_plugin)
    md.add_render_rule("footnote_caption", _caption)
    md.add_render_rule("footnote_anchor", _no_anchor)
    md.use(lossless_plugin)
    return md


def _caption(_renderer: object, tokens: "Sequence[Token]", index: int, *_: object) -> str:
    """A reference to a note: its number, the same for every reference."""
    return f"[{tokens[index].meta['id'] + 1}]"


def _no_anchor(*_: object) -> str:
    """The sign that leads back from a note is none of the author's."""
    return ""
