"""Writes a tree as presentation MathML, for readers that show formulas or read them part by part."""

import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

from chaptercast.mathematics.tidy import takes_bounds
from chaptercast.mathematics.tree import (
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
    walk,
)
from chaptercast.mathematics.writing import latex

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_STYLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "bold": ("MATHEMATICAL BOLD",),
        "script": ("MATHEMATICAL SCRIPT", "SCRIPT"),
        "fraktur": ("MATHEMATICAL FRAKTUR", "BLACK-LETTER"),
        "double": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    }
)
"""What the names of a style's characters begin with in Unicode."""
_ABOVE: Mapping[str, str] = MappingProxyType(
    {
        "hat": "^",
        "tilde": "~",
        "bar": "‾",
        "dot": "˙",
        "double dot": "¨",
        "triple dot": "\u20db",
        "vector": "→",
        "left arrow": "←",
        "double arrow": "↔",
        "check": "ˇ",
        "breve": "˘",
        "acute": "´",
        "grave": "`",
        "ring": "˚",
        "overbrace": "⏞",
        "arc": "⌢",
    }
)
_BELOW: Mapping[str, str] = MappingProxyType({"underline": "_", "underbrace": "⏟"})
_TEX = frozenset("\\^_")
_BRACKETS = frozenset("()[]{}⟨⟩⌊⌋⌈⌉⟦⟧|‖")


def mathml(node: Node, source: str) -> str:
    """Returns a `math` element, within the white space of its `source`; empty if part of it was not understood, or has no form here.

    Its alternative text is the source, or LaTeX where that has lost what is raised and lowered.
    """
    if any(isinstance(part, Unknown) or (isinstance(part, Accent) and not _mark(part.kind)) for part in walk(node)):
        return ""
    inner, bare = "".join(_written(part) for part in parts_of(node)), source.strip()
    if not inner or not bare:
        return ""
    before, _, after = source.partition(bare)
    alternative = bare if set(bare) & _TEX else latex(node)
    return f"{before}<math xmlns={quoteattr(NAMESPACE)} alttext={quoteattr(alternative)}>{inner}</math>{after}"


def _written(node: Node) -> str:
    return _RULES[type(node)](node)


def _row(node: Node) -> str:
    """A node as one element."""
    parts = parts_of(node)
    return _written(parts[0]) if len(parts) == 1 else f"<mrow>{''.join(map(_written, parts))}</mrow>"


def _letter(node: Letter) -> str:
    text = escape(node.text)
    if node.style == "upright":
        return f'<mi mathvariant="normal">{text}</mi>'
    return f"<mi>{_styled(node.text, node.style) or text}</mi>"


def _styled(letter: str, style: str) -> str:
    """The character of Unicode for a letter in a style; empty if there is none."""
    words = unicodedata.name(letter, "").removeprefix("LATIN ").removeprefix("GREEK ").replace("LETTER ", "")
    for begin in _STYLES.get(style, ()):
        try:
            return unicodedata.lookup(f"{begin} {words}")
        except KeyError:
            continue
    return ""


def _sign(node: Sign) -> str:
    fixed = ' stretchy="false"' if node.text in _BRACKETS else ""
    return f"<mo{fixed}>{escape(node.text)}</mo>"


def _fraction(node: Fraction) -> str:
    line = "" if node.line else ' linethickness="0"'
    return f"<mfrac{line}>{_row(node.above)}{_row(node.below)}</mfrac>"


def _root(node: Root) -> str:
    if node.order is None:
        return f"<msqrt>{_row(node.base)}</msqrt>"
    return f"<mroot>{_row(node.base)}{_row(node.order)}</mroot>"


def _scripts(node: Scripts) -> str:
    base, lower, upper = _row(node.base), node.lower, node.upper
    if node.before_lower is not None or node.before_upper is not None:
        pairs = [_maybe(lower), _maybe(upper), "<mprescripts/>", _maybe(node.before_lower), _maybe(node.before_upper)]
        return f"<mmultiscripts>{base}{''.join(pairs)}</mmultiscripts>"
    names = ("munder", "mover", "munderover") if takes_bounds(node.base) else ("msub", "msup", "msubsup")
    return _with(base, lower, upper, names)


def _with(base: str, lower: Node | None, upper: Node | None, names: tuple[str, str, str]) -> str:
    """A base with what stands below and above it; `names` are the elements for one, the other, and both."""
    if lower is None and upper is None:
        return base
    name = names[2] if lower is not None and upper is not None else names[1] if lower is None else names[0]
    return f"<{name}>{base}{''.join(_row(each) for each in (lower, upper) if each is not None)}</{name}>"


def _maybe(node: Node | None) -> str:
    return "<mrow/>" if node is None else _row(node)


def _mark(kind: str) -> str:
    return _ABOVE.get(kind) or _BELOW.get(kind, "")


def _accent(node: Accent) -> str:
    name, attribute = ("mover", "accent") if node.kind in _ABOVE else ("munder", "accentunder")
    return f'<{name} {attribute}="true">{_row(node.base)}<mo>{_mark(node.kind)}</mo></{name}>'


def _stack(node: Stack) -> str:
    return _with(_row(node.base), node.below, node.above, ("munder", "mover", "munderover"))


def _fenced(node: Fenced) -> str:
    before, after = (f'<mo fence="true">{escape(each)}</mo>' if each else "" for each in (node.opening, node.closing))
    inner = _lines(node.content) if isinstance(node.content, Table) else _row(node.content)
    return f"<mrow>{before}{inner}{after}</mrow>"


def _table(node: Table) -> str:
    """A table that stands alone: some kinds have brackets of their own."""
    opening, closing = {"determinant": ("|", "|"), "cases": ("{", "")}.get(node.kind, ("", ""))
    return _fenced(Fenced(opening, node, closing)) if opening else _lines(node)


def _lines(node: Table) -> str:
    rows = ("".join(f"<mtd>{_row(cell)}</mtd>" for cell in cells) for cells in node.rows)
    return f"<mtable>{''.join(f'<mtr>{row}</mtr>' for row in rows)}</mtable>"


_RULES: Mapping[type, Callable[..., str]] = MappingProxyType(
    {
        Number: lambda node: f"<mn>{escape(node.text)}</mn>",
        Letter: _letter,
        Name: lambda node: (
            f"<mi>{escape(node.text)}</mi>" if node.text.isalpha() else f"<mtext>{escape(node.text)}</mtext>"
        ),
        Sign: _sign,
        Row: _row,
        Fraction: _fraction,
        Root: _root,
        Scripts: _scripts,
        Accent: _accent,
        Stack: _stack,
        Fenced: _fenced,
        Table: _table,
        Compound: lambda node: f"<mrow>{_row(node.content)}</mrow>".replace("<mi>", '<mi mathvariant="normal">'),
        Struck: lambda node: f'<menclose notation="updiagonalstrike">{_row(node.base)}</menclose>',
    }
)
