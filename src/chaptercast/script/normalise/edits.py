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
"""From a match to its spoken form; `None` if the context does not make the rule certain enough."""

DIGITS = frozenset("0123456789")
BEYOND_ASCII = "\x80"
"""In the set of characters that a rule needs, this one stands for every non-ASCII character."""


class Edit(Struct, frozen=True):
    """Replaces the characters from `start` to `end` by `text`."""

    start: int
    end: int
    text: str


class Span(Struct, frozen=True):
    """An edited stretch: `written[start:end]` became `spoken[spoken_start:spoken_end]`. Either may be empty."""

    start: int
    end: int
    spoken_start: int
    spoken_end: int


class Rule(Struct, frozen=True):
    """A rule for one kind of text that is written in one way and spoken in another."""

    name: str
    source: str
    """The source of its pattern."""
    verbalise: Verbalise
    needs: frozenset[str] = DIGITS
    """A text without any of these characters cannot match. If empty, any text may match. This makes plain prose almost free of cost."""
    flags: int = 0
    digits: bool = False
    """Whether it also needs a digit."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled on first use: of hundreds of rules, an article needs only a few."""
        return _compiled(self.source, self.flags)


@cache
def _compiled(source: str, flags: int) -> re.Pattern[str]:
    return re.compile(_with_ascii_digits(source), flags)


Table: TypeAlias = Callable[[str], tuple[Edit, ...]]
"""Finds the edits for a text, in text order: a `RuleTable`, or a function for what no pattern can see (marks in pairs)."""


class RuleTable:
    """Rules in the order in which they claim text."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """The rules that can match a text are determined once per set of significant characters: plain prose has few."""
        self._rules = tuple(rules)
        self._telling = DIGITS.union(*(each.needs for each in self._rules))
        self._fitting = lru_cache(maxsize=1000)(self._those_fitting)

    def __call__(self, text: str) -> tuple[Edit, ...]:
        """The edits of the rules on `text`. They do not overlap."""
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
    """Make a rule from the source of its pattern. A string instead of a function is the spoken form itself."""
    spoken = (lambda _match: verbalise) if isinstance(verbalise, str) else verbalise
    return Rule(name, pattern, spoken, frozenset(needs), flags, digits)


def _with_ascii_digits(pattern: str) -> str:
    r"""`pattern` with `\d` meaning only 0 to 9: digits of other scripts are left to the engine, like words of those scripts."""
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
    """The edits that `rules`, tried one by one, make on `text`, in text order. They do not overlap."""
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
    """`text` with `edits` applied, and the resulting spans. The edits are in order and do not overlap."""
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
    """The spans of two consecutive rewritings: `first` made the text that `second` worked on.

    Spans that touch the same part of the intermediate text become one, because no finer alignment is known.
    """
    composed: list[Span] = []
    i = j = 0
    back = forth = 0  # offsets from the intermediate text to the written and to the spoken text, outside any span
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
    """`text` after each table in turn, and the spans from the written text to the result."""
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
