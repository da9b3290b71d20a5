"""Puts ruled tables into the reading order of their page: a placeholder stands for each while columns are found."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from chaptercast.document.formats.pdf.columns import columns_of
from chaptercast.document.formats.pdf.fragments import fragments_of, row_size
from chaptercast.document.formats.pdf.lines import lines_of
from chaptercast.document.formats.pdf.page import Glyph, Line, Run, Style
from chaptercast.document.formats.pdf.ruled_tables import RuledTable

_SIGN = "\ufffc"
_SIZE = 10.0


def placeholder(table: RuledTable) -> Glyph:
    """Returns a glyph at the head of a table, as wide as the table."""
    return Glyph(_SIGN, table.box.x0, table.box.x1, table.box.y0 + 0.9 * _SIZE, Style(_SIZE), order=-1)


def with_tables(lines: Sequence[Line], tables: Sequence[RuledTable]) -> list[Line]:
    """Returns the lines of a page with the rows of the tables in the place of their placeholders."""
    result: list[Line] = []
    waiting = list(enumerate(tables, 1))
    for line in lines:
        held = [(n, table) for n, table in waiting if _SIGN in line.text and line.x0 <= table.box.x0 + 1 <= line.x1]
        held = [(n, table) for n, table in held if abs(table.box.y0 + 0.9 * _SIZE - line.y) < 2 * _SIZE]
        if not held:
            result.append(line)
            continue
        rest = _without_sign(line)
        if rest is not None:
            result.append(rest)
        for number, table in held:
            waiting.remove((number, table))
            result += (replace(row, column=line.column, table=number) for row in _rows(table))
    for number, table in waiting:
        result += (replace(row, column=len(lines) + number, table=number) for row in _rows(table))
    return result


def _without_sign(line: Line) -> Line | None:
    """Returns the rest of a line that shares its row with a placeholder."""
    runs = tuple(replace(run, text=run.text.replace(_SIGN, "")) for run in line.runs)
    cells = tuple(cell for cell in line.cells if _SIGN not in cell[2])
    text = "".join(run.text for run in runs).strip()
    return replace(line, runs=runs, cells=cells if len(cells) > 1 else ()) if text else None


def _rows(table: RuledTable) -> Iterator[Line]:
    """Yields the rows of a table as lines. Rows and columns without text are left out."""
    columns = sorted({column for _, column in table.cells})
    for row in sorted({row for row, _ in table.cells}):
        glyphs = [glyph for column in columns for glyph in table.cells.get((row, column), ())]
        lines = {column: _lines(table.cells.get((row, column), ())) for column in columns}
        ends = [*columns[1:], len(table.xs) - 1]
        cells = tuple(
            (table.xs[column], table.xs[end], "\n".join(line.text.strip() for line in lines[column]))
            for column, end in zip(columns, ends, strict=True)
        )
        runs = [run for column in columns for line in lines[column] for run in (*line.runs, Run(" "))]
        left, right = table.xs[columns[0]], table.xs[-1]
        y = max(glyph.y for glyph in glyphs)
        yield Line(tuple(runs[:-1]), left, right, y, row_size(glyphs), left, right, cells=cells)


def _lines(glyphs: Sequence[Glyph]) -> list[Line]:
    return list(lines_of(columns_of(fragments_of(glyphs)))) if glyphs else []
