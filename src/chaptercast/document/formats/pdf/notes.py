"""Finds footnotes: small text at the foot of a column that begins with a mark, and the raised mark in the text that refers to it."""

import re
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from chaptercast.document.formats.pdf.blocks import Block, ends_sentence
from chaptercast.document.formats.pdf.page import Line, Page, Run

_SMALL = 0.93
"""Maximum size of a note, as a share of the text's."""
_SMALLEST = 0.85
"""Minimum size of text that refers to notes: an abstract is smaller than the text, too."""
_SIGNS = "*†‡§¶#\u2217\u204e\u22c6"
_MARK = re.compile(rf"\s*(\d{{1,3}}|[{_SIGNS}]{{1,3}})[.)]?\s*")
_REFERENCE = re.compile(rf"\d{{1,3}}|[{_SIGNS}]{{1,3}}")
_REFERENCES = re.compile(rf"[\s\[(]*+[\d{_SIGNS}][\d{_SIGNS}\s,]*+[\s\]),]*+")
"""Raised marks, of one note or of several. Each letter can be read in one way only, so that a long number takes no longer."""


class Notes(Struct):
    """The notes of a document."""

    blocks: dict[str, Block] = field(default_factory=dict)
    """By their ids, in order."""
    labels: dict[str, str] = field(default_factory=dict)
    by_page: dict[int, dict[str, str]] = field(default_factory=dict)
    """By page, the ids of notes by their marks."""


def take_notes(page: Page, blocks: Sequence[Block], body: float, notes: Notes) -> list[Block]:
    """Returns the blocks of a page without the notes, which are added to `notes`."""
    marks = references(blocks, body)
    columns: dict[int, list[Block]] = {}
    for block in blocks:
        columns.setdefault(block.column, []).append(block)
    taken: set[int] = set()
    for column in columns.values():
        foot = _foot(column, page, body, marks)
        if foot:
            _split(foot, page.number, notes, marks)
            taken.update(id(block) for block in foot)
    return [block for block in blocks if id(block) not in taken]


def take_marked(blocks: Sequence[Block], page: int, notes: Notes) -> list[Block]:
    """Returns the blocks of a page without those that the file itself marks as notes; these are added to `notes`."""
    kept: list[Block] = []
    ids = notes.by_page.setdefault(page, {})
    for block in blocks:
        mark = mark_of(block.lines[0]) if block.role == "note" else ""
        if not mark or mark in ids:
            if block.role == "note":
                block.role = ""
            kept.append(block)
            continue
        identity = f"note-{page}-{mark}"
        block.lines[0] = _without_mark(block.lines[0])
        notes.blocks[identity], notes.labels[identity], ids[mark] = block, mark, identity
    return kept


def references(blocks: Sequence[Block], body: float) -> set[str]:
    """Returns the raised marks in the text of a page."""
    found: set[str] = set()
    for block in blocks:
        if block.size < _SMALLEST * body:
            continue
        for line in block.lines:
            for index, run in enumerate(line.runs):
                if run.shift == 1 and index > 0 and _REFERENCES.fullmatch(run.text):
                    found.update(_REFERENCE.findall(run.text))
    return found


def _foot(column: Sequence[Block], page: Page, body: float, marks: set[str]) -> list[Block]:
    """Returns the blocks at the foot of a column that are notes: from the first that begins with a mark that the text has."""
    start = len(column)
    for index in range(len(column) - 1, -1, -1):
        block = column[index]
        if block.size > _SMALL * body or block.lines[0].y < 0.3 * page.height:
            break
        mark = mark_of(block.lines[0])
        if mark in marks:
            start = index
    foot = list(column[start:])
    above = column[start - 1] if start else None
    if foot and above is not None and foot[0].above < 1.2 and not _ruled(foot[0], page):
        return []
    return foot


def _ruled(block: Block, page: Page) -> bool:
    """Returns whether a line is drawn above a block."""
    first = block.lines[0]
    return any(
        rule.y1 < first.y and rule.y0 > first.y - 4 * first.size and rule.x0 < first.x1 and rule.y1 - rule.y0 < 3
        for rule in page.rules
    )


def mark_of(line: Line) -> str:
    """Returns the mark at the beginning of a line; empty if there is none."""
    match = _MARK.match(line.text)
    if not match:
        return ""
    raised = bool(line.runs) and line.runs[0].shift == 1
    return (
        match[1]
        if raised or line.text[match.end() : match.end() + 1].isalpha() or line.text[match.end() :][:1] in "“\"'‘(["
        else ""
    )


def _split(foot: Sequence[Block], page: int, notes: Notes, marks: set[str]) -> None:
    """Makes notes of the lines at the foot of a column."""
    current: Block | None = None
    ids = notes.by_page.setdefault(page, {})
    for block in foot:
        for line in block.lines:
            mark = mark_of(line)
            opens = mark in marks and mark not in ids and (current is None or _may_open(current, line))
            if opens:
                identity = f"note-{page}-{mark}"
                current = Block([_without_mark(line)], page, block.column, role="note")
                notes.blocks[identity] = current
                notes.labels[identity] = mark
                ids[mark] = identity
            elif current is not None:
                current.lines.append(line)


def _may_open(current: Block, line: Line) -> bool:
    raised = bool(line.runs) and line.runs[0].shift == 1
    return raised or ends_sentence(current.lines[-1].text) or line.x0 != current.lines[-1].x0


def _without_mark(line: Line) -> Line:
    match = _MARK.match(line.text)
    if not match:
        return line
    left = match.end()
    runs: list[Run] = []
    for run in line.runs:
        cut = min(left, len(run.text))
        left -= cut
        text = run.text[cut:]
        if text:
            runs.append(replace(run, text=text))
    return Line(tuple(runs), line.x0, line.x1, line.y, line.size, line.left, line.right, line.column)
