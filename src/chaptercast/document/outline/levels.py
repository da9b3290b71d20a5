"""Levels: how headings of different looks nest, as a reader sees it.

Headings that the source marks keep the order of their levels; lines that look like headings stand below them. Among those, the order
is that of type sizes, of numbering families, and of which look holds which. Levels begin at 2 and never skip.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from chaptercast.document.outline.features import Features

_LOOKS = 16
"""So many different looks are told apart; rarer ones stand on the level of the first."""
_DEEPEST = 6

Look = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading, for its level."""

    index: int
    features: Features
    family: str = ""
    """The family rule that made it a heading (`opener`, `claim`...), where its look did not."""

    @property
    def look(self) -> Look:
        """What headings of one level have in common."""
        return (self.family,) if self.family else self.features.signature


def levels_of(entries: Sequence[Entry]) -> list[int]:
    """The level of each heading, 2 and deeper, none deeper than the one before it by more than one."""
    ranks = _ranks([e for e in entries if not e.features.level])
    stack: list[tuple[int, int]] = []
    levels = []
    for entry in entries:
        rank = (0, entry.features.level) if entry.features.level else (1, ranks.get(entry.look, 0))
        while stack and stack[-1] >= rank:
            stack.pop()
        stack.append(rank)
        levels.append(len(stack) + 1)
    return levels


def _ranks(entries: Sequence[Entry]) -> dict[Look, int]:
    """The depth of each look among lines that the source does not mark: one more than the deepest look above it."""
    counts = Counter(e.look for e in entries)
    looks = list(dict.fromkeys(e.look for e in entries if counts[e.look] >= 1))
    looks = sorted(sorted(looks, key=lambda x: -counts[x])[:_LOOKS], key=looks.index)
    rows: defaultdict[Look, list[tuple[int, Entry]]] = defaultdict(list)
    for position, entry in enumerate(entries):
        rows[entry.look].append((position, entry))
    above = {(a, b) for a in looks for b in looks if a != b and _above(rows[a], rows[b], entries)}
    ranks = dict.fromkeys(looks, 0)
    for _ in range(_DEEPEST):
        for a, b in above:
            if (b, a) not in above:
                ranks[b] = min(_DEEPEST, max(ranks[b], ranks[a] + 1))
    return ranks


def _above(a: list[tuple[int, Entry]], b: list[tuple[int, Entry]], entries: Sequence[Entry]) -> bool:
    """Whether headings of look `a` hold those of look `b`."""
    f, g = a[0][1].features, b[0][1].features
    if "opener" in (a[0][1].family, b[0][1].family):
        return a[0][1].family == "opener"
    if f.size != g.size and max(f.size, g.size) >= 1.07 * min(f.size, g.size) and max(f.size, g.size) >= 107:
        return f.size > g.size
    if f.class_level and g.class_level and f.class_level != g.class_level:
        return f.class_level < g.class_level
    if f.tag != g.tag and {f.tag, g.tag} & {"dt", "summary"}:
        return f.tag not in ("dt", "summary")
    if f.family and g.family:
        return _numbered_above(a, b)
    if (f.family or g.family) and f.style == g.style:
        return _continues_over(a, b) if f.family else _holds_restarts(a, b)
    return _holds(a, b, entries)


def _numbered_above(a: list[tuple[int, Entry]], b: list[tuple[int, Entry]]) -> bool:
    over, under = _continues_over(a, b), _continues_over(b, a)
    if over != under:
        return over
    first, second = a[0][1].features.number, b[0][1].features.number
    if first is None or second is None or first.rank == second.rank:
        return a[0][0] < b[0][0]
    return first.rank < second.rank


def _continues_over(a: list[tuple[int, Entry]], b: list[tuple[int, Entry]]) -> bool:
    """Whether the numbers of `a` count on over headings of `b` that stand between them."""
    places = [position for position, _ in b]
    at = 0
    for (start, one), (end, two) in zip(a, a[1:], strict=False):
        while at < len(places) and places[at] < start:
            at += 1
        between = at < len(places) and places[at] < end
        first, second = one.features.number, two.features.number
        if between and first and second and second.value == first.value + 1:
            return True
    return False


def _holds_restarts(a: list[tuple[int, Entry]], b: list[tuple[int, Entry]]) -> bool:
    """Whether the numbers of `b` begin anew after headings of `a`, at least twice."""
    after = {position + 1 for position, _ in a}
    starts = [p for p, e in b if e.features.number and e.features.number.value == 1]
    return len(starts) >= 2 and sum(1 for p in starts if p in after) >= 2


def _holds(a: list[tuple[int, Entry]], b: list[tuple[int, Entry]], entries: Sequence[Entry]) -> bool:
    """Whether `a` comes first and most of its headings have one of `b` before the next `a`."""
    if a[0][0] > b[0][0]:
        return False
    if len(a) == 1:
        return len(b) >= 2 and entries[b[0][0]].index == a[0][1].index + 1
    places = [position for position, _ in b]
    at = filled = 0
    for (start, _), end in zip(a, [*(p for p, _ in a[1:]), len(entries)], strict=True):
        while at < len(places) and places[at] < start:
            at += 1
        filled += at < len(places) and places[at] < end
    return 2 * filled >= len(a)
