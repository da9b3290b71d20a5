"""The reader's own word on what is a heading: only those that the source marks, or those that an outline file lists."""

import json
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.unicode_text import well_formed, without_controls
from chaptercast.document.model import Block, Document, Heading, Inlines, Omission, Paragraph, Reason, Span, plain
from chaptercast.document.outline.heading_text import heading_inlines
from chaptercast.errors import UsageError

_LINE = re.compile(r"(\d)\s+(.+?)(?:\s+\(\d+% sure\))?")
"""A line as `chaptercast outline` prints it."""
_EVIDENCE = ("outline file",)
_DEEPEST = 9


class Entry(Struct, frozen=True):
    """A heading that an outline file lists; level 1 is the title."""

    level: int
    title: str


def marked_only(document: Document) -> Document:
    """An outlined `document` without the headings that were found by evidence: they are paragraphs again."""
    blocks = tuple(_demoted(b) if isinstance(b, Heading) and b.confidence < 1 else b for b in document.blocks)
    return replace(document, blocks=blocks)


def parse_outline(text: str, name: str) -> tuple[Entry, ...]:
    """The entries of an outline file: what `chaptercast outline` prints, with or without `--json`, edited.

    Raises `UsageError` with the place of what is wrong.
    """
    entries = tuple(_of_json(text, name) if text.lstrip().startswith("{") else _of_lines(text, name))
    for entry in entries:
        if not 1 <= entry.level <= _DEEPEST:
            raise UsageError(f"{name}: level {entry.level} of “{entry.title}” is not one of 1 to {_DEEPEST}.")
    return entries


def overridden(document: Document, entries: Sequence[Entry], name: str) -> Document:
    """An outlined `document` whose headings are those of `entries`, in this order, and no others.

    An entry matches a heading, a paragraph, or a paragraph's first line, by its words. Raises `UsageError` for entries that
    the article does not have.
    """
    title = next((entry.title for entry in entries if entry.level == 1), "")
    waiting = [entry for entry in entries if entry.level > 1]
    blocks: list[Block] = []
    for block in document.blocks:
        found = _split(block, waiting[0]) if waiting else None
        if found is not None:
            waiting.pop(0)
            blocks.extend(found)
        else:
            blocks.append(_demoted(block) if isinstance(block, Heading) else block)
    if waiting:
        raise UsageError(
            f"{name}: the article has no heading or paragraph “{waiting[0].title[:60]}” in that place.",
            "Entries must stand in the article's order and word for word; `chaptercast outline` prints them so.",
        )
    if title and title != document.title:
        return retitled(replace(document, blocks=tuple(blocks)), title)
    return replace(document, blocks=tuple(blocks))


def retitled(document: Document, title: str) -> Document:
    """The document under another title; its own is named as left out."""
    replaced = (Omission(document.title, Reason.SETTING),) if document.title else ()
    metadata = replace(document.metadata, title=title)
    return replace(document, metadata=metadata, left_out=(*document.left_out, *replaced))


def _demoted(block: Heading) -> Paragraph:
    return Paragraph(block.inlines, block.language, block.origin)


def _split(block: Block, entry: Entry) -> tuple[Block, ...] | None:
    """`block` as the heading `entry`, and what is left of it; nothing where it is another."""
    if not isinstance(block, Heading | Paragraph):
        return None
    line, rest = _first_line(block.inlines)
    for inlines, left in ((block.inlines, ()), (line, rest)):
        cleaned = heading_inlines(inlines)
        if _words(plain(cleaned)) == _words(entry.title):
            heading = Heading(cleaned, entry.level, 1.0, _EVIDENCE, block.language, block.origin)
            return (heading, Paragraph(left, block.language, block.origin)) if plain(left).strip() else (heading,)
    return None


def _first_line(inlines: Inlines) -> tuple[Inlines, Inlines]:
    line: list[Span] = []
    for number, span in enumerate(inlines):
        before, line_break, after = span.text.partition("\n")
        line.append(replace(span, text=before))
        if line_break:
            return tuple(line), (replace(span, text=after), *inlines[number + 1 :])
    return inlines, ()


def _words(text: str) -> str:
    return " ".join(without_controls(text).split())


def _of_json(text: str, name: str) -> Iterator[Entry]:
    try:
        outline = json.loads(text)
        if outline.get("title"):
            yield Entry(1, well_formed(str(outline["title"])))
        for heading in outline["headings"]:
            yield Entry(int(heading["level"]), well_formed(str(heading["title"])))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{name} is no outline: {error}.", "It should look like what `chaptercast outline --json` prints."
        ) from error


def _of_lines(text: str, name: str) -> Iterator[Entry]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise UsageError(f"{name}, line {number}: no level and title.", "A line should look like: 2 The title")
        if match.group(2) != "(no title)":
            yield Entry(int(match.group(1)), match.group(2))
