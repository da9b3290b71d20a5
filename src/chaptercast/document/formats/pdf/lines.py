"""Makes lines from the fragments of a column: spaces, runs of one style, right-to-left text, letterspaced words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from chaptercast.document.formats.pdf.columns import Column
from chaptercast.document.formats.pdf.fragments import INITIAL, Fragment
from chaptercast.document.formats.pdf.page import Glyph, Line, Run

_SPACE, _SEEN_SPACE, _REAL_SPACE = 0.2, 0.06, -0.3
"""White in em that counts as a space between two glyphs: in general; where PDFium took it for a space; where the file has a space."""
_EASTERN_SPACES = (0.6, 0.2, 0.15)
"""The same between signs of scripts that set no spaces between words."""
_SINGLE = 0.6
"""If this share of a line's words are single letters, the line is letterspaced."""
_MARKER = re.compile(
    r"[^\w\s$€£%]|o|\(?(?:\d{1,2}|[A-Za-z]|[ivxlc]{1,5}|[IVX]{1,4})[.)]|(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){1,4}\.?|\[\d{1,3}\]"
)
"""The marker of an item, or the number of a heading, that stands apart from its text."""
_EQUAL, _TEXT = 0.2, 0.6
"""Maximum difference in em between the white between the words of a stretched line, and minimum share of letters in it."""
_FEWEST_STEPS, _STEPS, _STEP_OFF, _SPACE_STEP = 5, 0.7, 0.03, 1.25
"""Of a line set at equal steps: minimum number of steps, share of equal ones, their maximum difference; a space is in one so much wider."""
_CLOSE = 0.05
"""Maximum usual white between letters, in em, of a line that is not letterspaced: its short words are words ("to be or not")."""
_WIDTHS_OFF = 0.15
"""Minimum difference between the widths of the letters that stand at equal steps, as a share of the step. Letters of one width, as in
"engine", do so in any text."""
_REAL = 2
"""The mark of a glyph before which the file has a space."""
_CELL = 1.2
"""Minimum white between two cells of a line, in em."""
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_NUMBERS = frozenset({"EN", "AN"})
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_ACCENTS = {"\u00a8": "\u0308", "\u00b4": "\u0301", "`": "\u0300", "\u02c6": "\u0302", "^": "\u0302", "\u02dc": "\u0303",
            "\u00b8": "\u0327", "\u02d8": "\u0306", "\u02da": "\u030a", "\u02c7": "\u030c", "\u02dd": "\u030b", "\u00af": "\u0304",
            "\u02db": "\u0328", "\u02d9": "\u0307"}  # fmt: skip
"""Accents as separate glyphs, with the combining characters that they stand for."""
_DOTLESS = {"\u0131": "i", "\u0237": "j"}
_LIGATURES = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]")


def lines_of(columns: Sequence[Column], *, right_to_left: bool = False) -> Iterator[Line]:
    """Yields the lines of columns, in reading order."""
    for number, column in enumerate(columns):
        rows = groupby(_with_initials(column.fragments), key=lambda f: f.row)
        for row in sorted(([*row] for _, row in rows), key=lambda row: min(f.top for f in row)):
            yield _line(row, column, number, right_to_left=right_to_left)


def _with_initials(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Returns the fragments after moving each initial that is several lines high before the first of the lines beside it."""
    result = sorted(fragments, key=lambda f: (f.row, f.x0))
    for f in [f for f in result if len(f.glyphs) <= 2]:
        beside = [
            other
            for other in result
            if other is not f
            and f.size >= INITIAL * other.size
            and f.y - 0.8 * f.size - 0.6 * other.size <= other.y <= f.y + 0.1 * other.size
            and -0.3 * f.size <= other.x0 - f.x1 <= 1.5 * other.size
            and len(other.glyphs) > 3
        ]
        first = min(beside, key=lambda other: other.y, default=None)
        if first is None or not f.glyphs[0].text.isalpha():
            continue
        result.remove(f)
        first.glyphs[:0] = f.glyphs
        first.x0 = f.x0
    return result


def _line(row: Sequence[Fragment], column: Column, number: int, *, right_to_left: bool) -> Line:
    size = max(row, key=lambda f: len(f.glyphs)).size
    parts = [f.glyphs for f in row]
    glyphs = [glyph for part in parts for glyph in part]
    initial = glyphs[0].size >= INITIAL * size and glyphs[0].shift == 0
    runs = runs_of(glyphs, size, initial=initial, right_to_left=right_to_left)
    y = max(row, key=lambda f: len(f.glyphs)).y
    x0, x1 = row[0].x0, max(f.x1 for f in row)
    cells = tuple(_cells(row, size, right_to_left=right_to_left)) if len(row) > 1 else ()
    if (len(cells) == 2 and _MARKER.fullmatch(cells[0][2].strip())) or (cells and _is_justified(glyphs, size)):
        cells = ()  # an item of a list, a numbered heading or a stretched line, and no row of a table
    look = Counter((glyph.style.font, glyph.style.colour) for glyph in glyphs).most_common(1)[0][0]
    return Line(
        tuple(runs),
        x0,
        x1,
        y,
        size,
        column.left,
        column.right,
        number,
        cells,
        initial,
        look=f"{look[0].rpartition('+')[2]} {look[1]:06x}",
    )


def _is_justified(glyphs: Sequence[Glyph], size: float) -> bool:
    """Returns whether a line is stretched to fill its column: all its words are equally far apart."""
    gaps = [
        b.x0 - a.x1
        for (a, b), space in zip(pairwise(glyphs), _spaces(glyphs, size)[1:], strict=True)
        if space and not _MARKER.fullmatch(a.text)
    ]
    letters = sum(glyph.text.isalpha() for glyph in glyphs)
    return len(gaps) > 1 and max(gaps) - min(gaps) <= _EQUAL * size and letters > _TEXT * len(glyphs)


def _cells(row: Sequence[Fragment], size: float, *, right_to_left: bool) -> Iterator[tuple[float, float, str]]:
    """Yields the parts of a line between its wide gaps."""
    part: list[Fragment] = []
    for f in row:
        if part and f.x0 - part[-1].x1 > _CELL * size:
            yield _cell(part, size, right_to_left=right_to_left)
            part = []
        part.append(f)
    yield _cell(part, size, right_to_left=right_to_left)


def _cell(part: Sequence[Fragment], size: float, *, right_to_left: bool) -> tuple[float, float, str]:
    runs = runs_of([glyph for f in part for glyph in f.glyphs], size, right_to_left=right_to_left)
    return part[0].x0, part[-1].x1, "".join(run.text for run in runs)


def runs_of(glyphs: Sequence[Glyph], size: float, *, initial: bool = False, right_to_left: bool = False) -> list[Run]:
    """Returns the runs of a line in reading order, with the spaces between its words."""
    if not glyphs:
        return []
    glyphs = _accented(glyphs)
    spaced = _spaces(glyphs, size)
    if initial:
        spaced[1] = False
    if any(_bidi(glyph.text) in _RIGHT_TO_LEFT for glyph in glyphs):
        glyphs, spaced = _logical(glyphs, spaced, right_to_left=right_to_left)
    return _grouped(glyphs, spaced)


def _grouped(glyphs: Sequence[Glyph], spaced: Sequence[bool]) -> list[Run]:
    runs: list[Run] = []
    text: list[str] = []
    key: tuple[bool, bool, bool, int, int, str] | None = None

    def close() -> None:
        if text and key is not None:
            runs.append(Run(_normal("".join(text)), *key))
        text.clear()

    for glyph, space in zip(glyphs, spaced, strict=True):
        style = glyph.style
        look = (style.bold, style.italic, style.mono, glyph.shift, glyph.tag, style.language)
        if look != key:
            if space and text:
                text.append(" ")
                space = False  # noqa: PLW2901 -- it stands already
            close()
            key = look
        if space and (text or runs):
            text.append(" ")
        text.append(glyph.text)
    close()
    return runs


def _normal(text: str) -> str:
    """Replaces ligatures and presentation forms by the letters that they stand for."""
    if text.isascii():
        return text
    text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return unicodedata.normalize("NFC", text)


# Accents


def _accented(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Returns the glyphs after combining separate accents with the letters that they are printed over."""
    if not any(glyph.text in _ACCENTS for glyph in glyphs):
        return list(glyphs)
    result: list[Glyph] = []
    waiting: Glyph | None = None
    for glyph in glyphs:
        if glyph.text in _ACCENTS:
            last = result[-1] if result else None
            if (
                last is not None
                and last.text.isalpha()
                and _over(glyph, last)
                and waiting is None
                and glyph.x0 < last.x1 - 0.02 * last.size
            ):
                _put(glyph, last)
            else:
                waiting = glyph
                result.append(glyph)
            continue
        if waiting is not None and glyph.text.isalpha() and _over(waiting, glyph):
            result.remove(waiting)
            glyph.space = glyph.space or waiting.space
            _put(waiting, glyph)
        waiting = None
        result.append(glyph)
    return result


def _over(accent: Glyph, letter: Glyph) -> bool:
    middle = (accent.x0 + accent.x1) / 2
    return letter.x0 - 0.05 * letter.size <= middle <= letter.x1 + 0.05 * letter.size


def _put(accent: Glyph, letter: Glyph) -> None:
    base = _DOTLESS.get(letter.text, letter.text)
    letter.text = unicodedata.normalize("NFC", base + _ACCENTS[accent.text])


# Spaces


def _spaces(glyphs: Sequence[Glyph], size: float) -> list[bool]:
    """Returns for each glyph whether a space is before it."""
    gaps = [0.0, *(b.x0 - a.x1 for a, b in pairwise(glyphs))]
    spaced = [False, *(_is_space(a, b, size) for a, b in pairwise(glyphs))]
    return _set_apart(glyphs, gaps, _at_steps(glyphs, spaced, size), size)


def _at_steps(glyphs: Sequence[Glyph], spaced: list[bool], size: float) -> list[bool]:
    """Returns the spaces of a line whose letters a program has set at equal steps, whatever their widths: white beside an i is none."""
    steps = [b.x0 - a.x0 for a, b in pairwise(glyphs)]
    usual = sorted(steps)[len(steps) // 2] if len(steps) >= _FEWEST_STEPS else 0.0
    alike = [abs(step - usual) <= _STEP_OFF * usual for step in steps]
    letters = sum(glyph.text.isalpha() for glyph in glyphs)
    if not 0 < usual < size or sum(alike) < _STEPS * len(steps) or letters < _TEXT * len(glyphs):
        return spaced
    widths = [
        glyph.x1 - glyph.x0 for glyph, same, after in zip(glyphs, alike, spaced[1:], strict=False) if same and not after
    ]
    if not widths or max(widths) - min(widths) < _WIDTHS_OFF * usual:
        return spaced
    wide = [False, *(step > _SPACE_STEP * usual for step in steps)]
    return [space and (w or glyph.space == _REAL) for space, w, glyph in zip(spaced, wide, glyphs, strict=True)]


def _is_space(before: Glyph, after: Glyph, size: float) -> bool:
    gap = after.x0 - before.x1
    if gap < -size:  # another text, printed over the end of this one
        return True
    if _are_east_asian(before.text, after.text):
        return gap > _EASTERN_SPACES[after.space] * size
    if after.shift != before.shift and gap < 0.3 * size and not after.space:
        return gap > 0.25 * size
    # in right-to-left text, the space that the file has before a letter is on its right
    seen = before.space if _bidi(before.text) in _RIGHT_TO_LEFT else after.space
    return gap > (_SPACE, _SEEN_SPACE, _REAL_SPACE)[seen] * size


def _are_east_asian(before: str, after: str) -> bool:
    """Returns whether two signs are of scripts that set no spaces between words."""
    return before > "\u2e7f" and after > "\u2e7f" and _is_east_asian(before) and _is_east_asian(after)


def _is_east_asian(text: str) -> bool:
    return unicodedata.east_asian_width(text[0]) in "WF" and not "\uac00" <= text[0] <= "\ud7ff"


def _set_apart(glyphs: Sequence[Glyph], gaps: Sequence[float], spaced: list[bool], size: float) -> list[bool]:
    """Returns the spaces of a letterspaced line: of two sizes of gaps, only the larger ones are spaces."""
    lengths: list[int] = []
    for space in spaced:
        if space or not lengths:
            lengths.append(0)
        lengths[-1] += 1
    letters = sum(glyph.text.isalpha() for glyph in glyphs)
    short = sum(length <= 2 for length in lengths)
    if (
        len(lengths) < 4
        or short <= _SINGLE * len(lengths)
        or letters < 0.8 * len(glyphs)
        or _is_east_asian(glyphs[0].text)
    ):
        return spaced
    inner = sorted(gap for gap in gaps[1:])
    middle = inner[len(inner) // 2]
    if middle < _CLOSE * size and all(
        glyph.space == _REAL for glyph, space in zip(glyphs, spaced, strict=True) if space
    ):
        return spaced
    limit = max(1.8 * middle, middle + 0.25 * size)
    return [False, *(gap > limit for gap in gaps[1:])]


# From right to left


def _bidi(text: str) -> str:
    return unicodedata.bidirectional(text[0]) if text else ""


def is_right_to_left(texts: Iterable[str]) -> bool:
    """Returns whether most strong characters of the texts are right-to-left."""
    right = left = 0
    for text in texts:
        kind = _bidi(text)
        right += kind in _RIGHT_TO_LEFT
        left += kind == "L"
    return right > left


def _logical(glyphs: Sequence[Glyph], spaced: Sequence[bool], *, right_to_left: bool) -> tuple[list[Glyph], list[bool]]:
    """Returns glyphs and spaces in reading order, from left-to-right order (the reverse of rule L2 of Unicode's UAX 9)."""
    kinds = [_kind(glyph.text) for glyph in glyphs]
    mainly = right_to_left or kinds.count("R") > kinds.count("L")
    _settle(kinds, "R" if mainly else "L")
    order: list[int] = []
    for kind, group in groupby(range(len(glyphs)), key=lambda i: kinds[i]):
        part = list(group)
        order_part = part if (kind != "R") else part[::-1]
        order = order_part + order if mainly else order + order_part
    # the space before a glyph on its left becomes the space between the two, whichever comes first
    white = {(i - 1, i) for i, space in enumerate(spaced) if space}
    result = [glyphs[i] for i in order]
    spaces = [False]
    for a, b in pairwise(order):
        near = (min(a, b), max(a, b)) in white
        apart = abs(a - b) != 1 and (_beside(a, spaced) or _beside(b, spaced))
        spaces.append(near or apart)
    if any(kind == "R" for kind in kinds):
        _mirror(result, [kinds[i] for i in order])
    return result, spaces


def _beside(index: int, spaced: Sequence[bool]) -> bool:
    return spaced[index] or (index + 1 < len(spaced) and spaced[index + 1])


def _kind(text: str) -> str:
    kind = _bidi(text)
    if kind in _RIGHT_TO_LEFT:
        return "R"
    return "L" if kind == "L" or kind in _NUMBERS else ""


def _settle(kinds: list[str], base: str) -> None:
    """Gives characters without a direction of their own the direction of the characters around them."""
    index = 0
    while index < len(kinds):
        if kinds[index]:
            index += 1
            continue
        end = index
        while end < len(kinds) and not kinds[end]:
            end += 1
        before = kinds[index - 1] if index else base
        after = kinds[end] if end < len(kinds) else base
        kinds[index:end] = [before if before == after else base] * (end - index)
        index = end


def _mirror(glyphs: Sequence[Glyph], kinds: Sequence[str]) -> None:
    """Mirrors brackets that close before they open."""
    inside = "".join(glyph.text for glyph, kind in zip(glyphs, kinds, strict=True) if kind == "R")
    first = re.search(r"[()\[\]«»]", inside)
    if first and first[0] in ")]»":
        for glyph, kind in zip(glyphs, kinds, strict=True):
            if kind == "R":
                glyph.text = glyph.text.translate(_MIRRORED)
