"""The languages that runs of a word processor's text say they are in, as far as they can be believed.

It marks what is typed with the language of the keyboard, and a text by the language of its template. So a mark is believed where it
is borne out by the text, or where the text is long enough and in neither language.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from chaptercast.common.language_identification import identify, judged, sample_of, scripts, written_in
from chaptercast.common.units import LanguageTag, primary
from chaptercast.document.block_text import words_of
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.metadata.merging import merged
from chaptercast.document.model import (
    Block,
    Cell,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    Metadata,
    Note,
    Paragraph,
    Quote,
    Span,
    Table,
    plain,
)

LONG = 20
"""Letters of a text that tells its language."""
MOST = 0.5
"""Share of a document's letters that say they are in one language, if it is the document's."""
FEW_WORDS = 4
"""A shorter stretch of Latin letters in a text in another script is read by the voice of that text."""


def believed(reading: Reading) -> Reading:
    """What was read, with languages as far as they can be believed; that of most of its text before that of its template."""
    blocks, language = with_languages(reading.blocks)
    return Reading(blocks, reading.left_out, merged((Metadata(language=language), reading.metadata)))


def with_languages(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], LanguageTag | None]:
    """The blocks with languages only where they differ from that of the document, and that, if the runs tell it."""
    letters: Counter[LanguageTag | None] = Counter()
    for inlines in _texts(blocks):
        for span in inlines:
            letters[span.language] += sum(map(str.isalpha, span.text))
    if not letters or set(letters) == {None}:
        return tuple(blocks), None
    most, count = letters.most_common(1)[0]
    declared = most if most is not None and count > MOST * letters.total() else None
    document = declared or identify(words_of(blocks))
    return tuple(_settled(block, document) for block in blocks), declared


def _texts(blocks: Sequence[Block]) -> Iterator[Inlines]:
    waiting: list[Block] = [*blocks]
    while waiting:
        block = waiting.pop()
        match block:
            case Paragraph() | Heading():
                yield _marked(block)
            case Quote() | Note():
                waiting += block.blocks
            case ListBlock():
                waiting += [inner for item in block.items for inner in item]
            case Table():
                yield block.caption
                yield from (cell.inlines for row in block.rows for cell in row)
            case Figure():
                yield block.caption


def _marked(block: Paragraph | Heading) -> Inlines:
    """The text of a block, each part of it with the language that it or the block says."""
    if block.language is None:
        return block.inlines
    return tuple(span if span.language else replace(span, language=block.language) for span in block.inlines)


def _settled(block: Block, document: LanguageTag) -> Block:
    result = block
    match block:
        case Paragraph() | Heading():
            result = _settled_text(block, document)
        case Quote() | Note():
            result = replace(block, blocks=tuple(_settled(each, document) for each in block.blocks))
        case ListBlock():
            items = tuple(tuple(_settled(each, document) for each in item) for item in block.items)
            result = replace(block, items=items)
        case Table():
            rows = tuple(tuple(_settled_cell(cell, document) for cell in row) for row in block.rows)
            result = replace(block, rows=rows, caption=_believed(block.caption, document))
        case Figure():
            result = replace(block, caption=_believed(block.caption, document))
    return result


def _settled_text(block: Paragraph | Heading, document: LanguageTag) -> Paragraph | Heading:
    """A block that is in one language as a whole says so itself."""
    inlines = _believed(_marked(block), document)
    found = {span.language for span in inlines if any(map(str.isalpha, span.text))}
    only = found.pop() if len(found) == 1 else None
    if only is None:
        return replace(block, inlines=inlines, language=None)
    return replace(block, inlines=tuple(replace(span, language=None) for span in inlines), language=only)


def _settled_cell(cell: Cell, document: LanguageTag) -> Cell:
    return replace(cell, inlines=_believed(cell.inlines, document))


def _believed(inlines: Inlines, document: LanguageTag) -> Inlines:
    if all(span.language is None for span in inlines):
        return inlines
    result: list[Span] = []
    for language, group in groupby(inlines, key=lambda span: span.language):
        spans = tuple(group)
        kept = language if language is not None and _is_borne_out(plain(spans), language, document) else None
        result += [span if span.language == kept else replace(span, language=kept) for span in spans]
    return tuple(result)


def _is_borne_out(text: str, language: LanguageTag, document: LanguageTag) -> bool:
    """Whether a text is in the language that it says, in a document of another."""
    if primary(language) == primary(document):
        return False
    if set(scripts(text)) == {"Latn"} and "Latn" not in written_in(document) and len(text.split()) < FEW_WORDS:
        return False
    identified, _, letters = judged(sample_of(text))
    if primary(identified) == primary(language):
        return True
    return letters >= LONG and primary(identified) != primary(document)
