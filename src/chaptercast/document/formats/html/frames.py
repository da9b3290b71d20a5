"""The blocks under construction: one frame for each open element that shapes the document. A closed frame becomes finished blocks.

A flowing element (`div`, `p`, `section`) shares the list of blocks of the frame around it. A list, an item, a quotation, a note, a
figure and a table have lists of their own; `close` turns such a list into a block.
"""

from msgspec import Struct, field
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.document.model import (
    Block,
    Cell,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    Note,
    Origin,
    Paragraph,
    Quote,
    Span,
    Table,
)

CLASS_LIMIT = 24
"""Maximum number of class tokens kept for one block."""

_NAMED_FOR_CONTENT = frozenset({"dt", "summary"})
"""Wrappers whose tag describes a paragraph better than the `p` inside."""


class Frame(Struct):
    """An element that flows."""

    tag: str
    blocks: list[Block]
    classes: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    language: LanguageTag | None = None
    """Language of its content, if that is not the document's."""
    depth: int = 0
    """Depth of a heading that the structure of a book names, see `Origin`."""
    centred: bool = False
    size: float = 0.0
    """Font size in CSS pixels."""
    start: int = 0
    """Length of the list of blocks when the element began."""
    mixed: bool = False
    """It contains blocks, so text beside them is bare."""
    inline_only: bool = False
    """It becomes one run of text, whatever blocks it holds: a heading, a cell, a caption."""
    nesting: int = 0
    """Number of lists, quotations and notes around it."""
    holder: "Frame | None" = None
    """The frame whose list of blocks this frame fills; None if it is its own."""

    @property
    def owner(self) -> "Frame":
        """The frame whose list of blocks this frame fills."""
        return self.holder or self

    def receive(self, inlines: Inlines, origin: Origin, language: LanguageTag | None) -> None:
        """Adds a run of text."""
        self.blocks.append(Paragraph(inlines, language, origin))

    def show(self, figure: Figure) -> None:
        """Adds an image."""
        if figure.alt:
            self.blocks.append(figure)

    def close(self) -> None:
        """Finishes the frame. A wrapper of one block passes its classes on to it, and a term of a list its tag."""
        if not 0 <= self.start == len(self.blocks) - 1:
            return
        block = self.blocks[self.start]
        if not isinstance(block, Paragraph | Heading):
            return
        own = block.origin.classes
        added = tuple(name for name in self.classes if name not in own)[: max(0, CLASS_LIMIT - len(own))]
        tag = self.tag if self.tag in _NAMED_FOR_CONTENT else block.origin.tag
        if added or tag != block.origin.tag:
            self.blocks[self.start] = replace(block, origin=replace(block.origin, tag=tag, classes=own + added))


class _Holder(Frame, kw_only=True):
    """A frame with blocks of its own, which go to `parent` when it ends."""

    parent: Frame


class QuoteFrame(_Holder, kw_only=True):
    """`blockquote`."""

    def close(self) -> None:
        if self.blocks:
            self.parent.blocks.append(Quote(tuple(self.blocks), self.language))


class ListFrame(_Holder, kw_only=True):
    """`ul`, `ol`. Content outside an item becomes an item, or is added to the item before it."""

    ordered: bool = False
    first: int = 1
    items: list[tuple[Block, ...]] = field(default_factory=list)

    def adopt(self) -> None:
        """Takes in blocks that stand between items."""
        if not self.blocks:
            return
        loose = tuple(self.blocks)
        self.blocks.clear()
        if self.items and all(isinstance(block, ListBlock) for block in loose):
            self.items[-1] += loose
        else:
            self.items.append(loose)

    def close(self) -> None:
        self.adopt()
        if not self.items:
            return
        if all(isinstance(block, Note) for item in self.items for block in item):
            notes = [block for item in self.items for block in item]
            self.parent.blocks += [_labelled(note, str(number)) for number, note in enumerate(notes, self.first)]
            return
        self.parent.blocks.append(ListBlock(tuple(self.items), self.ordered, self.first, self.language))


def _labelled(block: Block, label: str) -> Block:
    return replace(block, label=label) if isinstance(block, Note) and not block.label else block


class ItemFrame(_Holder, kw_only=True):
    """`li` of a list."""

    parent: ListFrame

    def close(self) -> None:
        self.parent.adopt()
        if self.blocks:
            self.parent.items.append(tuple(self.blocks))


class NoteFrame(_Holder, kw_only=True):
    """A footnote or endnote."""

    id: str
    label: str = ""

    def close(self) -> None:
        if self.blocks:
            self.parent.blocks.append(Note(self.id, tuple(self.blocks), self.label, self.language))


class _TextFrame(_Holder, kw_only=True):
    """A frame that becomes one run of text; images in it are their alternative text."""

    text: Inlines = ()
    origin: Origin = field(default_factory=Origin)
    text_language: LanguageTag | None = None

    def receive(self, inlines: Inlines, origin: Origin, language: LanguageTag | None) -> None:
        if not self.text:
            self.origin, self.text_language = origin, language
        self.text = joined(self.text, inlines)

    def show(self, figure: Figure) -> None:
        if figure.alt:
            self.text = joined(self.text, (Span(figure.alt),))


class FigureFrame(_Holder, kw_only=True):
    """`figure`: a caption for its image, or for other content."""

    caption: Inlines = ()
    caption_origin: Origin = field(default_factory=Origin)
    caption_language: LanguageTag | None = None

    def show(self, figure: Figure) -> None:
        self.blocks.append(figure)

    def close(self) -> None:
        images = [index for index, block in enumerate(self.blocks) if isinstance(block, Figure)]
        if self.caption and images:
            last = self.blocks[images[-1]]
            if isinstance(last, Figure):
                self.blocks[images[-1]] = replace(
                    last, caption=self.caption, language=last.language or self.caption_language
                )
        elif self.caption:
            self.blocks.append(Paragraph(self.caption, self.caption_language, self.caption_origin))
        self.parent.blocks += [
            block for block in self.blocks if not isinstance(block, Figure) or block.alt or block.caption
        ]


class TableFrame(_Holder, kw_only=True):
    """A table of data."""

    caption: Inlines = ()
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    row: list[Cell] = field(default_factory=list)

    def end_row(self) -> None:
        """Finishes the row under construction."""
        if self.row:
            self.rows.append(tuple(self.row))
            self.row.clear()

    def close(self) -> None:
        self.end_row()
        if self.caption or any(cell.inlines for row in self.rows for cell in row):
            self.parent.blocks.append(Table(tuple(self.rows), self.caption, self.language))
        self.parent.blocks += self.blocks


class CaptionFrame(_TextFrame, kw_only=True):
    """`caption` of a table, `figcaption` of a figure."""

    owner: TableFrame | FigureFrame

    def close(self) -> None:
        self.owner.caption = joined(self.owner.caption, self.text)
        if isinstance(self.owner, FigureFrame):
            self.owner.caption_origin, self.owner.caption_language = self.origin, self.text_language


class CellFrame(_TextFrame, kw_only=True):
    """`td`, `th` of a table of data."""

    owner: TableFrame
    header: bool = False
    columns: int = 1
    rows: int = 1

    def close(self) -> None:
        self.owner.row.append(Cell(self.text, self.header, self.columns, self.rows))


class HeadingFrame(_TextFrame, kw_only=True):
    """`h1` to `h6`, `role=heading`."""

    level: int

    def close(self) -> None:
        if self.text:
            told = Origin(tag=self.tag, classes=self.classes, context=self.context, depth=self.depth)
            origin = self.origin if self.origin.tag else told
            self.parent.blocks.append(
                Heading(self.text, self.level, language=self.text_language, origin=origin),
            )


def joined(first: Inlines, second: Inlines) -> Inlines:
    """Returns two runs of text with a line break between them."""
    return (*first, Span("\n"), *second) if first and second else first or second
