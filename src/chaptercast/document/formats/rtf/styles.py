"""The style sheet of an RTF document: which styles are headings, titles, quotations, by their names and levels."""

import re

from msgspec import Struct

GENERATIONS = 20
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|заголовок|kop|nagłówek|rubrik|otsikko|nadpis|標題|标题|見出し|제목)\s*([1-9])",
    re.IGNORECASE,
)
_TITLE = frozenset(
    {"title", "titel", "titre", "título", "titolo", "название", "заголовок", "标题", "標題", "表題", "제목"}
)
_QUOTE = frozenset(
    {"quote", "intense quote", "quotations", "block text", "zitat", "citation", "cita", "citazione", "цитата", "引用"}
)


class Style(Struct, frozen=True):
    """A style of paragraphs."""

    name: str
    parent: int | None = None
    outline_level: int | None = None
    """From 0."""


class StyleSheet(Struct):
    """The styles by their numbers."""

    styles: dict[int, Style]

    def level(self, number: int | None) -> int:
        """The level of the headings that paragraphs of a style are, from 1; 0 if they are none."""
        for style in self._ancestry(number):
            match = _HEADING.fullmatch(style.name)
            if match:
                return int(match[1])
            if style.outline_level is not None and style.outline_level < 9:
                return style.outline_level + 1
        return 0

    def is_title(self, number: int | None) -> bool:
        """Whether paragraphs of a style are the title of the whole."""
        return any(style.name.lower() in _TITLE for style in self._ancestry(number))

    def is_quotation(self, number: int | None) -> bool:
        """Whether paragraphs of a style are quoted."""
        return any(style.name.lower() in _QUOTE for style in self._ancestry(number))

    def classes(self, number: int | None) -> str:
        """The name of a style as a class name; none for that of all text."""
        named = self.styles.get(number if number is not None else -1)
        return "" if named is None or named.name.lower() == "normal" else "-".join(named.name.split())

    def _ancestry(self, number: int | None) -> list[Style]:
        found: list[Style] = []
        while number is not None and number in self.styles and len(found) < GENERATIONS:
            found.append(self.styles[number])
            number = found[-1].parent
        return found
