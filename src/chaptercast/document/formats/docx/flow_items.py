"""Flow items: the flat sequence of blocks before lists and quotations are built. Each item knows what it belongs to."""

from msgspec import Struct

from chaptercast.document.formats.docx.numbering import Marker
from chaptercast.document.model import Block


class Item(Struct, frozen=True):
    """A block with the properties that show its place."""

    block: Block
    role: str = ""
    """The role of its style: `title`, `quote`, `code`, `caption`..."""
    marker: Marker | None = None
    """Its marker, if it is a list item."""
    indent: int = 0
    """The indent of its lines, in twentieths of a point."""
    attached: bool = False
    """Whether it belongs to the same paragraph as the item before."""
