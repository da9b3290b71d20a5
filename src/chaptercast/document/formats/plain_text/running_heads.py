"""Running heads and feet: the lines that a printed or typed text repeats on every page. They are taken out, and told.

What stands at the edge of a page is told by what it repeats: the same words with another number, page after page, at the same distance.
Pages are parted by form feeds, or by nothing but these lines themselves. A text that went on over the edge of a page goes on again.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from chaptercast.document.formats.plain_text.line_joining import ends_sentence
from chaptercast.document.formats.plain_text.lines import line_of
from chaptercast.document.formats.plain_text.list_markers import mark

LONGEST_PAGE = 90
"""Lines of a page at the most; longer stretches between form feeds are chapters."""
SHORTEST_PAGE = 12
REPEATED = 3
"""How often a line at the edge of a page is repeated at the least."""
NUMBERS_ALONE = 4
"""How often, if it is nothing but a number: chapters may be numbered so, too."""
REGULAR = 0.35
"""By how much the length of most pages differs from the usual one."""
EDGE = 2
"""Lines at the edge of a page that may be its head or its foot."""
WIDE = 45
"""Columns of a line that is not full by chance."""
_FEED = "\f"
_LONGEST = 140

_NUMBER = re.compile(r"\d+")
_HEADING = re.compile(
    r"(?:chapter|part|book|section|letter|act|scene|canto|article|lesson|appendix|volume|stave|kapitel|teil|brief|chapitre|partie|livre|lettre"
    r"|cap[ií]tulo|parte|libro|hoofdstuk|deel|глава|часть|第)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\[?\b(?:page|pg\.?|seite|p\.)\s*\d+\b|^\W{0,3}\d{1,4}\W{0,3}$", re.IGNORECASE)


class Pages(Struct, frozen=True):
    """A text without the edges of its pages."""

    lines: list[str]
    edges: tuple[str, ...] = ()
    """The heads and feet: those alike together."""


def without_edges(text: str) -> Pages:
    """Take out running heads and feet."""
    lines = text.split("\n")
    if _FEED in text:
        lines = [part for line in lines for part in _at_feeds(line)]
    edges = _edges_at_feeds(lines) or _edges_by_number(lines)
    if not edges:
        return Pages([line.replace(_FEED, "") for line in lines])
    told: defaultdict[str, list[str]] = defaultdict(list)
    for index in sorted(edges):
        told[_key(lines[index])].append(" ".join(lines[index].split()))
    return Pages(_closed(lines, edges), tuple("\n".join(found) for found in told.values()))


def _at_feeds(line: str) -> Iterable[str]:
    """A form feed on a line of its own."""
    if _FEED not in line:
        return (line,)
    before, *after = line.split(_FEED)
    return [
        *([before] if before.strip() else []),
        *(part for rest in after for part in (_FEED, *([rest] if rest.strip() else []))),
    ]


def _key(line: str) -> str:
    """What a line has in common with its like on other pages."""
    return _NUMBER.sub("#", " ".join(line.casefold().split()))


def _edges_at_feeds(lines: Sequence[str]) -> set[int]:
    """The repeated lines beside form feeds, if these part pages and not chapters."""
    feeds = [index for index, line in enumerate(lines) if line == _FEED]
    lengths = [b - a for a, b in pairwise([0, *feeds])]
    if len(feeds) < 2 or sum(length <= LONGEST_PAGE for length in lengths) < 0.8 * len(lengths):
        return set()
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for feed in [*feeds, len(lines)]:
        for side, index in (*_beside(lines, feed, -1), *_beside(lines, feed, 1)):
            found[side, _key(lines[index])].append(index)
    enough = max(2, len(feeds) // 5)
    return {index for rows in found.values() if len(rows) >= enough and _is_edge(lines, rows) for index in rows}


def _beside(lines: Sequence[str], feed: int, step: int) -> Iterable[tuple[str, int]]:
    """The nearest lines before or after a form feed, and the side that they are on."""
    seen = 0
    index = feed + step
    while 0 <= index < len(lines) and seen < EDGE and lines[index] != _FEED:
        if lines[index].strip():
            yield ("foot" if step < 0 else "head"), index
            seen += 1
        index += step


def _is_edge(lines: Sequence[str], rows: Sequence[int]) -> bool:
    text = lines[rows[0]].strip()
    return len(text) <= _LONGEST and not _HEADING.match(text)


def _edges_by_number(lines: Sequence[str]) -> set[int]:
    """The lines that stand alone and count the pages, and those that are repeated beside them."""
    alone: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.strip() and len(line) <= _LONGEST and _stands_alone(lines, index):
            alone[_key(line)].append(index)
    counting = [rows for key, rows in alone.items() if "#" in key and _counts_pages(lines, rows)]
    edges = {index for rows in counting for index in rows}
    if not edges:
        return set()
    near = {index + step for index in edges for step in range(-6, 7)}
    for rows in alone.values():
        beside = [index for index in rows if index in near and index not in edges]
        if len(beside) >= max(REPEATED, 0.5 * len(rows)) and _is_edge(lines, rows):
            edges.update(beside)
    return edges


def _stands_alone(lines: Sequence[str], index: int) -> bool:
    before = index == 0 or not lines[index - 1].strip()
    after = index + 1 == len(lines) or not lines[index + 1].strip()
    return before and after


def _counts_pages(lines: Sequence[str], rows: Sequence[int]) -> bool:
    """Whether lines alike count on from one to the next, at the distance of pages."""
    text = lines[rows[0]].strip()
    page = _PAGE.search(text) is not None
    if len(rows) < (NUMBERS_ALONE if _PAGE.fullmatch(text) else REPEATED) or not _is_edge(lines, rows):
        return False
    numbers = [[int(number[:9]) for number in _NUMBER.findall(lines[index])] for index in rows]
    steps = [[b - a for a, b in zip(one, other, strict=False)] for one, other in pairwise(numbers)]
    counting = sum(any(1 <= step <= 2 for step in found) for found in steps)
    distances = sorted(b - a for a, b in pairwise(rows))
    usual = distances[len(distances) // 2]
    regular = sum(abs(distance - usual) <= REGULAR * usual for distance in distances)
    pages = SHORTEST_PAGE <= usual <= LONGEST_PAGE and regular >= 0.7 * len(distances)
    return counting >= 0.8 * len(steps) and (pages or (page and not _PAGE.fullmatch(text)))


def _closed(lines: Sequence[str], edges: "set[int] | Mapping[int, str]") -> list[str]:
    """The lines without the edges of pages; where a text went on over one, it goes on."""
    result: list[str] = []
    cut = False
    for index, line in enumerate(lines):
        if index in edges or line == _FEED:
            cut = True
            continue
        if not line.strip():
            result.append("")
            continue
        if cut:
            cut = False
            _close(result, line)
        result.append(line)
    return result


def _close(result: list[str], line: str) -> None:
    """Cut the blank lines at the end of `result` where `line` goes on with what stands before them."""
    while result and not result[-1]:
        result.pop()
    if result and not _flows(result[-1], line):
        result.append("")


def _flows(before: str, after: str) -> bool:
    """Whether a text goes on over the edge of a page."""
    one, other = line_of(before), line_of(after)
    if ends_sentence(one.text) or one.indent != other.indent or mark(other.text):
        return False
    return other.text[0].islower() or (one.width >= WIDE and other.width >= WIDE)
