"""What single elements are: images and media, formulas, preformatted text, and what their attributes say of their text."""

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
"""Characters of text that a report names in one piece."""
_NOT_LETTERS = re.compile(r"[\W_]+")
_LONGEST_PLACEHOLDER = 60
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
_DRAWN = re.compile(
    r"(?:(?:fill|stroke|shape|combined[ -]shape|path|group|page|layer|rect(?:angle)?|oval|ellipse|line|polygon|icons?|artboard|slice"
    r"|bitmap|mask|clip|symbol|vector|svg|arrow|chevron|caret|triangle)(?:[ _-]?(?:copy|up|down|left|right|\d+))*[ _-]*)+",
    re.IGNORECASE,
)
"""What drawing programs call the parts of a drawing, and designers their icons."""
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
"""What programs and templates write where an alternative text should be."""
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


def key(text: str) -> str:
    """A text for comparison: letters and digits only, in one case."""
    return _NOT_LETTERS.sub("", text.casefold())


def line_of(element: Element, most: int) -> str:
    """The text of an element, folded, if it has at most so many characters, white space not counted; else nothing."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > most:
            return ""
    return folded("".join(parts))


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


def texts_of(element: Element) -> list[str]:
    """The text of an element, in pieces that can be read in a report: those of its parts where it is long."""
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
    """How many characters stand in an element and in each in it, white space and all."""
    sizes: dict[Element, int] = {}
    for part in reversed(list(element.iter())):
        texts = (part.text or "", *(child.tail or "" for child in part))
        sizes[part] = sum(map(len, texts)) + sum(sizes[child] for child in part)
    return sizes


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
    if tag == "svg" and _DRAWN.fullmatch(label):
        label = ""
    if _FILE_NAME.fullmatch(label) or label.lower() in _SAYS_NOTHING or is_placeholder(label):
        label = ""
    decorative = (
        role in ("presentation", "none") or (alt is not None and not alt.strip() and not label) or _is_spacer(element)
    )
    sign = bool(_SIGN_CLASSES.search(element.get("class", ""))) or _is_a_sign(label)
    tree = formulas.of_image(label) if sign and not decorative else None
    return Picture("" if decorative else label, source, decorative, sign, formula=tree)


def is_placeholder(text: str) -> bool:
    """Whether a text only stands where an alternative text should be."""
    return len(text) <= _LONGEST_PLACEHOLDER and _PLACEHOLDER.fullmatch(text.strip(" .!()[]<>{}*-–—:")) is not None


def _is_a_sign(label: str) -> bool:
    """Whether an image stands for a character: an emoji, an ornamental initial."""
    return (0 < len(label) <= 2 and not label.isalnum()) or (len(label) == 1 and label.isalpha())


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


_LISTING = re.compile(
    r"(?:^|[\s_-])(?:highlight|codehilite|sourcecode|prettyprint|literal-block|terminal|console|syntax\w*)",
    re.IGNORECASE,
)
_PROMPT = re.compile(r"^(?:[$%] |>>> |\w+@[\w-]+[:~])\S", re.MULTILINE)


def is_listing(pre: Element, text: str) -> bool:
    """Whether preformatted text is a program's or a terminal's: by the names around it, or its prompts."""
    around = (pre, *islice(pre.iterancestors(), 3))
    return any(_LISTING.search(element.get("class", "")) for element in around) or _PROMPT.search(text) is not None


def is_initial(element: Element) -> bool:
    """Whether an element is the large first letter of the word that goes on behind it."""
    letter = (element.text or "").strip("\"'“‘«„» ")
    following = element.tail or ""
    return len(element) == 0 and len(letter) == 1 and letter.isalpha() and following[:1].isalpha()


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
