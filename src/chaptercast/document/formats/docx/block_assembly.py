"""From a row of items to blocks: lists in lists, quotations, program text, titles of several lines, captions with what they explain."""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from chaptercast.document.formats.docx.flow_items import Item
from chaptercast.document.formats.docx.numbering import Marker
from chaptercast.document.model import (
    Block,
    CodeBlock,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    Paragraph,
    Quote,
    Span,
    Table,
    plain,
)
from chaptercast.document.outline.numbering import number_of

DEEPEST = 20
"""Lists within one another."""
STEP = 180
"""Twentieths of a point by which a list must be indented to be within another one."""
LOOK_AHEAD = 20
"""Paragraphs without a marker that can stand between two items and belong to the first."""


def assembled(items: Sequence[Item]) -> tuple[Block, ...]:
    """The blocks of some items."""
    return captioned([*_grouped(_with_whole_titles(items))])


def _with_whole_titles(items: Sequence[Item]) -> list[Item]:
    """Lines of a title that follow one another as one."""
    result: list[Item] = []
    for item in items:
        last = result[-1] if result else None
        both = last is not None and last.role == item.role == "title"
        if both and last and isinstance(last.block, Heading) and isinstance(item.block, Heading):
            joined = (*last.block.inlines, Span(" "), *item.block.inlines)
            result[-1] = replace(last, block=replace(last.block, inlines=joined))
        else:
            result.append(item)
    return result


def _grouped(items: Sequence[Item]) -> Iterator[Block]:
    at = 0
    while at < len(items):
        item = items[at]
        end = at + 1
        if isinstance(item.block, Heading):
            yield item.block
        elif item.marker is not None:
            end = _end_of_list(items, at)
            yield from _lists(items[at:end])
        elif item.role in ("code", "quote"):
            while end < len(items) and items[end].role == item.role and not isinstance(items[end].block, Heading):
                end += 1
            inner = [replace(each, role="") for each in items[at:end]]
            yield from _code(inner) if item.role == "code" else (Quote(tuple(_grouped(inner))),)
        else:
            yield item.block
        at = end


def _code(items: Sequence[Item]) -> Iterator[Block]:
    """Lines of program text as one block; what is no text stands after it."""
    lines = [item.block.text for item in items if isinstance(item.block, CodeBlock)]
    if lines:
        yield CodeBlock("\n".join(lines))
    yield from (item.block for item in items if not isinstance(item.block, CodeBlock))


# Lists


class _Open(Struct):
    """A list that is being read."""

    first: Item
    marker: Marker
    items: list[list[Block]] = field(default_factory=list)

    def block(self) -> ListBlock:
        """The list as it stands."""
        items = tuple(tuple(item) for item in self.items)
        return ListBlock(items, self.marker.counted, self.marker.number if self.marker.counted else 1)

    def goes_on(self, marker: Marker) -> bool:
        """Whether the next item can be one of this list."""
        if self.marker.counted != marker.counted:
            return False
        return not marker.counted or marker.number == self.marker.number + len(self.items)


def _end_of_list(items: Sequence[Item], start: int) -> int:
    """Where the items end that are of lists, or stand in their items."""
    last, outermost = start, items[start].indent
    end = start + 1
    while end < len(items) and not isinstance(items[end].block, Heading):
        item = items[end]
        if item.marker is not None:
            last, outermost = end, min(outermost, item.indent)
        elif not item.attached and not _belongs(items, last, end, outermost):
            break
        end += 1
    return end


def _belongs(items: Sequence[Item], last: int, at: int, outermost: int) -> bool:
    """Whether a paragraph without a marker is part of an item above: it is indented as one is, and the list goes on after it."""
    marker = items[last].marker
    if marker is None or outermost <= 0 or _is_bold(items[last].block):
        return False
    for item in items[at : at + LOOK_AHEAD]:
        if item.marker is not None:
            return item.marker.numbering == marker.numbering and not isinstance(item.block, Heading)
        outside = item.indent < outermost - STEP or item.role or not isinstance(item.block, Paragraph | Figure)
        if outside and not item.attached:
            return False
    return False


def _is_bold(block: Block) -> bool:
    """Whether all of it is bold: it may be a heading that only has a number."""
    return isinstance(block, Paragraph) and all(span.strong for span in block.inlines if span.text.strip())


def _lists(items: Sequence[Item]) -> list[Block]:
    found: list[Block] = []
    opened: list[_Open] = []

    def close() -> None:
        closed = opened.pop()
        if opened:
            opened[-1].items[-1].append(closed.block())
        else:
            found.extend(_undone(closed))

    for item in items:
        marker = item.marker
        if marker is None:
            while len(opened) > 1 and not item.attached and opened[-1].first.indent > item.indent + STEP:
                close()
            opened[-1].items[-1].append(item.block)
            continue
        while opened and _is_deeper(opened[-1].first, item):
            close()
        within = opened and len(opened) < DEEPEST and _is_deeper(item, opened[-1].first)
        if opened and not within and not opened[-1].goes_on(marker):
            close()
            within = True
        if not opened or within:
            opened.append(_Open(item, marker))
        opened[-1].items.append(_labelled(item, marker))
    while opened:
        close()
    return found


def _undone(closed: _Open) -> list[Block]:
    """A list; a single paragraph with a number that is not just digits ("Article 3") is none: it may be a heading."""
    single = len(closed.items) == 1 and all(isinstance(block, Paragraph) for block in closed.items[0])
    return closed.items[0] if single and closed.marker.text and not closed.marker.counted else [closed.block()]


def _is_deeper(first: Item, second: Item) -> bool:
    """Whether an item stands in a list within that of another."""
    one, other = first.marker, second.marker
    if one is None or other is None:
        return False
    if one.numbering == other.numbering or not (first.indent and second.indent):
        return one.level > other.level
    return first.indent > second.indent + STEP


def _labelled(item: Item, marker: Marker) -> list[Block]:
    """An item with its marker in words where that is no plain number."""
    if marker.counted or not marker.text:
        return [item.block]
    label = Span(f"{marker.text} ", strong=_is_bold(item.block))
    if isinstance(item.block, Paragraph):
        return [replace(item.block, inlines=(label, *item.block.inlines))]
    return [Paragraph((Span(marker.text),)), item.block]


# Captions


def captioned(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with the paragraphs that are captions made part of their image or table; images without any words are gone."""
    result: list[Block] = []
    waiting: Inlines = ()
    for number, given in enumerate(blocks):
        block = _with_caption(given, waiting) if waiting else given
        waiting = ()
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if not (isinstance(block, Paragraph) and "caption" in block.origin.classes):
            result.append(block)
            continue
        before = result[-1] if result else None
        if isinstance(before, Figure) and not before.caption:
            result[-1] = _with_caption(before, block.inlines)
        elif isinstance(following, Table | Figure):
            waiting = block.inlines
        elif isinstance(before, Table) and not before.caption:
            result[-1] = _with_caption(before, block.inlines)
        else:
            result.append(block)
    return tuple(block for block in result if not (isinstance(block, Figure) and not block.alt and not block.caption))


def _with_caption(block: Block, caption: Inlines) -> Block:
    if not isinstance(block, Table | Figure):
        return block
    if block.caption and plain(block.caption) not in plain(caption):
        caption = (*caption, Span("\n"), *block.caption)
    return replace(block, caption=caption)


# Titles


def with_title(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """A document's blocks with its title told: one in the style of titles, else the only heading of the first level at its head.

    Where several paragraphs have the style of titles it heads chapters.
    """
    titled = [index for index, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    result = list(blocks)
    if len(titled) > 1:
        result = [_relevelled(block, getattr(block, "level", 0) + 1) for block in blocks]
    if not titled:
        headings = [index for index, block in enumerate(blocks) if isinstance(block, Heading)]
        firsts = [index for index in headings if getattr(blocks[index], "level", 0) == 2]
        if len(firsts) == 1 and len(headings) > 1 and firsts[0] == headings[0] and _may_be_title(blocks, firsts[0]):
            result[firsts[0]] = _relevelled(result[firsts[0]], 1)
    return tuple(result)


LONGEST_HEAD = 200
"""Characters that stand before a title at most: a place, a date, the name of a series."""


def _may_be_title(blocks: Sequence[Block], index: int) -> bool:
    """Whether a heading is no numbered section, and no more than a few words stand before it."""
    heading, before = blocks[index], blocks[:index]
    if isinstance(heading, Heading) and number_of(plain(heading.inlines)):
        return False
    texts = [plain(block.inlines) for block in before if isinstance(block, Paragraph)]
    return all(isinstance(block, Paragraph | Figure) for block in before) and sum(map(len, texts)) <= LONGEST_HEAD


def _relevelled(block: Block, level: int) -> Block:
    if not isinstance(block, Heading):
        return block
    return replace(block, level=level, origin=replace(block.origin, classes=()))
