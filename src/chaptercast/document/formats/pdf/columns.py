"""Finds columns, and returns the fragments of a page in reading order.

A gutter is a vertical strip of white with text on both sides. Rows that cross it divide it into bands. A band counts if both sides look
like columns of text rather than columns of a table. Bands are read from top to bottom; in each, the left column comes before the right
one. Each column is examined in the same way.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct, field

from chaptercast.document.formats.pdf.fragments import Fragment
from chaptercast.document.formats.pdf.margins import margin_of

_DEEPEST = 6
_ROWS = 3
"""Minimum number of rows of a column."""
_NARROWEST = 6.0
"""Minimum width of a column, in em."""
_NOTE, _NOTE_LINES, _NOTE_LETTERS = 3.0, 5, 4
"""The same for a note in the margin, with at least so many lines, and so many letters in a line."""
_STRIP = 0.22
"""Minimum width of a gutter, in em."""
_FULL = 0.55
"""A row with this share of the column's width is full."""
_SHARED = 0.5
"""If this share of the rows has the same baselines on both sides, they may be rows of a table. Then `_VERY_FULL` and `_EVEN` apply."""
_CELLS, _NUMBERS = 3.2, 0.4
"""An average of this many parts per row, or this share of digits, means that one side of a gutter is part of a table."""
_VERY_FULL, _EVEN = 0.65, 0.4
"""Then a row is full only from this share of the width on, and at least this share of the rows must be full on both sides."""
_COLUMN = 9.0
"""Minimum width of a column of running text, in em."""
_LONG = 14.0
"""A part of this width, in em, is running text rather than a cell."""
_PROSE, _BESIDE = 0.6, 0.85
"""A column with this share of such rows is running text. A table beside it has less than this share of its baselines in common with it."""
_OVERLAP = 2.5
"""Minimum height in em over which both columns of a band stand side by side."""
_WHITE = 5.0
"""This much white, in em, ends a band in both columns."""
_PAUSE, _LOOK = 1.5, 6
"""White in em between two bands of different type, and the number of fragments of each that show its type."""
_NEXT = 1.35
"""Maximum distance in em between two lines of one paragraph."""
_OUTDENT, _NEARLY = 1.5, 0.85
"""A gutter so much further left, in em, is better if it has fewer bands, and at least this share of the score."""
_CANDIDATES = 60


class Column(Struct):
    """Fragments that are read from top to bottom, and the extent of their column."""

    fragments: list[Fragment]
    left: float
    right: float


def columns_of(fragments: Sequence[Fragment], *, right_to_left: bool = False) -> list[Column]:
    """Returns the columns of a page in reading order. What stands in its margins comes first, each part as a column of its own."""
    margin = margin_of(fragments)
    beside = {id(f) for f in margin}
    rest = [f for f in fragments if id(f) not in beside]
    columns = list(_cut(rest, 0, right_to_left=right_to_left)) if rest else []
    return [*(Column([f], f.x0, f.x1) for f in margin), *columns]


def _cut(fragments: list[Fragment], depth: int, *, right_to_left: bool) -> Iterator[Column]:
    left, right = min(f.x0 for f in fragments), max(f.x1 for f in fragments)
    best = _best(fragments, left, right) if depth < _DEEPEST else None
    if best is None:
        yield Column(sorted(fragments, key=lambda f: (f.y, f.x0)), left, right)
        return
    for is_band, part in best.parts:
        if not is_band:
            yield from _cut(part, depth + 1 if len(part) < len(fragments) else _DEEPEST, right_to_left=right_to_left)
            continue
        sides = [[f for f in part if f.x0 < best.x - 0.1], [f for f in part if f.x0 >= best.x - 0.1]]
        for side in sides[::-1] if right_to_left else sides:
            if side:
                yield from _cut(side, depth + 1, right_to_left=right_to_left)


class _Cut(Struct):
    """A gutter, and the bands that it makes."""

    x: float
    score: float
    parts: list[tuple[bool, list[Fragment]]]


def _best(fragments: list[Fragment], left: float, right: float) -> _Cut | None:
    size = _usual_size(fragments)
    rows = [list(row) for _, row in groupby(sorted(fragments, key=lambda f: (f.row, f.x0)), key=lambda f: f.row)]
    rows.sort(key=lambda row: row[0].y)
    found = [cut for x in _candidates(fragments, left, right, size) if (cut := _at(rows, x, size)) is not None]
    best = max(found, key=lambda cut: (cut.score, -cut.x), default=None)
    if best is None:
        return None
    # lines of the right column that begin a little further left seem to cross the gutter, and part what is one band
    near = [cut for cut in found if best.x - _OUTDENT * size < cut.x < best.x and cut.score >= _NEARLY * best.score]
    return min((cut for cut in near if len(cut.parts) < len(best.parts)), key=lambda cut: cut.x, default=best)


def _usual_size(fragments: Iterable[Fragment]) -> float:
    sizes: dict[float, int] = {}
    for f in fragments:
        sizes[f.size] = sizes.get(f.size, 0) + len(f.glyphs)
    return max(sizes, key=lambda size: (sizes[size], size))


def _candidates(fragments: Sequence[Fragment], left: float, right: float, size: float) -> list[float]:
    """Returns the left edges of fragments, the most frequent first."""
    width = right - left
    counted: dict[int, list[float]] = {}
    for f in fragments:
        if left + 0.08 * width < f.x0 < left + 0.93 * width:
            counted.setdefault(round(f.x0 / size * 2), []).append(f.x0)
    often = sorted(counted.values(), key=lambda edges: (-len(edges), min(edges)))
    return [min(edges) for edges in often[:_CANDIDATES]]


class _Bands(Struct):
    """The bands of a gutter, collected from top to bottom."""

    x: float
    size: float
    parts: list[tuple[bool, list[Fragment]]] = field(default_factory=list)
    band: list[Fragment] = field(default_factory=list)
    rest: list[Fragment] = field(default_factory=list)
    score: float = 0.0

    def close(self) -> None:
        """Ends the current band. It counts, or is added to the fragments between bands."""
        ended, self.band = _ended_above(self.rest, self.band, self.x)
        self.rest += ended
        for part in _by_size(self.band, self.size) if self.band else ():
            worth = _worth(part, self.x, self.size)
            if worth > 0:
                self.leave()
                self.parts.append((True, part))
                self.score += worth
            else:
                self.rest += part
        self.band = []

    def leave(self) -> None:
        """Ends the fragments between bands."""
        if self.rest:
            self.parts.append((False, self.rest))
        self.rest = []


def _at(rows: Sequence[list[Fragment]], x: float, size: float) -> _Cut | None:
    """Returns the bands of a gutter that ends at `x`; None if none of them counts."""
    found = _Bands(x, size)
    bottom = float("-inf")
    for row in rows:
        crosses = any(f.x0 < x - 0.1 and f.x1 > x - _STRIP * size for f in row)
        if crosses or min(f.top for f in row) - bottom > _WHITE * size:
            found.close()
        (found.rest if crosses else found.band).extend(row)
        bottom = max(bottom, *(f.bottom for f in row))
    found.close()
    found.leave()
    return _Cut(x, found.score, found.parts) if found.score > 0 else None


def _ended_above(rest: Sequence[Fragment], band: Sequence[Fragment], x: float) -> tuple[list[Fragment], list[Fragment]]:
    """Returns the head of a band that belongs to the text above it, and the rest of the band.

    A paragraph across the gutter ends above the band if its last line is short: nothing stands to the right of the gutter beside it.
    Other columns beside that paragraph go on as they began.
    """
    start = min((f.y for f in band if f.x0 >= x - 0.1), default=float("inf"))
    crossing = [f for f in rest if f.x0 < x - 0.1 < f.x1]
    ended = [f for f in band if f.y < start - f.size and any(_is_next(f, above) for above in crossing)]
    if not ended or start == float("inf"):
        return [], list(band)
    moved = list(ended)
    for f in sorted(band, key=lambda each: each.y):
        if (
            f.y < start - f.size
            and all(f is not each for each in moved)
            and any(_is_next(f, above) for above in [*rest, *moved])
        ):
            moved.append(f)
    return moved, [f for f in band if all(f is not each for each in moved)]


def _is_next(fragment: Fragment, above: Fragment) -> bool:
    """Returns whether a fragment is the next line below another one, in the same type."""
    step = fragment.y - above.y
    return (
        0.5 * above.size < step <= _NEXT * above.size
        and abs(fragment.x0 - above.x0) < 0.3 * above.size
        and abs(fragment.size - above.size) < 0.2 * above.size
    )


def _by_size(band: Sequence[Fragment], size: float) -> list[list[Fragment]]:
    """Splits a band where both columns have white and type of another size follows: authors above a text."""
    order = sorted(band, key=lambda f: f.top)
    parts: list[list[Fragment]] = [[]]
    bottom = float("-inf")
    for index, f in enumerate(order):
        if index >= _LOOK and f.top - bottom > _PAUSE * size and len(order) - index >= _LOOK:
            before, after = (
                _usual_size(each) for each in (order[index - _LOOK : index], order[index : index + 3 * _LOOK])
            )
            if abs(before - after) > 0.08 * max(before, after):
                parts.append([])
        parts[-1].append(f)
        bottom = max(bottom, f.bottom)
    return parts


def _worth(band: Sequence[Fragment], x: float, size: float) -> float:
    """Returns how likely two columns are: zero if one is too small, or if the two are columns of a table."""
    left = [f for f in band if f.x0 < x - 0.1]
    right = [f for f in band if f.x0 >= x - 0.1]
    rows = [_lines(left), _lines(right)]
    if min(map(len, rows)) < _ROWS:
        return 0.0
    spans = [(min(a for a, _ in side), max(b for _, b in side)) for side in rows]
    widths = [b - a for a, b in spans]
    noted = min(widths) < _NARROWEST * size and _is_side_note((left, right)[widths.index(min(widths))], size)
    if min(widths) < _NARROWEST * size and not noted:
        return 0.0
    overlap = min(max(f.bottom for f in left), max(f.bottom for f in right)) - max(
        min(f.top for f in left), min(f.top for f in right)
    )
    if overlap < _OVERLAP * size:
        return 0.0
    shared = len({f.row for f in left} & {f.row for f in right}) / min(map(len, rows))
    if shared >= _SHARED and _is_table(left, right, rows, shared):
        return 0.0
    limit = _FULL if shared < _SHARED else _VERY_FULL
    sides = zip(rows, widths, (left, right), strict=True)
    full = [_full(side, width, part, size, limit) for side, width, part in sides]
    if not noted and not _may_be_columns(full, shared, widths, size):
        return 0.0
    gutter = min(f.x0 for f in right) - max(f.x1 for f in left)
    return min(map(len, rows)) * (1 + min(gutter / size, 3.0) / 10) * (0.5 + max(full))


def _is_side_note(fragments: Sequence[Fragment], size: float) -> bool:
    """Returns whether a very narrow column is a note in the margin: lines of words directly below one another."""
    rows = sorted({f.row: f for f in fragments}.values(), key=lambda f: f.y)
    letters = sum(glyph.text.isalpha() for f in fragments for glyph in f.glyphs)
    return (
        len(rows) == len(fragments) >= _NOTE_LINES
        and all(b.y - a.y <= 1.5 * max(a.size, b.size) for a, b in pairwise(rows))
        and letters >= _NOTE_LETTERS * len(rows)
        and max(f.x1 for f in fragments) - min(f.x0 for f in fragments) >= _NOTE * size
    )


def _is_table(
    left: Sequence[Fragment], right: Sequence[Fragment], rows: Sequence[Sequence[tuple[float, float]]], shared: float
) -> bool:
    """Returns whether two sides of a gutter with common baselines are cells of one table, and not a table beside running text."""
    tabular = [_is_tabular(part, len(side)) for part, side in zip((left, right), rows, strict=True)]
    running = [
        _long_rows(part) >= _PROSE * len(side) and not _is_numbers(part)
        for part, side in zip((left, right), rows, strict=True)
    ]
    return any(tabular) and (shared >= _BESIDE or not any(running))


def _long_rows(fragments: Sequence[Fragment]) -> int:
    """Returns the number of rows with a part that is too long for a cell."""
    return len({f.row for f in fragments if f.x1 - f.x0 >= _LONG * f.size})


def _is_tabular(fragments: Sequence[Fragment], rows: int) -> bool:
    """Returns whether one side of a gutter has mostly numbers, or many cells per row and no running text beside them."""
    return _is_numbers(fragments) or (len(fragments) > _CELLS * rows and _long_rows(fragments) < 0.5 * rows)


def _is_numbers(fragments: Sequence[Fragment]) -> bool:
    """Returns whether text is mostly numbers: columns of figures and dates, which may be as wide as running text."""
    texts = [glyph.text for f in fragments for glyph in f.glyphs]
    return sum(text.isdigit() for text in texts) > _NUMBERS * len(texts)


def _full(
    rows: Sequence[tuple[float, float]], width: float, fragments: Sequence[Fragment], size: float, limit: float
) -> float:
    """Returns the share of rows that fill one side of a gutter.

    If that side consists of columns itself, a row only has to fill one of them.
    """
    whole = sum(b - a >= limit * width for a, b in rows) / len(rows)
    lengths = sorted(f.x1 - f.x0 for f in fragments)
    usual = lengths[int(0.8 * (len(lengths) - 1))]
    if usual < _COLUMN * size or usual > 0.6 * width:
        return whole
    return max(whole, len({f.row for f in fragments if f.x1 - f.x0 >= limit * usual}) / len(rows))


def _may_be_columns(full: Sequence[float], shared: float, widths: Sequence[float], size: float) -> bool:
    if max(full) < 0.5:
        return False
    if shared < _SHARED:  # the two sides have different baselines, which no table has
        return True
    return min(full) >= _EVEN and min(widths) >= _COLUMN * size


def _lines(fragments: Sequence[Fragment]) -> list[tuple[float, float]]:
    """Returns the extent of each line on one side."""
    found: dict[int, tuple[float, float]] = {}
    for f in fragments:
        a, b = found.get(f.row, (f.x0, f.x1))
        found[f.row] = min(a, f.x0), max(b, f.x1)
    return list(found.values())
