"""The result of a format's reader, before metadata are merged and the language is decided."""

from msgspec import Struct, field

from chaptercast.document.model import Block, Metadata, Omission, SourcePage


class Reading(Struct, frozen=True):
    """The blocks of an article, the omissions, and the article's own metadata."""

    blocks: tuple[Block, ...]
    left_out: tuple[Omission, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    notes: tuple[str, ...] = ()
    """Notes for people on how the article was read, one line each."""
    is_shell: bool = False
    """Whether it is only a placeholder for text that a program fetches in a browser."""
    pages: tuple[SourcePage, ...] = ()
    """The pages of the source, if it has pages."""
