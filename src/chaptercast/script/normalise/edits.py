"""Rules make edits on a text. The spoken text, and its alignment to the written words, derive from the edits.

Within one table, every rule sees the text as it was written, never the output of another rule. The first rule in the table that claims
a stretch of text gets it, and later rules skip it. So each rule can be read, and trusted, on its own.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import TypeAlias

from msgspec import Struct

Match: TypeAlias = re.Match[str]
Verbalise: TypeAlias = Callable[[Match], str | None]
"""From what a pattern found to what is said instead; None where the rule, seeing the context, is not sure enough."""

DIGITS = frozenset("0123456789")
BEYOND_ASCII = "\x80"
"""Stands, among the characters that a rule needs, for any that ASCII does not have."""


class Edit(Struct, frozen=True):
    """`text` is to stand in place of the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


class Span(Struct, frozen=True):
    """A stretch that was edited: `written[start:end]` became `spoken[spoken_start:spoken_end]`. Either may be empty."""

    start: int
    end: int
    spoken_start: int
    spoken_end: int


class Rule(Struct, frozen=True):
    """One kind of thing that is written one way and said another."""

    name: str
    source: str
    """Of the pattern."""
    verbalise: Verbalise
    needs: frozenset[str] = DIGITS
    """A text without any of these characters cannot match; empty: any text may. It makes plain prose cost nearly nothing."""
    flags: int = 0
    digits: bool = False
    """Whether it needs a digit, too."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is first needed: of hundreds of rules an article needs a few."""
        return _compiled(self.source, self.flags)


@cache
def _compiled(source: str, flags: int) -> re.Pattern[str]:
    return re.compile(_with_ascii_digits(source), flags)


Table: TypeAlias = Callable[[str], tuple[Edit, ...]]
"""Finds the edits that are to be made on a text, in its order: rules in the order of their claims (`RuleTable`), or, for what a
pattern cannot see (marks that come in pairs), a function."""


class RuleTable:
    """Rules in the order of their claims."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Which of them can match a text is found out once for each set of telling characters: plain prose has few."""
        self._rules = tuple(rules)
        self._telling = DIGITS.union(*(each.needs for each in self._rules))
        self._fitting = lru_cache(maxsize=1000)(self._those_fitting)

    def __call__(self, text: str) -> tuple[Edit, ...]:
        """The edits that the rules make on `text`; they do not overlap."""
        present = self._telling.intersection(text)
        return find_edits(text, self._fitting(present if text.isascii() else present | {BEYOND_ASCII}))

    def _those_fitting(self, present: frozenset[str]) -> tuple[Rule, ...]:
        without_digits = DIGITS.isdisjoint(present)
        return tuple(
            each
            for each in self._rules
            if not (each.needs and each.needs.isdisjoint(present)) and not (each.digits and without_digits)
        )


def rule(
    name: str,
    pattern: str,
    verbalise: Verbalise | str,
    needs: Iterable[str] = DIGITS,
    *,
    flags: int = 0,
    digits: bool = False,
) -> Rule:
    """A rule from the source of its pattern; a string in place of a function is said as it stands."""
    spoken = (lambda _match: verbalise) if isinstance(verbalise, str) else verbalise
    return Rule(name, pattern, spoken, frozenset(needs), flags, digits)


def _with_ascii_digits(pattern: str) -> str:
    r"""`pattern` with `\d` for 0 to 9 alone: the digits of other scripts are left to the engine, as words of those scripts are."""
    pieces: list[str] = []
    in_class = False
    for piece in re.findall(r"\\.|.", pattern, flags=re.DOTALL):
        if piece == r"\d":
            pieces.append("0-9" if in_class else "[0-9]")
            continue
        in_class = piece == "[" or (in_class and piece != "]")
        pieces.append(piece)
    return "".join(pieces)


def find_edits(text: str, rules: Sequence[Rule]) -> tuple[Edit, ...]:
    """The edits that `rules`, each tried, make on `text`, in the order of the text; they do not overlap."""
    claimed = bytearray(len(text))
    edits: list[Edit] = []
    for each in rules:
        position, pattern = 0, each.pattern
        while found := pattern.search(text, position):
            start, end = found.span()
            clash = claimed.rfind(1, start, end)
            if clash >= 0:
                position = clash + 1
                continue
            position = max(end, position + 1)
            spoken = None if start == end else each.verbalise(found)
            if spoken is not None and spoken != found[0]:
                edits.append(Edit(start, end, spoken))
            if spoken is not None:
                claimed[start:end] = b"\x01" * (end - start)
            if position > len(text):
                break
    edits.sort(key=lambda edit: edit.start)
    return tuple(edits)


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, tuple[Span, ...]]:
    """`text` with `edits` made, and where each of them went. The edits are in order and do not overlap."""
    pieces: list[str] = []
    spans: list[Span] = []
    done = length = 0
    for edit in edits:
        length += edit.start - done
        pieces += (text[done : edit.start], edit.text)
        spans.append(Span(edit.start, edit.end, length, length + len(edit.text)))
        length += len(edit.text)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces), tuple(spans)


def compose(first: Sequence[Span], second: Sequence[Span]) -> tuple[Span, ...]:
    """The spans of two rewritings one after the other: `first` made the text that `second` worked on.

    Spans that touch the same text in the middle become one, for nothing finer is known about them.
    """
    composed: list[Span] = []
    i = j = 0
    back = forth = 0  # from a place of the middle text to the written one, and to the spoken one, outside of any span
    while i < len(first) or j < len(second):
        from_first = j == len(second) or (i < len(first) and first[i].spoken_start <= second[j].start)
        low = high = first[i].spoken_start if from_first else second[j].start
        start, spoken_start = low + back, low + forth
        opening = True
        while True:
            if i < len(first) and (first[i].spoken_start < high or (opening and from_first)):
                high = max(high, first[i].spoken_end)
                back = first[i].end - first[i].spoken_end
                i += 1
            elif j < len(second) and (second[j].start < high or (opening and not from_first)):
                high = max(high, second[j].end)
                forth = second[j].spoken_end - second[j].end
                j += 1
            else:
                break
            opening = False
        composed.append(Span(start, high + back, spoken_start, high + forth))
    return tuple(composed)


def rewrite(text: str, tables: Iterable[Table]) -> tuple[str, tuple[Span, ...]]:
    """`text` after each table in turn, and the spans from the written to the last."""
    spans: tuple[Span, ...] = ()
    for table in tables:
        edits = table(text)
        if edits:
            text, latest = apply_edits(text, edits)
            spans = compose(spans, latest) if spans else latest
    return text, spans


def before(found: Match, length: int) -> str:
    """Up to `length` characters of the text before a match."""
    return found.string[max(0, found.start() - length) : found.start()]


def after(found: Match, length: int) -> str:
    """Up to `length` characters of the text after a match."""
    return found.string[found.end() : found.end() + length]
