"""The headings that the list of contents names: found in the text where they stand there, else put there as the list has them."""

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from lxml import etree
from msgspec import Struct, field

from chaptercast.common.unicode_text import xml_text
from chaptercast.document.formats.epub.spine import Places
from chaptercast.document.formats.epub.table_of_contents import Entry
from chaptercast.document.formats.epub.text_lines import (
    LONGEST,
    Line,
    agrees,
    found_at,
    is_heading,
    is_verse,
    lines_of,
    opens_with_number,
    said,
)
from chaptercast.document.formats.html.element_kinds import HEADING_LEVELS
from chaptercast.document.formats.html.parse import Element

NEAR = 6
"""Lines after the place that an entry leads to among which its heading is looked for."""
LOOKED_AT = 80
"""Elements among which they are looked for."""

_CONTAINERS = frozenset({"div", "section", "article", "body", "main", "header"})
_TEXTS = frozenset({"p", "pre", "address", *HEADING_LEVELS})
_HOLDERS = frozenset({"blockquote", "figure", "ul", "ol", "dl", "table", "aside", "center"}) | _TEXTS
"""What a heading cannot stand in and head the text after it."""
_WRAPPERS = frozenset({"span", "a", "b", "strong", "em", "i", "td"})


def named_headings(root: Element, places: Places, entries: Sequence[Entry]) -> Mapping[Element, int]:
    """The headings that the contents name, each with its depth there; those that only the contents have are put into the text."""
    found = _Book(root)
    groups: defaultdict[Element, list[Entry]] = defaultdict(list)
    for entry in entries:
        place = places.find(entry.target)
        if place is not None:
            groups[place].append(entry)
    starts = sorted({found.order[place] for place in groups})
    ordered: list[tuple[Element, list[Entry]]] = sorted(groups.items(), key=lambda item: found.order[item[0]])
    for (place, group), (_, below) in zip(ordered, [*ordered[1:], (root, [])], strict=False):
        following = bisect.bisect_right(starts, found.order[place])
        end = starts[following] if following < len(starts) else len(found.elements)
        holds = any(entry.depth > group[-1].depth for entry in below[:1])
        _Part(found, place, end, holds).name(group)
    found.level_what_was_made()
    return found.depths


class _Book(Struct):
    """A book in the making."""

    root: Element
    elements: list[Element] = field(default_factory=list)
    order: dict[Element, int] = field(default_factory=dict)
    headings: list[int] = field(default_factory=list)
    """Where the headings stand that the source marks."""
    depths: dict[Element, int] = field(default_factory=dict)
    made: list[Element] = field(default_factory=list)
    """Headings that the source does not mark."""

    def __post_init__(self) -> None:
        self.elements = list(self.root.iter())
        self.order = {element: index for index, element in enumerate(self.elements)}
        self.headings = [index for index, element in enumerate(self.elements) if is_heading(element)]

    def level_what_was_made(self) -> None:
        """Give the headings that were made the level of those that the source marks at the same depth, or else one for their depth."""
        levels: defaultdict[int, Counter[int]] = defaultdict(Counter)
        made = set(self.made)
        for heading, depth in self.depths.items():
            if heading.tag in HEADING_LEVELS and heading not in made:
                levels[depth][HEADING_LEVELS[heading.tag]] += 1
        for heading in self.made:
            depth = self.depths[heading]
            level = levels[depth].most_common(1)[0][0] if levels[depth] else depth + 1
            heading.tag = f"h{min(6, level)}"


class _Part(Struct):
    """What stands from one place that entries lead to until the next."""

    book: _Book
    place: Element
    end: int
    holds: bool
    """Whether what the contents name next is a part of it."""
    lines: list[Line] = field(default_factory=list)
    """The first of them."""

    def __post_init__(self) -> None:
        start = self._beginning()
        stop = min(self.end, start + LOOKED_AT)
        self.lines = list(islice(lines_of(self.book.elements[start:stop]), NEAR))

    @property
    def start(self) -> int:
        """Its place among all elements."""
        return self.book.order[self.place]

    def _beginning(self) -> int:
        """Where its first line begins: the block around the place, if nothing stands in it before that."""
        for around in islice(self.place.iterancestors(), 4):
            if around.tag not in _TEXTS | _WRAPPERS or _text_before(self.place, around):
                break
            if around.tag in _TEXTS:
                return self.book.order[around]
        return self.start

    def name(self, group: Sequence[Entry]) -> None:
        """Find the headings of the entries that lead here, the outer ones first; put them here where there are none."""
        heads: list[tuple[Entry, Element]] = []
        left: list[Entry] = []
        rest = self.lines
        for entry in group:
            head = self._before(entry)
            if head is None:
                head = self._marked(entry)
            if head is None:
                head, rest = self._in_lines(entry, rest)
            if head is None:
                left.append(entry)
            else:
                heads.append((entry, head))
        if left and not heads:
            near = self._opening()
            if near is not None:
                heads.append((left.pop(), self._with_number(near)))
        for entry, head in heads:
            self.book.depths[_apart(head)] = entry.depth
        first = min((entry.depth for entry, _ in heads), default=1000)
        before = [entry for entry in left if entry.depth < first]
        if self.holds or self._says_something():
            self._put(before if heads else [*before, *(entry for entry in left if entry not in before)][:1])

    def _marked(self, entry: Entry) -> Element | None:
        """A heading around the place, or the first after it that says what the entry says, however far."""
        for around in (self.place, *islice(self.place.iterancestors(), 20)):
            if is_heading(around) and around not in self.book.depths:
                return self._with_number(around)
        first, last = (bisect.bisect_left(self.book.headings, index) for index in (self.start, self.end))
        headings = (self.book.elements[index] for index in self.book.headings[first:last])
        taken = self.book.depths
        found = next((h for h in headings if h not in taken and agrees(said(h), entry.label)), None)
        return None if found is None else self._with_number(found)

    def _before(self, entry: Entry) -> Element | None:
        """The heading directly before the place, if it says what the entry says."""
        index = bisect.bisect_left(self.book.headings, self.start) - 1
        if index < 0:
            return None
        heading = self.book.elements[self.book.headings[index]]
        if heading in self.book.depths or not agrees(said(heading), entry.label):
            return None
        between = self.book.elements[self.book.order[heading] + 1 : self.start]
        apart = [element for element in between if heading not in element.iterancestors()]
        texts = (text for element in apart for text in (element.text, element.tail))
        return None if len(apart) > LOOKED_AT or any(map(_is_text, (*texts, heading.tail))) else heading

    def _in_lines(self, entry: Entry, lines: list[Line]) -> tuple[Element | None, list[Line]]:
        """The lines that are the entry, as one heading; and the lines after them."""
        span = found_at(lines, entry.label)
        if span is None:
            return None, lines
        start, end = span
        if start and opens_with_number(lines[:start]):
            start = 0
        found = lines[start:end]
        if any(line.quoted for line in found if not line.heading) or is_verse(found[-1]):
            return None, lines
        marked = any(line.heading for line in found)
        head = _joined([line.element for line in found])
        if not marked:
            self.book.made.append(head)
        return head, lines[end:]

    def _opening(self) -> Element | None:
        """The heading that opens what stands here, whatever it is called; numbers may stand before it."""
        at = next((index for index, line in enumerate(self.lines) if line.heading), None)
        if at is None or not opens_with_number(self.lines[:at]) or self.lines[at].element in self.book.depths:
            return None
        return self.lines[at].element

    def _with_number(self, heading: Element) -> Element:
        """A heading with the numbers that stand before it."""
        at = next((index for index, line in enumerate(self.lines) if line.element is heading), 0)
        before = self.lines[:at]
        if (
            before
            and opens_with_number(before)
            and not any(line.quoted or line.element in self.book.depths for line in before)
        ):
            return _joined([*(line.element for line in before), heading])
        return heading

    def _says_something(self) -> bool:
        """Whether there is anything to be said until the next place."""
        inside = self.book.elements[self.start : self.end]
        return any(_is_text(e.text) or _is_text(e.tail) or _is_text(e.get("alt")) for e in inside)

    def _put(self, entries: Iterable[Entry]) -> None:
        """Put headings here that only the contents have."""
        for entry in entries:
            heading = etree.Element("h6")
            heading.text = xml_text(entry.label[:LONGEST])
            _put_before(self.place, heading)
            self.book.made.append(heading)
            self.book.depths[heading] = entry.depth


def _is_text(text: str | None) -> bool:
    return bool(text and text.strip())


def _text_before(place: Element, around: Element) -> bool:
    """Whether anything is said in `around` before `place`."""
    element = place
    while element is not around:
        if any(_is_text(before.tail) or said(before) for before in element.itersiblings(preceding=True)):
            return True
        element = element.getparent()
        if _is_text(element.text):
            return True
    return False


def _text_after(place: Element, around: Element) -> bool:
    """Whether anything is said in `around` after the beginning of `place`."""
    element = place
    if said(place):
        return True
    while element is not around:
        if _is_text(element.tail) or any(_is_text(after.tail) or said(after) for after in element.itersiblings()):
            return True
        element = element.getparent()
    return False


def _joined(elements: Sequence[Element]) -> Element:
    """Lines as one heading: the first that is marked as one, with the others before and after it."""
    head = next((element for element in elements if is_heading(element)), elements[0])
    at = elements.index(head)
    for element in reversed(elements[:at]):
        part = _taken(element)
        part.tail, head.text = " " + xml_text(head.text or ""), None
        head.insert(0, part)
    for element in elements[at + 1 :]:
        if len(head):
            head[-1].tail = (head[-1].tail or "") + " "
        else:
            head.text = (head.text or "") + " "
        head.append(_taken(element))
    if not is_heading(head):
        head.tag = "h6"
    return head


def _taken(element: Element) -> Element:
    """An element taken out of its place, as a part of a line; what followed it stays there."""
    _leave(element)
    element.tag = "span"
    element.attrib.pop("role", None)
    element.attrib.pop("style", None)
    return element


def _leave(element: Element) -> None:
    """Take an element out; what followed it stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def _apart(heading: Element) -> Element:
    """A heading, out of the figure, list or quotation that it opens."""
    around = [element for element in heading.iterancestors() if element.tag in _HOLDERS]
    if around and not _text_before(heading, around[-1]):
        _leave(heading)
        around[-1].addprevious(heading)
    return heading


def _put_before(place: Element, heading: Element) -> None:
    """Put a heading at a place: first in a container, else before what it opens; never within a text."""
    if place.tag in _CONTAINERS:
        heading.tail, place.text = xml_text(place.text or ""), None
        place.insert(0, heading)
        return
    around = [element for element in (place, *place.iterancestors()) if element.tag in _HOLDERS]
    opened = (element for element in reversed(around) if element is place or not _text_before(place, element))
    text = next((element for element in around if element.tag in _TEXTS), place)
    outermost = next(opened, text)
    if outermost is text is not place and _text_before(place, text) and not _text_after(place, text):
        heading.tail, text.tail = text.tail, None
        text.addnext(heading)
    else:
        outermost.addprevious(heading)
