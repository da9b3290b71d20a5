"""Writes a tree as LaTeX, as far as LaTeX can express a formula from another source."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from chaptercast.mathematics.latex_commands import COMMANDS
from chaptercast.mathematics.signs import BINARY, RELATIONS
from chaptercast.mathematics.tree import (
    EMPTY,
    Accent,
    Compound,
    Fenced,
    Fraction,
    Letter,
    Name,
    Node,
    Number,
    Root,
    Row,
    Scripts,
    Sign,
    Stack,
    Struck,
    Table,
    Unknown,
    parts_of,
)

_SYMBOLS = tomllib.loads(Path(__file__).with_name("symbols.toml").read_text(encoding="utf-8"))
_LIKE_A_COMMAND = {character: f"\\{name}" for name, character in reversed(_SYMBOLS.items())}
_ESCAPED = frozenset("{}#$%&_")
_STYLES = {"bold": "mathbf", "script": "mathcal", "fraktur": "mathfrak", "double": "mathbb", "upright": "mathrm"}
_ACCENTS = {
    "hat": "hat",
    "tilde": "tilde",
    "bar": "overline",
    "vector": "vec",
    "dot": "dot",
    "double dot": "ddot",
    "triple dot": "dddot",
    "ring": "mathring",
    "left arrow": "overleftarrow",
    "double arrow": "overleftrightarrow",
    "arc": "wideparen",
}
_KEPT = frozenset("+−±∓×⋅÷=≠<>≤≥≈∞∑∏∫∈→°′…") | frozenset("αβγδεζηθικλμνξοπρσςτυφχψωΓΔΘΛΞΠΣΥΦΨΩ")
"""Signs that are easier to read than their commands."""
_PRIMES = {"′": "'", "″": "''", "‴": "'''"}


def latex(node: Node) -> str:
    """The LaTeX source of a tree."""
    return " ".join(_row(node).split())


def _row(node: Node) -> str:
    pieces: list[str] = []
    for part in parts_of(node):
        piece = _written(part)
        if pieces and piece:
            last = pieces[-1]
            if (last[-1:].isalpha() and "\\" in last and piece[0].isalpha() and _ends_with_command(last)) or (
                last[-1:].isdecimal() and piece[0].isdecimal()
            ):
                pieces.append(" ")
        pieces.append(piece)
    return "".join(pieces)


def _ends_with_command(text: str) -> bool:
    stem = text.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return stem.endswith("\\")


def _written(node: Node) -> str:
    return _RULES[type(node)](node)


def _group(node: Node) -> str:
    """The node as an argument in braces."""
    return f"{{{_row(node)}}}"


def _script(node: Node) -> str:
    text = _row(node)
    return text if len(text) == 1 and text not in "\\{}" else f"{{{text}}}"


def _letter(node: Letter) -> str:
    text = node.text if node.text in _KEPT or node.text.isascii() else _LIKE_A_COMMAND.get(node.text, node.text)
    command = _STYLES.get(node.style)
    return f"\\{command}{{{text}}}" if command else text


def _name(node: Name) -> str:
    if node.text in COMMANDS and node.text.isalpha():
        return f"\\{node.text}"
    return f"\\text{{{node.text}}}" if " " in node.text or not node.text.isalpha() else f"\\mathrm{{{node.text}}}"


def _sign(node: Sign) -> str:
    text = node.text
    if text in _ESCAPED:
        return f"\\{text}"
    written = text if text in _KEPT or text.isascii() else _LIKE_A_COMMAND.get(text, text)
    if text == "∃!":
        return "\\exists!"
    if text in ("‖", "∥"):
        written = "\\|" if text == "‖" else "\\parallel"
    return f" {written} " if text in RELATIONS or (text in BINARY and written[0] == "\\") else written


def _fraction(node: Fraction) -> str:
    if not node.line:
        return f"{{{_row(node.above)} \\atop {_row(node.below)}}}"
    return f"\\frac{_group(node.above)}{_group(node.below)}"


def _root(node: Root) -> str:
    order = f"[{_row(node.order)}]" if node.order is not None else ""
    return f"\\sqrt{order}{_group(node.base)}"


def _scripts(node: Scripts) -> str:
    before = "".join(
        f"{mark}{_script(each)}"
        for mark, each in (("_", node.before_lower), ("^", node.before_upper))
        if each is not None
    )
    base = "{}" if node.base == EMPTY else _written(node.base).strip()
    text = f"{{}}{before}{base}" if before else base
    if node.lower is not None:
        text += f"_{_script(node.lower)}"
    if isinstance(node.upper, Sign) and node.upper.text in _PRIMES:
        return text + _PRIMES[node.upper.text]
    return text + (f"^{_script(node.upper)}" if node.upper is not None else "")


def _accent(node: Accent) -> str:
    return f"\\{_ACCENTS.get(node.kind, node.kind)}{_group(node.base)}"


def _stack(node: Stack) -> str:
    if isinstance(node.base, Accent) and node.base.kind.endswith("brace"):
        upper = f"^{_script(node.above)}" if node.above is not None else ""
        return _accent(node.base) + (f"_{_script(node.below)}" if node.below is not None else "") + upper
    text = _written(node.base)
    if node.above is not None:
        text = f"\\overset{_group(node.above)}{{{text}}}"
    return f"\\underset{_group(node.below)}{{{text}}}" if node.below is not None else text


def _fenced(node: Fenced) -> str:
    content = node.content
    if isinstance(content, Fraction) and not content.line and node.opening == "(":
        return f"\\binom{_group(content.above)}{_group(content.below)}"
    if isinstance(content, Table) and content.kind in ("matrix", "determinant"):
        name = {"(": "pmatrix", "[": "bmatrix", "|": "vmatrix", "‖": "Vmatrix", "{": "Bmatrix"}.get(
            node.opening, "matrix"
        )
        return _environment(name, content)
    opening, closing = (_sign(Sign(each)).strip() if each else "." for each in (node.opening, node.closing))
    if "." in (opening, closing) or node.opening in "|‖" or node.opening == node.closing:
        return f"\\left{opening} {_row(content)} \\right{closing}"
    space = " " if opening[-1:].isalpha() else ""
    return f"{opening}{space}{_row(content)}{closing}"


def _environment(name: str, node: Table) -> str:
    lines = " \\\\ ".join(" & ".join(_row(cell) for cell in cells) for cells in node.rows)
    return f"\\begin{{{name}}}{lines}\\end{{{name}}}"


def _table(node: Table) -> str:
    name = {"cases": "cases", "lines": "aligned", "determinant": "vmatrix"}.get(node.kind, "matrix")
    return _environment(name, node)


def _chemical(node: Node) -> str:
    """A chemical formula in mhchem's notation."""
    return " ".join("".join(_chemical_part(part) for part in parts_of(node)).split())


def _chemical_part(part: Node) -> str:
    if isinstance(part, Sign):
        text = _CHEMICAL_SIGNS.get(part.text, part.text)
        return f" {text} " if part.text in RELATIONS or part.text in "+⋅" else text
    if isinstance(part, Scripts):
        before = f"_{{{_chemical(part.before_lower)}}}" if part.before_lower is not None else ""
        before = (f"^{{{_chemical(part.before_upper)}}}" if part.before_upper is not None else "") + before
        lower = f"_{{{_chemical(part.lower)}}}" if part.lower is not None else ""
        upper = (
            f"^{{{''.join(map(_chemical_part, parts_of(part.upper))).replace(' ', '')}}}"
            if part.upper is not None
            else ""
        )
        return f"{' ' if before else ''}{before}{_chemical_part(part.base)}{lower}{upper}"
    if isinstance(part, Fenced):
        return f"{part.opening}{_chemical(part.content)}{part.closing}"
    if isinstance(part, Stack):
        notes = "".join(f"[{_chemical(note)}]" for note in (part.above or EMPTY, part.below or EMPTY) if note != EMPTY)
        return f"{_chemical_part(part.base).rstrip()}{notes} "
    if isinstance(part, (Letter, Name, Number)):
        return f" {part.text}" if isinstance(part, Number) else part.text
    return f"${_written(part)}$"


_CHEMICAL_SIGNS = {"→": "->", "←": "<-", "↔": "<->", "⇌": "<=>", "−": "-", "⋅": "*"}
_RULES: Mapping[type, Callable[..., str]] = MappingProxyType(
    {
        Number: lambda node: node.text.replace(",", "{,}") if "," in node.text else node.text,
        Letter: _letter,
        Name: _name,
        Sign: _sign,
        Row: lambda node: f"{{{_row(node)}}}",
        Fraction: _fraction,
        Root: _root,
        Scripts: _scripts,
        Accent: _accent,
        Stack: _stack,
        Fenced: _fenced,
        Table: _table,
        Compound: lambda node: f"\\ce{{{_chemical(node.content)}}}",
        Struck: lambda node: f"\\cancel{_group(node.base)}",
        Unknown: lambda node: node.text,
    }
)
