"""The place of a text in its article, and its inline structure: lists, tables, notes, links, emphasis. Frozen values.

The narrator stores it with the spoken text. So a page that shows the text with its times can show it with its structure.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.mathematics.tree import Node

DEEPEST = 24
"""The maximum depth of nested elements that are kept. Nobody follows more, and the limit bounds the work. Deeper ones are ignored."""


class Kind(StrEnum):
    """The kind of an element of an article."""

    LIST = "list"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    ROW = "row"
    FIGURE = "figure"
    ALTERNATIVE = "alternative"
    """Text that stands for an image."""
    CAPTION = "caption"
    """The caption of a table or a figure."""
    CODE = "code"
    """Preformatted: its white space is significant."""
    NOTE = "note"
    LABEL = "label"
    """The label of a note."""
    TERM = "term"
    DEFINITION = "definition"


class Header(StrEnum):
    """The cells for which a table cell is a header."""

    NOTHING = ""
    COLUMN = "column"
    ROW = "row"


class Cell(Struct, frozen=True, array_like=True):
    """A cell of a row, without its text."""

    header: Header = Header.NOTHING
    columns: int = 1
    """The number of columns that it spans."""
    rows: int = 1


class Element(Struct, frozen=True, omit_defaults=True):
    """An element of an article that contains texts. Two texts are in the same element if all its fields are equal."""

    kind: Kind
    number: int = 0
    """Separates it from similar elements: elements are numbered as they begin."""
    ordered: bool = False
    """For a list: whether its items are numbered."""
    value: int | None = None
    """For an item: its number."""
    cells: tuple[Cell, ...] = ()
    """For a row: the cells that begin in it. A style refers to a cell by its index here."""
    name: str = ""
    """For a note: its name in references."""
    label: str = ""
    """For a note: its mark, if that is not among its texts."""
    programming_language: str = ""
    """For code."""
    source: str = ""
    """For a figure: the address of its picture, as in the article."""


class Style(Struct, frozen=True, omit_defaults=True):
    """The inline style of a stretch of text."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    deleted: bool = False
    raised: bool = False
    lowered: bool = False
    link: str = ""
    """The address of a link, as in the article."""
    note: str = ""
    """The name of the note that a reference points to."""
    expansion: str = ""
    """The expansion of an abbreviation."""
    reading: str = ""
    """The ruby reading."""
    language: LanguageTag | None = None
    """The declared language, even if the voice does not change for it."""
    cell: int | None = None
    """The index of its cell in the row."""
    page: int = 0
    """The number, from 1, of the page of the source that begins with this stretch; 0 if none does."""
    formula: Node | None = None
    """The tree of a formula, if the stretch is its whole source."""
    supplied: bool = False
    """Whether the narrator added it for readers of the bare text: the number of an item, the mark between two cells."""


PLAIN = Style()


class Mark(Struct, frozen=True, array_like=True):
    """A stretch of text and its style."""

    offset: int
    """In characters."""
    length: int
    style: Style


def shifted(marks: tuple[Mark, ...], begin: int, end: int) -> tuple[Mark, ...]:
    """The marks of a text, moved into its stretch from `begin` to `end`."""
    if not marks or (begin == 0 and marks[-1].offset + marks[-1].length <= end):
        return marks
    cut = ((mark, max(mark.offset, begin), min(mark.offset + mark.length, end)) for mark in marks)
    return tuple(
        Mark(first - begin, last - first, mark.style if last - first == mark.length else of_part(mark.style))
        for mark, first, last in cut
        if first < last
    )


def of_part(style: Style) -> Style:
    """The style of a part of a stretch: of a formula's source, it is that no more."""
    return style if style.formula is None else replace(style, formula=None)
