"""All text of some blocks, in order, without recursion."""

from collections.abc import Iterable, Iterator

from chaptercast.document.model import (
    Block,
    CodeBlock,
    Figure,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Table,
    plain,
)


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of each block that has some, of blocks in blocks too: one string for each paragraph, cell, caption."""
    stack: list[Block] = list(blocks)[::-1]
    while stack:
        block = stack.pop()
        if isinstance(block, Paragraph | Heading):
            yield plain(block.inlines)
        elif isinstance(block, Quote | Note):
            stack += block.blocks[::-1]
        elif isinstance(block, ListBlock):
            stack += [inner for item in block.items[::-1] for inner in item[::-1]]
        elif isinstance(block, Table):
            yield plain(block.caption)
            yield from (plain(cell.inlines) for row in block.rows for cell in row)
        elif isinstance(block, Figure):
            yield block.alt
            yield plain(block.caption)
        elif isinstance(block, CodeBlock):
            yield block.text


def words_of(blocks: Iterable[Block]) -> str:
    """All text of some blocks, code left out: what tells their language."""
    return "\n".join(texts(block for block in blocks if not isinstance(block, CodeBlock)))


def has_words(blocks: Iterable[Block]) -> bool:
    """Whether there is a letter or a digit in any of them."""
    return any(character.isalnum() for text in texts(blocks) for character in text)
