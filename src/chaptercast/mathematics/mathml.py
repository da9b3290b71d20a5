"""Parses presentation MathML (3 and Core) into a tree. Parallel content markup is skipped. Elements have no namespaces."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from chaptercast.mathematics import chemistry, tidy
from chaptercast.mathematics.signs import LOWERED, RAISED, SUBSCRIPTS, SUPERSCRIPTS, UNSEEN, one
from chaptercast.mathematics.tree import (
    DEEPEST,
    EMPTY,
    LONGEST,
    Accent,
    Fraction,
    Letter,
    Name,
    Node,
    Number,
    Root,
    Row,
    Scripts,
    Sign,
    Struck,
    Unknown,
    bounded,
    parts_of,
)

_ACCENTS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys("\u0302^ˆ", "hat"),
        **dict.fromkeys("\u0303~˜∼", "tilde"),
        **dict.fromkeys("\u0304\u0305¯‾ˉ−-_―─", "bar"),
        **dict.fromkeys("\u0307˙.⋅", "dot"),
        **dict.fromkeys("\u0308¨", "double dot"),
        "\u20db": "triple dot",
        **dict.fromkeys("\u20d7→⃗⇀", "vector"),
        **dict.fromkeys("\u20d6←", "left arrow"),
        "↔": "double arrow",
        **dict.fromkeys("\u030cˇ", "check"),
        **dict.fromkeys("\u0306˘", "breve"),
        **dict.fromkeys("\u0301´", "acute"),
        **dict.fromkeys("\u0300`", "grave"),
        **dict.fromkeys("\u030a˚∘", "ring"),
        **dict.fromkeys("⏞⏜⎴", "overbrace"),
        "⌢": "arc",
    }
)
_BELOW: Mapping[str, str] = MappingProxyType(
    {**dict.fromkeys("\u0332_¯‾ˍ−-―", "underline"), **dict.fromkeys("⏟⏝⎵", "underbrace")}
)
_STYLES: Mapping[str, str] = MappingProxyType(
    {
        "bold": "bold",
        "bold-italic": "bold",
        "bold-sans-serif": "bold",
        "script": "script",
        "bold-script": "script",
        "fraktur": "fraktur",
        "bold-fraktur": "fraktur",
        "double-struck": "double",
        "normal": "upright",
    }
)
_TOO_DEEP = 2 * DEEPEST
"""Nested elements. Most are rows, which add no structure."""
_LOOSE = re.compile(r"\d+(?:[.,]\d+)*|.", re.DOTALL)
_WITH_SIGN = re.compile(r"\d+(?:[.,]\d+)* ?[°%‰]")
_DIGITS = re.compile(r"\d+(?:[.,\u00a0\u202f ]?\d+)*|\d*[.,]\d+")


def read(element: Any) -> Node:
    """Convert a `math` element."""
    if sum(len(text) for text in element.itertext()) > LONGEST:
        return Unknown("".join(element.itertext()))
    return bounded(_row(element, 1, ""), "".join(element.itertext()))


def _children(element: Any, depth: int, style: str) -> list[Node]:
    text = element.text
    found: list[Node] = []
    if text and not text.isspace():  # characters outside any element, as some programs write them
        found += _loose(text)
    for child in element:
        part = _node(child, depth, style)
        if part is not None:
            found.append(part)
        if child.tail and not child.tail.isspace():
            found += _loose(child.tail)
    return found


def _loose(text: str) -> list[Node]:
    parts = (part for part in _LOOSE.findall(text) if part not in UNSEEN)
    return [Number(part) if part[0].isdecimal() else one(part) for part in parts]


def _node(element: Any, depth: int, style: str) -> Node | None:
    if not isinstance(element.tag, str):
        return None
    if depth > _TOO_DEEP:
        return Unknown("".join(element.itertext()))
    rule = _RULES.get(element.tag.rpartition(":")[2])
    own = element.get("mathvariant")
    if own is not None:
        style = _STYLES.get(own, "")
    if rule is None:
        return tidy.arranged(_children(element, depth + 1, style))
    return rule(element, depth + 1, style)


def _text(element: Any) -> str:
    text = element.text or ""
    if len(element):
        text = "".join(element.itertext())
    return " ".join(text.split())


def _identifier(element: Any, _depth: int, style: str) -> Node | None:
    text = _text(element).strip("\u2061\u2062\u2063\u2064\u200b ")
    if not text:
        return None
    if text[-1] in RAISED or text[-1] in LOWERED:
        return _with_characters(text)
    if len(text) == 1 or (len(text) == 2 and text[1] in "\ufe00\ufe01\u0338"):
        return one(text[0], style)
    if text[0] > "\uffff" or style in ("bold", "script", "fraktur", "double"):
        return tidy.arranged([one(character, style) for character in text if character not in UNSEEN])
    return Name(text)


def _with_characters(text: str) -> Node:
    """`x²`: characters that are themselves superscripts or subscripts."""
    stem = text.rstrip("".join(RAISED | LOWERED))
    marks = text[len(stem) :]
    base: Node = EMPTY
    if stem:
        base = Number(stem) if _DIGITS.fullmatch(stem) else one(stem) if len(stem) == 1 else Name(stem)
    lower = "".join(each for each in marks if each in LOWERED).translate(SUBSCRIPTS)
    upper = "".join(each for each in marks if each in RAISED).translate(SUPERSCRIPTS)
    scripts = (tidy.number_or_row(lower) if lower else None, tidy.number_or_row(upper) if upper else None)
    return tidy.scripted(base, *scripts) if stem else Scripts(tidy.BACK, *scripts)


def _number(element: Any, depth: int, style: str) -> Node | None:
    text = _text(element)
    if not text:
        return None
    if text[-1] in RAISED or text[-1] in LOWERED:
        return _with_characters(text)
    if _DIGITS.fullmatch(text):
        return Number(re.sub(r"[\s\u00a0\u202f]", "", text))
    if text[0] in "−-" and _DIGITS.fullmatch(text[1:]):
        return Row((Sign("−"), Number(text[1:])))
    if len(text) == 1:
        return one(text, style)
    return tidy.arranged(_loose(text)) if not text.isalnum() else _identifier(element, depth, style) or EMPTY


def _operator(element: Any, _depth: int, _style: str) -> Node | None:
    text = "".join(character for character in _text(element) if character not in UNSEEN)
    if not text:
        return None
    if text == "∣" and (
        element.get("form") in ("prefix", "postfix") or "true" in (element.get("fence"), element.get("stretchy"))
    ):
        return Sign("|")
    if text[-1] in RAISED or text[-1] in LOWERED:
        return _with_characters(text)
    if text.isalpha() and len(text) > 1:
        return Name(text)
    return Sign("‖") if text == "||" else tidy.arranged([one(character) for character in text])


def _words(element: Any, _depth: int, _style: str) -> Node | None:
    text = _text(element).strip("\u200b ")
    if not any(character.isalnum() for character in text) or _WITH_SIGN.fullmatch(text):
        return tidy.arranged(_loose(text)) if text else None
    if _DIGITS.fullmatch(text):
        return Number(text)
    return tidy.upright(text)


def _parts(element: Any, count: int, depth: int, style: str) -> list[Node]:
    """The first children, each as one node. Missing ones are empty."""
    found = [_node(child, depth, style) or EMPTY for child in element if isinstance(child.tag, str)]
    return [*found, *[EMPTY] * count][:count]


def _fraction(element: Any, depth: int, style: str) -> Node:
    above, below = _parts(element, 2, depth, style)
    thickness = (element.get("linethickness") or "").strip()
    return Fraction(above, below, line=not (thickness and re.fullmatch(r"0(?:\.0*)?[a-z%]*", thickness)))


def _square_root(element: Any, depth: int, style: str) -> Node:
    return Root(tidy.arranged(_children(element, depth, style)))


def _root(element: Any, depth: int, style: str) -> Node:
    base, order = _parts(element, 2, depth, style)
    return Root(base, None if order in (EMPTY, Number("2")) else order)


def _scripts(*places: str) -> Callable[[Any, int, str], Node]:
    def read(element: Any, depth: int, style: str) -> Node:
        base, *scripts = _parts(element, len(places) + 1, depth, style)
        given = dict(zip(places, scripts, strict=True))
        lower, upper = given.get("lower"), given.get("upper")
        if base == EMPTY:
            return Scripts(EMPTY, lower, upper)
        return tidy.scripted(base, lower, upper)

    return read


def _mark(node: Node) -> str:
    return node.text if isinstance(node, Sign) else ""


def _over(element: Any, depth: int, style: str) -> Node:
    base, above = _parts(element, 2, depth, style)
    kind = _ACCENTS.get(_mark(above), "")
    if kind and not tidy.takes_bounds(base):
        return Accent(base, kind)
    return tidy.placed(base, None, above)


def _under(element: Any, depth: int, style: str) -> Node:
    base, below = _parts(element, 2, depth, style)
    kind = _BELOW.get(_mark(below), "")
    if kind and not tidy.takes_bounds(base):
        return Accent(base, kind)
    return tidy.placed(base, below, None)


def _under_over(element: Any, depth: int, style: str) -> Node:
    base, below, above = _parts(element, 3, depth, style)
    return tidy.placed(base, below, above)


def _before_and_after(element: Any, depth: int, style: str) -> Node:
    """`mmultiscripts`: pairs of scripts. Those after `mprescripts` stand before the base."""
    children = [child for child in element if isinstance(child.tag, str)]
    at = next((index for index, each in enumerate(children) if each.tag == "mprescripts"), len(children))
    parts = [_node(child, depth, style) or EMPTY for child in children[:at]]
    front = [_node(child, depth, style) or EMPTY for child in children[at + 1 :]]
    base, after = (parts[0], parts[1:]) if parts else (EMPTY, [])
    lower, upper = _columns(after)
    before_lower, before_upper = _columns(front)
    found = tidy.scripted(base, lower, upper)
    if before_lower is None and before_upper is None:
        return found
    if isinstance(found, Scripts):
        return Scripts(found.base, found.lower, found.upper, before_lower, before_upper)
    return Scripts(found, None, None, before_lower, before_upper)


def _columns(scripts: list[Node]) -> tuple[Node | None, Node | None]:
    lower = tidy.arranged(scripts[::2])
    upper = tidy.arranged(scripts[1::2])
    return (None if lower == EMPTY else lower), (None if upper == EMPTY else upper)


def _table(element: Any, depth: int, style: str) -> Node:
    rows: list[list[Node]] = []
    for line in element:
        tag = line.tag.rpartition(":")[2] if isinstance(line.tag, str) else ""
        if tag in ("mtr", "mlabeledtr"):
            cells = [tidy.arranged(_children(cell, depth + 2, style)) for cell in line if isinstance(cell.tag, str)]
            rows.append(cells[1:] if tag == "mlabeledtr" else cells)
        elif tag:
            rows.append([_node(line, depth, style) or EMPTY])
    rows = [each for each in rows if any(cell != EMPTY for cell in each)]
    return tidy.table(rows) if rows else EMPTY


def _between(element: Any, depth: int, style: str) -> Node:
    """`mfenced`: brackets and separators as attributes."""
    separators = "".join((element.get("separators", ",")).split())
    parts: list[Node] = []
    for index, child in enumerate(each for each in element if isinstance(each.tag, str)):
        if index and separators:
            parts.append(one(separators[min(index - 1, len(separators) - 1)]))
        parts.append(_node(child, depth, style) or EMPTY)
    opening, closing = (element.get(name, default).strip() for name, default in (("open", "("), ("close", ")")))
    same = [_mark(one(text)) if len(text) == 1 else text for text in (opening, closing)]
    return tidy.fence(same[0], parts_of(tidy.arranged(parts)), same[1])


def _first(element: Any, depth: int, style: str) -> Node | None:
    """The first of several equivalent forms: `semantics`, `maction`."""
    for child in element:
        if isinstance(child.tag, str) and not child.tag.startswith("annotation"):
            return _node(child, depth, style)
    return None


def _enclosed(element: Any, depth: int, style: str) -> Node:
    notation = element.get("notation", "longdiv").split()
    content = tidy.arranged(_children(element, depth, style))
    if "radical" in notation:
        return Root(content)
    if any("strike" in each for each in notation):
        return Struck(content)
    kind = {"top": "bar", "bottom": "underline"}.get(notation[0] if notation else "", "")
    return Accent(content, kind) if kind else content


def _row(element: Any, depth: int, style: str) -> Node:
    parts = _children(element, depth, style)
    if any(isinstance(each, Scripts) for each in parts) or len(parts) > 1:
        found = chemistry.compound(tuple(parts)) if all(_is_upright(each) for each in parts) else None
        if found is not None:
            return found
    return tidy.arranged(parts)


def _is_upright(part: Node) -> bool:
    base = part.base if isinstance(part, Scripts) else part
    return isinstance(base, (Name, Number, Sign)) or (isinstance(base, Letter) and base.style == "upright")


def _nothing(_element: Any, _depth: int, _style: str) -> None:
    """Ignore the element."""


_RULES: Mapping[str, Callable[[Any, int, str], Node | None]] = MappingProxyType(
    {
        "mi": _identifier,
        "mn": _number,
        "mo": _operator,
        "mtext": _words,
        "ms": _words,
        "mrow": _row,
        "mstyle": _row,
        "mpadded": _row,
        "mfrac": _fraction,
        "msqrt": _square_root,
        "mroot": _root,
        "msup": _scripts("upper"),
        "msub": _scripts("lower"),
        "msubsup": _scripts("lower", "upper"),
        "munderover": _under_over,
        "mover": _over,
        "munder": _under,
        "mmultiscripts": _before_and_after,
        "mtable": _table,
        "mfenced": _between,
        "menclose": _enclosed,
        "semantics": _first,
        "maction": _first,
        **dict.fromkeys(
            ["mphantom", "annotation", "annotation-xml", "mspace", "none", "mprescripts", "maligngroup", "malignmark"],
            _nothing,
        ),
    }
)
"""By element name. Any other element is replaced by its content."""
