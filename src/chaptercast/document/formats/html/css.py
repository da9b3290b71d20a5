"""Evaluates the few CSS properties that change what is read: weight, slant, size, position, visibility, display, white space.

Only `style` attributes, the presentational attributes of old HTML and plain rules of `<style>` sheets (a tag, a class, an id, or a tag
with a class) are evaluated: enough for newsletters, word processors and exports.
"""

import functools
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

Declarations = Mapping[str, str]
"""CSS properties and values, in lower case."""

REMEMBERED = 500
"""`style` attributes with fewer characters often repeat in a page, so they are parsed only once."""

NONE: Declarations = MappingProxyType({})

_DECLARATION = re.compile(r"([-\w]+)\s*:\s*((?:[^;'\"]|\"[^\"]*\"|'[^']*')+)")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"\s*([a-zA-Z][\w-]*)?(?:([.#])([\w-]+))?\s*")
_LENGTH = re.compile(r"([\d.]+)\s*(px|pt|em|rem|ex|%|mm|cm|in|pc)")
_PIXELS = MappingProxyType({"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54})
_SIZE_WORDS = MappingProxyType(
    {
        "xx-small": 9.0,
        "x-small": 10.0,
        "small": 13.0,
        "medium": 16.0,
        "large": 18.0,
        "x-large": 24.0,
        "xx-large": 32.0,
        "xxx-large": 48.0,
    },
)
_FONT_SIZES = (10.0, 10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)
"""Pixels for `<font size=0..7>` (HTML Living Standard, 15.3.4)."""
ROOT_SIZE = 16.0
_ZERO = re.compile(r"0(?![.\d]*[1-9])")
_BOLD = re.compile(r"\b(?:bold|bolder|[6-9]00|1000)\b")
_NOT_BOLD = re.compile(r"\b(?:normal|lighter|[1-5]00)\b")


def declarations(text: str) -> Declarations:
    """Returns the declarations of a `style` attribute or the body of a rule."""
    return _parsed(text) if len(text) <= REMEMBERED else _parsed.__wrapped__(text)


@functools.lru_cache(maxsize=512)
def _parsed(text: str) -> Declarations:
    found = {name.lower(): value.strip().lower() for name, value in _DECLARATION.findall(text)}
    return MappingProxyType(found)


class StyleSheet:
    """Rules of `<style>` elements, by their simple selectors."""

    def __init__(self, sheets: list[str]) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        for sheet in sheets:
            for selectors, body in _RULE.findall(_top_level(_COMMENT.sub("", sheet))):
                found = declarations(body)
                for selector in selectors.split(","):
                    match = _SELECTOR.fullmatch(selector)
                    if match and selector.strip():
                        key = (match[1] or "").lower() + (match[2] or "") + (match[3] or "")
                        self._rules.setdefault(key, {}).update(found)

    @property
    def names_sizes(self) -> bool:
        """Whether any rule sets the font size."""
        return any(name.startswith("font") for rule in self._rules.values() for name in rule)

    def of(self, tag: str, attributes: Mapping[str, str]) -> Declarations:
        """Returns the declarations for an element: rules for its tag, its classes, its id, and its own attribute.

        Later ones override earlier ones.
        """
        own = attributes.get("style")
        if not self._rules:
            return declarations(own) if own else NONE
        keys = [tag]
        for name in attributes.get("class", "").split():
            keys += ["." + name, f"{tag}.{name}"]
        if "id" in attributes:
            keys += ["#" + attributes["id"], f"{tag}#{attributes['id']}"]
        found: dict[str, str] = {}
        for key in keys:
            found.update(self._rules.get(key, NONE))
        if own:
            found.update(declarations(own))
        return found or NONE


SCREEN = 1280
"""Assumed width of the screen, in CSS pixels."""
_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*(\d+(?:\.\d+)?)(px|em|rem)\s*\)")
_MEDIA = re.compile(
    r"@media\s+(?:only\s+)?(?:(?:screen|all)(?:\s+and\s+)?)?((?:\([^()]*\)(?:\s+and\s+)?)*)\s*", re.IGNORECASE
)


def _holds(rule: str) -> bool:
    """Returns whether an @-rule is a media query about width only that a wide screen satisfies."""
    match = _MEDIA.fullmatch(rule.strip())
    if not match:
        return False
    widths = _WIDTH.findall(match[1])
    told = all((float(value) * _unit(unit) <= SCREEN) == (bound == "min") for bound, value, unit in widths)
    return told and not _WIDTH.sub("", match[1]).replace("and", "").strip()


def _unit(name: str) -> float:
    return 1.0 if name == "px" else ROOT_SIZE


def _top_level(sheet: str) -> str:
    """Returns the sheet without its @-rules, except those for a wide screen. Rules for print or telephones do not apply here."""
    if "@" not in sheet:
        return sheet
    kept: list[str] = []
    depth = 0
    skipping: int | None = None
    opened: list[int] = []
    for piece in re.split(r"([{};])", sheet):
        if skipping is None and piece.lstrip().startswith("@"):
            if _holds(piece):
                opened.append(depth)
                continue
            skipping = depth
        if (piece == "{" and opened and opened[-1] == depth) or (piece == "}" and opened and opened[-1] == depth - 1):
            if piece == "}":
                opened.pop()
        elif skipping is None:
            kept.append(piece)
        depth += (piece == "{") - (piece == "}")
        if skipping is not None and depth <= skipping and piece in ("}", ";"):
            skipping = None
    return "".join(kept)


def weight(style: Declarations) -> bool | None:
    """Returns whether text is bold; None if nothing is declared."""
    value = style.get("font-weight") or style.get("font", "")
    if _BOLD.search(value):
        return True
    return False if "font-weight" in style and _NOT_BOLD.search(value) else None


def hidden(style: Declarations) -> bool:
    """Returns whether an element is hidden with all its content."""
    return bool(style) and any(test(style) for test in _HIDING)


def of_no_size(style: Declarations) -> bool:
    """Returns whether the font size is too small to be seen. Elements inside may set a size of their own."""
    return bool(style) and _ZERO.match(style.get("font-size", "")) is not None


def sizes_type(style: Declarations) -> bool:
    """Returns whether an element sets a visible font size of its own."""
    return (
        bool(style)
        and ("font-size" in style or _LENGTH.search(style.get("font", "")) is not None)
        and not of_no_size(style)
    )


def _nothing_high(style: Declarations) -> bool:
    shut = any(_ZERO.match(style.get(name, "")) for name in ("max-height", "height", "max-width", "width"))
    return shut and style.get("overflow", "") == "hidden"


_HIDING: tuple[Callable[[Declarations], bool], ...] = (
    lambda style: style.get("display", "").startswith("none"),
    lambda style: style.get("visibility", "").startswith(("hidden", "collapse")),
    lambda style: style.get("mso-hide", "") == "all",
    _nothing_high,
)


def pixels(style: Declarations, attributes: Mapping[str, str], tag: str, around: float) -> float:
    """Returns the font size in CSS pixels; `around` is the font size of the text around it."""
    if not style and tag not in ("font", "big", "small"):
        return around
    value = style.get("font-size") or style.get("font", "")
    match = _LENGTH.search(value)
    if match:
        return _measure(match, around)
    if value in _SIZE_WORDS:
        return _SIZE_WORDS[value]
    if tag == "font":
        return _font_size(attributes.get("size", ""), around)
    factor = {"big": 1.2, "small": 1 / 1.2, "larger": 1.2, "smaller": 1 / 1.2}.get(value or tag, 1.0)
    return around * factor


def _measure(match: "re.Match[str]", around: float) -> float:
    try:
        number = float(match[1])
    except ValueError:
        return around
    unit = match[2]
    if unit in _PIXELS:
        size = number * _PIXELS[unit]
    else:
        size = number * {"em": around, "ex": around / 2, "%": around / 100, "rem": ROOT_SIZE}[unit]
    return min(max(size, 0.1), 1000.0)


def _font_size(value: str, around: float) -> float:
    match = re.fullmatch(r"\s*([+-]?)(\d)\s*", value)
    if not match:
        return around
    step = int(match[2])
    if match[1]:
        step = 3 + step if match[1] == "+" else 3 - step
    return _FONT_SIZES[min(max(step, 1), 7)]


def span_changes(style: Declarations) -> dict[str, Any]:
    """Returns the fields of `Span` that declarations set."""
    changes: dict[str, Any] = {}
    bold = weight(style)
    if bold is not None:
        changes["strong"] = bold
    slant = style.get("font-style", "")
    if slant:
        changes["emphasis"] = slant.startswith(("italic", "oblique"))
    decoration = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if "line-through" in decoration:
        changes["deleted"] = True
    align = style.get("vertical-align", "")
    if align in ("super", "sub"):
        changes["raised"], changes["lowered"] = align == "super", align == "sub"
    return changes


def preserves(style: Declarations) -> bool | None:
    """Returns whether line breaks of the source are kept; None if nothing is declared."""
    value = style.get("white-space", "")
    return value.startswith(("pre", "break-spaces")) if value else None
