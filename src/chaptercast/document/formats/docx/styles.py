"""Styles, each with all that it has from those it is based on; and what a style is to a reader, by its name."""

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct, structs
from msgspec.structs import replace

from chaptercast.document.formats.docx.qualified_names import Element, child, find, name, value
from chaptercast.document.formats.docx.run_properties import (
    NO_OUTLINE_LEVEL,
    NOTHING_SAID,
    Numbered,
    ParagraphProperties,
    RunProperties,
    paragraph_properties,
    run_properties,
)
from chaptercast.document.outline.class_roles import role_of
from chaptercast.document.outline.word_lists import table as words_table

DEEPEST = 50
"""Styles that one style can be based on, one after the other."""

_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "title": "title",
        **dict.fromkeys(("subtitle", "sub-title"), "subtitle"),
        **dict.fromkeys(
            ("quote", "intense quote", "block text", "quotations", "block quotation", "blockquote"), "quote"
        ),
        **dict.fromkeys(
            ("html preformatted", "preformatted text", "source code", "code", "code block", "verbatim", "listing"),
            "code",
        ),
        **dict.fromkeys(("caption", "table caption", "image caption"), "caption"),
        "definition term": "term",
        "definition": "definition",
    }
)
"""What paragraphs of Word's own styles are, and of those that other programs write; Word keeps the English names in every language."""
_NAVIGATION = re.compile(
    r"(?:toc|contents|index|user index|verzeichnis|inhaltsverzeichnis|tm|tdc|sommario|目录|目錄|目次) ?\d"
    r"|(?:toc|contents|index|toa|user index|bibliography index) heading|table of (?:figures|authorities)",
    re.IGNORECASE,
)
_CODE_RUNS = frozenset({"html code", "html typewriter", "html keyboard", "html sample", "verbatim char", "source text"})
Properties = TypeVar("Properties", RunProperties, ParagraphProperties)
_CLASSES = frozenset({"heading", "subtitle", "byline", "caption"})
"""Roles that the name of a style of the author's own can give."""


class Style(Struct, frozen=True):
    """A style with all that it has from others."""

    names: tuple[str, ...] = ()
    """Its own first, then those of the styles that it is based on, in lower case."""
    paragraph: ParagraphProperties = ParagraphProperties()
    run: RunProperties = NOTHING_SAID
    own: bool = False
    """Made by the author, not one that Word brings."""
    heads_first_row: bool = False
    """Of a table: its first row looks different."""

    @property
    def role(self) -> str:
        """`title`, `subtitle`, `quote`, `code`, `caption`, `term`, `definition`, `navigation`, or nothing."""
        return _role(self.names)

    @property
    def level(self) -> int:
        """Of headings of this style, from 1; 0 if they are none."""
        level = self.paragraph.outline_level
        return 0 if level is None or level == NO_OUTLINE_LEVEL else level + 1

    @property
    def is_code(self) -> bool:
        """Whether a run in this style is program text."""
        return not _CODE_RUNS.isdisjoint(self.names)

    @property
    def classes(self) -> tuple[str, ...]:
        """The name of a style of the author's own, where it tells what its paragraphs are: the last word of it does."""
        first = self.names[0] if self.own and self.names else ""
        last = first.rpartition(" ")[2]
        return (first.replace(" ", "-"),) if role_of((last,)) in _CLASSES else ()


PLAIN = Style()


class StyleSheet:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        self._sources: dict[tuple[str, str], Element] = {}
        self._resolved: dict[tuple[str, str], Style] = {}
        self._defaults: dict[str, str] = {}
        self.run = NOTHING_SAID
        """What holds for all text."""
        for element in () if root is None else root:
            if name(element) == "w:docDefaults":
                self.run = run_properties(find(element, "w:rPrDefault", "w:rPr"))
            elif name(element) == "w:style":
                kind = value(element, "type") or "paragraph"  # as the standard has it where nothing is said
                self._sources.setdefault((kind, value(element, "styleId")), element)
                if value(element, "default").lower() in ("1", "true", "on"):
                    self._defaults.setdefault(kind, value(element, "styleId"))

    def get(self, identity: str, kind: str = "paragraph") -> Style:
        """The style of that id and kind, or the default one of the kind."""
        key = (kind, identity)
        if key not in self._sources:
            key = (kind, self._defaults.get(kind, ""))
        if key not in self._resolved:
            self._resolved[key] = functools.reduce(_based, reversed(self._chain(key)), PLAIN)
        return self._resolved[key]

    def numbering(self, identity: str) -> Numbered:
        """The list that a style of lists stands for."""
        return self.get(identity, "numbering").paragraph.numbered

    def _chain(self, key: tuple[str, str]) -> list[Element]:
        """A style and those that it is based on."""
        chain: list[Element] = []
        kind, identity = key
        while (kind, identity) in self._sources and len(chain) < DEEPEST:
            element = self._sources[kind, identity]
            if element in chain:
                break
            chain.append(element)
            above = child(element, "w:basedOn")
            identity = "" if above is None else value(above)
        return chain


def _based(under: Style, element: Element) -> Style:
    """A style as `element` defines it, based on `under`."""
    called = child(element, "w:name")
    names = ((value(called) if called is not None else value(element, "styleId")).strip().lower(), *under.names)
    said = paragraph_properties(child(element, "w:pPr"))
    if said.outline_level is None:
        said = replace(said, outline_level=_level_of_name(names[0]))
    numbered = Numbered(
        under.paragraph.numbered.numbering if said.numbered.numbering is None else said.numbered.numbering,
        under.paragraph.numbered.level if said.numbered.level is None else said.numbered.level,
    )
    paragraph = replace(over(said, under.paragraph), numbered=numbered)
    heads = any(value(each, "type") == "firstRow" and len(each) for each in element if name(each) == "w:tblStylePr")
    return Style(
        names,
        paragraph,
        over(run_properties(child(element, "w:rPr")), under.run),
        own=value(element, "customStyle").lower() in ("1", "true", "on"),
        heads_first_row=heads or under.heads_first_row,
    )


def over(first: Properties, second: Properties) -> Properties:
    """What `first` says, and what `second` says where it says nothing."""
    said = {key: given for key, given in structs.asdict(first).items() if given is not None and given != ""}
    return replace(second, **said) if said else second


@functools.lru_cache(maxsize=512)
def _role(names: tuple[str, ...]) -> str:
    if names and _NAVIGATION.fullmatch(names[0]):
        return "navigation"
    return next((_ROLES[each] for each in names if each in _ROLES), "")


@functools.lru_cache(maxsize=512)
def _level_of_name(style: str) -> int | None:
    """The outline level that the name of a style tells; None if it tells none."""
    match = _heading_name().fullmatch(style)
    return int(match[1]) - 1 if match else None


@functools.cache
def _heading_name() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words_table('class')['style'])})[ _-]?([1-9])", re.IGNORECASE)
