"""Groups the lines of a page into blocks: paragraphs, headings, list items."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct, field
from msgspec.structs import replace

from chaptercast.document.formats.pdf.index_entries import entry_starts
from chaptercast.document.formats.pdf.page import Line

_LEADING = 1.35
_TITLE_LEADING = 1.27
"""Maximum distance between lines of a title, in em."""
_DISPLAY = 13
"""Type of this size in points and above is display type, with more space between its lines."""
_TITLE = 1.4
"""Type of this size, as a multiple of the column's, is that of a title, which may consist of several sentences."""
_INITIAL_LINES, _INITIAL_GAP = 4, 2.6
"""Maximum number of lines beside an initial, and maximum distance to the line below it, in usual line distances."""
_SIZE = 0.085  # LaTeX sets Japanese 7.5 % smaller than the Latin letters of its line; a line has the size of most of its letters
_INDENT = 0.8
_BULLETS = "•‣◦∙·●○■□▪▫◆◇►▶➢➤✓✔✗✘☐☑☒❑❒❏❖➔➜★☆♦◼◾█▌▮⁃–—*\u2212"
MARKER = re.compile(
    rf"(?P<bullet>[{_BULLETS}])\s*(?=[^\s{_BULLETS}])|(?P<dash>[-\u2010\u2043]|o(?=\s+[A-ZÀ-Þ]))\s+(?=\w)|\(?(?P<number>\d{{1,3}})(?P<sign>[.)])\s+(?=\S)|"
    r"\((?P<inner>\d{1,2}|[a-z]|[ivx]{1,4})\)\s+(?=\S)|(?P<letter>[a-z])[.)]\s+(?=\S)|\[(?P<source>\d{1,3})\]\s+(?=\S)"
)
"""The marker at the beginning of a list item."""
FAR = 5.0
"""Minimum white between two parts of a line that say different things, in em."""
_HEADING_LINES = 2
"""Maximum number of lines of a heading that only its font or colour sets apart."""
_WIDE, _WIDEST, _FULL_LINE = 2.2, 3.2, 6.0
"""Distance of the lines of manuscripts: minimum and maximum, in em. Most of its lines end at most so many em before the margin."""
_AROUND = 4
"""Number of lines above and below that are compared with a line that has cells."""
_KINDS = {"sign": "number", "number": "number", "letter": "letter", "source": "source", "inner": "inner"}
"""The part of a marker that counts, by the last part that was found."""
_ALIGNED = 0.8
"""Maximum distance in em between the places of two items of one list; numbers of two digits begin further left."""
_OPENING = "([\"'“„«‘"
_CLOSE, _ONE_SENTENCE, _FULL = 1.12, 0.72, 2.0
"""For lines of one sentence: maximum distance, in usual line distances; minimum size of the smaller; white after a full line, in em."""
_DASHES = "–—*\u2212·"
_ENDS = re.compile(r"[.!?:;。！？：；…][\"'”’»)\]）」』]*\W?\d{0,3}$")
"""The end of a sentence; the mark of a note may follow."""
_FIT = 1.0
"""Space in em that must remain at the end of a line after the first word of the next is added. Only then was the line ended on purpose."""
_EARLY, _ANSWER = 0.3, 0.12
"""White after a line that ends a paragraph without a full stop, as a share of the column: in general, and far above the next."""


class Grid(Struct):
    """A table on a page."""

    rows: list[list[str]]
    header: bool


class Block(Struct):
    """Lines that belong together."""

    lines: list[Line]
    page: int
    """Page number, from 1."""
    column: int
    role: str = ""
    """`heading`, `caption`, `note`, `item`, `term`, `definition`, `entry` of an index; empty for a paragraph."""
    level: int = 0
    above: float = 0.0
    """Space above it, as a multiple of its font size."""
    tag: str = ""
    """Its element in the structure tree."""
    alt: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    grid: Grid | None = None
    turns: dict[int, int] = field(default_factory=dict)
    """The pages that begin within it: the index of their first line, and their number."""

    @property
    def size(self) -> float:
        """Font size of its text."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def text(self) -> str:
        """Its lines, joined with spaces."""
        return " ".join(line.text.strip() for line in self.lines)

    @property
    def is_ended(self) -> bool:
        """Whether its last sentence is complete."""
        return ends_sentence(self.lines[-1].text)


def ends_sentence(text: str) -> bool:
    """Returns whether a line ends a sentence."""
    return _ENDS.search(text.rstrip()) is not None


def blocks_of(lines: Sequence[Line], page: int) -> list[Block]:
    """Returns the blocks of a page. `lines` are in reading order."""
    result: list[Block] = []
    start = 0
    for index in range(1, len(lines) + 1):
        part = lines[start]
        if index == len(lines) or (lines[index].column, lines[index].table) != (part.column, part.table):
            own = lines[start:index]
            result.extend([_ruled(own, page)] if part.table else _of_column(own, page))
            start = index
    return result


def _ruled(lines: Sequence[Line], page: int) -> Block:
    """Returns the rows of a ruled table as one block."""
    rows = [[text for _, _, text in line.cells] for line in lines]
    bold = [line.bold for line in lines]
    block = Block(list(lines), page, lines[0].column, role="table", above=9.0)
    block.grid = Grid(rows, header=len(rows) > 1 and all(rows[0]) and bold[0] and not all(bold))
    return block


class _Setting(Struct, frozen=True):
    """How a column is set."""

    leading: float
    """Usual distance between lines, in em."""
    right: float
    """Where full lines end."""
    size: float
    """Size of most of its letters."""


def _of_column(lines: Sequence[Line], page: int) -> Iterator[Block]:
    lines = _without_false_cells(lines)
    setting = _Setting(_leading(lines), _right(lines), _size(lines))
    block: Block | None = None
    items: dict[str, Line] = {}
    starts = entry_starts(lines)
    for index, line in enumerate(lines):
        following = index in starts or _is_next_item(line, items)
        if block is not None and not following and _began_above(block, line):
            last = block.lines.pop()
            yield block
            block = Block([last, line], page, line.column, above=(last.y - block.lines[-1].y) / max(last.size, 1))
            continue
        if block is not None and not following and _goes_on(block, line, setting):
            block.lines.append(line)
            continue
        _note_item(line, items)
        above = (line.y - block.lines[-1].y) / max(line.size, 1) if block is not None else 9.0
        if block is not None:
            yield block
        block = Block([line], page, line.column, "entry" if index in starts else "", above=above)
    if block is not None:
        yield block


def _without_false_cells(lines: Sequence[Line]) -> list[Line]:
    """Returns the lines, without cells where only one wide gap is in the line, and no line near it has a cell at the same place."""
    result: list[Line] = []
    for index, line in enumerate(lines):
        near = [*lines[max(0, index - _AROUND) : index], *lines[index + 1 : index + 1 + _AROUND]]
        alone = len(line.cells) == 2 and not any(_is_aligned(line, other) for other in near)
        if alone:
            apart = line.cells[1][0] - line.cells[0][1] >= FAR * line.size
            result.append(replace(line, cells=(), split=apart))
        else:
            result.append(line)
    return result


def _is_aligned(line: Line, other: Line) -> bool:
    """Returns whether the last cell of a line begins or ends where a cell of another line, or that line itself, does."""
    x0, x1, _ = line.cells[-1]
    cells = other.cells[1:] or ([(other.x0, other.x1, "")] if abs(other.x0 - line.x0) > line.size else [])
    near = 0.5 * line.size
    return any(abs(a - x0) <= near or abs(b - x1) <= near for a, b, _ in cells)


def _note_item(line: Line, items: dict[str, Line]) -> None:
    """Notes a line that begins an item, by the kind of its marker."""
    match = MARKER.match(line.text)
    if match:
        items[match.lastgroup or ""] = line


def _is_next_item(line: Line, items: dict[str, Line]) -> bool:
    """Returns whether a line begins with the number or letter that follows that of an earlier item, at the same place."""
    match = MARKER.match(line.text)
    kind = _KINDS.get(match.lastgroup or "", "") if match else ""
    last = items.get(match.lastgroup or "") if match and kind else None
    before = MARKER.match(last.text) if last is not None else None
    if not match or not before or last is None or abs(line.x0 - last.x0) > _ALIGNED * line.size:
        return False
    old, new = before[kind], match[kind]
    if old.isdigit() and new.isdigit():
        return int(new) == int(old) + 1
    return len(old) == len(new) == 1 and ord(new) == ord(old) + 1


def _leading(lines: Sequence[Line]) -> float:
    """Returns the usual distance between lines, in em. In a manuscript, it may be two lines."""
    pairs = [(a, b, (b.y - a.y) / b.size) for a, b in pairwise(lines) if abs(a.size - b.size) <= _SIZE * b.size]
    steps = [step for _, _, step in pairs if 0.7 < step < _WIDE]
    wide = [(a, step) for a, _, step in pairs if _WIDE <= step <= _WIDEST]
    right = _right(lines)
    unended = [step for a, step in wide if a.x1 > right - _FULL_LINE * a.size and not ends_sentence(a.text)]
    if len(unended) > max(len(steps), 2) and len(unended) >= len(wide) / 2:
        return median(unended)
    return median(steps) if steps else 1.2


def _size(lines: Sequence[Line]) -> float:
    """Returns the size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _right(lines: Sequence[Line]) -> float:
    """Returns where full lines end."""
    ends = sorted(line.x1 for line in lines)
    return ends[int(0.9 * (len(ends) - 1))]


def _goes_on(block: Block, line: Line, setting: _Setting) -> bool:
    last = block.lines[-1]
    leading, right = max(setting.leading, _own_leading(block)), setting.right
    if last.drop or _beside_initial(block, line) or (block.lines[0].drop and len(block.lines) < _INITIAL_LINES):
        return line.y - last.y < _INITIAL_GAP * leading * line.size and not ends_sentence(last.text)
    if _continues_sentence(block, line, setting):
        return True
    apart = _leaves_centre(last, line, right) or _changes_look(block, line, right)
    akin = _is_near(last, line, leading) and _is_alike(last, line) and not apart
    if not akin or _is_heading_like(block, line, setting):
        return akin
    if (MARKER.match(line.text) and _opens_item(block, line)) or len(line.cells) > 1 or len(last.cells) > 1:
        return False
    if _is_centred(last, right) and _is_centred(line, right):
        return not ends_sentence(last.text) or last.x1 - last.x0 > 0.6 * (right - last.left)
    return not (_is_indented(block, line, right) or _ended_early(last, line, right) or _leaves_item(block, line, right))


def _own_leading(block: Block) -> float:
    """Returns the distance between the last lines of a block, in em, as far as it is a usual one; 0 for a line alone."""
    if len(block.lines) < 2:
        return 0.0
    before, last = block.lines[-2:]
    distance = (last.y - before.y) / last.size
    return _CLOSE * distance / _LEADING if before.size == last.size and distance <= _WIDEST else 0.0


def _continues_sentence(block: Block, line: Line, setting: _Setting) -> bool:
    """Returns whether a line goes on with an unfinished sentence, in whatever type and with whatever indent.

    The line before is full, or both are lines of one item. Text in another size, or beside a picture, goes on in this way.
    """
    last, size = block.lines[-1], max(line.size, block.lines[-1].size)
    if ends_sentence(last.text) or not line.text.lstrip(_OPENING)[:1].islower() or len(line.cells) + len(last.cells):
        return False
    distance = (line.y - last.y) / size
    close = (
        0.3 < distance <= (_WIDEST if line.look == last.look and line.size == last.size else _CLOSE * setting.leading)
    )
    alike = min(line.size, last.size) >= _ONE_SENTENCE * size and line.x0 < last.x1 and last.x0 < line.x1
    full = last.x1 >= setting.right - _FULL * last.size
    hangs = MARKER.match(block.lines[0].text) is not None and line.x0 > block.lines[0].x0 + 0.5 * line.size
    if block.bold and not line.bold:  # a term and its definition, unless it is within one item
        return close and alike and hangs
    return close and alike and (full or hangs) and MARKER.match(line.text) is None


def _began_above(block: Block, line: Line) -> bool:
    """Returns whether the line above this one began a paragraph: it is indented, as the lone line of a paragraph above it is."""
    if len(block.lines) < 2:
        return False
    before, last = block.lines[-2:]
    indented = _INDENT * line.size < last.x0 - line.x0 < 4 * line.size and abs(last.x0 - before.x0) < 0.3 * line.size
    at_left = line.x0 - line.left < 0.5 * line.size
    unfinished = ends_sentence(before.text) and not ends_sentence(last.text) and MARKER.match(line.text) is None
    near = 0.3 < (line.y - last.y) / line.size <= _LEADING * max(last.y - before.y, 1) / line.size
    return indented and at_left and unfinished and near and _is_alike(last, line)


def _is_heading_like(block: Block, line: Line, setting: _Setting) -> bool:
    """Returns whether a line continues a title: same type as the line before it, and close to it.

    A new sentence continues it only in type that is much larger than the text's.
    """
    last = block.lines[-1]
    display = (last.bold and line.bold) or min(last.size, line.size) >= _DISPLAY
    close = line.y - last.y <= _TITLE_LEADING * line.size and abs(line.size - last.size) <= 0.02 * line.size
    large = line.size >= _TITLE * setting.size
    apart = ends_sentence(last.text) and not last.text.rstrip().endswith((":", "-", "–", "—")) and not large
    return (
        display and close and not apart and len(block.lines) <= 2 and MARKER.match(line.text) is None and not last.cells
    )


def _is_near(last: Line, line: Line, leading: float) -> bool:
    gap = (line.y - last.y) / max(line.size, last.size)
    large = last.size >= _DISPLAY or last.bold
    return 0.3 < gap <= max(_LEADING * leading, 1.5 if large else 1.25)


def _is_alike(last: Line, line: Line) -> bool:
    if abs(line.size - last.size) > _SIZE * max(line.size, last.size):
        return False
    return line.bold == last.bold or _bold_in_sentence(last, line)


def _beside_initial(block: Block, line: Line) -> bool:
    first = block.lines[0]
    return first.drop and len(block.lines) < 4 and line.x0 > first.x0 + first.size


def _bold_in_sentence(last: Line, line: Line) -> bool:
    """Returns whether a bold line continues a sentence that is not bold, or the reverse."""
    return not ends_sentence(last.text) and bool(line.text[:1].islower()) and last.x1 >= 0.9 * last.right


def _opens_item(block: Block, line: Line) -> bool:
    """Returns whether an apparent marker is a real one: it is where items begin, or the line before it is complete."""
    match = MARKER.match(line.text)
    first, last = block.lines[0], block.lines[-1]
    if match and match["bullet"] and match["bullet"] not in _DASHES:
        return True
    if MARKER.match(first.text) and abs(line.x0 - first.x0) < 0.6 * line.size:
        return True
    return ends_sentence(last.text) or line.x0 > first.x0 + 0.5 * line.size


def _is_centred(line: Line, right: float) -> bool:
    """Returns whether the space to the left and to the right of a line is about equal."""
    before, after = line.x0 - line.left, right - line.x1
    return before > 1.5 * line.size and after > 1.5 * line.size and abs(before - after) < 1.0 * line.size


def _changes_look(block: Block, line: Line, right: float) -> bool:
    """Returns whether a sentence begins in another font or colour below short lines: these are a heading."""
    last = block.lines[-1]
    if last.look == line.look or len(block.lines) > _HEADING_LINES or line.text[:1].islower() or last.cells:
        return False
    alike = all(other.look == last.look for other in block.lines)
    return alike and _room(last, line, right) > _FIT * line.size


def _leaves_centre(last: Line, line: Line, right: float) -> bool:
    """Returns whether a line begins at the margin below a short centred one, and begins a sentence: a heading ends there."""
    short = last.x0 - last.left > 4 * last.size and _is_centred(last, right)
    return short and line.x0 - line.left < 0.5 * line.size and not line.text[:1].islower()


def _is_indented(block: Block, line: Line, right: float) -> bool:
    """Returns whether a line begins a paragraph: it is indented further, or less, than the lines of the block."""
    size = line.size
    first, last = block.lines[0], block.lines[-1]
    if len(block.lines) == 1:
        offset = line.x0 - first.x0
        if offset > _INDENT * size:
            return not MARKER.match(first.text) and (ends_sentence(last.text) or last.x1 < right - 4 * size)
        return offset < -_INDENT * size and ends_sentence(last.text) and last.x1 < right - 4 * size
    margin = last.x0 if len(block.lines) > 2 else block.lines[1].x0
    return abs(line.x0 - margin) > _INDENT * size


def _leaves_item(block: Block, line: Line, right: float) -> bool:
    """Returns whether a line stands left of the marker of the item above it, which had room for its first word."""
    first = block.lines[0]
    out = line.x0 < first.x0 - 0.5 * line.size
    return out and MARKER.match(first.text) is not None and _room(block.lines[-1], line, right) > _FIT * line.size


def _room(last: Line, line: Line, right: float) -> float:
    """Returns the white that remains at the end of a line after the first word of the next is added."""
    width = max(line.x1 - line.x0, 1) / max(len(line.text), 1)
    word = line.text.split(maxsplit=1)[0] if line.text.strip() else ""
    east = any("\u2e80" < letter < "\uac00" for letter in word)
    return right - last.x1 - (1 if east else len(word) + 1) * width


def _ended_early(last: Line, line: Line, right: float) -> bool:
    """Returns whether the line before had room at its end for the first word of this line."""
    room = _room(last, line, right)
    if room <= _FIT * line.size:
        return False
    share = room / max(right - last.left, 1)
    if ends_sentence(last.text):
        return share > 0.08 or room > 3 * line.size
    return share > _ANSWER if line.y - last.y >= _WIDE * line.size else share > _EARLY and not line.text[:1].islower()
