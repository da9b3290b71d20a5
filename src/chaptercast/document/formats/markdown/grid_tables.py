"""Tables that are drawn: grid tables of Pandoc, whose cells may be several lines high, and blocks of lines with bars (`| verse`)."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it.rules_block import StateBlock

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType

_BORDER = re.compile(r"\+(?:[-=:]{2,}\+)+\s*")
_PARTING = re.compile(r"[+|](?:[-=:\s]+[+|])+\s*")
_VERSE = re.compile(r"\| \S.*")


def grid_plugin(md: "MarkdownIt") -> None:
    """Add the rules."""
    options: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("table", "grid", _grid, options)
    md.block.ruler.after("table", "verse", _verse, {"alt": []})


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _grid(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: a table with all its borders."""
    first = _line(state, start)
    if not _BORDER.fullmatch(first) or state.is_code_block(start) or start < state.env.get("no grid before", 0):
        return False
    last = start + 1
    while last < end and _line(state, last)[:1] in ("+", "|") and state.sCount[last] >= state.blkIndent:
        last += 1
    lines = [_line(state, number).rstrip() for number in range(start, last)]
    if len(lines) < 3 or not _BORDER.fullmatch(lines[-1]):
        state.env["no grid before"] = last
        return False
    if silent:
        return True
    columns = [place for place, sign in enumerate(first.rstrip()) if sign == "+"]
    head = next((number for number, line in enumerate(lines) if number and line.startswith("+=")), 0)
    state.push("table_open", "table", 1)
    row: list[str] = []
    for number, line in enumerate(lines[1:], 1):
        if not _PARTING.fullmatch(line) or line.startswith("|"):
            row.append(line)
            continue
        if row:
            _row(state, _cells(row, columns), "th" if number <= head else "td", start + number)
        row = []
    state.push("table_close", "table", -1)
    state.line = last
    return True


def _cells(lines: Sequence[str], columns: Sequence[int]) -> list[str]:
    """The texts of the cells of one row."""
    parted = [line.strip("|").split("|") for line in lines]
    if all(len(parts) == len(columns) - 1 for parts in parted):
        return ["\n".join(part.strip() for part in column) for column in zip(*parted, strict=True)]
    return ["\n".join(line[a + 1 : b].strip() for line in lines) for a, b in pairwise(columns)]


def _row(state: StateBlock, cells: Sequence[str], tag: str, line: int) -> None:
    state.push("tr_open", "tr", 1)
    for cell in cells:
        state.push(f"{tag}_open", tag, 1)
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = cell.strip(), [line, line + 1], []
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


def _verse(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: lines after bars are kept as lines (Pandoc)."""
    last = start
    while (
        last < end
        and not state.isEmpty(last)
        and _VERSE.fullmatch(_line(state, last))
        and not _line(state, last).rstrip().endswith("|")
    ):
        last += 1
    if last - start < 2 or silent or state.is_code_block(start):
        return False
    state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content = "\\\n".join(_line(state, number)[2:].rstrip() for number in range(start, last))
    inline.map, inline.children = [start, last], []
    state.push("paragraph_close", "p", -1)
    state.line = last
    return True
