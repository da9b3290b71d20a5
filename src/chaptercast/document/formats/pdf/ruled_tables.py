"""Finds tables by their rules: the lines drawn between rows and columns."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from chaptercast.document.formats.pdf.page import Box, Glyph

_TOUCH = 3.0
"""Maximum distance in points between two rules that meet."""
_SAME = 2.0
"""Rules at most so far apart, in points, are one."""
_MOST_CELLS, _MOST_RULES = 4_000, 1_500
_LONGEST, _MOST_LINES = 600, 12
"""A part with more letters or lines than this is no cell: the rules are those of a page's layout."""
_FILLED = 0.34
"""Minimum share of cells with text: a chart's grid has fewer."""
_UNRULED = 3
"""If so many baselines in one row of cells have text in at least two of them, rows are not ruled."""


class RuledTable(Struct):
    """A table: its edges, its cells, and the glyphs in each."""

    box: Box
    xs: list[float]
    ys: list[float]
    cells: dict[tuple[int, int], list[Glyph]]
    """By row and column, from 0; a cell over several rows or columns is at its first."""


class _Grid(Struct):
    """Rules that meet: each is its position and its extent."""

    across: list[tuple[float, float, float]]
    down: list[tuple[float, float, float]]


def ruled_tables(glyphs: Sequence[Glyph], rules: Sequence[Box]) -> tuple[list[Glyph], list[RuledTable]]:
    """Returns the glyphs outside of tables, and the tables, from top to bottom."""
    tables: list[RuledTable] = []
    rest = list(glyphs)
    for grid in _grids(rules):
        table = _table(grid)
        if table is None:
            continue
        inside = [glyph for glyph in rest if _is_in(glyph, table.box)]
        if inside and _fill(table, grid, inside):
            tables.append(table)
            taken = {id(glyph) for glyph in inside}
            rest = [glyph for glyph in rest if id(glyph) not in taken]
    return rest, sorted(tables, key=lambda table: (table.box.y0, table.box.x0))


def _grids(rules: Sequence[Box]) -> list[_Grid]:
    """Returns groups of rules that meet."""
    across = _merged(((r.y0 + r.y1) / 2, r.x0, r.x1) for r in rules if r.x1 - r.x0 >= r.y1 - r.y0)
    down = _merged(((r.x0 + r.x1) / 2, r.y0, r.y1) for r in rules if r.x1 - r.x0 < r.y1 - r.y0)
    if not across or not down or len(across) + len(down) > _MOST_RULES:
        return []
    groups: list[_Grid] = []
    waiting = set(range(len(down)))
    for y, x0, x1 in across:
        meeting = {
            i
            for i in waiting
            if x0 - _TOUCH <= down[i][0] <= x1 + _TOUCH and down[i][1] - _TOUCH <= y <= down[i][2] + _TOUCH
        }
        waiting -= meeting
        joining = [
            g
            for g in groups
            if any(x0 - _TOUCH <= d[0] <= x1 + _TOUCH and d[1] - _TOUCH <= y <= d[2] + _TOUCH for d in g.down)
        ]
        grid = _Grid([(y, x0, x1)], [down[i] for i in sorted(meeting)])
        for other in joining:
            grid.across += other.across
            grid.down += other.down
            groups.remove(other)
        groups.append(grid)
    return [grid for grid in groups if grid.down]


def _merged(rules: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Returns rules with those in one line that touch joined."""
    result: list[tuple[float, float, float]] = []
    for at, start, end in sorted(rules):
        for index in range(len(result) - 1, max(-1, len(result) - 40), -1):
            other = result[index]
            if abs(other[0] - at) <= _SAME and start <= other[2] + _TOUCH and end >= other[1] - _TOUCH:
                result[index] = other[0], min(other[1], start), max(other[2], end)
                break
        else:
            result.append((at, start, end))
    return result


def _table(grid: _Grid) -> RuledTable | None:
    """Returns the empty table of a grid; None if it has not at least two rows and two columns."""
    xs = _edges([x for x, _, _ in grid.down] + [x for _, *ends in grid.across for x in ends])
    ys = _edges([y for y, _, _ in grid.across] + [y for _, *ends in grid.down for y in ends])
    if len(xs) < 3 or len(ys) < 3 or (len(xs) - 1) * (len(ys) - 1) > _MOST_CELLS:
        return None
    return RuledTable(Box(xs[0], ys[0], xs[-1], ys[-1]), xs, ys, {})


def _edges(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _TOUCH:
            found.append(place)
    return found


def _is_in(glyph: Glyph, box: Box) -> bool:
    return (
        box.x0 - 1 <= (glyph.x0 + glyph.x1) / 2 <= box.x1 + 1 and box.y0 - 1 <= glyph.y - 0.3 * glyph.size <= box.y1 + 1
    )


def _fill(table: RuledTable, grid: _Grid, glyphs: Sequence[Glyph]) -> bool:
    """Puts glyphs into the cells. Returns whether they look like those of a table."""
    owners = _owners(table, grid)
    for glyph in glyphs:
        row = _interval(glyph.y - 0.3 * glyph.size, table.ys)
        column = _interval((glyph.x0 + glyph.x1) / 2, table.xs)
        table.cells.setdefault(owners[row, column], []).append(glyph)
    cells = table.cells.values()
    if any(len(cell) > _LONGEST or len(_baselines(cell)) > _MOST_LINES for cell in cells):
        return False
    rows, columns = {row for row, _ in table.cells}, {column for _, column in table.cells}
    filled = len(table.cells) / max(1, len(set(owners.values())))
    return len(rows) > 1 and len(columns) > 1 and filled >= _FILLED and _has_ruled_rows(table)


def _interval(place: float, edges: Sequence[float]) -> int:
    return next((i for i, edge in enumerate(edges[1:-1]) if place < edge), len(edges) - 2)


def _owners(table: RuledTable, grid: _Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Returns for each place of the grid the cell that it belongs to: one without a rule on its left or above goes on."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(pairwise(table.ys)):
        for column, (left, right) in enumerate(pairwise(table.xs)):
            if column and not _is_ruled(grid.down, left, (top + bottom) / 2):
                owners[row, column] = owners[row, column - 1]
            elif row and not _is_ruled(grid.across, top, (left + right) / 2):
                owners[row, column] = owners[row - 1, column]
            else:
                owners[row, column] = row, column
    return owners


def _is_ruled(rules: Iterable[tuple[float, float, float]], at: float, through: float) -> bool:
    return any(abs(place - at) <= _TOUCH and start <= through <= end for place, start, end in rules)


def _baselines(cell: Sequence[Glyph]) -> set[int]:
    return {round(glyph.y) for glyph in cell if not glyph.shift}


def _has_ruled_rows(table: RuledTable) -> bool:
    """Returns whether each row of text has a row of cells: not several rows of text side by side between two rules."""
    rows: dict[int, list[set[int]]] = {}
    for (row, _), cell in table.cells.items():
        rows.setdefault(row, []).append(_baselines(cell))
    for cells in rows.values():
        alike = [y for y in set().union(*cells) if sum(y in cell for cell in cells) > 1]
        if len(alike) >= _UNRULED and sum(len(cell) >= _UNRULED for cell in cells) > len(cells) / 2:
            return False
    return True
