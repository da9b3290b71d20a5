"""Markdown into HTML."""

from chaptercast.document.html.reader import read_html
from chaptercast.document.reading import Reading


def read_markdown(text: str) -> Reading:
    """The blocks of a Markdown text."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    md = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    return read_html(md.render(text))
