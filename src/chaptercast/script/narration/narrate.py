"""Narrates a document into a script: a table from block type to function. Each heading opens a section."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import chain
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from chaptercast.common.lazy import Lazy
from chaptercast.document.model import (
    Block,
    Break,
    CodeBlock,
    Document,
    Figure,
    Heading,
    ListBlock,
    Note,
    Omission,
    Paragraph,
    Quote,
    Table,
)
from chaptercast.script.model import Head, Script, Section, Sections
from chaptercast.script.narration import blocks, lists, tables
from chaptercast.script.narration.inlines import Reader
from chaptercast.script.narration.narrator import Narrator, Steps, TellNote, section_id
from chaptercast.script.narration.notes import every_block, notes_of, texts_of
from chaptercast.script.narration.options import Code, Notes, Verbosity
from chaptercast.script.narration.settings import Settings
from chaptercast.script.narration.titles import with_tex
from chaptercast.script.narration.utterance_cache import UtteranceCache
from chaptercast.voice_profiles import Role

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
"""How each kind of block is narrated: the function says the block's own text, and yields the inner blocks to be narrated next."""


def narrate(document: Document, settings: Settings) -> Script:
    """The script of an outlined `document`: its title, then its blocks in order.

    Every word of the blocks is in the script once, or in its `left_out`. The heads of the sections are determined at once. Sections are
    narrated one by one, on request.
    """
    narrator = Narrator(settings, document.language, notes_of(document.blocks), [*document.left_out])
    headed = [*_headed(document, Reader(settings, [], set(narrator.notes.by_id)))]
    told = _remembered(_told(narrator, document), settings.memory)
    first = next(told, None)
    if first is not None and not first.title:  # the text before the first heading
        headed.insert(0, first.head)
    heads = tuple(replace(head, id=section_id(number)) for number, head in enumerate(headed))
    sections = Sections(() if first is None else chain((first,), told), heads)
    return Script(
        metadata=document.metadata,
        title=document.title,
        language=document.language,
        sections=sections,
        left_out=Lazy(_left_out(sections, narrator)),
        pages=document.pages,
    )


def _told(narrator: Narrator, document: Document) -> Iterator[Section]:
    """The sections, each as soon as it is complete."""
    if not any(
        page.read_by is None for page in document.pages
    ):  # pages that are marked in the text begin at their marks
        narrator.page_due = next((number for number, page in enumerate(document.pages, 1) if page.has_text), 0)
    title, waiting = document.metadata.title, [_everything(narrator, deque(document.blocks))]
    del document  # narrated text is not kept
    if title:
        narrator.open_section(title, 1)
        narrator.block("title", with_tex(title), Role.HEADING)
    while waiting:  # an explicit stack: deeply nested blocks cannot exhaust Python's
        step = next(waiting[-1], None)
        if step is None:
            waiting.pop()
        else:
            waiting.append(NARRATORS[type(step)](narrator, step))
        while narrator.closed:
            yield narrator.closed.popleft()
    narrator.close_section()
    yield from narrator.closed


def _remembered(sections: Iterator[Section], memory: UtteranceCache | None) -> Iterator[Section]:
    """The same. At the end, the utterances are cached."""
    if memory is None:
        yield from sections
        return
    with closing(memory):
        yield from sections
        memory.keep()


def _everything(narrator: Narrator, blocks: deque[Block]) -> Steps:
    """The blocks, then the notes that are told after them."""
    while blocks:
        yield blocks.popleft()
    yield from narrator.end_of_section()
    narrator.notes.recall()
    yield from narrator.end_of_section()


def _left_out(sections: Iterable[Section], narrator: Narrator) -> Iterator[Omission]:
    """Complete only after everything has been narrated."""
    deque(sections, maxlen=0)
    yield from narrator.left_out


def _headed(document: Document, reader: Reader) -> Iterator[Head]:
    """The heads of the sections that open with the title or with a heading. Their ids are set later."""
    title, level, characters = document.metadata.title, 1, 0
    for block in document.blocks:
        if isinstance(block, Heading):
            language = block.language or document.language
            opening = blocks.chapter_title(reader.read(block.inlines, language))
            if opening:
                if title:
                    yield Head("", title, level, characters)
                title, level, characters = opening, block.level, 0
        characters += sum(
            len(span.text) for inner in every_block((block,)) for text in texts_of(inner) for span in text
        )
    if title:
        yield Head("", title, level, characters)
