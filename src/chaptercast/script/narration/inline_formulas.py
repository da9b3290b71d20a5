"""Running text with raised and lowered signs that is a formula: `E = mc²`, `10⁻³`, `SO₄²⁻`, `x` with the exponent `n + 1`.

What is raised may as well be the mark of a note or the end of an ordinal, so a stretch is taken for a formula only where something
speaks for it: a relation between its terms, a minus in an exponent, a charge on symbols of elements, the number before one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.document.model import Inlines, Span
from chaptercast.mathematics import chemistry, latex
from chaptercast.mathematics.tree import Node

_UP, _UP_END, _DOWN, _DOWN_END = "\ue000", "\ue001", "\ue002", "\ue003"
"""Private characters around what is raised and what is lowered."""
_SCRIPT = f"(?:{_UP}[^{_UP}-{_DOWN_END}]{{1,12}}{_UP_END}|{_DOWN}[^{_UP}-{_DOWN_END}]{{1,12}}{_DOWN_END})"
_NUMBER = r"\d{1,15}(?:[.,]\d{1,15})?"
_LETTERS = r"(?<![^\W\d_])[^\W\d_\u2e80-\uffff]{1,3}(?![^\W\d_])"
_TERM = rf"(?:{_NUMBER} ?{_LETTERS}|{_NUMBER}|{_LETTERS}|[)\]]){_SCRIPT}{{0,2}}"
_JOINED = r"(?: ?[=+−×·*/<>≤≥≈≠±] ?|[ ]-[ ]|(?<=[\ue001\ue003]))"
_FORMULA = re.compile(rf"(?:[(\[]?{_TERM})(?:{_JOINED}[−-]?[(\[]?{_TERM}){{0,40}}")
_COMPOUND = re.compile(
    rf"(?<![^\W_])(?:{_UP}\d{{1,3}}{_UP_END}(?:{_DOWN}\d{{1,3}}{_DOWN_END})?)?"
    rf"[(\[]?[A-Z][a-z]?(?:[A-Z][a-z]?|[()\[\]]|{_DOWN}\d{{1,3}}{_DOWN_END}){{0,40}}(?:{_UP}\d?[+−–-]{_UP_END})?(?![^\W_])"
)
_RELATION = re.compile("[=<>≤≥≈≠]")
_MINUS = re.compile(f"{_UP}[-−–]")
_LETTER_POWER = re.compile(
    rf"(?:(?<![^\W_])[^\W\d_]|\d|[)\]]){_SCRIPT}?{_UP}(?:[nxkijpqyz]|[^{_UP_END}]*[^\W_] ?[-−–+/] ?[^\W_][^{_UP_END}]*){_UP_END}"
)
_LOWERED_TERM = re.compile(
    rf"(?<![^\W_])[^\W\d_]{_DOWN}[^{_DOWN_END}]*[^\W_] ?[-−–+] ?[^\W_][^{_DOWN_END}]*{_DOWN_END}"
)
_BOTH = re.compile(rf"(?<![^\W_])[^\W\d_](?:{_DOWN}[^{_DOWN_END}]+{_DOWN_END}{_UP}|{_UP}[^{_UP_END}]+{_UP_END}{_DOWN})")
_AFTER_MANY = re.compile(
    r"(?<![^\W\d_])(?!(?:[kcmdµ]?m|ft|in|yd|mi)\ue000)[^\W\d_]{2,3}\ue000\d|(?<![^\W_])[^\W\d_]\ue000-?[^\W\d_]"
)
"""An exponent after several letters that are no unit, or of letters after one."""
_CHARGE = re.compile(rf"{_UP}\d?[+−–-]{_UP_END}")
_AROUND = 200
"""Characters before and after a raised sign that are looked at."""
_MARKS = str.maketrans({_UP: "^{", _UP_END: "}", _DOWN: "_{", _DOWN_END: "}", "–": "-", "*": "×"})


class _Part(Struct, frozen=True):
    """A span, and where it stands in the marked text."""

    span: Span
    start: int
    text: str


def with_formulas(inlines: Inlines) -> Inlines:
    """The text of a block, with formulas that are written with raised and lowered signs as such."""
    if not any(span.raised or span.lowered for span in inlines):
        return inlines
    found: list[Span] = []
    for plain, group in groupby(inlines, _may_be_part):
        spans = list(group)
        found += _rewritten(spans) if plain else spans
    return tuple(found)


def _may_be_part(span: Span) -> bool:
    return not (span.note or span.math or span.code or span.deleted or span.reading or span.expansion)


def _rewritten(spans: Sequence[Span]) -> Iterator[Span]:
    parts: list[_Part] = []
    length = 0
    for span in spans:
        text = span.text
        if (span.raised or span.lowered) and text.strip():
            before, after = (_UP, _UP_END) if span.raised else (_DOWN, _DOWN_END)
            text = f"{before}{text}{after}"
        parts.append(_Part(span, length, text))
        length += len(text)
    marked = "".join(part.text for part in parts)
    place = 0
    for start, end, tree in _formulas(marked):
        yield from _between(parts, place, start)
        inside = list(_between(parts, start, end))
        yield replace(
            inside[0],
            text="".join(span.text for span in inside),
            raised=False,
            lowered=False,
            math=True,
            formula=tree,
        )
        place = end
    yield from _between(parts, place, length)


def _between(parts: Sequence[_Part], start: int, end: int) -> Iterator[Span]:
    """The spans between two places of the marked text."""
    for part in parts:
        head, tail = max(start - part.start, 0), min(end - part.start, len(part.text))
        if head < tail:
            text = part.text[head:tail].strip(f"{_UP}{_UP_END}{_DOWN}{_DOWN_END}")
            if text:
                yield replace(part.span, text=text)


def _formulas(marked: str) -> Iterator[tuple[int, int, Node]]:
    """Where formulas stand, and their trees."""
    place = 0
    for match in re.finditer(f"[{_UP}{_DOWN}]", marked):
        if match.start() < place:
            continue
        window = max(place, match.start() - _AROUND)
        found = next(
            (
                (each.start(), each.end(), tree)
                for pattern, kind in ((_COMPOUND, _compound), (_FORMULA, _equation))
                for each in pattern.finditer(marked, window, match.start() + _AROUND)
                if each.start() <= match.start() < each.end() and (tree := kind(each[0])) is not None
            ),
            None,
        )
        if found is not None:
            yield found
            place = found[1]


def _compound(text: str) -> Node | None:
    """An ion or an isotope; other compounds are said as they are written."""
    symbols = re.findall(r"[A-Z][a-z]?", text)
    if not symbols or any(symbol not in chemistry.ELEMENTS for symbol in symbols):
        return None
    isotope = text[0] == _UP and (len(symbols) == 1)
    if not isotope and not _CHARGE.search(text):
        return None
    return chemistry.read(text.translate(_MARKS))


def _equation(text: str) -> Node | None:
    """A stretch of terms that something speaks for; None for others."""
    speaks = (
        (_RELATION.search(text) and _AFTER_MANY.search(text))
        or _MINUS.search(text)
        or _LETTER_POWER.search(text)
        or _LOWERED_TERM.search(text)
        or _BOTH.search(text)
    )
    return latex.read(text.strip().translate(_MARKS)) if speaks else None
