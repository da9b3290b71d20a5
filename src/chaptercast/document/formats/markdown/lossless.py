"""A markdown-it plugin: what the parser and its plugins drop is kept.

They drop blocks that are nested too deep, the cells of a row that go beyond the head of the table (GitHub Flavored Markdown, 4.10),
notes that nothing refers to, and the first of two notes with the same label.
"""

from typing import TYPE_CHECKING

from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

NESTING = 40
"""Levels of blocks within blocks; a quotation is one level, a list two. Deeper ones stay as text."""
NESTING_CEILING = 2 * NESTING
"""What the parser itself is given, so that it never comes to its own limit."""


def lossless_plugin(md: "MarkdownIt") -> None:
    """Add the rules; after the plugin for footnotes."""
    md.block.ruler.at("table", _whole_table, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("table", "too_deep", _too_deep, {"alt": []})
    md.core.ruler.before("footnote_tail", "unreferenced_notes", _refer_to_all_notes)


def _whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: a table, with all cells of its rows."""
    first = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    whole: list[Token] = []
    line = cells = 0
    for token in state.tokens[first:]:
        if token.type == "tr_open":
            line, cells = (token.map or [start])[0], 0
        cells += token.type == "td_open"
        if token.type == "tr_close" and cells:
            whole += _cells_beyond(state, line, cells, token.level + 1)
        whole.append(token)
    state.tokens[first:] = whole
    return True


def _cells_beyond(state: StateBlock, line: int, cells: int, level: int) -> list[Token]:
    columns = escapedSplit(getLine(state, line).strip())
    if columns and not columns[0]:
        del columns[0]
    if columns and not columns[-1]:
        del columns[-1]
    tokens: list[Token] = []
    for text in columns[cells:]:
        content = Token(
            "inline", "", 0, content=text.strip(), children=[], map=[line, line + 1], level=level + 1, block=True
        )
        tokens += [
            Token("td_open", "td", 1, level=level, block=True),
            content,
            Token("td_close", "td", -1, level=level, block=True),
        ]
    return tokens


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - a rule's signature
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


def _refer_to_all_notes(state: StateCore) -> None:
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
