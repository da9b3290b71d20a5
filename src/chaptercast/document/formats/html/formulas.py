r"""Finds the formulas of a page: `math`, scripts for MathJax, TeX between `\(` and `\)`, and images with TeX as alternative text."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from chaptercast.document.formats.html.parse import Element
from chaptercast.mathematics import asciimath, latex, mathml, writing
from chaptercast.mathematics.tree import EMPTY, Node, Unknown, contains

LONGEST = 5000
"""Maximum number of characters of a formula that is searched for in a text."""
_SPACE = re.compile(r"\s+")
_NOTHING = (
    r"(?:no|missing|empty) (?:alt|alternative|alternate)\s*(?:text)?",
    r"alt(?:ernative|ernate)?\s*text(?:\s+is)?(?:\s+(?:not|un)?\s*(?:available|missing|here|provided))?",
    r"(?:an?\s+|the\s+)?(?:inline|display|block)?\s*(?:math(?:s|ml|jax|ematics)?|equation|formula|expression|image|symbol)(?:\s+\w{1,10})?",
    r"undefined|null|none|n/?a|todo|[\w -]{1,80}\.(?:png|gif|jpe?g|svg|mml|tex)",
    r"formel|gleichung|kein alternativtext(?: verfügbar)?|formule|équation|texte alternatif(?: non disponible)?",
    r"ecuación|fórmula|texto alternativo(?: no disponible)?|(?:数学)?公式|方程|数式",
)
_PLACEHOLDER = re.compile(rf"\W*(?:{'|'.join(_NOTHING)})\W*", re.IGNORECASE)
"""What programs write if they have no alternative text."""
_ENVIRONMENTS = r"(?:equation|align|gather|multline|eqnarray|displaymath)\*?"
_TEX = (
    rf"\\\((?P<round>(?:(?!\\\)).){{1,{LONGEST}}})\\\)|\\\[(?P<square>(?:(?!\\\]).){{1,{LONGEST}}})\\\]"
    rf"|\$\$(?P<dollars>(?:(?!\$\$).){{1,{LONGEST}}})\$\$"
    rf"|(?P<whole>\\begin\{{(?P<name>{_ENVIRONMENTS})\}}(?:(?!\\end\{{(?P=name)\}}).){{1,{LONGEST}}}\\end\{{(?P=name)\}})"
)
_IN_TEXT = re.compile(_TEX, re.DOTALL)
_AND_DOLLARS = re.compile(
    _TEX + r"|(?<![\w$\\])\$(?![\s$])(?P<dollar>(?:\\.|[^$\\]){1,1000}?)(?<![\s\\])\$(?![\w$])", re.DOTALL
)
_PLACES = ("whole", "round", "square", "dollars", "dollar")
_DOLLARS_ASKED = re.compile(r"inlineMath\s*:\s*\[[^;{}]{0,200}?['\"]\$['\"]|left\s*:\s*['\"]\$['\"]", re.IGNORECASE)
_TYPESET = ("MathJax", "MJX", "mjx")
"""Prefixes of the class names that MathJax gives to its output."""
_READERS: tuple[tuple[str, Callable[[str], Node]], ...] = (("asciimath", asciimath.read), ("tex", latex.read))
"""The reader for each language, by a part of the language's name."""


def of_math(element: Element) -> tuple[str, Node | None]:
    """Returns the text of `math` and its tree.

    There is no tree if the author has put the formula into words, which are then said unchanged.
    """
    alternative = _folded(element.get("alttext") or "")
    if not any(character.isalnum() for character in alternative) or _PLACEHOLDER.fullmatch(alternative):
        alternative = ""
    tree = mathml.read(element)
    sources = list(_annotations(element))
    if latex.looks_like(alternative):
        sources.append((alternative, latex.read))
    for source, read in sources:
        found = read(source)
        if found != EMPTY and (tree == EMPTY or not contains(found, Unknown)):
            return source, found
    if alternative and not latex.looks_like(alternative):
        return alternative, None
    return writing.latex(tree), tree


def _annotations(element: Element) -> Iterator[tuple[str, Callable[[str], Node]]]:
    for annotation in element.iter("annotation"):
        encoding = annotation.get("encoding", "").lower()
        text = _folded("".join(annotation.itertext()))
        read = next((read for name, read in _READERS if name in encoding), None)
        if text and read is not None:
            yield text, read


def is_source(element: Element) -> bool:
    """Returns whether a `script` holds a formula that MathJax would render."""
    return str(element.get("type", "")).lower().startswith("math/")


def of_script(element: Element) -> tuple[str, Node | None]:
    """Returns the text of a formula in a script, and its tree."""
    kind = element.get("type", "").lower()
    text = re.sub(r"^\s*%?\s*<!\[CDATA\[|%?\s*\]\]>\s*$", "", "".join(element.itertext()))
    if "mml" in kind:
        root = _markup(text)
        return of_math(root) if root is not None else (_folded(text), Unknown(_folded(text)))
    read = next((read for name, read in _READERS if name in kind), latex.read)
    return _folded(text), read(text)


def _markup(text: str) -> Element | None:
    """Returns the `math` element of a text."""
    try:
        root = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8"))
    except etree.XMLSyntaxError:
        return None
    return root.find(".//math") if root is not None else None


def of_image(alternative: str) -> Node | None:
    """Returns the tree of an image's alternative text if that is TeX."""
    return latex.read(alternative) if latex.looks_like(alternative) else None


def has_dollars(root: Element) -> bool:
    """Returns whether a page configures its formula renderer to recognise single dollars."""
    return any(_DOLLARS_ASKED.search(script.text or "") for script in root.iter("script"))


def is_set_again(element: Element) -> bool:
    """Returns whether an element shows MathJax's output for a script."""
    return any(name.startswith(_TYPESET) for name in element.get("class", "").split())


def in_text(text: str, *, dollars: bool) -> Iterator[tuple[str, Node | None]]:
    """Yields a text in pieces: formulas with their trees, and the text between them without."""
    place = 0
    for match in (_AND_DOLLARS if dollars else _IN_TEXT).finditer(text):
        if match.start() > place:
            yield text[place : match.start()], None
        source = next(part for name in _PLACES if (part := match.groupdict().get(name)))
        yield _folded(source), latex.read(source)
        place = match.end()
    if place < len(text):
        yield text[place:], None


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
