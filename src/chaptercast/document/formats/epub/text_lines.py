"""The lines that stand at a place in a book: its leaf blocks, each with its words, by which an entry of the contents is found there."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree
from msgspec import Struct

from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.formats.html.element_kinds import BLOCK, HEADING_LEVELS, NOT_TEXT
from chaptercast.document.formats.html.page_breaks import is_page_mark
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.outline.line_shape import key
from chaptercast.document.outline.numbering import is_number_alone, number_of

LONGEST = 300
"""Characters of a heading."""
SHORTEST = 3
"""Letters by which a title without its number is known again."""
VERSES, VERSE = 3, 64
"""Lines of a poem after its first, and characters of the longest."""
MOST_JOINED = 3
"""Lines that are one heading: a number, a title, a subtitle."""

_LEAVES = frozenset(
    {*HEADING_LEVELS, "p", "div", "td", "center", "section", "header", "li", "dt", "dd", "figure", "hgroup"}
)
_QUOTATIONS = frozenset({"blockquote", "li", "td", "th", "dd", "dt", "figcaption"})
_ENDS = (".", "!", "?", "。", "！", "？")
_LETTER_NUMBER = re.compile(
    r"\W*(?:[^\W\d_]{3,12}\W+)?(?:\d{1,3}|[ivxlc]{1,7}|[〇一二三四五六七八九十百]{1,4})\W*", re.IGNORECASE
)
"""`3`, `Chapter III`, `IV.`: a number with or without a word for what it counts."""


class Line(Struct, frozen=True):
    """A leaf block and what is said of it."""

    element: Element
    text: str
    """Its words, alternative texts of images among them; folded."""

    @property
    def heading(self) -> bool:
        """Whether the source marks it as a heading."""
        return is_heading(self.element)

    @property
    def quoted(self) -> bool:
        """Whether it is a part of a quotation, a list or a table: text of its own, however alike."""
        return any(element.tag in _QUOTATIONS for element in (self.element, *self.element.iterancestors()))


def is_heading(element: Element) -> bool:
    """Whether an element is marked as a heading and says something."""
    marked = element.tag in HEADING_LEVELS or element.get("role") == "heading"
    return marked and bool(said(element))


def said(element: Element) -> str:
    """The words of an element, alternative texts of images in their place."""
    parts: list[str] = []
    events = etree.iterwalk(element, events=("start", "end"))
    for event, inner in events:
        if event == "end":
            parts.append((inner.tail or "") if inner is not element else "")
            continue
        if inner.tag in NOT_TEXT or is_page_mark(inner):
            events.skip_subtree()
        elif inner.tag == "img":
            parts.append(f" {inner.get('alt', '')} ")
        else:
            parts.append((" " if inner.tag == "br" or inner.tag in BLOCK else "") + (inner.text or ""))
        if sum(map(len, parts)) > 2 * LONGEST:
            break
    return folded("".join(parts))


def lines_of(elements: Iterable[Element]) -> Iterator[Line]:
    """The lines among some elements in document order: headings as a whole, other blocks that hold no blocks."""
    inside: Element | None = None
    for element in elements:
        if inside is not None and inside in element.iterancestors():
            continue
        heading = is_heading(element)
        if heading or (element.tag in _LEAVES and not any(child.tag in BLOCK for child in element)):
            text = said(element)
            if text:
                inside = element
                yield Line(element, text)


def found_at(lines: Sequence[Line], label: str) -> tuple[int, int] | None:
    """Which lines in a row, from and to, are what an entry of the contents says; None if none are."""
    wanted = key(label)
    if not wanted or len(wanted) > LONGEST:
        return None
    for start in range(len(lines)):
        joined = ""
        for end in range(start, min(start + MOST_JOINED, len(lines))):
            joined += key(lines[end].text)
            if joined == wanted:
                return start, end + 1
            if not wanted.startswith(joined):
                break
    alike = (index for index, line in enumerate(lines) if agrees(line.text, label))
    index = next(alike, None)
    return None if index is None else (index, index + 1)


def agrees(text: str, label: str) -> bool:
    """Whether two texts are the same words, but for the number that one of them opens with."""
    first, second = key(text), key(label)
    if first == second:
        return bool(first)
    numbers = number_of(text), number_of(label)
    if numbers[0] and numbers[1] and numbers[0].value != numbers[1].value:
        return False
    rests = [
        key(each[number.length :]) if number else key(each) for each, number in zip((text, label), numbers, strict=True)
    ]
    return rests[0] == rests[1] and len(rests[0]) >= SHORTEST


def opens_with_number(lines: Sequence[Line]) -> bool:
    """Whether some lines before a heading belong to it: numbers that stand alone, `Chapter IV`."""
    return all(is_number_alone(line.text) or _LETTER_NUMBER.fullmatch(line.text) for line in lines)


def is_verse(line: Line) -> bool:
    """Whether a line is the first of a poem: several of the same look follow, short ones, and few of them end a sentence."""
    if line.heading:
        return False
    texts = [line.text]
    following = line.element
    for _ in range(VERSES):
        following = following.getnext()
        if following is None or (following.tag, following.get("class")) != (
            line.element.tag,
            line.element.get("class"),
        ):
            return False
        texts.append(said(following))
    return all(0 < len(text) <= VERSE for text in texts) and 2 * sum(text.endswith(_ENDS) for text in texts) <= len(
        texts
    )
