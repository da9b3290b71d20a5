"""Finds text that is printed on every page and is not part of the text: running heads and feet, page numbers, printers' slugs.

Two things together identify it: it recurs in the same place on other pages, and it stands apart at the edge of the page.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from chaptercast.document.formats.pdf.page import Line, Page
from chaptercast.document.formats.pdf.page_numbers import ALONE, numbers_in, value_of
from chaptercast.document.model import Omission, Reason

_EDGE = 4
"""Number of rows at the head and at the foot of a page that are examined."""
_SHARE, _FEWEST, _ENOUGH = 0.3, 2, 4
"""A head is on this share of the pages, but on at least two; four are enough."""
_PLACE = 3.0
"""Maximum difference of its place from page to page, in em."""
_APART = 1.25
"""White between the text and what stands apart from it, as a multiple of the usual line distance."""
_LARGE = 1.3
"""A line of this size, as a multiple of the text's, is a title rather than a head."""
_ALONE_BY = 1.6
"""Minimum distance from a stamp to the text above and below it, in em."""
_HEAD, _LONGEST = 1.1, 120
"""Maximum size of a head, as a multiple of the text's, and maximum number of its characters."""
_FAR, _TELLING = 2.0, 20
"""White in em between the text and a head whose words another page has, and minimum number of letters of each of its parts."""
_COUNTED, _HEIGHT = 3, 4.0
"""Minimum number of pages that numbers in the margin count, and height in points of the band in which they are."""
_YEARS = range(1900, 2101)
"""Numbers that count pages only if they stand alone, or on most of the pages: a line of a list may begin with a year."""
_MOSTLY = 0.5
"""Share of the pages on which a line must stand apart to be furniture where the text comes close to it, too."""
_OTHER = 0.2
"""Minimum share of other text for which the size of program text does not count."""
_SENTENCE = re.compile(r"(?:\s\S+){5}(?<=[a-z)\]])[.!?]$")
"""The end of a sentence: a line that begins with a number and ends so is a note, not a head or foot with a page number."""
_DIGITS = re.compile(r"\d+")


class Furniture(Struct):
    """Lines of pages that are not part of the text."""

    lines: set[tuple[int, int]]
    """Each line by the index of its page, and its own index."""
    left_out: list[Omission]


class _Edge(Struct, frozen=True):
    """A line near an edge of a page."""

    page: int
    index: int
    line: Line
    rank: int
    """Number of rows between it and the edge."""
    top: bool

    @property
    def key(self) -> tuple[bool, str]:
        """What is the same on all pages."""
        return self.top, signature(self.line.text)


def signature(text: str) -> str:
    """Returns a text without its numbers: the part of a head that is the same on all pages."""
    words = _DIGITS.sub("#", text).split()
    roman = {word for word in words if value_of(word) is not None and not word.isdecimal()} - {"#"}
    kept = [word for word in words if word.strip("#.,:|·•–—-/") and not (word in roman and len(words) > 1)]
    return " ".join(kept).casefold()


def find_furniture(pages: Sequence[Page]) -> Furniture:
    """Finds what is printed at the edges of pages."""
    body = body_size(page.lines for page in pages)
    edges = {index: _edges(index, page) for index, page in enumerate(pages)}
    numbered = _numbered(edges, pages)
    repeated = _repeated(edges, pages, body) | _in_one_place(edges, pages, body)
    repeated |= _beside_numbers(edges, numbered, body) | _said_elsewhere(edges, pages, body)
    found = _in_margin(pages)
    stamped = _stamped(pages, body)
    for index, page in enumerate(pages):
        found.update((index, number) for number in stamped.get(index, ()))
        for top in (True, False):
            side = [edge for edge in edges[index] if edge.top is top]
            found.update((index, edge.index) for edge in _of_edge(side, page, repeated, numbered, body))
    found |= _pressed(edges, found)
    found -= _parts_of_tables(found, pages)
    if len(found) == sum(len(page.lines) for page in pages):  # labels, tickets: what is on every page is all there is
        return Furniture(set(), [])
    return Furniture(found, [_left_out(pages[index].lines[number]) for index, number in sorted(found)])


def _pressed(edges: dict[int, list[_Edge]], found: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Returns lines that are left out on most pages, on the pages where the text comes so close that they do not stand apart."""
    places: dict[tuple[bool, str, int], list[_Edge]] = defaultdict(list)
    for each in edges.values():
        for edge in each:
            if edge.key[1] and edge.rank == 0:
                places[*edge.key, round(edge.line.y)].append(edge)
    return {
        (edge.page, edge.index)
        for group in places.values()
        if sum((edge.page, edge.index) in found for edge in group) >= max(_FEWEST, _MOSTLY * len(group))
        for edge in group
    }


def _left_out(line: Line) -> Omission:
    text = line.text.strip()
    return Omission(text, Reason.PAGE_NUMBER if ALONE.fullmatch(text) else Reason.PAGE)


def _parts_of_tables(found: set[tuple[int, int]], pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Returns those of the lines that are rows of a table with other rows: a table that goes on repeats its head."""
    parts: set[tuple[int, int]] = set()
    for index, page in enumerate(pages):
        for table in {page.lines[number].table for at, number in found if at == index} - {0}:
            rows = {(index, number) for number, line in enumerate(page.lines) if line.table == table}
            parts |= rows & found if not rows <= found else set()
    return parts


def body_size(texts: Iterable[Sequence[Line]]) -> float:
    """Returns the size of most of the text. Program text does not count where there is other text, too."""
    sizes: Counter[float] = Counter()
    coded: Counter[float] = Counter()
    for lines in texts:
        for line in lines:
            counter = coded if all(run.mono for run in line.runs) else sizes
            counter[round(line.size * 2) / 2 or line.size] += len(line.text)
    if sizes.total() < _OTHER * coded.total():
        sizes += coded
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _edges(index: int, page: Page) -> list[_Edge]:
    """Returns the lines in the first and in the last rows of a page, those nearest to its edge first."""
    order = sorted(range(len(page.lines)), key=lambda i: page.lines[i].y)
    found: list[_Edge] = []
    for top in (True, False):
        rank, last = -1, float("-inf")
        for i in order if top else reversed(order):
            line = page.lines[i]
            if abs(line.y - last) > 0.5 * line.size:
                rank, last = rank + 1, line.y
            if rank >= _EDGE:
                break
            found.append(_Edge(index, i, line, rank, top))
    return found


def _numbered(edges: dict[int, list[_Edge]], pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Returns lines at the very edge with a number that increases from page to page, or that is the page label."""
    votes: Counter[tuple[bool, int]] = Counter()
    seen: dict[tuple[bool, int], list[tuple[int, int]]] = defaultdict(list)
    dated: set[tuple[bool, int]] = set()
    found: set[tuple[int, int]] = set()
    for index, each in edges.items():
        offsets: set[tuple[bool, int]] = set()
        for edge in each:
            text = edge.line.text.strip()
            alone = ALONE.fullmatch(text)
            for number in numbers_in(text):
                value = value_of(number)
                if value is None or edge.rank > (2 if alone else 1) or (not alone and _SENTENCE.search(text)):
                    continue
                offsets.add((edge.top, value - index))
                seen[edge.top, value - index].append((index, edge.index))
                if value in _YEARS and not alone:
                    dated.add((edge.top, value - index))
                if alone and number == pages[index].label and (len(pages) > 1 or edge.rank == 0):
                    found.add((index, edge.index))
        votes.update(offsets)
    for key, count in votes.items():
        needed = max(2, min(_ENOUGH, 0.3 * len(pages)))
        if count >= (max(needed, _COUNTED, _MOSTLY * len(pages)) if key in dated else needed):
            found.update(seen[key])
    return found


def _repeated(edges: dict[int, list[_Edge]], pages: Sequence[Page], body: float) -> set[tuple[int, int]]:
    """Returns lines that are the same in the same place on several pages, except for their numbers."""
    groups: dict[tuple[bool, str], list[_Edge]] = defaultdict(list)
    for each in edges.values():
        for edge in each:
            if edge.key[1]:
                groups[edge.key].append(edge)
    filled = sum(1 for page in pages if page.lines)
    inside = _inside(edges, pages, {key for _, key in groups})
    needed = max(_FEWEST, min(_ENOUGH, round(_SHARE * filled)))
    found: set[tuple[int, int]] = set()
    for group in groups.values():
        for edge in group:
            alike = {
                other.page
                for other in group
                if abs(other.line.y - edge.line.y) <= _PLACE * edge.line.size
                and abs(other.line.size - edge.line.size) <= 0.15 * edge.line.size
            }
            most = 0.6 * filled if edge.line.size >= _LARGE * body else needed
            if len(alike) >= max(most, _FEWEST, inside[edge.key[1]] + 1):
                found.add((edge.page, edge.index))
            if len(group) > 200:
                break
        if len(group) > 200:
            found.update((edge.page, edge.index) for edge in group)
    return found


def _inside(edges: dict[int, list[_Edge]], pages: Sequence[Page], keys: set[str]) -> Counter[str]:
    """Counts the lines with these signatures that are not near an edge: what is more often there belongs to the text."""
    near = {(edge.page, edge.index) for each in edges.values() for edge in each}
    texts = (line.text for page, each in enumerate(pages) for i, line in enumerate(each.lines) if (page, i) not in near)
    return Counter(key for text in texts if len(text) <= _LONGEST and (key := signature(text)) in keys)


def _stamped(pages: Sequence[Page], body: float) -> dict[int, list[int]]:
    """Returns lines that are on half of the pages in exactly the same place: stamps, addresses, names of a series."""
    filled = sum(1 for page in pages if page.lines)
    places: dict[tuple[str, int, int], list[tuple[int, int]]] = defaultdict(list)
    for index, page in enumerate(pages):
        for number, line in enumerate(page.lines):
            if line.size < _LARGE * body:
                places[line.text.strip(), round(line.x0), round(line.y)].append((index, number))
    found: dict[int, list[int]] = defaultdict(list)
    for (text, _, _), group in places.items():
        if text and len({index for index, _ in group}) >= max(_ENOUGH, 0.5 * filled):
            for index, number in group:
                found[index].append(number)
    return {index: _set_apart(pages[index].lines, numbers) for index, numbers in found.items()}


def _in_margin(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Returns numbers beside the text that count the pages, at one height on at least half of them: page numbers of journals."""
    filled = sum(1 for page in pages if page.lines)
    places: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for index, page in enumerate(pages):
        for number, line in enumerate(page.lines):
            alone = ALONE.fullmatch(line.text.strip())
            value = value_of(alone[1]) if alone else None
            if value is not None and _is_beside(line, page):
                places[value - index, round(line.y / _HEIGHT)].add((index, number))
    found: set[tuple[int, int]] = set()
    for group in places.values():
        if len({index for index, _ in group}) >= max(_COUNTED, 0.5 * filled):
            found |= group
    return found


def _is_beside(line: Line, page: Page) -> bool:
    """Returns whether hardly any line of a page is above or below a line."""
    crossing = sum(other.x0 < line.x1 and other.x1 > line.x0 for other in page.lines) - 1
    return crossing <= 0.1 * len(page.lines)


def _set_apart(lines: Sequence[Line], numbers: Sequence[int]) -> list[int]:
    """Returns the lines that are not next to a line of the text, nor next to another line that is."""
    kept = set(numbers)
    while True:
        alone = {number for number in kept if _is_alone(lines, number, kept)}
        if alone == kept:
            return sorted(kept)
        kept = alone


def _is_alone(lines: Sequence[Line], number: int, alike: set[int]) -> bool:
    """Returns whether no line of the text is directly above or below a line."""
    own = lines[number]
    return all(
        abs(line.y - own.y) > _ALONE_BY * max(own.size, line.size) or line.x1 < own.x0 or line.x0 > own.x1
        for index, line in enumerate(lines)
        if index not in alike
    )


def _in_one_place(edges: dict[int, list[_Edge]], pages: Sequence[Page], body: float) -> set[tuple[int, int]]:
    """Returns lines at the very edge in the same place and style on nearly all pages, smaller than the text: heads that change."""
    filled = sum(1 for page in pages if page.lines)
    places: dict[tuple[bool, int, float, bool], list[_Edge]] = defaultdict(list)
    for index, each in edges.items():
        for edge in each:
            line = edge.line
            if edge.rank == 0 and line.size <= 0.95 * body and len(line.text) <= 100 and _white(edge, pages[index]) > 2:
                places[edge.top, round(line.y / 2), line.size, line.runs[0].italic].append(edge)
    return {
        (edge.page, edge.index)
        for group in places.values()
        if len({edge.page for edge in group}) >= max(_FEWEST, 0.7 * filled)
        for edge in group
    }


def _beside_numbers(edges: dict[int, list[_Edge]], numbered: set[tuple[int, int]], body: float) -> set[tuple[int, int]]:
    """Returns lines in the outermost row that share it with a page number: heads that name the section of their page."""
    found: set[tuple[int, int]] = set()
    for each in edges.values():
        for number in (edge for edge in each if edge.rank == 0 and (edge.page, edge.index) in numbered):
            if not ALONE.fullmatch(number.line.text.strip()):
                continue
            row = [edge for edge in each if edge.rank == 0 and edge.top is number.top]
            if all(edge.line.size <= _HEAD * body and len(edge.line.text) <= _LONGEST for edge in row):
                found.update((edge.page, edge.index) for edge in row)
    return found


def _said_elsewhere(edges: dict[int, list[_Edge]], pages: Sequence[Page], body: float) -> set[tuple[int, int]]:
    """Returns lines at the very edge, far from the text, whose words another page has: the title or the authors of a short text."""
    texts: list[str] = []
    found: set[tuple[int, int]] = set()
    for index, each in edges.items():
        for edge in each:
            line = edge.line
            if edge.rank or line.size > _HEAD * body or line.bold or _white(edge, pages[index]) <= _FAR:
                continue
            parts = [_letters(text) for _, _, text in line.cells] or [_letters(line.text)]
            parts = [part for part in parts if part]
            if not parts or min(map(len, parts)) < _TELLING:
                continue
            if not texts:
                texts = ["".join(_letters(line.text) for line in page.lines) for page in pages]
            if all(any(part in text for other, text in enumerate(texts) if other != index) for part in parts):
                found.add((index, edge.index))
    return found


def _letters(text: str) -> str:
    """Returns the letters of a text, all small."""
    return "".join(letter for letter in text.casefold() if letter.isalpha())


def _white(edge: _Edge, page: Page) -> float:
    """Returns the distance in em from a line at an edge to the text next to it."""
    others = (abs(line.y - edge.line.y) for line in page.lines if abs(line.y - edge.line.y) > 0.5 * edge.line.size)
    return min(others, default=0.0) / max(edge.line.size, 1.0)


def _of_edge(
    side: Sequence[_Edge], page: Page, repeated: set[tuple[int, int]], numbered: set[tuple[int, int]], body: float
) -> list[_Edge]:
    """Returns the lines at one edge of a page that are not text: from the edge inwards until other text comes, and lines set apart."""
    gone: list[_Edge] = []
    for rank in range(_EDGE):
        row = [edge for edge in side if edge.rank == rank]
        taken = [edge for edge in row if (edge.page, edge.index) in repeated | numbered]
        if not taken:
            break
        gone += taken
    while gone and not _stands_apart(gone[-1], gone, page, body):
        gone.pop()
    return gone


def _stands_apart(edge: _Edge, gone: Sequence[_Edge], page: Page, body: float) -> bool:
    """Returns whether a line is set off from the text next to it, by white or by its type."""
    away = {each.index for each in gone}
    rest = [line for index, line in enumerate(page.lines) if index not in away]
    if not rest:
        return len(page.lines) <= _EDGE
    inner = [line.y - edge.line.y if edge.top else edge.line.y - line.y for line in rest]
    inner = [distance for distance in inner if distance > 0.3 * edge.line.size]
    if len(inner) < 0.9 * len(rest):
        return False
    nearest = min(rest, key=lambda line: abs(line.y - edge.line.y))
    leading = 1.2 * max(nearest.size, edge.line.size)
    if min(inner) > _APART * leading:
        return True
    first = edge.line.runs[0] if edge.line.runs else None
    other = nearest.runs[0] if nearest.runs else None
    looks = first is not None and other is not None and (first.italic, first.bold) != (other.italic, other.bold)
    return min(inner) > 0.9 * leading and (looks or abs(edge.line.size - nearest.size) > 0.08 * body)
