"""What the reader of one format hands over, before metadata are merged and the language is decided."""

from dataclasses import dataclass, field

from chaptercast.document.model import Block, Metadata, Omission


@dataclass(frozen=True, slots=True)
class Reading:
    """The blocks of an article, what was left out of it, and what it says about itself."""

    blocks: tuple[Block, ...]
    left_out: tuple[Omission, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
