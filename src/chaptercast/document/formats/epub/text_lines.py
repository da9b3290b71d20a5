"""The lines of text at a place in a book: its leaf blocks with their words. An entry of the table of contents is searched in them."""

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
"""The maximum length of a heading, in characters."""
SHORTEST = 3
"""The minimum number of letters by which a title without its number is recognised."""
VERSES, VERSE = 3, 64
"""The number of lines of a poem after its first, and the maximum length of each, in characters."""
MOST_JOINED = 3
"""The maximum number of lines in one heading: a number, a title, a subtitle."""

_LEAVES = frozenset(
    {*HEADING_LEVELS, "p", "div", "td", "center", "section", "header", "li", "dt", "dd", "figure", "hgroup"}
)
_QUOTATIONS = frozenset({"blockquote", "li", "td", "th", "dd", "dt", "figcaption"})
_ENDS = (".", "!", "?", "。", "！", "？")
_LETTER_NUMBER = re.compile(
    r"\W*(?:[^\W\d_]{3,12}\W+)?(?:\d{1,3}|[ivxlc]{1,7}|[〇一二三四五六七八九十百]{1,4})\W*", re.IGNORECASE
)
"""`3`, `Chapter III`, `IV.`: a number, perhaps with a word for the part."""


class Line(Struct, frozen=True):
    """A leaf block with its words."""

    element: Element
    text: str
    """Its words, including alternative texts of images; folded."""

    @property
    def heading(self) -> bool:
        """Whether the source marks it as a heading."""
        return is_heading(self.element)

    @property
    def quoted(self) -> bool:
        """Whether it belongs to a quotation, a list or a table. Then it is text of its own, however similar."""
        return any(element.tag in _QUOTATIONS for element in (self.element, *self.element.iterancestors()))


def is_heading(element: Element) -> bool:
    """Whether an element is marked as a heading and has words."""
    marked = element.tag in HEADING_LEVELS or element.get("role") == "heading"
    return marked and bool(said(element))


def said(element: Element) -> str:
    """The words of an element, with the alternative texts of its images."""
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
    """The lines among some elements in document order: whole headings, and other blocks without inner blocks."""
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
    """The range of consecutive lines with the words of an entry of the table of contents; `None` if there is none."""
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
    """Whether two texts have the same words, apart from a number at the start of one of them."""
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
    """Whether some lines before a heading belong to it: a number alone, `Chapter IV`."""
    return all(is_number_alone(line.text) or _LETTER_NUMBER.fullmatch(line.text) for line in lines)


def is_verse(line: Line) -> bool:
    """Whether a line is the first of a poem: several short lines of the same look follow, and few of them end a sentence."""
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
