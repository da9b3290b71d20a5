"""From a document as read to a document with its headings found."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from chaptercast.document.model import Block, Document, Heading, Inlines, Omission, Paragraph, Reason, plain
from chaptercast.document.outline import line_shape as shape
from chaptercast.document.outline.candidates import Candidate, candidates, joined, unlisted
from chaptercast.document.outline.features import features_of, profile_of
from chaptercast.document.outline.heading_text import heading_inlines
from chaptercast.document.outline.numerals import with_readings
from chaptercast.document.outline.scoring import Verdict, judge
from chaptercast.document.outline.title import Title, find_title


def outline(document: Document) -> Document:
    """The document with its title decided and its headings found: levels 2 and deeper, none skipped.

    What looks like a heading becomes one, with a confidence from 0 to 1 and its evidence; what the source marks as a heading and
    is none (a byline, a caption) becomes a paragraph. The title is in `metadata.title` alone; what repeats it is in `left_out`.
    No word is lost.
    """
    blocks = unlisted(document.blocks)
    parts = list(candidates(blocks))
    profile = profile_of(blocks)
    features = [features_of(piece, profile) for piece in parts]
    title = find_title(document.metadata, features)
    verdicts = judge(parts, features, title)
    left_out = tuple(
        Omission(shape.folded(plain(parts[i].inlines)), reason)
        for reason, gone in ((Reason.REPEATED, title.repeats), (Reason.BOILERPLATE, title.furniture))
        for i in sorted(gone)
    )
    return replace(
        document,
        metadata=replace(document.metadata, title=title.text),
        blocks=with_readings(tuple(_blocks(parts, verdicts, title))),
        left_out=document.left_out + left_out,
    )


def headings(document: Document) -> tuple[Heading, ...]:
    """The headings of an outlined document, in order."""
    return tuple(block for block in document.blocks if isinstance(block, Heading))


def _blocks(parts: Sequence[Candidate], verdicts: dict[int, Verdict], title: Title) -> Iterator[Block]:
    """The blocks again: headings, and what is left of the paragraphs that they stood in."""
    gone = title.candidates | {v.completed_by for v in verdicts.values() if v.completed_by is not None}
    for _, group in groupby(enumerate(parts), key=lambda item: item[1].index):
        items = list(group)
        block = items[0][1].block
        if not any(i in verdicts or i in gone for i, _ in items):
            yield from _unchanged(block)
            continue
        rest: list[Candidate] = []
        for i, piece in items:
            if i in verdicts or i in gone:
                yield from _remainder(block, rest)
                rest = []
            else:
                rest.append(piece)
            if i in verdicts:
                yield _heading(block, verdicts[i])
        yield from _remainder(block, rest)


def _heading(block: Block, verdict: Verdict) -> Heading:
    language = block.language if isinstance(block, Heading | Paragraph) else None
    made = Heading(heading_inlines(verdict.inlines), verdict.level, verdict.confidence, verdict.evidence, language)
    return replace(made, origin=block.origin) if isinstance(block, Heading | Paragraph) else made


def _unchanged(block: Block) -> Iterator[Block]:
    """A block that is no heading, whatever the source says."""
    if not isinstance(block, Heading):
        yield block
    elif plain(block.inlines).strip():
        yield Paragraph(block.inlines, block.language, block.origin)


def _remainder(block: Block, rest: Sequence[Candidate]) -> Iterator[Paragraph]:
    """What is left of a paragraph, its lines as they were."""
    lines: list[Inlines] = [line for piece in rest for line in (piece.lines or (piece.inlines,))]
    if lines and isinstance(block, Paragraph):
        yield Paragraph(joined(lines, "\n"), block.language, block.origin)
