"""Markdown into HTML, which goes the way of all HTML: CommonMark with tables, strikethrough, footnotes and definition lists.

Nothing is lost on the way: what markdown-it drops (blocks nested too deep, notes that nothing refers to) is kept.
"""

import functools
from typing import TYPE_CHECKING

from chaptercast.document.html.reader import read_html
from chaptercast.document.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

NESTING = 40
"""Levels of blocks within blocks; a quotation is one level, a list two. Deeper ones stay as text."""


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

    md = MarkdownIt("commonmark", {"html": True, "maxNesting": 2 * NESTING})
    md.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin).use(cjk_friendly_plugin)
    md.add_render_rule("footnote_caption", _caption)
    md.add_render_rule("footnote_anchor", _no_anchor)
    md.block.ruler.before("table", "too_deep", _too_deep, {"alt": []})
    md.core.ruler.before("footnote_tail", "unreferenced_notes", _refer_to_all_notes)
    return md


def _caption(_renderer: object, tokens: "Sequence[Token]", index: int, *_: object) -> str:
    """A reference to a note: its number, the same for every reference."""
    return f"[{tokens[index].meta['id'] + 1}]"


def _no_anchor(*_: object) -> str:
    """The sign that leads back from a note is none of the author's."""
    return ""


def _too_deep(state: "StateBlock", start: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - a rule's signature
    """A block rule: below `NESTING`, where markdown-it would drop what follows, lines up to the next empty one are a paragraph."""
    if state.level < NESTING:
        return False
    line = start + 1
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        line += 1
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, line, state.blkIndent, keepLastLF=False).strip()
    inline.map = [start, line]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True


def _refer_to_all_notes(state: "StateCore") -> None:
    """A core rule: notes that nothing refers to, and second notes of one label, get a place in the list of notes too."""
    notes = state.env.get("footnotes")
    if not notes:
        return
    seen: set[str] = set()
    for token in state.tokens:
        if token.type != "footnote_reference_open":
            continue
        label = token.meta["label"]
        if label in seen:
            label = token.meta["label"] = f"{label} ({len(seen)})"
        seen.add(label)
        if notes["refs"].get(":" + label, -1) < 0:
            number = len(notes["list"])
            notes["refs"][":" + label] = number
            notes["list"][number] = {"label": label, "count": 0}
