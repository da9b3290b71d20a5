"""Parses AsciiMath into a tree: `sum_(i=1)^n i^3=((n(n+1))/2)^2`. As in AsciiMath itself, brackets around an argument are not shown."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from chaptercast.mathematics import tidy
from chaptercast.mathematics.latex_reader import TooDeepError
from chaptercast.mathematics.signs import one
from chaptercast.mathematics.tree import (
    DEEPEST,
    EMPTY,
    LONGEST,
    Fenced,
    Fraction,
    Letter,
    Name,
    Node,
    Number,
    Root,
    Row,
    Sign,
    Struck,
    Table,
    Unknown,
    bounded,
    parts_of,
    row,
)

_GREEK = re.findall(
    r"\w+",
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau upsilon phi chi psi omega",
)
_NAMES = frozenset(
    re.findall(
        r"\w+",
        "sin cos tan sec csc cot arcsin arccos arctan sinh cosh tanh sech csch coth exp log ln det dim mod gcd lcm lub glb min max lim",
    )
)
_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        **{name: chr(0x3B1 + index) for index, name in enumerate(_GREEK)},
        "varepsilon": "ε", "vartheta": "θ", "varphi": "φ", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
        "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
        "***": "⋆", "**": "∗", "*": "⋅", "//": "/", "\\\\": "∖", "xx": "×", "-:": "÷", "@": "∘", "o+": "⊕", "ox": "⊗", "o.": "⊙",
        "sum": "∑", "prod": "∏", "^^": "∧", "^^^": "⋀", "vv": "∨", "vvv": "⋁", "nn": "∩", "nnn": "⋂", "uu": "∪", "uuu": "⋃",
        "!=": "≠", ":=": "≔", "<=": "≤", "lt=": "≤", ">=": "≥", "gt=": "≥", "lt": "<", "gt": ">", "-<": "≺", ">-": "≻",
        "in": "∈", "!in": "∉", "sub": "⊂", "sup": "⊃", "sube": "⊆", "supe": "⊇", "-=": "≡", "~=": "≅", "~~": "≈", "~": "∼",
        "prop": "∝", "not": "¬", "=>": "⇒", "<=>": "⇔", "iff": "⇔", "AA": "∀", "EE": "∃", "_|_": "⊥", "TT": "⊤", "|--": "⊢",
        "|==": "⊨", "int": "∫", "oint": "∮", "del": "∂", "partial": "∂", "grad": "∇", "+-": "±", "-+": "∓", "O/": "∅", "oo": "∞",
        "/_": "∠", ":.": "∴", ":'": "∵", "...": "…", "cdots": "…", "ldots": "…", "vdots": "…", "ddots": "…", "->": "→", "to": "→",
        "rarr": "→", "larr": "←", "harr": "↔", "rArr": "⇒", "lArr": "⇐", "hArr": "⇔", "|->": "↦", "uarr": "↑", "darr": "↓",
        "cdot": "⋅", "times": "×", "infty": "∞", "le": "≤", "ge": "≥", "ne": "≠", "deg": "°", "diamond": "□", "square": "□",
    }
)  # fmt: skip
_SETS = MappingProxyType({"CC": "C", "NN": "N", "QQ": "Q", "RR": "R", "ZZ": "Z"})
_ACCENTS = MappingProxyType(
    {"hat": "hat", "bar": "bar", "overline": "bar", "vec": "vector", "dot": "dot", "ddot": "double dot", "tilde": "tilde",
     "ul": "underline", "underline": "underline", "ubrace": "underbrace", "obrace": "overbrace"}
)  # fmt: skip
_STYLES = MappingProxyType({"bb": "bold", "mathbf": "bold", "bbb": "double", "cc": "script", "fr": "fraktur"})
_FENCES = MappingProxyType({"abs": ("|", "|"), "norm": ("‖", "‖"), "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉")})
_OPEN = MappingProxyType({"(": "(", "[": "[", "{": "{", "(:": "⟨", "<<": "⟨", "langle": "⟨", "{:": ""})
_CLOSE = MappingProxyType({")": ")", "]": "]", "}": "}", ":)": "⟩", ">>": "⟩", "rangle": "⟩", ":}": ""})
_WORDS = sorted(
    {*_SIGNS, *_NAMES, *_SETS, *_ACCENTS, *_STYLES, *_FENCES, *_OPEN, *_CLOSE, "sqrt", "root", "frac", "text", "stackrel",
     "overset", "underset", "cancel", "quad", "qquad"},
    key=len,
    reverse=True,
)  # fmt: skip
_COMMANDS: Mapping[str, tuple[int, Callable[..., Node]]] = MappingProxyType(
    {
        "sqrt": (1, Root),
        "root": (2, lambda order, base: Root(base, order)),
        "frac": (2, Fraction),
        **dict.fromkeys(["stackrel", "overset"], (2, lambda note, base: tidy.placed(base, None, note))),
        "underset": (2, lambda note, base: tidy.placed(base, note, None)),
        "cancel": (1, Struck),
        **dict.fromkeys(["quad", "qquad"], (0, Row)),
    }
)
"""The number of arguments of each command, and the function that builds its tree."""
_TOKEN = re.compile(
    rf'"[^"]*"|text\([^()]*\)|\d+(?:\.\d+)?|{"|".join(re.escape(word) for word in _WORDS)}|[^\W\d_]|\S', re.DOTALL
)


def read(source: str) -> Node:
    """Parse a formula in AsciiMath, with or without its backticks."""
    return Unknown(source) if len(source) > LONGEST else _read(source)


@lru_cache(maxsize=256)
def _read(source: str) -> Node:
    try:
        return bounded(_Reader(source.strip().strip("`")).row(frozenset()), source)
    except TooDeepError:
        return Unknown(source)


class _Reader:
    """Parses one formula from left to right."""

    def __init__(self, source: str) -> None:
        self._tokens = _TOKEN.findall(source)[::-1]
        self._depth = 0
        self._style = ""

    @property
    def _next(self) -> str:
        return self._tokens[-1] if self._tokens else ""

    def row(self, ends: frozenset[str]) -> Node:
        """Parse up to one of the tokens in `ends`, which is not consumed."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise TooDeepError
        found: list[Node] = []
        while self._tokens and self._next not in ends:
            part = self._scripted()
            while self._next == "/":
                self._tokens.pop()
                part = Fraction(_bare(part), _bare(self._scripted()))
            if part != EMPTY:
                found.append(part)
        self._depth -= 1
        return tidy.arranged(found)

    def _scripted(self) -> Node:
        base = self._simple()
        lower = upper = None
        if self._next == "_":
            self._tokens.pop()
            lower = _bare(self._simple())
        if self._next == "^":
            self._tokens.pop()
            upper = _bare(self._simple())
        if base == Sign("|") and lower is None and upper is None:
            return base
        return tidy.placed(base, lower, upper) if tidy.takes_bounds(base) else tidy.scripted(base, lower, upper)

    def _simple(self) -> Node:
        if not self._tokens:
            return EMPTY
        piece = self._tokens.pop()
        if piece in _OPEN:
            return self._brackets(piece)
        return self._token(piece) or self._command(piece)

    def _token(self, piece: str) -> Node | None:
        """The node of a single token; `None` if it takes arguments."""
        if piece[0] == '"' or piece.startswith("text("):
            words = piece.removeprefix("text(").strip('") ') if piece[0] == '"' else piece[5:-1].strip()
            return tidy.upright(words) if words else EMPTY
        if piece[0].isdecimal():
            return Number(piece)
        if piece in _NAMES:
            return Name(piece)
        if piece in _SETS:
            return Letter(_SETS[piece], "double")
        return one(_SIGNS[piece], self._style) if piece in _SIGNS else None

    def _command(self, piece: str) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise TooDeepError
        found = self._with_arguments(piece)
        self._depth -= 1
        return found

    def _with_arguments(self, piece: str) -> Node:
        if piece in _STYLES:
            before, self._style = self._style, _STYLES[piece]
            found = self._argument()
            self._style = before
            return found
        if piece in _ACCENTS:
            return tidy.accented(self._argument(), _ACCENTS[piece])
        if piece in _FENCES:
            opening, closing = _FENCES[piece]
            return tidy.fence(opening, parts_of(self._argument()), closing)
        arguments = _COMMANDS.get(piece)
        if arguments is None:
            return one(piece, self._style)
        count, made = arguments
        return made(*(self._argument() for _ in range(count)))

    def _argument(self) -> Node:
        return _bare(self._simple())

    def _brackets(self, piece: str) -> Node:
        """Brackets with their content. Bracketed rows inside brackets are a matrix."""
        content = self.row(frozenset(_CLOSE))
        closing = _CLOSE[self._tokens.pop()] if self._tokens else ""
        matrix = _matrix(content)
        if matrix is not None:
            return tidy.fence(_OPEN[piece], (matrix,), closing)
        if not _OPEN[piece] and not closing:
            return Row(parts_of(content))
        return tidy.fence(_OPEN[piece], parts_of(content), closing)


def _bare(node: Node) -> Node:
    """An argument without the brackets that only group it."""
    if isinstance(node, Fenced) and node.opening in ("(", "[", "{") and not isinstance(node.content, Table):
        return row(parts_of(node.content))
    return node


def _matrix(content: Node) -> Table | None:
    """`[1,2],[3,4]` between brackets."""
    lines = parts_of(content)[::2]
    commas = parts_of(content)[1::2]
    same = all(isinstance(line, Fenced) and line.opening in ("[", "(") for line in lines)
    if not commas or not same or any(comma != Sign(",") for comma in commas):
        return None
    rows = [_cells(line.content) for line in lines if isinstance(line, Fenced)]
    return tidy.table(rows, "matrix") if len({len(each) for each in rows}) == 1 else None


def _cells(content: Node) -> list[Node]:
    cells: list[list[Node]] = [[]]
    for part in parts_of(content):
        if part == Sign(","):
            cells.append([])
        else:
            cells[-1].append(part)
    return [tidy.arranged(cell) for cell in cells]
