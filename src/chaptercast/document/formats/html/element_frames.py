"""Opens a frame for each element: a table from tag name to function."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from chaptercast.document.formats.html.element_content import number
from chaptercast.document.formats.html.element_kinds import HEADING_LEVELS
from chaptercast.document.formats.html.frames import (
    CaptionFrame,
    CellFrame,
    FigureFrame,
    Frame,
    HeadingFrame,
    ItemFrame,
    ListFrame,
    NoteFrame,
    QuoteFrame,
    TableFrame,
)
from chaptercast.document.formats.html.layout_tables import is_layout
from chaptercast.document.formats.html.parse import Element

NESTING_LIMIT = 24
"""Maximum nesting depth of lists, quotations and notes. Deeper ones are read as part of the one at this depth."""

SPAN_LIMIT = 1000
"""Maximum number of columns or rows that one cell can span (HTML Living Standard, 4.9.11)."""

Opener = Callable[[Element, Sequence[Frame]], Frame | None]
"""Returns the frame of an element, given the frames around it (outermost first); None if it needs no frame of its own."""


def flow_frame(element: Element, frames: Sequence[Frame]) -> Frame:
    """Returns a frame that shares the blocks of the frame around it."""
    around = frames[-1]
    return Frame(element.tag, around.blocks, nesting=around.nesting, holder=around.owner)


def heading_frame(element: Element, frames: Sequence[Frame]) -> Frame:
    """Returns the frame of a heading, by its tag, or by `role` and `aria-level` (level 2 if not given, WAI-ARIA 1.2)."""
    level = number(element.get("aria-level"), HEADING_LEVELS.get(element.tag, 2), 1, 9)
    return HeadingFrame(element.tag, [], parent=frames[-1], level=level, inline_only=True)


def note_frame(element: Element, frames: Sequence[Frame], identity: str, label: str) -> Frame:
    """Returns the frame of a footnote or endnote."""
    around = frames[-1]
    if around.nesting >= NESTING_LIMIT:
        return flow_frame(element, frames)
    return NoteFrame(element.tag, [], parent=around, nesting=around.nesting + 1, id=identity, label=label)


def _quote(element: Element, frames: Sequence[Frame]) -> Frame:
    around = frames[-1]
    if around.nesting >= NESTING_LIMIT:
        return flow_frame(element, frames)
    return QuoteFrame(element.tag, [], parent=around, nesting=around.nesting + 1)


def _list(element: Element, frames: Sequence[Frame]) -> Frame:
    around = frames[-1]
    if around.nesting >= NESTING_LIMIT:
        return flow_frame(element, frames)
    first = number(element.get("start"), 1, -(10**9), 10**9)
    return ListFrame(
        element.tag, [], parent=around, nesting=around.nesting + 1, ordered=element.tag == "ol", first=first
    )


def _item(element: Element, frames: Sequence[Frame]) -> Frame:
    owner = frames[-1].owner
    if not isinstance(owner, ListFrame):
        return flow_frame(element, frames)
    owner.adopt()
    return ItemFrame(element.tag, [], parent=owner, nesting=frames[-1].nesting)


def _figure(element: Element, frames: Sequence[Frame]) -> Frame:
    return FigureFrame(element.tag, [], parent=frames[-1], nesting=frames[-1].nesting)


def _caption(element: Element, frames: Sequence[Frame]) -> Frame:
    owner = frames[-1].owner
    if not isinstance(owner, TableFrame | FigureFrame):
        return flow_frame(element, frames)
    return CaptionFrame(element.tag, [], parent=frames[-1], owner=owner, inline_only=True)


def _table(element: Element, frames: Sequence[Frame]) -> Frame:
    if is_layout(element):
        return flow_frame(element, frames)
    return TableFrame(element.tag, [], parent=frames[-1], nesting=frames[-1].nesting)


def _row(element: Element, frames: Sequence[Frame]) -> Frame | None:
    around = frames[-1]
    if isinstance(around, TableFrame):
        around.end_row()
        return None
    return flow_frame(element, frames)


def _rows(element: Element, frames: Sequence[Frame]) -> Frame | None:
    return None if isinstance(frames[-1], TableFrame) else flow_frame(element, frames)


def _cell(element: Element, frames: Sequence[Frame]) -> Frame:
    around = frames[-1]
    if not isinstance(around, TableFrame):
        return flow_frame(element, frames)
    header = element.tag == "th" or element.get("role", "") in ("columnheader", "rowheader")
    columns = number(element.get("colspan"), 1, 1, SPAN_LIMIT)
    rows = number(element.get("rowspan"), 1, 1, SPAN_LIMIT)
    return CellFrame(
        element.tag, [], parent=around, owner=around, header=header, columns=columns, rows=rows, inline_only=True
    )


FRAMES: Mapping[str, Opener] = MappingProxyType(
    {
        **dict.fromkeys(HEADING_LEVELS, heading_frame),
        "blockquote": _quote,
        **dict.fromkeys(("ul", "ol", "menu", "dir"), _list),
        "li": _item,
        "figure": _figure,
        **dict.fromkeys(("figcaption", "caption"), _caption),
        "table": _table,
        **dict.fromkeys(("thead", "tbody", "tfoot"), _rows),
        "tr": _row,
        **dict.fromkeys(("td", "th"), _cell),
    },
)
"""Block elements that are more than flow."""
