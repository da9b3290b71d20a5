"""Lists: how each level of a numbering is written, and the counters (ECMA-376, 17.9)."""

import re

from msgspec import Struct, field

from chaptercast.document.formats.docx.number_formats import IN_DIGITS, formatted
from chaptercast.document.formats.docx.qualified_names import Element, child, integer, is_on, name, value
from chaptercast.document.formats.docx.run_properties import Numbered, paragraph_properties
from chaptercast.document.formats.docx.styles import StyleSheet

LEVELS = 9
NO_LIST = "0"
"""The numbering that takes a paragraph out of the list of its style."""

_PLACE = re.compile(r"%([1-9])")
_BOXES = {"☐": "[ ]", "☑": "[x]", "☒": "[x]"}
"""Bullets of a list of tasks, as narration knows them."""
_WORD = re.compile(r"[^\W\d_]{2}")


class Marker(Struct, frozen=True):
    """What stands before an item of a list."""

    numbering: str
    level: int
    number: int
    text: str = ""
    """As it is written: `3.`, `(iv)`, `Article 2`; empty for a bullet."""
    counted: bool = False
    """Its text is its number in digits, and nothing else but signs."""
    indent: int | None = None
    """Of the item's lines, where the level tells it, in twentieths of a point."""


class Level(Struct, frozen=True):
    """One level of a numbering."""

    number_format: str = "decimal"
    text: str = ""
    """As it is to be written, `%1.%2`: each number stands for that of a level, from 1."""
    start: int = 1
    restart: int | None = None
    """The level (from 1) whose items begin it anew; 0 for none, None for every higher one."""
    in_digits: bool = False
    """Numbers of higher levels are written in digits whatever they say (a legal numbering)."""
    style: str = ""
    """Paragraphs of that style are of this level."""
    indent: int | None = None


class _List(Struct):
    """A numbering and its counters, which several lists can share."""

    levels: dict[int, Level]
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class Numbering:
    """The numberings of a document. `marker` counts: it is asked once for each paragraph, in order."""

    def __init__(self, root: Element | None, styles: StyleSheet) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._concrete: dict[str, Element] = {}
        self._lists: dict[str, _List] = {}
        """By abstract numbering: those that are based on the same one count on."""
        self._used: dict[str, dict[int, Level]] = {}
        for element in () if root is None else root:
            if name(element) == "w:abstractNum":
                self._abstract.setdefault(value(element, "abstractNumId"), element)
            elif name(element) == "w:num":
                self._concrete.setdefault(value(element, "numId"), element)

    def marker(self, given: Numbered, style: str) -> Marker | None:
        """Count on, and tell what stands before a paragraph; None if it is in no list. `style` is the id of the paragraph's."""
        numbering = given.numbering or NO_LIST
        if numbering == NO_LIST or numbering not in self._concrete:
            return None
        abstract = self._abstract_of(numbering)
        if abstract not in self._lists:
            self._lists[abstract] = _List(_levels(self._abstract.get(abstract)))
        counting = self._lists[abstract]
        if numbering not in self._used:
            self._used[numbering] = _overridden(self._concrete[numbering], counting)
        levels = self._used[numbering]
        level = given.level
        if level is None:
            level = next((at for at, each in levels.items() if each.style and each.style == style), 0)
        return _marker(numbering, level, levels, _counted(level, levels, counting.counters))

    def _abstract_of(self, numbering: str) -> str:
        """The definition that a list is based on, by way of a style of lists where it is one."""
        seen: set[str] = set()
        while True:
            reference = child(self._concrete.get(numbering), "w:abstractNumId")
            abstract = "" if reference is None else value(reference)
            link = child(self._abstract.get(abstract), "w:numStyleLink")
            if link is None or numbering in seen:
                return abstract
            seen.add(numbering)
            linked = self._styles.numbering(value(link)).numbering
            if linked not in self._concrete:
                return abstract
            numbering = linked


def _levels(abstract: Element | None) -> dict[int, Level]:
    found = (each for each in (() if abstract is None else abstract) if name(each) == "w:lvl")
    return {_place(each): _level(each) for each in found}


def _place(element: Element) -> int:
    return min(max(integer(value(element, "ilvl")), 0), LEVELS - 1)


def _level(element: Element) -> Level:
    parts = {name(each): each for each in element}
    said = {key: value(each) for key, each in parts.items()}
    return Level(
        said.get("w:numFmt", "decimal"),
        said.get("w:lvlText", ""),
        integer(said.get("w:start", ""), 1),
        integer(said["w:lvlRestart"]) if "w:lvlRestart" in said else None,
        is_on(parts.get("w:isLgl")),
        said.get("w:pStyle", ""),
        paragraph_properties(parts.get("w:pPr")).indent,
    )


def _overridden(concrete: Element, counting: _List) -> dict[int, Level]:
    """The levels as one list has them; where it begins with a number of its own, the counters are set to it."""
    levels = dict(counting.levels)
    for each in concrete:
        if name(each) != "w:lvlOverride":
            continue
        own, start, place = child(each, "w:lvl"), child(each, "w:startOverride"), _place(each)
        if own is not None:
            levels[place] = _level(own)
        if start is not None:
            counting.counters[place:] = [None] * (LEVELS - place)
            counting.counters[place] = integer(value(start), 1) - 1
    return levels


def _counted(level: int, levels: dict[int, Level], counters: list[int | None]) -> list[int]:
    """The number of an item at each level, counted on."""
    for above in range(level):
        if counters[above] is None:
            counters[above] = levels.get(above, Level()).start
    before = counters[level]
    counters[level] = levels.get(level, Level()).start if before is None else before + 1
    for below in range(level + 1, LEVELS):
        restart = levels.get(below, Level()).restart
        if restart is None or level < restart:
            counters[below] = None
    return [number or 0 for number in counters]


def _marker(numbering: str, place: int, levels: dict[int, Level], numbers: list[int]) -> Marker:
    level = levels.get(place, Level())
    if level.number_format == "bullet" or (level.number_format == "none" and not _PLACE.search(level.text)):
        text = level.text.strip() if _WORD.search(level.text) else _BOXES.get(level.text.strip(), "")
        return Marker(numbering, place, numbers[place], text, indent=level.indent)

    def written(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        return formatted(
            numbers[at], "decimal" if level.in_digits and at < place else levels.get(at, Level()).number_format
        )

    text = " ".join(_PLACE.sub(written, level.text).split())
    plain = level.number_format in IN_DIGITS and _PLACE.findall(level.text) == [str(place + 1)]
    counted = plain and not any(map(str.isalpha, _PLACE.sub("", level.text)))
    return Marker(numbering, place, numbers[place], text, counted, level.indent)
