"""MathML as LaTeX source: what narration reads in words, and what one can write down of a formula."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

_FUNCTIONS = frozenset(
    (
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "log",
        "ln",
        "exp",
        "lim",
        "min",
        "max",
        "det",
        "dim",
        "gcd",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
    )
)
_ACCENTS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys("\u0302^ˆ", "hat"),
        **dict.fromkeys("\u0303~˜", "tilde"),
        **dict.fromkeys("\u0304\u0305¯‾", "overline"),
        **dict.fromkeys("\u0307˙", "dot"),
        **dict.fromkeys("\u0308¨", "ddot"),
        **dict.fromkeys("\u20d7→", "vec"),
        "⏞": "overbrace",
    }
)
_UNSEEN = frozenset("\u2061\u2062\u2063\u2064")
"""Function application, invisible times, comma and plus."""


def latex(element: Any) -> str:
    """The LaTeX source of a MathML element without namespaces."""
    return " ".join(_source(element).split())


def _source(element: Any) -> str:
    return _RULES.get(element.tag, _all)(element)


def _all(element: Any) -> str:
    """Every part in a row; a space where letters of a command would run into one another."""
    said = ""
    for part in map(_source, element):
        said += (" " if said[-1:].isalnum() and part[:1].isalpha() and "\\" in said else "") + part
    return said


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _identifier(element: Any) -> str:
    text = _text(element)
    if len(text) < 2:
        return text
    return f"\\{text} " if text in _FUNCTIONS else f"\\mathrm{{{text}}}"


def _operator(element: Any) -> str:
    text = _text(element)
    if not text or text in _UNSEEN:
        return ""
    if text in "{}_^#$%&":
        return f"\\{text}"
    return f" {text} " if text in "=<>≤≥≠≈≡∈→⇒" else text


def _parts(element: Any, count: int) -> list[str]:
    """The first parts; empty for those that are not there."""
    return [*map(_source, element), *[""] * count][:count]


def _grouped(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"


def _fraction(element: Any) -> str:
    above, below = _parts(element, 2)
    if element.get("linethickness") in ("0", "0pt", "0px"):
        return f"\\binom{{{above}}}{{{below}}}"
    return f"\\frac{{{above}}}{{{below}}}"


def _root(element: Any) -> str:
    base, order = _parts(element, 2)
    return f"\\sqrt[{order}]{{{base}}}"


def _scripts(*marks: str) -> Callable[[Any], str]:
    def source(element: Any) -> str:
        base, *scripts = _parts(element, len(marks) + 1)
        set_apart = base.strip() if len(base.strip()) <= 1 or base.strip()[1:].isalpha() else f"{{{base}}}"
        return set_apart + "".join(
            f"{mark}{_grouped(script)}" for mark, script in zip(marks, scripts, strict=True) if script
        )

    return source


def _over(element: Any) -> str:
    base, above = _parts(element, 2)
    command = _ACCENTS.get(above.strip())
    return f"\\{command}{{{base}}}" if command else f"{base.strip()}^{_grouped(above)}"


def _under(element: Any) -> str:
    base, below = _parts(element, 2)
    if below.strip() in ("\\_", "⏟"):
        return f"\\underline{{{base}}}"
    return f"{base.strip()}_{_grouped(below)}"


def _before(element: Any) -> str:
    parts = list(element)
    at = next((index for index, each in enumerate(parts) if each.tag == "mprescripts"), len(parts))
    front = [_source(each) for each in parts[at + 1 :]]
    marks = "".join(f"{mark}{_grouped(text)}" for mark, text in zip("_^", front, strict=False) if text)
    return f"{{}}{marks}{''.join(_source(each) for each in parts[:at])}"


def _table(element: Any) -> str:
    """Rows as they would be read out: matrices have no sign of their own that is heard."""
    return "; ".join(", ".join(map(_source, row)) for row in element)


_RULES: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "mi": _identifier,
        "mn": _text,
        "mo": _operator,
        "mtext": lambda element: f"\\text{{{_text(element)}}}",
        "ms": lambda element: f"\\text{{{_text(element)}}}",
        "mfrac": _fraction,
        "msqrt": lambda element: f"\\sqrt{{{_all(element)}}}",
        "mroot": _root,
        "msup": _scripts("^"),
        "msub": _scripts("_"),
        "msubsup": _scripts("_", "^"),
        "munderover": _scripts("_", "^"),
        "mover": _over,
        "munder": _under,
        "mmultiscripts": _before,
        "mtable": _table,
        "mphantom": lambda _element: "",
        "annotation": lambda _element: "",
        "annotation-xml": lambda _element: "",
    }
)
"""By the name of the element; others are what they hold."""
