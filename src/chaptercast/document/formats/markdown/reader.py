"""Markdown into HTML, which goes the way of all HTML: CommonMark with tables, strikethrough, footnotes and definition lists.

What other programs add to it is read, too (`inline`, `callouts`, `mathematics`, `markup`, `templates`): one set of rules for all, since
nothing in a text says for which of them it was written. What markdown-it drops is kept, see `lossless`; what only a program needs is
named as left out.
"""

import functools
import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from chaptercast.document.formats.html.reader import read_html
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.metadata.merging import merged
from chaptercast.document.model import Metadata, Omission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TITLE_BLOCK = re.compile(
    r"\s*%[ \t]+(\S.*(?:\n[ \t]+\S.*)*)\n(?:%[ \t]*(.*(?:\n[ \t]+\S.*)*)\n)?(?:%[ \t]*(.*)\n)?(?=\s*\n)"
)
"""Title, authors and date at the head of a text (Pandoc)."""


def read_markdown(text: str) -> Reading:
    """The blocks of a Markdown text without its front matter."""
    given, text = _title_block(text)
    html, left_out = to_html(text)
    reading = read_html(html)
    return replace(reading, left_out=left_out + reading.left_out, metadata=merged((given, reading.metadata)))


def to_html(text: str) -> tuple[str, tuple[Omission, ...]]:
    """The HTML of a Markdown text, and what is not in it."""
    from chaptercast.document.formats.markdown.embedded_markup import is_mdx
    from chaptercast.document.formats.markdown.omitted import omissions
    from chaptercast.document.formats.markdown.templates import Templates

    templates = Templates(text)
    mdx = is_mdx(text)
    md = _parser(mdx)
    env = {"templates": templates, "mdx": mdx}
    tokens = md.parse(templates.text, env)
    return md.renderer.render(tokens, md.options, env), tuple(omissions(tokens))


def _title_block(text: str) -> tuple[Metadata, str]:
    match = _TITLE_BLOCK.match(text) if text.lstrip()[:1] == "%" else None
    if match is None:
        return Metadata(), text
    title, author = (" ".join((match[number] or "").split()) for number in (1, 2))
    return Metadata(title=title, author=author.replace(";", ",")), text[match.end() :]


@functools.cache
def _parser(mdx: bool) -> "MarkdownIt":
    """The parser; MDX has no program text that is only set in."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    from chaptercast.document.formats.markdown.callouts import callouts_plugin
    from chaptercast.document.formats.markdown.cjk_emphasis import cjk_friendly_plugin
    from chaptercast.document.formats.markdown.embedded_markup import markup_plugin
    from chaptercast.document.formats.markdown.grid_tables import grid_plugin
    from chaptercast.document.formats.markdown.inline_dialects import dialects_plugin
    from chaptercast.document.formats.markdown.lossless import NESTING_CEILING, lossless_plugin
    from chaptercast.document.formats.markdown.mathematics import mathematics_plugin
    from chaptercast.document.formats.markdown.omitted import left_out_plugin
    from chaptercast.document.formats.markdown.post_processing import finish_plugin

    md = MarkdownIt("commonmark", {"html": True, "maxNesting": NESTING_CEILING})
    md.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    for plugin in (left_out_plugin, dialects_plugin, mathematics_plugin, callouts_plugin, markup_plugin):
        md.use(plugin)
    md.add_render_rule("footnote_caption", _caption)
    md.add_render_rule("footnote_anchor", _no_anchor)
    if mdx:
        md.disable("code")
    md.use(grid_plugin).use(lossless_plugin).use(finish_plugin).use(cjk_friendly_plugin)
    return md


def _caption(_renderer: object, tokens: "Sequence[Token]", index: int, *_: object) -> str:
    """A reference to a note: its number, the same for every reference."""
    return f"[{tokens[index].meta['id'] + 1}]"


def _no_anchor(*_: object) -> str:
    """The sign that leads back from a note is none of the author's."""
    return ""
