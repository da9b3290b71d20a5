"""Where a text stands in its article, and what is more than plain in it: lists, tables, notes, links, emphasis. Frozen values.

The narrator notes it beside what it says, so that whoever shows the text with its times can show it as it was built.
"""

from enum import StrEnum

from msgspec import Struct

from chaptercast.common.units import LanguageTag

DEEPEST = 24
"""Elements within one another that are kept: nobody follows more, and the number bounds the work. Deeper ones are passed over."""


class Kind(StrEnum):
    """What an element of an article is."""

    LIST = "list"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    ROW = "row"
    FIGURE = "figure"
    ALTERNATIVE = "alternative"
    """The text that stands for an image."""
    CAPTION = "caption"
    """Of a table or a figure."""
    CODE = "code"
    """Preformatted: its white space counts."""
    NOTE = "note"
    LABEL = "label"
    """Of a note."""
    TERM = "term"
    DEFINITION = "definition"


class Header(StrEnum):
    """What a cell of a table names."""

    NOTHING = ""
    COLUMN = "column"
    ROW = "row"


class Cell(Struct, frozen=True, array_like=True):
    """A cell of a row, without its text."""

    header: Header = Header.NOTHING
    columns: int = 1
    """How many it spans."""
    rows: int = 1


class Element(Struct, frozen=True, omit_defaults=True):
    """A part of an article that texts stand in. Two texts stand in the same one if all of its fields are the same."""

    kind: Kind
    number: int = 0
    """Tells it from its like: they are counted as they begin."""
    ordered: bool = False
    """Of a list: whether its items are numbered."""
    value: int | None = None
    """Of an item: its number."""
    cells: tuple[Cell, ...] = ()
    """Of a row: those that begin in it. A style names them by their place here."""
    name: str = ""
    """Of a note: what references call it."""
    label: str = ""
    """Of a note: its mark, where that is not among its texts."""
    programming_language: str = ""
    """Of code."""


class Style(Struct, frozen=True, omit_defaults=True):
    """What is more than plain in a stretch of a text."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    deleted: bool = False
    raised: bool = False
    lowered: bool = False
    link: str = ""
    """The address that it leads to, as the article has it."""
    note: str = ""
    """The name of the note that it refers to."""
    expansion: str = ""
    """What an abbreviation stands for."""
    reading: str = ""
    """Ruby."""
    language: LanguageTag | None = None
    """As declared, though the voice may not change for it."""
    cell: int | None = None
    """In which cell of its row it stands."""
    supplied: bool = False
    """Whether the narrator wrote it, for those who see the bare text: the number of an item, the mark between two cells."""


PLAIN = Style()


class Mark(Struct, frozen=True, array_like=True):
    """A stretch of a text and its style."""

    offset: int
    """In characters."""
    length: int
    style: Style


def shifted(marks: tuple[Mark, ...], begin: int, end: int) -> tuple[Mark, ...]:
    """The marks of a text as they are in its stretch from `begin` to `end`."""
    if not marks or (begin == 0 and marks[-1].offset + marks[-1].length <= end):
        return marks
    cut = ((max(mark.offset, begin), min(mark.offset + mark.length, end), mark.style) for mark in marks)
    return tuple(Mark(first - begin, last - first, style) for first, last, style in cut if first < last)
