"""A document's top-level blocks as the candidates that a heading can be: a whole block, or some lines of a paragraph."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.document.model import Block, Figure, Heading, Inlines, ListBlock, Paragraph, Span, plain
from chaptercast.document.outline import line_shape as lines_of_text
from chaptercast.document.outline.numbering import number_of

LONG = 200
"""Columns: a line longer than this is no heading, whatever it looks like, unless the source says that it is."""


class Candidate(Struct, frozen=True):
    """A stretch of a document that is judged as one."""

    index: int
    """Which block of the document it belongs to."""
    block: Block
    inlines: Inlines
    """Without bullets of a list, and without line breaks if it may be a heading."""
    first: bool = True
    """Whether it begins its block."""
    last: bool = True
    """Whether it ends its block."""
    lines: tuple[Inlines, ...] = ()
    """The lines it is made of, where it is a part of its block."""

    @property
    def whole(self) -> bool:
        """Whether it is the whole block."""
        return self.first and self.last


def candidates(blocks: Sequence[Block]) -> Iterator[Candidate]:
    """The candidates of `blocks`, in order; their number is bounded by the blocks and their lines."""
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            yield Candidate(index, block, joined(split_lines(block.inlines)))
        elif isinstance(block, Paragraph):
            yield from _of_paragraph(index, block, first=index == 0)
        else:
            yield Candidate(index, block, _single_item(block) if isinstance(block, ListBlock) else ())


def unlisted(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """`blocks` with lists dissolved whose every item begins with a heading: such a list is a row of numbered sections."""
    result: list[Block] = []
    for block in blocks:
        if (
            isinstance(block, ListBlock)
            and block.items
            and all(isinstance(_first(item), Heading) for item in block.items)
        ):
            for number, item in enumerate(block.items, block.start):
                first = _first(item)
                result += [_numbered(each, number) if block.ordered and each is first else each for each in item]
        else:
            result.append(block)
    return tuple(result)


def _first(item: Sequence[Block]) -> Block | None:
    """What an item begins with, images aside."""
    return next((block for block in item if not isinstance(block, Figure)), None)


def _numbered(block: Block, number: int) -> Block:
    return replace(block, inlines=(Span(f"{number}. "), *block.inlines)) if isinstance(block, Heading) else block


def split_lines(inlines: Inlines) -> list[Inlines]:
    """The lines of a text, without the breaks between them; at least one."""
    result: list[list[Span]] = [[]]
    for span in inlines:
        first, *more = span.text.split("\n")
        if first:
            result[-1].append(replace(span, text=first) if more else span)
        result.extend([replace(span, text=part)] if part else [] for part in more)
    return [tuple(line) for line in result]


def joined(lines: Sequence[Inlines], gap: str = " ") -> Inlines:
    """Lines as one text with `gap` between them."""
    spans: list[Span] = []
    for line in lines:
        if spans and line:
            spans.append(Span(gap, strong=spans[-1].strong and line[0].strong))
        spans.extend(line)
    return tuple(spans)


def strong_share(inlines: Inlines) -> float:
    """The share of letters set in bold."""
    total = sum(lines_of_text.letters(s.text) for s in inlines)
    return sum(lines_of_text.letters(s.text) for s in inlines if s.strong) / total if total else 0.0


def _of_paragraph(index: int, block: Paragraph, *, first: bool) -> Iterator[Candidate]:
    if not any("\n" in span.text for span in block.inlines):
        yield Candidate(index, block, block.inlines)
        return
    lines = [line for line in split_lines(block.inlines) if plain(line).strip()]
    groups = _grouped(lines)
    if first and not block.origin.tag and all(lines_of_text.width(plain(line)) <= LONG // 2 for line in lines):
        groups = [(True, lines[:1]), *_grouped(lines[1:])]  # the first line of a plain text may be its title
    if not lines:
        yield Candidate(index, block, block.inlines)
        return
    for number, (is_line, group) in enumerate(groups):
        text = joined(group, " " if is_line else "\n")
        yield Candidate(index, block, text, number == 0, number == len(groups) - 1, tuple(group))


def _grouped(lines: list[Inlines]) -> list[tuple[bool, list[Inlines]]]:
    """Lines that may be headings apart from the text between them; bold lines in a row are one line."""
    kinds = [_kind(line) for line in lines]
    groups: list[tuple[bool, list[Inlines]]] = []
    previous = ""
    for kind, line in zip(kinds, lines, strict=True):
        if groups and kind == previous and kind in ("bold", "text"):
            groups[-1][1].append(line)
        else:
            groups.append((kind != "text", [line]))
        previous = kind
    return groups


def _kind(line: Inlines) -> str:
    """How a line of a paragraph may be a heading: `bold`, `set` (capitals, 【】, a number), or not: `text`."""
    text = lines_of_text.folded(plain(line))
    if strong_share(line) >= 0.95:
        return "bold"
    if lines_of_text.width(text) > LONG // 2:
        return "text"
    if lines_of_text.unwrapped(text) or lines_of_text.in_capitals(text):
        return "set"
    return "set" if number_of(lines_of_text.without_bullet(text)[1]) else "text"


def _single_item(block: ListBlock) -> Inlines:
    """The one line of a list of one item, with its number: `1. Heading` between paragraphs is read as a list."""
    if len(block.items) != 1 or len(block.items[0]) != 1:
        return ()
    inner = block.items[0][0]
    if not isinstance(inner, Paragraph) or len(plain(inner.inlines)) > LONG:
        return ()
    strong = strong_share(inner.inlines) >= 0.95
    return (Span(f"{block.start}. " if block.ordered else "• ", strong=strong), *inner.inlines)
