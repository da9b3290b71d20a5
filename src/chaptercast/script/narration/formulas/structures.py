"""Fractions, roots, powers and indices, operators with their bounds, and chemistry in words."""

import itertools
from typing import TYPE_CHECKING

from chaptercast.mathematics.chemistry import ELEMENTS
from chaptercast.mathematics.signs import PRIMES
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
    Scripts,
    Sign,
    Stack,
    parts_of,
    row,
)
from chaptercast.script.narration.formulas import kinds

if TYPE_CHECKING:
    from chaptercast.script.narration.formulas.verbalization import Sayer

_PRIMES = ("", "prime", "double-prime", "triple-prime")
_SHORT = {"2": "squared", "3": "cubed"}
_MOST_PRIMES = 4
"""Signs of primes that are said as such."""
_STARS = frozenset("∗⋆")
_CHARGES = {"+": "positive", "−": "negative"}
_BONDS = {"−": "bond", "=": "double-bond", "≡": "triple-bond", "#": "triple-bond"}
_LARGEST_NAMED = 10
"""The largest numerator that is said with a named denominator (`three quarters`)."""


def fraction(sayer: "Sayer", node: Fraction, free: bool) -> str:
    """Numbers as they are named; atoms with `over` where that is heard in one way; others with their end."""
    if not node.line:
        return sayer.form("stack", sayer.whole(node.above), sayer.whole(node.below))
    named = _named(sayer, node)
    if named:
        return named
    atoms = kinds.is_atom(node.above) and kinds.is_atom(node.below)
    short = atoms or (kinds.is_differential(node.above) and kinds.is_differential(node.below))
    numbers = isinstance(node.above, Number) and isinstance(node.below, Number)
    if short and ((free and not sayer.within_fraction) or (numbers and not sayer.words.spaced)):
        return sayer.form("fraction", sayer.row(node.above), sayer.row(node.below))
    within, sayer.within_fraction = sayer.within_fraction, True
    above, below = (sayer.row(each) if each != EMPTY else sayer.form("blank") for each in (node.above, node.below))
    sayer.within_fraction = within
    return sayer.form("fraction-long", above, below)


def _named(sayer: "Sayer", node: Fraction) -> str:
    """`one half`, `three quarters`; nothing where the language has no such name."""
    if not (isinstance(node.above, Number) and isinstance(node.below, Number)):
        return ""
    forms = sayer.words.fractions.get(node.below.text)
    above = node.above.text
    if forms is None or not above.isdecimal() or not 0 < int(above[:3]) < _LARGEST_NAMED:
        return ""
    return forms[0] if above == "1" else forms[1].format(a=sayer.words.integer(above))


def root(sayer: "Sayer", node: Root, free: bool) -> str:
    """With its end, unless it is over one atom that nothing is multiplied with."""
    name = "root" if node.order is None else "cube-root" if node.order == Number("3") else "nth-root"
    short = free and kinds.is_atom(node.base)
    order = sayer.whole(node.order) if node.order is not None else ""
    return sayer.form(name if short else f"{name}-long", sayer.whole(node.base), order)


def scripts(sayer: "Sayer", node: Scripts, _free: bool) -> str:
    """What is lowered and raised: bounds, ranges, powers, indices, marks."""
    base = node.base
    if node.before_lower is not None or node.before_upper is not None:
        return _before(sayer, node)
    if isinstance(base, Sign):
        if base.text == "|":
            return _evaluated(sayer, node)
        if kinds.is_operator(base):
            return _bounds(sayer, sayer.words.signs.get(base.text, base.text), node)
    elif isinstance(base, Name):
        found = _named_with_range(sayer, base, node)
        if found:
            return found
    elif isinstance(base, Accent) and base.kind in ("overbrace", "underbrace"):
        return sayer.part(Stack(base, node.upper, node.lower))
    text = sayer.part(base) if base != EMPTY else sayer.form("blank")
    if node.lower is not None:
        short = kinds.is_atom(node.lower)
        label = node.lower.text if isinstance(node.lower, Name) else sayer.whole(node.lower)
        text = sayer.form("index" if short else "index-long", text, label)
    return _raised(sayer, text, base, node.upper) if node.upper is not None else text


def _raised(sayer: "Sayer", text: str, base: Node, upper: Node) -> str:
    """A power, or the mark that is raised."""
    parts = parts_of(upper)
    first = parts[0] if parts else None
    if isinstance(first, Sign):
        marks = list(itertools.takewhile(lambda part: isinstance(part, Sign) and part.text in PRIMES, parts))
        if 0 < len(marks) <= _MOST_PRIMES:
            for mark in marks:
                text = _primed(sayer, text, PRIMES[mark.text]) if isinstance(mark, Sign) else text
            rest = parts[len(marks) :]
            return _raised(sayer, text, base, row(rest)) if rest else text
        if first.text in "∘°" and len(parts) <= 2:  # °, °C
            unit = sayer.part(parts[1]) if len(parts) > 1 else ""
            return f"{sayer.form('degrees', text)} {unit}".strip()
    return sayer.form(_form_of_power(base, upper, parts), text, sayer.whole(upper))


def _primed(sayer: "Sayer", text: str, count: int) -> str:
    for each in (3,) * (count // 3) + ((count % 3,) if count % 3 else ()):
        text = sayer.form(_PRIMES[each], text)
    return text


def _form_of_power(base: Node, upper: Node, parts: tuple[Node, ...]) -> str:
    """How what is raised is said."""
    if isinstance(upper, Sign) and (upper.text in _STARS or upper.text == "⊤"):
        return "transpose" if upper.text == "⊤" else "star"
    if isinstance(upper, Letter) and upper.text == "T" and kinds.is_matrix(base):
        return "transpose"
    last = parts[-1] if parts else None
    charge = isinstance(last, Sign) and last.text in "+−±†‡" and all(isinstance(each, (Number, Sign)) for each in parts)
    if charge or isinstance(upper, Fenced):
        return "raised"
    if isinstance(upper, Number) and upper.text in _SHORT:
        return _SHORT[upper.text]
    return "power" if kinds.is_short(upper) else "power-long"


def _bounds(sayer: "Sayer", word: str, node: Scripts) -> str:
    """An operator with what it goes from and to."""
    lower = sayer.whole(node.lower) if node.lower is not None else ""
    upper = sayer.whole(node.upper) if node.upper is not None else ""
    name = "from-to" if lower and upper else "over" if lower else "up-to"
    return sayer.form(name, word, lower, upper)


def _named_with_range(sayer: "Sayer", base: Name, node: Scripts) -> str:
    """A limit, a maximum, a logarithm; nothing for other names."""
    word = sayer.words.names.get(base.text, base.text)
    if node.lower is None or node.upper is not None:
        return ""
    if base.text in ("lim", "limsup", "liminf"):
        arrow, sayer.arrow = sayer.arrow, "approaches"
        lower = sayer.whole(node.lower)
        sayer.arrow = arrow
        return sayer.form("limit", word, lower)
    if base.text in kinds.RANGED:
        return sayer.form("over", word, sayer.whole(node.lower))
    if base.text in ("log", "lg"):
        return sayer.form("log-base", word, sayer.whole(node.lower))
    return ""


def _evaluated(sayer: "Sayer", node: Scripts) -> str:
    if node.lower is not None and node.upper is not None:
        return sayer.form("evaluated-from-to", "", sayer.whole(node.lower), sayer.whole(node.upper))
    if node.lower is not None:
        return sayer.form("evaluated", "", sayer.whole(node.lower))
    bar = sayer.sign("|", None, None)
    return _raised(sayer, bar, node.base, node.upper) if node.upper is not None else bar


def _before(sayer: "Sayer", node: Scripts) -> str:
    """Scripts in front: an isotope, or said where they stand."""
    inner: Node = node.base
    if node.lower is not None or node.upper is not None:
        inner = Scripts(node.base, node.lower, node.upper)
    lower, upper = node.before_lower, node.before_upper
    element = isinstance(node.base, (Letter, Name)) and node.base.text in ELEMENTS
    if element and isinstance(upper, Number) and (lower is None or isinstance(lower, Number)):
        name = "isotope" if lower is None else "isotope-number"
        number = sayer.part(lower) if lower is not None else ""
        return sayer.form(name, _symbols(sayer, inner), sayer.part(upper), number)
    text = sayer.part(inner) if inner != EMPTY else sayer.form("blank")
    if lower is not None:
        text = sayer.form("before-lower", text, sayer.whole(lower))
    return sayer.form("before-upper", text, sayer.whole(upper)) if upper is not None else text


def compound(sayer: "Sayer", node: Compound, _free: bool) -> str:
    """A chemical formula: symbols letter by letter, counts and charges after them."""
    arrow, sayer.arrow = sayer.arrow, "yields"
    text = _chemicals(sayer, node.content)
    sayer.arrow = arrow
    return text


def compounds(sayer: "Sayer", parts: tuple[Node, ...]) -> str:
    """A row that has chemical formulas in it: elements by themselves are such, too, and the arrow is that of a reaction."""
    arrow, sayer.arrow = sayer.arrow, "yields"
    text = " ".join(
        sayer.sign(part.text, Number("1"), Number("1")) if isinstance(part, Sign) else _chemical(sayer, part)
        for part in parts
    )
    sayer.arrow = arrow
    return text


def _chemical(sayer: "Sayer", part: Node) -> str:
    if isinstance(part, Scripts) and (part.before_lower is not None or part.before_upper is not None):
        return _before(sayer, part)
    if isinstance(part, (Scripts, Name, Letter)):
        return _symbols(sayer, part)
    if isinstance(part, Fenced):
        return sayer.fence(part.opening, _chemicals(sayer, part.content), part.closing)
    if isinstance(part, Sign):
        bond = "dot" if part.text == "⋅" else _BONDS.get(part.text)
        return sayer.words.signs[bond] if bond else sayer.sign(part.text, Number("1"), Number("1"))
    return _noted(sayer, part) if isinstance(part, Stack) else sayer.part(part)


def _chemicals(sayer: "Sayer", node: Node) -> str:
    return " ".join(_chemical(sayer, part) for part in parts_of(node))


def _noted(sayer: "Sayer", part: Stack) -> str:
    """An arrow with its conditions."""
    text = _chemical(sayer, part.base)
    for name, note in (("above", part.above), ("below", part.below)):
        if note is not None:
            text = sayer.form(name, text, _chemicals(sayer, note))
    return text


def _symbols(sayer: "Sayer", part: Node) -> str:
    """A symbol with its count and its charge."""
    if isinstance(part, Scripts):
        text = _chemical(sayer, part.base)
        if part.lower is not None:
            text = f"{text} {sayer.whole(part.lower)}"
        if part.upper is not None:
            charge = " ".join(
                sayer.words.signs[_CHARGES[each.text]]
                if isinstance(each, Sign) and each.text in _CHARGES
                else sayer.part(each)
                for each in parts_of(part.upper)
            )
            text = sayer.form("charge", text, charge)
        return text
    if isinstance(part, Name):
        state = sayer.words.states.get(part.text.strip("()"))
        if state and part.text[0] == "(":
            return state
        return " ".join(part.text) if part.text in ELEMENTS else part.text
    return part.text if isinstance(part, Letter) and part.text.isascii() else sayer.part(part)
