"""Lists: what is marked with bullets or numbers, within one chunk or over several, in levels by how far it is set in."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from chaptercast.document.formats.plain_text.inline_marks import inlines
from chaptercast.document.formats.plain_text.line_runs import Run
from chaptercast.document.formats.plain_text.list_markers import BULLET, NUMBER
from chaptercast.document.model import Block, ListBlock, Origin, Paragraph

DEEPEST = 12
"""Lists within lists."""
_ENDS = (".", "!", "?", "…", "”", "»", '"', ")", "’")
_SPEECH = ("?", "!", "?»", "!»", "...", "…")
_DASHES = frozenset("-–—")


class Entry(Struct):
    """A run that opens with the mark of an item."""

    run: Run
    text: str
    """Without the mark."""
    sign: str
    """The bullet; empty for a number."""
    number: int
    column: int
    """Where its text begins."""
    apart: bool
    """A blank line stands before it."""

    @property
    def indent(self) -> int:
        """Where its mark stands."""
        return self.run.indent


Part = Entry | Run | Block
"""What a text is made of before its lists are found."""


def paragraph(text: str, indent: int, *, underline: str = "", context: tuple[str, ...] = ()) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph(inlines(text), origin=Origin(underline=underline, indent=indent, context=context))


def _block(part: Part) -> Block:
    """A part that belongs to no list: an entry with its mark."""
    run = part.run if isinstance(part, Entry) else part
    return paragraph(run.text, run.indent) if isinstance(run, Run) else run


def entry_of(run: Run, *, apart: bool) -> Entry | None:
    """The run as an item of a list, if it opens with a bullet or a number."""
    text = run.text
    bullet = BULLET.match(text)
    number = None if bullet else NUMBER.match(text)
    found = bullet or number
    if found is None:
        return None
    value = int(number[1] or number[2]) if number else 0
    return Entry(run, text[found.end() :], bullet[0][0] if bullet else "", value, run.indent + found.end(), apart)


def with_lists(parts: Iterable[Part]) -> Iterator[Block]:
    """The blocks: entries that belong together as lists, others as the paragraphs that they are."""
    row: list[Part] = []
    for part in parts:
        if isinstance(part, Entry) or (row and _belongs(part, row)):
            row.append(part)
            continue
        yield from _row(row)
        row = []
        yield _block(part)
    yield from _row(row)


def _belongs(part: Part, row: Sequence[Part]) -> bool:
    """Whether a paragraph goes on with the item before it: all of it stands below the item's text, and the item is no heading."""
    last = next((each for each in reversed(row) if isinstance(each, Entry)), None)
    if last is None or not isinstance(part, Run):
        return False
    text = last.run.prose or last.text.rstrip().endswith(_ENDS)
    below = all(line.indent > last.indent and not line.full_width_indent for line in part.lines)
    return text and below and abs(part.indent - last.column) <= 1


def _row(row: Sequence[Part]) -> Iterator[Block]:
    """A row of entries, with what goes on with them: lists where there are several of a kind."""
    at = 0
    while at < len(row):
        part = row[at]
        if not isinstance(part, Entry):
            yield _block(part)
            at += 1
            continue
        end = _end(row, at)
        if _is_list(row[at:end]):
            yield _list(row[at:end], 0)
        else:
            yield from map(_block, row[at:end])
        at = end


def _end(row: Sequence[Part], start: int) -> int:
    """Where the list that begins at `start` ends: at the next entry of its level and of another kind."""
    first = row[start]
    last = first
    for at in range(start + 1, len(row)):
        part = row[at]
        if not isinstance(part, Entry) or not isinstance(first, Entry) or not isinstance(last, Entry):
            continue
        if part.indent > first.indent + 1:
            continue
        follows = part.number == last.number + 1 if not first.sign else True
        if part.sign != first.sign or part.indent < first.indent - 1 or not follows:
            return at
        last = part
    return len(row)


def _is_list(row: Sequence[Part]) -> bool:
    entries = [part for part in row if isinstance(part, Entry)]
    first = entries[0]
    level = [entry for entry in entries if entry.indent <= first.indent + 1]
    if len(level) < 2:
        return False
    if not first.sign:
        together = not any(entry.apart for entry in level[1:])
        return together or len(level) >= 3 or all(entry.run.prose for entry in level)
    return not (first.sign in _DASHES and _is_dialogue(level))


def _is_dialogue(entries: Sequence[Entry]) -> bool:
    """Whether lines after dashes are what people say to one another."""
    ending = sum(entry.text.rstrip().endswith(_ENDS) for entry in entries)
    asking = sum(entry.text.rstrip().endswith(_SPEECH) for entry in entries)
    return ending >= 0.8 * len(entries) and asking >= max(1, 0.15 * len(entries))


def _list(row: Sequence[Part], depth: int) -> ListBlock:
    first = row[0]
    assert isinstance(first, Entry)  # noqa: S101 - a row begins with one
    items: list[list[Part]] = []
    for part in row:
        if isinstance(part, Entry) and (part.indent <= first.indent + 1 or depth >= DEEPEST):
            items.append([part])
        else:
            items[-1].append(part)
    return ListBlock(
        tuple(_item(item, depth) for item in items), ordered=not first.sign, start=first.number if not first.sign else 1
    )


def _item(parts: Sequence[Part], depth: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    inner: list[Part] = []
    for part in parts[1:]:
        if isinstance(part, Entry) or inner:
            inner.append(part)
        else:
            blocks.append(_block(part))
    head = parts[0]
    if isinstance(head, Entry):
        blocks.insert(0, paragraph(head.text, head.indent, context=("li",) * (depth + 1)))
    if inner:
        blocks.append(_list(inner, depth + 1))
    return tuple(blocks)
