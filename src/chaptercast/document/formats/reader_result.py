"""What the reader of one format hands over, before metadata are merged and the language is decided."""

from msgspec import Struct, field

from chaptercast.document.model import Block, Metadata, Omission


class Reading(Struct, frozen=True):
    """The blocks of an article, what was left out of it, and what it says about itself."""

    blocks: tuple[Block, ...]
    left_out: tuple[Omission, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    notes: tuple[str, ...] = ()
    """What the reader of the article should know of how it was read, a line for each."""
    is_shell: bool = False
    """Whether it only holds the place of a text that a program fetches when a browser shows it."""
