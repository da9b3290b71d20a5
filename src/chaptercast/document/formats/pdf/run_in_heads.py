"""Finds headings that stand in the first line of their text: bold words with a full stop, in a series ("Problems of diet. Many ...")."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from chaptercast.document.formats.pdf.blocks import Block
from chaptercast.document.formats.pdf.page import Line, Run

_MOST_WORDS, _LONGEST, _FEWEST_WORDS = 8, 200, 30
"""Maximum number of words and letters of such a heading, and minimum number of the words below it, on average."""
_FEWEST = 2
"""Minimum number of such headings in a document."""
_HEAD = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я][^.!?:]*[^\W\d_][^.!?:]*\.")
_NO_HEAD = re.compile(
    r"(?:theorem|lemma|prop|proposition|corollary|definition|def|remark|note|proof|example|claim|figure|fig|table|tab|step|question|answer|"
    r"case|exercise|warning|caution|important|tip|satz|beweis|beispiel|bemerkung|abbildung|abb|hinweis|achtung|vol|no|mr|mrs|dr|prof)s?\b",
    re.IGNORECASE,
)
"""What begins with these words is a label, or an abbreviation."""


def with_run_in_heads(blocks: Sequence[Block], body: float) -> list[Block]:
    """Returns the blocks with such headings as blocks of their own, without their full stops. `body` is the size of the text, in points.

    One alone is an emphasis, and many with little text below each are a glossary.
    """
    found = {id(block): _head_of(block, body) for block in blocks}
    heads = {identity: head for identity, head in found.items() if head}
    below = sum(len(block.text.split()) for block in blocks if id(block) in heads)
    if len(set(heads.values())) < max(_FEWEST, len(heads)) or below < _FEWEST_WORDS * len(heads):
        return list(blocks)
    result: list[Block] = []
    for block in blocks:
        if id(block) in heads:
            first, rest = _parted(block.lines[0], len(heads[id(block)]))
            result.append(Block([first], block.page, block.column, above=block.above))
            block.lines[0] = rest
        result.append(block)
    return result


def _head_of(block: Block, body: float) -> str:
    """Returns the bold beginning of a paragraph that may be its heading, with its full stop; nothing if it has none."""
    line = block.lines[0]
    if block.role or len(block.lines) < 2 or abs(block.size - body) > 0.08 * body or line.cells:
        return ""
    bold = ""
    for run in line.runs:
        if not run.bold:
            break
        bold += run.text
    text = line.text
    if text[len(bold) :].startswith("."):
        bold += "."
    head = bold.rstrip()
    if len(head) > _LONGEST or len(head.split()) > _MOST_WORDS or _NO_HEAD.match(head):
        return ""
    return head if _HEAD.fullmatch(head) and text[len(head) :].strip() else ""


def _parted(line: Line, length: int) -> tuple[Line, Line]:
    """Returns the first `length` letters of a line without the full stop at their end, and its rest."""
    first: list[Run] = []
    rest: list[Run] = []
    left = length
    for run in line.runs:
        if left > 0:
            first.append(replace(run, text=run.text[:left]))
        if len(run.text) > left:
            rest.append(replace(run, text=run.text[max(left, 0) :]))
        left -= len(run.text)
    first[-1] = replace(first[-1], text=first[-1].text.rstrip("."))
    share = line.x0 + (line.x1 - line.x0) * length / max(len(line.text), 1)
    return replace(line, runs=tuple(first), x1=share), replace(line, runs=tuple(rest), x0=share)
