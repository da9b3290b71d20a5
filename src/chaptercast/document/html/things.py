"""What single elements are: images and media, formulas, preformatted text, and what their attributes say of their text."""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from chaptercast.document.html import formulas
from chaptercast.document.html.inline import Picture
from chaptercast.document.html.parse import Element
from chaptercast.document.html.style import Declarations
from chaptercast.document.html.tags import BLOCK, MACHINE_TEXT, NOT_TEXT
from chaptercast.document.model import CodeBlock

_SPACE = re.compile(r"\s+")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_FILE_NAME = re.compile(r"[^\s/]*[\w%-]\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)", re.IGNORECASE)
_SAYS_NOTHING = frozenset(
    [
        "image",
        "img",
        "photo",
        "picture",
        "pic",
        "figure",
        "graphic",
        "untitled",
        "图片",
        "图",
        "配图",
        "插图",
        "圖片",
        "画像",
        "写真",
        "bild",
        "foto",
    ]
)
_SIGN_CLASSES = re.compile(r"emoji|smil(?:ey|ies)|math|tex\b|latex|formula|equation|glyph", re.IGNORECASE)
_SOURCES = ("data-original", "data-src", "data-lazy-src", "src", "data", "href", "poster")
_PROGRAMMING = re.compile(
    r"(?:^|\s)(?:language-|lang-|highlight-source-|highlight-|brush:\s*|sourceCode\s+)([\w+#.-]+)"
)
_LINE_NUMBERS = frozenset(
    [
        "lineno",
        "linenos",
        "linenodiv",
        "line-number",
        "line-numbers",
        "linenumber",
        "linenumbers",
        "gutter",
        "ln",
        "hljs-ln-numbers",
    ]
)


def folded(text: str) -> str:
    """Text with every run of white space made one space."""
    return _SPACE.sub(" ", text).strip()


def text_of(element: Element) -> str:
    """All text in an element but that for the machine, folded; block elements part words."""
    parts: list[str] = []
    events = etree.iterwalk(element, events=("start", "end"))
    for event, node in events:
        if node.tag in BLOCK or node.tag in NOT_TEXT or node.tag == "br":
            parts.append(" ")
        if event == "end":
            if node is not element:
                parts.append(node.tail or "")
        elif node.tag in MACHINE_TEXT:
            events.skip_subtree()
        else:
            parts.append(node.text or "")
    return folded("".join(parts))


def classes(element: Element) -> tuple[str, ...]:
    """The tokens of `class` and `id`."""
    found = element.get("class", "").split()
    identity = element.get("id")
    if identity:
        found += identity.split()
    return tuple(dict.fromkeys(found))


def language_of(element: Element) -> str:
    """What `lang` or `xml:lang` says, if it is a language tag at all."""
    value = (
        element.get("lang")
        or element.get("{http://www.w3.org/XML/1998/namespace}lang")
        or element.get("xml:lang")
        or ""
    ).strip()
    return value.replace("_", "-") if _LANGUAGE_TAG.fullmatch(value) else ""


def centred(element: Element, tag: str, style: Declarations, around: bool) -> bool:
    """Whether lines are set in the middle. A table starts anew: that it stands in the middle says nothing of its text."""
    align = style.get("text-align") or element.get("align", "").lower()
    if tag == "table":
        return style.get("text-align") == "center"
    if align:
        return align in ("center", "middle", "-webkit-center")
    return around or tag == "center"


def picture(element: Element, tag: str) -> Picture:
    """What stands for an image, a drawing, a film or a sound."""
    source = next((element.get(name) for name in _SOURCES if element.get(name)), "")
    alt = element.get("alt")
    role = element.get("role", "")
    label = folded(
        alt or element.get("aria-label") or element.get("title") or (_title_in(element) if tag == "svg" else "")
    )
    if _FILE_NAME.fullmatch(label) or label.lower() in _SAYS_NOTHING:
        label = ""
    decorative = (
        role in ("presentation", "none") or (alt is not None and not alt.strip() and not label) or _is_spacer(element)
    )
    sign = bool(_SIGN_CLASSES.search(element.get("class", ""))) or (0 < len(label) <= 2 and not label.isalnum())
    tree = formulas.of_image(label) if sign and not decorative else None
    return Picture("" if decorative else label, source, decorative, sign, formula=tree)


def _title_in(svg: Element) -> str:
    for child in svg:
        if child.tag in ("title", "desc"):
            return folded("".join(child.itertext()))
    return ""


def _is_spacer(element: Element) -> bool:
    return any(element.get(name, "").strip() in ("0", "1", "0px", "1px") for name in ("width", "height"))


def code_block(element: Element) -> tuple[CodeBlock, str]:
    """`pre` as it stands, and the line numbers taken out of it."""
    parts: list[str] = []
    numbers: list[str] = []
    inside = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        numbering = not _LINE_NUMBERS.isdisjoint(node.get("class", "").split())
        if event == "start":
            inside += numbering
            if node.tag == "br":
                parts.append("\n")
            (numbers if inside else parts).append(node.text or "")
        else:
            inside -= numbering
            if node is not element:
                (numbers if inside else parts).append(node.tail or "")
    text = "".join(parts).replace("\r\n", "\n").replace("\r", "\n")
    return CodeBlock(text.removeprefix("\n").rstrip(), programming_language(element)), folded("".join(numbers))


def programming_language(pre: Element) -> str:
    """The language that class names of `pre`, its `code` or its wrapper speak of."""
    candidates = [pre, *(child for child in pre if child.tag == "code"), pre.getparent()]
    for element in candidates:
        if element is None:
            continue
        match = _PROGRAMMING.search(element.get("class", ""))
        if match:
            return match[1].lower()
        if element.get("data-lang"):
            return str(element.get("data-lang")).lower()
    return ""


def number(value: str | None, default: int, low: int, high: int) -> int:
    """A whole number from an attribute, within bounds."""
    match = re.match(r"\s*([+-]?\d{1,9})", value or "")
    return min(max(int(match[1]), low), high) if match else default


def attribute_changes(element: Element, tag: str) -> Mapping[str, Any]:
    """The fields of `Span` that attributes set: link, expansion."""
    if tag == "a":
        address = element.get("href", "").strip()
        if address and not address.startswith(("#", "javascript:", "data:", "vbscript:")):
            return {"link": address}
    elif tag in ("abbr", "acronym") and element.get("title"):
        return {"expansion": folded(element.get("title"))}
    return {}
