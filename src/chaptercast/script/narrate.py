"""Narration: a document becomes a script. A table from block type to how it is said; a section opens at each heading."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from chaptercast.document.model import (
    Break,
    CodeBlock,
    Document,
    Figure,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Table,
)
from chaptercast.profile import Role
from chaptercast.script.model import Script
from chaptercast.script.narration import blocks, lists, tables
from chaptercast.script.narration.choices import Code, Notes, Verbosity
from chaptercast.script.narration.narrator import Narrator, Steps, TellNote
from chaptercast.script.narration.notes import notes_of
from chaptercast.script.narration.settings import Settings

__all__ = ["NARRATORS", "Code", "Notes", "Settings", "Verbosity", "narrate"]

NARRATORS: Mapping[type, Callable[[Narrator, Any], Steps]] = MappingProxyType(
    {
        Heading: blocks.heading,
        Paragraph: blocks.paragraph,
        ListBlock: lists.list_block,
        Table: tables.table,
        Figure: blocks.figure,
        Quote: blocks.quote,
        CodeBlock: blocks.code,
        Note: blocks.note,
        TellNote: blocks.tell_note,
        Break: blocks.thematic_break,
    }
)
"""How each kind of block is said: a function that says what is the block's own, and gives the blocks within it to be said next."""


def narrate(document: Document, settings: Settings) -> Script:
    """The script of an outlined `document`: its title first, then its blocks in order.

    Every word of the blocks is in the script once, or in its `left_out`.
    """
    narrator = Narrator(settings, document.language, notes_of(document.blocks), [*document.left_out])
    if document.metadata.title:
        narrator.open_section(document.metadata.title, 1)
        narrator.block("title", document.metadata.title, Role.HEADING)
    waiting = [_everything(narrator, document)]
    while waiting:  # a stack of our own: however deep the blocks lie, Python's is not exhausted
        step = next(waiting[-1], None)
        if step is None:
            waiting.pop()
        else:
            waiting.append(NARRATORS[type(step)](narrator, step))
    narrator.close_section()
    return Script(
        metadata=document.metadata,
        title=document.title,
        language=document.language,
        sections=tuple(narrator.sections),
        left_out=tuple(narrator.left_out),
    )


def _everything(narrator: Narrator, document: Document) -> Steps:
    """The blocks, and the notes that are told after them."""
    yield from document.blocks
    yield from narrator.end_of_section()
    narrator.notes.recall()
    yield from narrator.end_of_section()
