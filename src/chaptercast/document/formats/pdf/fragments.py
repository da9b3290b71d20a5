"""Groups glyphs into fragments: stretches of text on one baseline without a wide gap.

The painting order of the file is kept as long as it continues to the right on one baseline (a *run*). Adjacent runs are joined by their
positions. So lines that are closer than their height never mix, and initials never mix with the lines beside them.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from chaptercast.document.formats.pdf.overprints import is_over, restored
from chaptercast.document.formats.pdf.page import Glyph

BASELINE = 0.25
"""Maximum distance in em of a glyph from the baseline of its line."""
SHIFTED = 0.62
"""The same for raised and lowered glyphs."""
SMALL = 0.85
"""Maximum size of these, as a share of the size of the line."""
GAP = 0.75
"""Minimum white between two fragments, in em."""
JUMP = 0.22
"""The same if the file does not paint one directly after the other."""
TWICE = 0.12
"""Maximum distance in em between two prints of one glyph, which make it look bold."""
_BULLET = 2.5
"""Maximum distance in em from a bullet to its text."""
_STOPS = frozenset(".,:;!?'\"…%&/\\")
INITIAL = 1.8
"""Size of an initial, as a multiple of the text's."""


class Fragment(Struct):
    """A stretch of text on one baseline."""

    glyphs: list[Glyph]
    x0: float
    x1: float
    y: float
    size: float
    row: int = 0

    @property
    def top(self) -> float:
        """Upper edge of its letters."""
        return self.y - 0.8 * self.size

    @property
    def bottom(self) -> float:
        """Lower edge of its letters."""
        return self.y + 0.2 * self.size


def without_doubles(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Returns the glyphs without those that are printed twice at almost the same place."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    doubles: dict[int, Glyph] = {}
    every = list(glyphs)
    for order, glyph in enumerate(every):
        glyph.order = order
        step = max(TWICE * glyph.size, 0.01)
        column, line = round(glyph.x0 / step), round(glyph.y / step)
        limit = min(step, 0.45 * max(glyph.x1 - glyph.x0, 0.01))
        near = (seen.get((glyph.text, column + a, line + b)) for a in (-1, 0, 1) for b in (-1, 0, 1))
        first = next(
            (each for each in near if each and abs(each.x0 - glyph.x0) <= limit and abs(each.y - glyph.y) <= step), None
        )
        if first is not None:
            doubles[order] = first
            continue
        seen[glyph.text, column, line] = glyph
    kept = restored(doubles, every)
    return [glyph for glyph in every if glyph.order not in doubles or glyph.order in kept]


def fragments_of(glyphs: Sequence[Glyph]) -> list[Fragment]:
    """Returns the fragments of a page in rows, from top to bottom and from left to right."""
    runs = sorted(_runs(glyphs), key=lambda run: (run.y, run.x0))
    rows = _rows(runs)
    found: list[Fragment] = []
    for number, row in enumerate(rows):
        found.extend(_parted(row, number))
    return found


def _runs(glyphs: Iterable[Glyph]) -> Iterator[Fragment]:
    """Yields stretches that are painted in succession, to the right, on one baseline, in one size."""
    run: Fragment | None = None
    for glyph in glyphs:
        if run is not None and _goes_on(run, glyph):
            run.glyphs.append(glyph)
            run.x0, run.x1 = min(run.x0, glyph.x0), max(run.x1, glyph.x1)
            continue
        if run is not None:
            yield run
        run = Fragment([glyph], glyph.x0, glyph.x1, glyph.y, glyph.size)
    if run is not None:
        yield run


def _goes_on(run: Fragment, glyph: Glyph) -> bool:
    size = max(run.size, glyph.size)
    return (
        abs(glyph.y - run.y) <= 0.06 * size
        and 0.87 * size <= min(run.size, glyph.size)
        and -1.2 * size <= glyph.x0 - run.glyphs[-1].x1 <= GAP * size
    )


class _Row(Struct):
    """Runs on one baseline."""

    y: float
    size: float
    runs: list[Fragment]


def _rows(runs: Sequence[Fragment]) -> list[list[Fragment]]:
    """Groups runs by their baselines. Small runs are in the row of the line in which they are raised or lowered."""
    rows: list[_Row] = []
    for run in runs:
        row = next((row for row in reversed(rows[-8:]) if _on(row, run)), None)
        if row is None:
            rows.append(_Row(run.y, run.size, [run]))
        else:
            row.runs.append(run)
            row.size = max(row.size, run.size)
    rows.sort(key=lambda row: row.y)
    result: list[list[Fragment]] = [[] for _ in rows]
    for index, row in enumerate(rows):
        for run in row.runs:
            near = range(max(0, index - 3), min(len(rows), index + 4))
            beside = [(rows[i], i) for i in near]
            host, at = _host(run, beside)
            item = _item(run, beside) if len(run.glyphs) == 1 else None
            if item is not None:
                result[item].append(run)
                continue
            if host is not None:
                for glyph in run.glyphs:
                    glyph.shift = -1 if run.y > host.y else 1
            result[at if host is not None else index].append(run)
    return [row for row in result if row]


def _on(row: _Row, run: Fragment) -> bool:
    larger, smaller = max(row.size, run.size), min(row.size, run.size)
    return larger <= INITIAL * smaller and abs(row.y - run.y) <= BASELINE * smaller


def _host(run: Fragment, rows: Iterable[tuple[_Row, int]]) -> tuple[Fragment | None, int]:
    """Returns the run in which a small one is raised or lowered, and the number of its row."""
    best: tuple[float, Fragment, int] | None = None
    if len(run.glyphs) > 24:
        return None, 0
    for row, number in rows:
        for other in row.runs:
            if not 0.3 * other.size <= run.size <= SMALL * other.size:
                continue
            offset = run.y - other.y
            gap = max(run.x0 - other.x1, other.x0 - run.x1)
            if not -SHIFTED * other.size <= offset <= 0.4 * other.size or abs(offset) < 0.06 * other.size:
                continue
            if gap > 0.35 * other.size or (gap < -0.3 * run.size and not _within(run, other)):
                continue
            if best is None or abs(offset) < best[0]:
                best = abs(offset), other, number
    return (best[1], best[2]) if best else (None, 0)


def _item(run: Fragment, rows: Iterable[tuple[_Row, int]]) -> int | None:
    """Returns the row that a bullet of another size, or on another baseline, opens."""
    text = run.glyphs[0].text
    if text.isalnum() or unicodedata.category(text[0]) not in ("So", "Po", "Sm", "Pd") or text in _STOPS:
        return None
    for row, number in rows:
        after = [other for other in row.runs if other.x0 > run.x1]
        if not after:
            continue
        first = min(after, key=lambda other: other.x0)
        lift = first.y - run.y
        if 0 < first.x0 - run.x1 <= _BULLET * first.size and -0.15 * first.size <= lift <= 0.45 * first.size:
            return number if first.glyphs[0].text.isalnum() else None
    return None


def _within(run: Fragment, other: Fragment) -> bool:
    """Returns whether a run fits between two glyphs of another."""
    middle = (run.x0 + run.x1) / 2
    return not any(glyph.x0 + 0.2 < middle < glyph.x1 - 0.2 for glyph in other.glyphs)


def _parted(row: Sequence[Fragment], number: int) -> Iterator[Fragment]:
    """Yields the fragments of a row: its glyphs in order, split at wide gaps. Texts printed over one another stay apart."""
    texts: list[list[Glyph]] = [[]]
    for run in sorted(row, key=lambda run: run.glyphs[0].order):
        own = next((text for text in texts if not is_over(run.glyphs, text)), None)
        if own is None:
            run.glyphs[0].space = 2 if texts[0] else run.glyphs[0].space
            texts.append(own := [])
        own += run.glyphs
    for text in texts:
        yield from _split(text, number)


def _split(text: Sequence[Glyph], number: int) -> Iterator[Fragment]:
    glyphs = sorted(text, key=lambda glyph: glyph.x0)
    size = row_size(glyphs)
    part: list[Glyph] = []
    end = 0.0
    for glyph in glyphs:
        wide = max(size, min(glyph.size, part[-1].size)) if part else size
        if part and glyph.x0 - end > (GAP if glyph.order == part[-1].order + 1 else JUMP) * wide:
            yield _fragment(part, number)
            part = []
        end = max(end, glyph.x1) if part else glyph.x1
        part.append(glyph)
    if part:
        yield _fragment(part, number)


def _fragment(glyphs: list[Glyph], number: int) -> Fragment:
    flat = [glyph for glyph in glyphs if not glyph.shift] or glyphs
    y = sorted(glyph.y for glyph in flat)[len(flat) // 2]
    return Fragment(glyphs, glyphs[0].x0, max(glyph.x1 for glyph in glyphs), y, row_size(glyphs), number)


def row_size(glyphs: Sequence[Glyph]) -> float:
    """Returns the size of most glyphs that are not raised or lowered."""
    sizes: dict[float, int] = {}
    for glyph in glyphs:
        if not glyph.shift:
            sizes[glyph.size] = sizes.get(glyph.size, 0) + 1
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else glyphs[0].size
