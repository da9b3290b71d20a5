"""Office's formulas (OMML, ECMA-376, 22.1) as MathML, the standard for what they mean on a page."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from chaptercast.document.formats.docx.qualified_names import Element, child, find, is_on, name, value

_FUNCTIONS = r"(?:arc)?(?:sin|cos|tan|cot)h?|sec|csc|log|ln|lg|exp|lim ?sup|lim ?inf|lim|max|min|sup|inf|det|dim|gcd|ker|arg|mod|rot|grad"
_TOKEN = re.compile(
    rf"(?<![^\W\d_])(?:{_FUNCTIONS})(?![^\W\d_])|\d{{1,3}}(?:,\d{{3}})+(?![\d,])(?:\.\d+)?"
    r"|\d+(?:\.\d+)?|[^\W\d_]|\s+|.",
    re.DOTALL,
)
_UPRIGHT = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)
_VARIANTS: Mapping[str, str] = MappingProxyType(
    {
        "p": "normal",
        "b": "bold",
        "bi": "bold",
        "script": "script",
        "fraktur": "fraktur",
        "double-struck": "double-struck",
    }
)
"""Styles and scripts of runs by the names of MathML."""
_DEFAULT_NARY = "∫"
_DEFAULT_ACCENT = "\u0302"
_DEFAULT_BRACE = "⏟"


def mathml(omml: Element) -> Element:
    """A formula (`m:oMath`) as a `math` element."""
    return _made("math", *_content(omml))


def words(omml: Element) -> str:
    """All text of a formula, part by part: what is told of one that is not read."""
    return " ".join(each.text or "" for each in omml.iter() if name(each) in ("m:t", "w:t", "w:delText")).strip()


def _made(tag: str, *children: Element, text: str = "", **attributes: str) -> Element:
    element = etree.Element(tag, attributes)
    if text:
        element.text = text
    element.extend(children)
    return element


def _content(element: Element | None) -> list[Element]:
    """What stands in an element, in order; what is not known is what stands in it."""
    found: list[Element] = []
    for each in () if element is None else element:
        kind = name(each)
        if kind in _STRUCTURES:
            found.append(_STRUCTURES[kind](each))
        elif kind in ("m:r", "w:r"):
            found += _run(each)
        elif kind not in _SILENT and not kind.endswith("Pr"):
            found += _content(each)
    return found


def _row(element: Element | None) -> Element:
    """The content as one element."""
    content = _content(element)
    return content[0] if len(content) == 1 else _made("mrow", *content)


def _part(element: Element, wanted: str) -> Element:
    return _row(child(element, wanted))


def _run(element: Element) -> Iterable[Element]:
    """Numbers, letters and signs, each by itself; plain text as a whole."""
    text = "".join(_texts(element))
    upright = is_on(find(element, "m:rPr", "m:nor"))
    if upright and text.strip():
        return [_made("mtext", text=text)]
    style = find(element, "m:rPr", "m:sty")
    variant = "" if style is None else value(style, prefix="m")
    script = find(element, "m:rPr", "m:scr")
    if script is not None:
        variant = value(script, prefix="m")
    tokens = (_UPRIGHT if variant == "p" else _TOKEN).findall(text)
    return [_token(part, _VARIANTS.get(variant, "")) for part in tokens if part.strip()]


def _texts(element: Element) -> Iterator[str]:
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if name(each) in ("m:t", "w:t"):
            yield each.text or ""
        elif name(each) not in _SILENT:
            waiting += [*each][::-1]


def _token(text: str, variant: str) -> Element:
    if text[0].isdecimal():
        return _made("mn", text=text)
    if not text.replace(" ", "").isalpha() and text != "∞":
        return _made("mo", text=text)
    element = _made("mi", text=text.replace(" ", ""))
    if variant and (len(text) == 1 or variant != "normal"):
        element.set("mathvariant", variant)
    return element


def _fraction(element: Element) -> Element:
    kind = find(element, "m:fPr", "m:type")
    parts = _part(element, "m:num"), _part(element, "m:den")
    if kind is not None and value(kind, prefix="m") == "noBar":
        return _made("mfrac", *parts, linethickness="0")
    return _made("mfrac", *parts)


def _radical(element: Element) -> Element:
    degree = child(element, "m:deg")
    if degree is None or not len(_content(degree)) or is_on_math(find(element, "m:radPr", "m:degHide")):
        return _made("msqrt", _part(element, "m:e"))
    return _made("mroot", _part(element, "m:e"), _row(degree))


def is_on_math(element: Element | None) -> bool:
    """As `is_on`, for properties of formulas."""
    return element is not None and value(element, prefix="m").lower() not in ("0", "false", "off")


def _script(tag: str, *wanted: str) -> Callable[[Element], Element]:
    return lambda element: _made(tag, *(_part(element, each) for each in ("m:e", *wanted)))


def _before(element: Element) -> Element:
    """Indices in front."""
    parts = _part(element, "m:e"), _made("mprescripts"), _part(element, "m:sub"), _part(element, "m:sup")
    return _made("mmultiscripts", *parts)


def _sign(element: Element, properties: str, default: str, called: str = "m:chr") -> str:
    """The sign that the properties name; it may be none."""
    given = find(element, properties, called)
    return default if given is None else value(given, prefix="m")


def _operator(element: Element) -> Element:
    """A sum, an integral, with its limits."""
    sign = _made("mo", text=_sign(element, "m:naryPr", _DEFAULT_NARY))
    lower, upper = _row(child(element, "m:sub")), _row(child(element, "m:sup"))
    beside = _sign(element, "m:naryPr", "", "m:limLoc") == "subSup"
    has = len(lower) > 0 or bool(lower.text), len(upper) > 0 or bool(upper.text)
    tag = {(True, True): "msubsup", (True, False): "msub", (False, True): "msup"}.get(has, "")
    if not beside:
        tag = {"msubsup": "munderover", "msub": "munder", "msup": "mover"}.get(tag, tag)
    limits = [each for each, there in zip((lower, upper), has, strict=True) if there]
    return _made("mrow", _made(tag, sign, *limits) if tag else sign, _part(element, "m:e"))


def _fenced(element: Element) -> Element:
    """Brackets around one or several terms."""
    before = _sign(element, "m:dPr", "(", "m:begChr")
    after = _sign(element, "m:dPr", ")", "m:endChr")
    between = _sign(element, "m:dPr", "|", "m:sepChr")
    parts: list[Element] = []
    for term in (each for each in element if name(each) == "m:e"):
        parts += [*([_made("mo", text=between)] if parts and between else []), _row(term)]
    fences = ([_made("mo", text=sign, fence="true")] if sign else [] for sign in (before, after))
    return _made("mrow", *next(fences), *parts, *next(fences))


def _rows(element: Element, row: str) -> Element:
    rows = (each for each in element if name(each) == row)
    cells = ([each for each in each_row if name(each) == "m:e"] for each_row in rows)
    return _made("mtable", *(_made("mtr", *(_made("mtd", _row(cell)) for cell in one)) for one in cells))


def _lines(element: Element) -> Element:
    """Equations below one another."""
    lines = (each for each in element if name(each) == "m:e")
    return _made("mtable", *(_made("mtr", _made("mtd", _row(line))) for line in lines))


def _function(element: Element) -> Element:
    called = child(element, "m:fName")
    text = "" if called is None else "".join(part.text or "" for part in called.iter() if name(part) == "m:t").strip()
    plain = called is not None and all(name(part) in ("m:r", "m:ctrlPr") for part in called) and text.isalnum()
    head = _made("mi", text=text) if plain else _row(called)
    return _made("mrow", head, _made("mo", text="\u2061"), _part(element, "m:e"))


def _accent(element: Element) -> Element:
    return _made(
        "mover", _part(element, "m:e"), _made("mo", text=_sign(element, "m:accPr", _DEFAULT_ACCENT)), accent="true"
    )


def _bar(element: Element) -> Element:
    above = _sign(element, "m:barPr", "bot", "m:pos") == "top"
    line = _made("mo", text="\u00af" if above else "_")
    return _made("mover" if above else "munder", _part(element, "m:e"), line)


def _grouped(element: Element) -> Element:
    above = _sign(element, "m:groupChrPr", "bot", "m:pos") == "top"
    sign = _made("mo", text=_sign(element, "m:groupChrPr", _DEFAULT_BRACE))
    return _made("mover" if above else "munder", _part(element, "m:e"), sign)


def _phantom(element: Element) -> Element:
    shown = find(element, "m:phantPr", "m:show")
    part = _part(element, "m:e")
    return part if shown is None or is_on_math(shown) else _made("mphantom", part)


_SILENT = frozenset({"w:del", "w:moveFrom", "m:ctrlPr", "w:drawing", "w:pict", "w:object"})
_STRUCTURES: Mapping[str, Callable[[Element], Element]] = MappingProxyType(
    {
        "m:f": _fraction,
        "m:rad": _radical,
        "m:sSup": _script("msup", "m:sup"),
        "m:sSub": _script("msub", "m:sub"),
        "m:sSubSup": _script("msubsup", "m:sub", "m:sup"),
        "m:sPre": _before,
        "m:nary": _operator,
        "m:d": _fenced,
        "m:m": lambda element: _rows(element, "m:mr"),
        "m:eqArr": _lines,
        "m:func": _function,
        "m:limLow": _script("munder", "m:lim"),
        "m:limUpp": _script("mover", "m:lim"),
        "m:acc": _accent,
        "m:bar": _bar,
        "m:groupChr": _grouped,
        "m:borderBox": lambda element: _made("menclose", _part(element, "m:e"), notation="box"),
        "m:box": lambda element: _part(element, "m:e"),
        "m:phant": _phantom,
    }
)
"""How each structure is put."""
