"""Reads single elements: images and media, formulas, preformatted text, and attributes that describe the text."""

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from lxml import etree

from chaptercast.document.formats.html import formulas
from chaptercast.document.formats.html.css import Declarations
from chaptercast.document.formats.html.element_kinds import BLOCK, MACHINE_TEXT, NOT_TEXT
from chaptercast.document.formats.html.inline_content import Picture
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.model import CodeBlock

PIECE = 300
"""Maximum number of characters that a report shows in one piece."""
_NOT_LETTERS = re.compile(r"[\W_]+")
_LONGEST_PLACEHOLDER = 60
_SPACE = re.compile(r"\s+")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_FILE_NAME = re.compile(
    r"(?:(?:[A-Za-z]:\\|\\\\|file:/|/).{1,300}[\\/][^\\/]*|[^\s/]*[\w%-])\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)",
    re.IGNORECASE,
)
_SLUG = re.compile(r"(?:[A-Za-z0-9]+[-_]){2,}[A-Za-z0-9]+")
"""A file name without its extension: `0225-harbour-01`."""
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
_DRAWN = re.compile(
    r"(?:(?:fill|stroke|shape|combined[ -]shape|path|group|page|layer|rect(?:angle)?|oval|ellipse|line|polygon|icons?|artboard|slice"
    r"|bitmap|mask|clip|symbol|vector|svg|arrow|chevron|caret|triangle)(?:[ _-]?(?:copy|up|down|left|right|\d+))*[ _-]*)+",
    re.IGNORECASE,
)
"""Names that drawing programs give to the parts of a drawing, and designers to their icons."""
_PLACEHOLDER = re.compile(
    r"(?:no |add |insert |missing |your )?(?:an? )?(?:image |picture |figure )?"
    r"(?:alt(?:ernate|ernative)?[ -]?(?:text|tag)?|description|caption)"
    r"(?: (?:is )?(?:currently )?(?:un|not )?available"
    r"| (?:goes )?here| missing| needed| required| (?:to be )?(?:added|provided|supplied)| to come)?"
    r"|(?:image|picture|figure|graphic|photo|math(?:s|ml)?|formula|equation)(?: (?:image|placeholder|object|omitted))?"
    r"|n/?a|none|null|undefined|tbd|to-?do|placeholder|mathematical (?:expression|formula|equation)"
    r"|kein(?:e)? (?:alternativtext|bildbeschreibung)(?: verfügbar)?|texte alternatif(?: non disponible)?",
    re.IGNORECASE,
)
"""What programs and templates write in place of an alternative text."""
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
    """Returns the text with every run of white space replaced by one space."""
    return _SPACE.sub(" ", text).strip()


def key(text: str) -> str:
    """Returns the text as a key for comparison: letters and digits only, in one case."""
    return _NOT_LETTERS.sub("", text.casefold())


def line_of(element: Element, most: int) -> str:
    """Returns the folded text of an element if it has at most `most` characters, white space not counted; else an empty string."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > most:
            return ""
    return folded("".join(parts))


def text_of(element: Element) -> str:
    """Returns all text of an element except text for machines, folded. Block elements separate words."""
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


def texts_of(element: Element) -> list[str]:
    """Returns the text of an element in pieces that fit into a report: those of its parts if it is long."""
    sizes = _sizes(element)
    pieces: list[str] = []
    stack = [element]
    while stack:
        part = stack.pop()
        own = (part.text, *(child.tail for child in part))
        if sizes[part] > PIECE and len(part) and not any(each and not each.isspace() for each in own):
            stack += part[::-1]
            continue
        text = text_of(part)
        if text:
            pieces.append(text)
    return pieces


def _sizes(element: Element) -> dict[Element, int]:
    """Returns the number of characters in an element and in each element inside it, white space included."""
    sizes: dict[Element, int] = {}
    for part in reversed(list(element.iter())):
        texts = (part.text or "", *(child.tail or "" for child in part))
        sizes[part] = sum(map(len, texts)) + sum(sizes[child] for child in part)
    return sizes


def classes(element: Element) -> tuple[str, ...]:
    """Returns the tokens of `class` and `id`."""
    found = element.get("class", "").split()
    identity = element.get("id")
    if identity:
        found += identity.split()
    return tuple(dict.fromkeys(found))


def language_of(element: Element) -> str:
    """Returns the value of `lang` or `xml:lang`, if it is a language tag."""
    value = (
        element.get("lang")
        or element.get("{http://www.w3.org/XML/1998/namespace}lang")
        or element.get("xml:lang")
        or ""
    ).strip()
    return value.replace("_", "-") if _LANGUAGE_TAG.fullmatch(value) else ""


def centred(element: Element, tag: str, style: Declarations, around: bool) -> bool:
    """Returns whether lines are centred. A table starts anew: its own centred position does not apply to its text."""
    align = style.get("text-align") or element.get("align", "").lower()
    if tag == "table":
        return style.get("text-align") == "center"
    if align:
        return align in ("center", "middle", "-webkit-center")
    return around or tag == "center"


def picture(element: Element, tag: str) -> Picture:
    """Returns the picture for an image, a drawing, a video or a sound."""
    source = next((element.get(name) for name in _SOURCES if element.get(name)), "")
    alt = element.get("alt")
    role = element.get("role", "")
    label = folded(
        alt or element.get("aria-label") or element.get("title") or (_title_in(element) if tag == "svg" else "")
    )
    if tag == "svg" and _DRAWN.fullmatch(label):
        label = ""
    if says_nothing(label) or _SLUG.fullmatch(label):
        label = ""
    decorative = (
        role in ("presentation", "none") or (alt is not None and not alt.strip() and not label) or _is_spacer(element)
    )
    sign = bool(_SIGN_CLASSES.search(element.get("class", ""))) or _is_a_sign(label)
    tree = formulas.of_image(label) if sign and not decorative else None
    return Picture("" if decorative else label, source, decorative, sign, formula=tree)


def says_nothing(label: str) -> bool:
    """Returns whether an alternative text is only the name of a file, with or without its folder, or a placeholder."""
    return bool(_FILE_NAME.fullmatch(label)) or label.lower() in _SAYS_NOTHING or is_placeholder(label)


def is_placeholder(text: str) -> bool:
    """Returns whether a text is only a placeholder for an alternative text."""
    return len(text) <= _LONGEST_PLACEHOLDER and _PLACEHOLDER.fullmatch(text.strip(" .!()[]<>{}*-–—:")) is not None


def _is_a_sign(label: str) -> bool:
    """Returns whether an image stands for a character: an emoji, an ornamental initial."""
    return (0 < len(label) <= 2 and not label.isalnum()) or (len(label) == 1 and label.isalpha())


def _title_in(svg: Element) -> str:
    for child in svg:
        if child.tag in ("title", "desc"):
            return folded("".join(child.itertext()))
    return ""


def _is_spacer(element: Element) -> bool:
    return any(element.get(name, "").strip() in ("0", "1", "0px", "1px") for name in ("width", "height"))


def code_block(element: Element) -> tuple[CodeBlock, str]:
    """Returns the text of `pre` unchanged except for line numbers, and the line numbers that were removed."""
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
    """Returns the programming language that is named by the classes of `pre`, its `code` or its wrapper."""
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


_LISTING = re.compile(
    r"(?:^|[\s_-])(?:highlight|codehilite|sourcecode|prettyprint|literal-block|terminal|console|syntax\w*)",
    re.IGNORECASE,
)
_PROMPT = re.compile(r"^(?:[$%] |>>> |\w+@[\w-]+[:~])\S", re.MULTILINE)


def is_listing(pre: Element, text: str) -> bool:
    """Returns whether preformatted text is from a program or a terminal, judged by the names around it or by its prompts."""
    around = (pre, *islice(pre.iterancestors(), 3))
    return any(_LISTING.search(element.get("class", "")) for element in around) or _PROMPT.search(text) is not None


def is_initial(element: Element) -> bool:
    """Returns whether an element is the large first letter of a word that continues after it."""
    letter = (element.text or "").strip("\"'“‘«„» ")
    following = element.tail or ""
    return len(element) == 0 and len(letter) == 1 and letter.isalpha() and following[:1].isalpha()


def number(value: str | None, default: int, low: int, high: int) -> int:
    """Returns the whole number in an attribute, limited to a range."""
    match = re.match(r"\s*([+-]?\d{1,9})", value or "")
    return min(max(int(match[1]), low), high) if match else default


def attribute_changes(element: Element, tag: str) -> Mapping[str, Any]:
    """Returns the fields of `Span` that attributes set: link, expansion."""
    if tag == "a":
        address = element.get("href", "").strip()
        if address and not address.startswith(("#", "javascript:", "data:", "vbscript:")):
            return {"link": address}
    elif tag in ("abbr", "acronym") and element.get("title"):
        return {"expansion": folded(element.get("title"))}
    return {}
