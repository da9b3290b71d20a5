"""Assigns levels: how headings of different looks nest, as a reader sees it.

Headings that the source marks keep the order of their levels. Lines that look like headings stand below them. Among those lines, type
size, numbering family and containment decide: the look that holds the other one is higher. Levels begin at 2 and never skip.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from chaptercast.document.outline.features import Features
from chaptercast.document.outline.numbering import COUNTED

_LOOKS = 16
"""The maximum number of different looks. Rarer looks share the level of the first."""
_DEEPEST = 6
_BELOW = 1
"""The distance, in candidates, between a heading and the next one directly below it."""
_UNNAMED = 1000
"""The depth of headings that no book structure names: deeper than any named one."""

Rank: TypeAlias = tuple[int, int, int]
"""Whether only its look shows the heading, its depth in a book's structure, and its own level. A smaller rank holds a larger one."""
Look = tuple[str, ...]


class Entry(Struct, frozen=True):
    """A heading whose level is to be decided."""

    index: int
    features: Features
    family: str = ""
    """The series rule that made it a heading (`opener`, `claim`...), if its look did not."""

    @property
    def look(self) -> Look:
        """The look that headings of one level share."""
        return (self.family,) if self.family else (*self.features.signature, self.features.headline)


def levels_of(entries: Sequence[Entry]) -> list[int]:
    """The level of each heading: 2 or deeper, and at most one deeper than the heading before."""
    entries = _with_types(entries)
    ranks = _ranks([e for e in entries if not e.features.level])
    nested = _nested(entries)
    stack: list[_Standing] = []
    levels = []
    for entry in entries:
        f = entry.features
        rank = _marked(f, stack, nested) if f.level else (1, 0, ranks.get(entry.look, 0))
        while stack and stack[-1].rank >= rank:
            stack.pop()
        stack.append(_Standing(rank, f))
        levels.append(len(stack) + 1)
    return levels


def _with_types(entries: Sequence[Entry]) -> list[Entry]:
    """The headings, each with a type of print: that of most headings that look like it, if it has none."""
    types: defaultdict[Look, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        if entry.features.headline:
            types[entry.features.signature][entry.features.headline] += 1
    if not types:
        return list(entries)
    return [
        replace(entry, features=replace(f, headline=types[f.signature].most_common(1)[0][0]))
        if not (f := entry.features).headline and f.signature in types
        else entry
        for entry in entries
    ]


class _Standing(NamedTuple):
    """An open heading that may hold the current one."""

    rank: Rank
    features: Features


def _marked(f: Features, stack: Sequence[_Standing], nested: AbstractSet[int]) -> Rank:
    """The rank of a heading that the source marks: its depth in the book's structure, otherwise its tag.

    A heading that the structure does not name is a part of the one it stands in, or the sister of such a part. So it never holds a
    named one.
    """
    if f.depth:
        return 0, f.depth, f.level if f.depth in nested else 0
    sisters = (one.rank for one in stack if one.features.depth and one.features.level >= f.level)
    return next(sisters, (0, _UNNAMED, f.level))


def _nested(entries: Sequence[Entry]) -> AbstractSet[int]:
    """The depths at which tags say more than the book's structure, because a heading stands directly above one with a lower tag."""
    return {
        a.features.depth
        for a, b in pairwise(entries)
        if a.features.depth == b.features.depth and a.features.level < b.features.level and b.index - a.index <= _BELOW
    }


def _ranks(entries: Sequence[Entry]) -> dict[Look, int]:
    """The depth of each look among lines that the source does not mark: one more than the deepest look above it."""
    rows: dict[Look, Row] = {}
    for position, entry in enumerate(entries):
        rows.setdefault(entry.look, Row(len(entries))).add(position, entry)
    common = {row.look for row in sorted(rows.values(), key=lambda row: -len(row.positions))[:_LOOKS]}
    looks = [look for look in rows if look in common]
    above = [(a, b) for a in looks for b in looks if a != b and _above(rows[a], rows[b])]
    above = [(a, b) for a, b in above if (b, a) not in above]
    ranks = dict.fromkeys(looks, 0)
    for _ in range(_DEEPEST):
        for a, b in above:
            ranks[b] = min(_DEEPEST, max(ranks[b], ranks[a] + 1))
    return ranks


class Row(Struct):
    """All headings of one look, and their positions among the headings that the source does not mark."""

    total: int
    positions: list[int] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def add(self, position: int, entry: Entry) -> None:
        """Add the next heading."""
        self.positions.append(position)
        self.entries.append(entry)

    @property
    def look(self) -> Look:
        """The look that they share."""
        return self.entries[0].look

    @property
    def one(self) -> Features:
        """The features of the first one."""
        return self.entries[0].features

    def within(self, other: "Row") -> list[bool]:
        """For each heading, whether one of `other` stands between it and the next of its own look (or the end)."""
        result, at = [], 0
        for start, end in pairwise([*self.positions, self.total]):
            while at < len(other.positions) and other.positions[at] < start:
                at += 1
            result.append(at < len(other.positions) and other.positions[at] < end)
        return result


def _above(a: Row, b: Row) -> bool:
    """Whether headings of row `a` hold those of row `b`. The first relation with an answer decides."""
    return next((said for relation in RELATIONS if (said := relation(a, b)) is not None), False)


def _by_opener(a: Row, b: Row) -> bool | None:
    """A line that opens a series holds the headings of the series."""
    families = (a.entries[0].family, b.entries[0].family)
    return families[0] == "opener" if "opener" in families else None


def _by_size(a: Row, b: Row) -> bool | None:
    """Larger type holds smaller type. In print, it may be no larger than the text: small capitals, for example."""
    large, small = max(a.one.size, b.one.size), min(a.one.size, b.one.size)
    telling = large >= 107 or bool(a.one.headline and b.one.headline)
    return a.one.size > b.one.size if telling and large >= 1.07 * small else None


def _by_class(a: Row, b: Row) -> bool | None:
    """By class names with a number in them."""
    first, second = a.one.class_level, b.one.class_level
    return first < second if first and second and first != second else None


def _by_question(a: Row, b: Row) -> bool | None:
    """Questions that unfold stand below their group."""
    tags = ("dt", "summary")
    return a.one.tag not in tags if (a.one.tag in tags) != (b.one.tag in tags) else None


def _by_family(a: Row, b: Row) -> bool | None:
    """Numbers that continue across others hold them. Otherwise the order of families decides, then the order of appearance."""
    if not (a.one.family and b.one.family and a.one.number and b.one.number):
        return None
    over, under = _counts_on_over(a, b), _counts_on_over(b, a)
    if over != under:
        return over
    first, second = a.one.number.rank, b.one.number.rank
    return first < second if first != second else a.positions[0] < b.positions[0]


def _by_numbering(a: Row, b: Row) -> bool | None:
    """For one style with and without numbers: numbers that continue hold what is between them; a heading at which they restart holds them.

    An opening and a conclusion without numbers around a numbered series are its sisters. In print, so are all in one type around it.
    """
    if bool(a.one.family) == bool(b.one.family) or a.one.style != b.one.style:
        return None
    if a.one.outdented and (a.one.family or b.one.family) in COUNTED:
        return False  # "Abstract" before "1. Introduction", "References" after the last number: the same level
    if a.one.family:
        return _counts_on_over(a, b)
    in_one_type = bool(a.one.headline) and a.one.headline == b.one.headline
    before = {position + 1 for position in a.positions}
    starts = [
        p for p, e in zip(b.positions, b.entries, strict=True) if e.features.number and e.features.number.value == 1
    ]
    opened = sum(p in before for p in starts)
    inside = len(a.positions) >= 3 and a.positions[0] < b.positions[0] and b.positions[-1] < a.positions[-1]
    return opened >= 2 or (inside and opened == len(starts) == 1 and not in_one_type)


def _by_break(a: Row, b: Row) -> bool | None:
    """For one style, alone and before a line break: sisters, unless one alone stands directly above one before a break."""
    if (a.one.style, a.one.family, a.one.headline) != (b.one.style, b.one.family, b.one.headline):
        return None
    below = {e.index for e in b.entries}
    return not a.one.heads_lines and any(e.index + 1 in below for e in a.entries)


def _by_holding(a: Row, b: Row) -> bool | None:
    """The first look holds the other one if that stands between its headings, or begins with several after one of them."""
    if a.positions[0] > b.positions[0]:
        return False
    if len(a.positions) == 1:
        return len(b.positions) >= 2 and b.entries[0].index == a.entries[0].index + 1
    return b.positions[0] < a.positions[-1] or len(b.positions) >= 2


def _counts_on_over(a: Row, b: Row) -> bool:
    numbers = [e.features.number for e in a.entries]
    follows = [bool(m and n and n.value == m.value + 1) for m, n in pairwise(numbers)]
    return any(next_ and between for next_, between in zip(follows, a.within(b), strict=False))


RELATIONS: tuple[Callable[[Row, Row], bool | None], ...] = (
    _by_opener, _by_size, _by_class, _by_question, _by_family, _by_numbering, _by_break, _by_holding,
)  # fmt: skip
"""The relations by which one look holds another, the surest first. `None` means that the relation has no answer."""
