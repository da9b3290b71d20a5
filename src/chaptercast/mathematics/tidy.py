"""Normalises rows: brackets are paired, marks are attached to their base, so that equal formulas are equal trees.

Parsers normalise each row once, from the inside out. Nothing here descends into a tree.
"""

import itertools
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from chaptercast.mathematics.signs import (
    BARS,
    BINARY,
    CLOSING,
    OPENING,
    OPERATORS,
    PRIMES,
    RELATIONS,
    is_operand,
)
from chaptercast.mathematics.tree import (
    DEEPEST,
    EMPTY,
    Accent,
    Fenced,
    Fraction,
    Letter,
    Name,
    Node,
    Number,
    Row,
    Scripts,
    Sign,
    Stack,
    Table,
    parts_of,
    row,
)

BACK = Sign("")
"""The base of scripts that belong to the previous part, such as `²` as a single character."""
_JOINED = {("∃", "!"): "∃!", ("<", "="): "≤", (">", "="): "≥", (":", "="): "≔", ("−", ">"): "→", ("=", ">"): "⇒"}
_PRIME_MARKS = {count: mark for mark, count in PRIMES.items()}


def arranged(parts: Iterable[Node]) -> Node:
    """The normal form of a row of parts."""
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, Row):
            flat += part.parts
        else:
            flat.append(part)
    if len(flat) == 1 and not isinstance(flat[0], Scripts):
        return flat[0]
    return row(_fenced(_attached(flat)))


def scripted(base: Node, lower: Node | None, upper: Node | None) -> Node:
    """A part with a subscript and a superscript. An empty script is none."""
    lower, upper = (None if each is None or each == EMPTY else each for each in (lower, upper))
    if lower is None and upper is None:
        return base
    if isinstance(base, Scripts) and base.before_lower is None and base.before_upper is None:
        if upper is not None and base.upper is not None:
            upper = _joined_scripts(base.upper, upper)
        if lower is not None and base.lower is not None:
            lower = row([*parts_of(base.lower), *parts_of(lower)])
        return replace(base, lower=lower or base.lower, upper=_primes(upper or base.upper))
    if isinstance(base, Row) and base.parts:  # {ab}^2 looks like ab^2 and means the same
        head, last = base.parts[:-1], base.parts[-1]
        return Row((*head, scripted(last, lower, upper)))
    return Scripts(base, lower, _primes(upper))


def _joined_scripts(first: Node, second: Node) -> Node:
    return row([*parts_of(first), *parts_of(second)])


def _primes(upper: Node | None) -> Node | None:
    """Adjacent primes as one sign for up to four of them."""
    if not isinstance(upper, Row):
        return upper
    marks = list(itertools.takewhile(lambda part: isinstance(part, Sign) and part.text in PRIMES, upper.parts))
    count = sum(PRIMES[mark.text] for mark in marks if isinstance(mark, Sign))
    if not count:
        return upper
    most = len(PRIMES)
    signs = [Sign(_PRIME_MARKS[most])] * (count // most) + ([Sign(_PRIME_MARKS[count % most])] if count % most else [])
    return row([*signs, *upper.parts[len(marks) :]])


def placed(base: Node, below: Node | None, above: Node | None) -> Node:
    """A part with something below and above it: bounds of an operator, or a note on a sign."""
    below, above = (None if each is None or each == EMPTY else each for each in (below, above))
    if below is None and above is None:
        return base
    if takes_bounds(base):
        return scripted(base, below, above)
    return Stack(base, above, below)


def takes_bounds(base: Node) -> bool:
    """Whether what stands above and below a part are its bounds."""
    if isinstance(base, Sign):
        return base.text in OPERATORS
    if isinstance(base, Scripts):
        return takes_bounds(base.base)
    if isinstance(base, Row):
        return bool(base.parts) and all(isinstance(part, Name) for part in base.parts)
    return isinstance(base, Name)


def table(rows: Sequence[Sequence[Node]], kind: str = "") -> Table:
    """Rows of equal length. If no kind is given, the content shows it: lines of equations have one column, or begin with a relation."""
    width = max((len(each) for each in rows), default=0)
    full = tuple((*each, *[EMPTY] * (width - len(each))) for each in rows)
    if not kind:
        continues = any(_begins_with_relation(cell) for each in full for cell in each[1:])
        kind = "lines" if width < 2 or continues else "matrix"
    if kind == "lines":
        full = tuple((arranged(each),) for each in full)
    return Table(full, kind)


def _begins_with_relation(cell: Node) -> bool:
    first = parts_of(cell)[:1]
    return bool(first) and isinstance(first[0], Sign) and first[0].text in RELATIONS


def _attached(flat: list[Node]) -> list[Node]:
    """Attach scripts to their bases, raise primes, and merge signs of two characters."""
    found: list[Node] = []
    waiting: Scripts | None = None
    for part in flat:
        if isinstance(part, Scripts) and part.base is BACK:
            if found and is_operand(found[-1]):
                found[-1] = scripted(found[-1], part.lower, part.upper)
            else:
                waiting = part
            continue
        if isinstance(part, Scripts) and part.base == EMPTY and part.before_lower is None and part.before_upper is None:
            waiting = part
            continue
        if isinstance(part, Sign):
            last = found[-1] if found else None
            if part.text in PRIMES and isinstance(last, Sign) and last.text in PRIMES:
                found[-1:] = parts_of(_primes(Row((last, part))) or last)
                continue
            if part.text in PRIMES and is_operand(last) and last is not None:
                found[-1] = scripted(last, None, part)
                continue
            together = _JOINED.get((last.text, part.text)) if isinstance(last, Sign) else None
            if together:
                found[-1] = Sign(together)
                continue
        found.append(part if waiting is None else _with_scripts_before(part, waiting))
        waiting = None
    if waiting is not None:
        found.append(Scripts(EMPTY, waiting.lower, waiting.upper))
    return found


def _with_scripts_before(part: Node, before: Scripts) -> Node:
    if isinstance(part, Scripts):
        return replace(part, before_lower=before.lower, before_upper=before.upper)
    return Scripts(part, before_lower=before.lower, before_upper=before.upper)


_BRACKETS = frozenset(OPENING) | CLOSING | BARS


def _closing(part: Node) -> str:
    """The closing bracket that a part is, perhaps with scripts."""
    if isinstance(part, Scripts) and isinstance(part.base, Sign):
        part = part.base
    return part.text if isinstance(part, Sign) and part.text in CLOSING else ""


def _is_bracket(part: Node) -> bool:
    base = part.base if part.__class__ is Scripts else part
    return base.__class__ is Sign and base.text in _BRACKETS


def _fenced(flat: list[Node]) -> list[Node]:
    """Brackets with their content. Half-open intervals may end with either kind of bracket."""
    if not any(_is_bracket(part) for part in flat):
        return flat
    levels: list[tuple[str, list[Node]]] = [("", [])]
    for part in flat:
        closing = _closing(part)
        if isinstance(part, Sign) and part.text in OPENING and len(levels) <= DEEPEST:
            levels.append((part.text, []))
        elif closing and len(levels) > 1 and _pairs(levels[-1][0], closing):
            opening, content = levels.pop()
            levels[-1][1].append(_scripts_of(part, fence(opening, _bars(content), closing)))
        else:
            levels[-1][1].append(part)
    found: list[Node] = []
    for opening, content in levels:
        if opening == "{" and len(content) == 1 and isinstance(content[0], Table):
            found.append(Table(content[0].rows, "cases"))
        else:
            found += [*([Sign(opening)] if opening else []), *_bars(content)]
    return found


def _pairs(opening: str, closing: str) -> bool:
    return OPENING[opening] == closing or {opening, closing} <= {"(", "[", ")", "]"}


def _scripts_of(part: Node, base: Node) -> Node:
    return replace(part, base=base) if isinstance(part, Scripts) else base


def fence(opening: str, content: Sequence[Node], closing: str) -> Node:
    """Parts between brackets. A bracketed table is a matrix, a determinant, or cases."""
    inner = content[0] if len(content) == 1 else Row(tuple(content))
    if isinstance(inner, Table):
        if opening == "{" and not closing:
            return Table(inner.rows, "cases")
        return Fenced(opening, Table(inner.rows, "determinant" if opening == "|" else "matrix"), closing)
    if isinstance(inner, Fenced) and not inner.opening and not inner.closing:
        inner = inner.content
    return Fenced(opening, inner, closing)


def _bar(part: Node) -> str:
    if isinstance(part, Scripts) and isinstance(part.base, Sign):
        part = part.base
    return part.text if isinstance(part, Sign) and part.text in BARS else ""


def _bars(parts: list[Node]) -> list[Node]:
    """Pairs of bars as brackets. A bar opens at the start, or if a later bar can close it. A single bar is a separator."""
    left = sum(1 for part in parts if _bar(part))
    if not left:
        return parts
    levels: list[tuple[str, list[Node]]] = [("", [])]
    for part in parts:
        bar = _bar(part)
        if not bar:
            levels[-1][1].append(part)
            continue
        left -= 1
        opening, content = levels[-1]
        if opening == bar and content and is_operand(content[-1]):
            levels.pop()
            levels[-1][1].append(_scripts_of(part, fence(opening, content, bar)))
        elif (
            isinstance(part, Sign)
            and left
            and len(levels) <= DEEPEST
            and (not content or _opens_after(content[-1]) or left % 2)
        ):
            levels.append((bar, []))
        else:
            content.append(part)
    return [each for opening, content in levels for each in (*([Sign(opening)] if opening else []), *content)]


def _opens_after(part: Node) -> bool:
    return isinstance(part, Sign) and (
        part.text in RELATIONS or part.text in BINARY or part.text in OPERATORS or part.text in ",;:"
    )


def upright(text: str) -> Node:
    """Upright letters: a name, or a single letter."""
    return Letter(text, "upright") if len(text) == 1 and text.isalpha() else Name(text)


def accented(base: Node, kind: str) -> Node:
    """A part with an accent."""
    return Accent(base, kind)


def binomial(above: Node, below: Node) -> Node:
    """A binomial coefficient."""
    return Fenced("(", Fraction(above, below, line=False), ")")


def number_or_row(text: str) -> Node:
    """Superscript or subscript characters as the parts they stand for."""
    from chaptercast.mathematics.signs import one

    if text.isdecimal():
        return Number(text)
    found: list[Node] = []
    for character in text:
        if character.isdecimal() and found and isinstance(found[-1], Number):
            found[-1] = Number(found[-1].text + character)
        else:
            found.append(one(character))
    return arranged(found)
