"""The tree of a formula, whatever its notation: frozen values.

Parsers (`latex`, `mathml`, `asciimath`, `chemistry`) make rows of signs as they stand on the page. `tidy` normalises rows, so that
equal formulas are equal trees: brackets are paired, names are whole, each sign has one character.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct

DEEPEST = 64
"""The maximum nesting of structures that are parsed."""
_TOO_DEEP = 3 * DEEPEST
LONGEST = 50_000
"""The maximum length of a source that is parsed, in characters."""


class Number(Struct, frozen=True, tag=True):
    """A number, with its written decimal mark."""

    text: str


class Letter(Struct, frozen=True, tag=True):
    """A variable or a constant: one letter of any alphabet."""

    text: str
    style: str = ""
    """`bold`, `script`, `fraktur`, `double`, `upright`; empty for italic."""


class Name(Struct, frozen=True, tag=True):
    """Upright letters: a function (`sin`), a unit, words inside a formula."""

    text: str


class Sign(Struct, frozen=True, tag=True):
    """An operator, a relation, a mark, a bracket without a partner."""

    text: str


class Row(Struct, frozen=True, tag=True):
    """Adjacent parts."""

    parts: tuple["Node", ...] = ()


class Fraction(Struct, frozen=True, tag=True):
    """One part above another, with or without a `line` between them."""

    above: "Node"
    below: "Node"
    line: bool = True


class Root(Struct, frozen=True, tag=True):
    """A root. `order` is `None` for the square root."""

    base: "Node"
    order: "Node | None" = None


class Scripts(Struct, frozen=True, tag=True):
    """Subscripts and superscripts after a base, or before it. Bounds below and above count as the same."""

    base: "Node"
    lower: "Node | None" = None
    upper: "Node | None" = None
    before_lower: "Node | None" = None
    before_upper: "Node | None" = None


class Accent(Struct, frozen=True, tag=True):
    """A mark above or below a part: `hat`, `bar`, `vector`, `underline`, `brace`..."""

    base: "Node"
    kind: str


class Stack(Struct, frozen=True, tag=True):
    """A sign with text above or below it: an arrow with its conditions, an equals sign with `def`."""

    base: "Node"
    above: "Node | None" = None
    below: "Node | None" = None


class Fenced(Struct, frozen=True, tag=True):
    """The content of two brackets. Either bracket may be missing."""

    opening: str
    content: "Node"
    closing: str


class Table(Struct, frozen=True, tag=True):
    """Parts in rows and columns: a matrix, lines of equations, cases."""

    rows: tuple[tuple["Node", ...], ...]
    kind: str = "lines"
    """`matrix`, `determinant`, `cases`, `lines`."""


class Compound(Struct, frozen=True, tag=True):
    """A chemical formula. Its numbers are counts, its superscripts charges."""

    content: "Node"


class Struck(Struct, frozen=True, tag=True):
    """A crossed-out part."""

    base: "Node"


class Unknown(Struct, frozen=True, tag=True):
    """A piece of source that was not understood."""

    text: str


Node: TypeAlias = (
    Number
    | Letter
    | Name
    | Sign
    | Row
    | Fraction
    | Root
    | Scripts
    | Accent
    | Stack
    | Fenced
    | Table
    | Compound
    | Struck
    | Unknown
)

EMPTY = Row()


def row(parts: "list[Node] | tuple[Node, ...]") -> Node:
    """The parts as one node: a row, unless there is exactly one part."""
    return parts[0] if len(parts) == 1 else Row(tuple(parts))


def parts_of(node: Node) -> tuple[Node, ...]:
    """The parts of a row. Any other node is its own only part."""
    return node.parts if isinstance(node, Row) else (node,)


def contains(node: Node, kind: type) -> bool:
    """Whether a tree contains a part of that kind."""
    return any(isinstance(each, kind) for each in walk(node))


_CHILDREN: Mapping[type, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys((Number, Letter, Name, Sign, Unknown), ()),
        **dict.fromkeys((Accent, Struck), ("base",)),
        **dict.fromkeys((Compound, Fenced), ("content",)),
        Row: ("parts",),
        Table: ("rows",),
        Fraction: ("above", "below"),
        Root: ("base", "order"),
        Stack: ("base", "above", "below"),
        Scripts: ("base", "lower", "upper", "before_lower", "before_upper"),
    }
)
"""The fields of each kind that contain parts."""


def walk(node: Node) -> Iterator[Node]:
    """All parts of a tree, in no particular order."""
    waiting: list[Node | tuple[Node, ...] | None] = [node]
    while waiting:
        each = waiting.pop()
        if each is None:
            continue
        if isinstance(each, tuple):
            waiting += each
            continue
        yield each
        waiting += [getattr(each, name) for name in _CHILDREN[type(each)]]


def bounded(node: Node, source: str) -> Node:
    """The tree, or its source as `Unknown` if the parts are nested too deeply."""
    if len(source) < _TOO_DEEP:
        return node
    level: list[Node | tuple[Node, ...] | None] = [node]
    for _ in range(_TOO_DEEP):
        level = [part for each in level if each is not None for part in _inner(each)]
        if not level:
            return node
    return Unknown(source)


def _inner(node: "Node | tuple[Node, ...]") -> "tuple[Node | tuple[Node, ...] | None, ...]":
    return node if isinstance(node, tuple) else tuple(getattr(node, name) for name in _CHILDREN[type(node)])
