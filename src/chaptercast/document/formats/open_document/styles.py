"""The styles of an OpenDocument text: what each says of its text, with all that it inherits (ODF 1.3, part 3, section 16)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from chaptercast.document.formats.html.element_content import number
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.formats.open_document.namespaces import said_of
from chaptercast.document.metadata.language import canonical

GENERATIONS = 20
"""How far the parents of a style are followed."""

_CODE = re.compile(r"_([0-9a-f]{2,4})_")
"""A character that a name cannot have: `Heading_20_1`."""
_BOLD = re.compile(r"bold|[6-9]00")
_SHEET: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "fo:font-size": ("font-size", r"[\d.]+(?:pt|%|cm|mm|in|px)"),
        "fo:text-align": ("text-align", r"center"),
        "fo:font-style": ("font-style", r"italic|oblique|normal"),
    },
)
"""Properties that HTML has under another name, and the values of theirs that count."""


class Style(Struct, frozen=True):
    """What a style says of itself."""

    name: str
    parent: str = ""
    outline_level: int = 0
    list_style: str = ""
    properties: Mapping[str, str] = MappingProxyType({})
    """By their usual names: `fo:font-weight`."""


class Styles:
    """The styles of a document."""

    def __init__(self, sources: Iterable[Element]) -> None:
        """`sources` hold `style` elements: those that are named by a person, and those that the program made."""
        self._styles: dict[tuple[str, str], Style] = {}
        self._defaults: dict[str, Style] = {}
        self._lines: dict[tuple[str, str], tuple[Style, ...]] = {}
        self._looks: dict[tuple[str, str], dict[str, str]] = {}
        for source in sources:
            for element in source.iter("style", "default-style"):
                family = said_of(element, "style:family")
                style = _style(element)
                if element.tag == "default-style":
                    self._defaults[family] = style
                else:
                    self._styles[family, style.name] = style

    @property
    def language(self) -> str:
        """That of paragraphs whose style says nothing of it."""
        return self._language([self._defaults["paragraph"]]) if "paragraph" in self._defaults else ""

    def ancestry(self, family: str, name: str) -> tuple[Style, ...]:
        """A style and its parents, the nearest first."""
        if (family, name) not in self._lines:
            self._lines[family, name] = tuple(self._followed(family, name))
        return self._lines[family, name]

    def _followed(self, family: str, name: str) -> Iterator[Style]:
        for _ in range(GENERATIONS):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.parent

    def looks(self, family: str, name: str) -> dict[str, str]:
        """The HTML attributes for text of a style: `style`, `class`, `lang`."""
        if (family, name) not in self._looks:
            line = self.ancestry(family, name)
            found = {"style": ";".join(_declarations(line)), "class": _classes(line), "lang": self._language(line)}
            self._looks[family, name] = {key: value for key, value in found.items() if value}
        return self._looks[family, name]

    def outline_level(self, name: str) -> int:
        """The level of the headings that paragraphs of a style are; 0 if they are none."""
        return next((style.outline_level for style in self.ancestry("paragraph", name) if style.outline_level), 0)

    def list_style(self, name: str) -> str:
        """The list style that paragraphs of a style have."""
        return next((style.list_style for style in self.ancestry("paragraph", name) if style.list_style), "")

    def descends(self, name: str, ancestor: str) -> bool:
        """Whether a style of paragraphs is another one, or inherits from it; those of the program have English names."""
        return name == ancestor or any(
            ancestor in (style.name, style.parent) for style in self.ancestry("paragraph", name)
        )

    @staticmethod
    def _language(line: Iterable[Style]) -> str:
        for style in line:
            language, country = style.properties.get("fo:language", ""), style.properties.get("fo:country", "")
            if language:
                return canonical(language if country in ("", "none") else f"{language}-{country}") or ""
        return ""


def _declarations(line: Iterable[Style]) -> Iterator[str]:
    """What CSS says of the looks of a style."""
    for key, (css, allowed) in _SHEET.items():
        value = _first(line, key)
        if re.fullmatch(allowed, value):
            yield f"{css}:{value}"
    weight = _first(line, "fo:font-weight")
    if weight:
        yield f"font-weight:{'bold' if _BOLD.search(weight) else 'normal'}"
    if _first(line, "style:text-line-through-style") not in ("", "none"):
        yield "text-decoration:line-through"
    position = _first(line, "style:text-position").split(" ")[0]
    if position not in ("", "0%"):
        yield f"vertical-align:{'sub' if position == 'sub' or position.startswith('-') else 'super'}"
    if _first(line, "text:display") == "none":
        yield "display:none"


def _style(element: Element) -> Style:
    properties = {}
    for part in element.iter("text-properties", "paragraph-properties"):
        for key in _READ:
            value = said_of(part, key)
            if value:
                properties[key] = value
    return Style(
        said_of(element, "style:name"),
        said_of(element, "style:parent-style-name"),
        number(said_of(element, "style:default-outline-level"), 0, 0, 10),
        said_of(element, "style:list-style-name"),
        MappingProxyType(properties),
    )


_READ = (
    *_SHEET,
    *("fo:font-weight", "style:text-line-through-style", "style:text-position", "text:display"),
    *("fo:language", "fo:country"),
)


def _first(line: Iterable[Style], key: str) -> str:
    return next((style.properties[key] for style in line if key in style.properties), "")


def _classes(line: Iterable[Style]) -> str:
    """The names of the styles that a person gave, as class names; those that the program made are letters with a number."""
    names = (_CODE.sub(lambda match: chr(int(match[1], 16)), style.name) for style in line)
    return " ".join("-".join(name.split()) for name in names if not re.fullmatch(r"[A-Z]{1,2}\d+", name))
