"""What a document is read into before it has lists and quotations: a row of blocks, each with what it belongs to."""

from msgspec import Struct

from chaptercast.document.formats.docx.numbering import Marker
from chaptercast.document.model import Block


class Item(Struct, frozen=True):
    """A block, and what its paragraph says of its place."""

    block: Block
    role: str = ""
    """That of its style: `title`, `quote`, `code`, `caption`..."""
    marker: Marker | None = None
    """What stands before it as an item of a list."""
    indent: int = 0
    """Of its lines, in twentieths of a point."""
    attached: bool = False
    """Part of the same paragraph as the one before."""
