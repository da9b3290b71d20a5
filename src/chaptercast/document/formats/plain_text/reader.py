"""Plain text into paragraphs, headings, lists, tables and notes: what its lines and the blank lines between them mean."""

import re
from collections.abc import Iterator, Sequence

from chaptercast.document.formats.plain_text import gutenberg, rfc
from chaptercast.document.formats.plain_text.drawn_blocks import drawn, is_contents_title
from chaptercast.document.formats.plain_text.hyphenation import Hyphens
from chaptercast.document.formats.plain_text.inline_marks import image
from chaptercast.document.formats.plain_text.line_runs import PROSE, Run, runs
from chaptercast.document.formats.plain_text.lines import TAB, Chunk, Line, chunks, columns
from chaptercast.document.formats.plain_text.list_markers import NUMBERED
from chaptercast.document.formats.plain_text.lists import Part, entry_of, paragraph, with_lists
from chaptercast.document.formats.plain_text.running_heads import without_edges
from chaptercast.document.formats.plain_text.wrap_margins import margins
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.model import Block, Break, ListBlock, Omission, Paragraph, Reason

PATIENCE = 3
"""Chunks without the number of a page after which a list of contents is over: "PART TWO" stands amid some."""
TITLE_LINES = 3
"""Short lines at the very beginning: title, subtitle, author."""

_RULE = re.compile(r"([-*_=~#+.─━═—―·•＊◆☆★])(?:\s*\1){2,}")
_UNDERLINE = re.compile(r"([-=~^\"'#*+_.:`])\1{2,}")
_CODE_SIGN = re.compile(r"[{}<>=\[\]|\\$#@_;]|\(\)|::|->|//")


def read_plain_text(text: str) -> Reading:
    """The blocks of a plain text, without what is notice or the edge of a page; and what it says of itself."""
    book = rfc.split(text) or gutenberg.split(text)
    reading = read_page(book.text)
    notices = tuple(Omission(notice, Reason.NOTICE) for notice in book.notices if notice)
    return Reading(reading.blocks, notices + reading.left_out, book.metadata)


def read_page(text: str) -> Reading:
    """As `read_preformatted`, of a text that is a whole by itself: what its pages repeat at their edges is left out."""
    pages = without_edges(text)
    reading = read_preformatted("\n".join(pages.lines))
    edges = tuple(Omission(edge, Reason.PAGE) for edge in pages.edges)
    return Reading(reading.blocks, edges + reading.left_out)


def read_preformatted(text: str) -> Reading:
    """The blocks of a text that stands by itself in another document: a mail, the prose of `pre`."""
    text = text.expandtabs(TAB)
    hyphens = Hyphens(text)
    found = list(chunks(text.split("\n")))
    left_out: list[Omission] = []
    return Reading(tuple(with_lists(_parts(found, hyphens, left_out))), tuple(left_out))


def _parts(found: Sequence[Chunk], hyphens: Hyphens, left_out: list[Omission]) -> Iterator[Part]:
    title: list[Line] = []
    patience = 0
    for number, (chunk, margin) in enumerate(zip(found, margins(found), strict=True)):
        lines = chunk.lines
        opening = not number and len(lines) <= TITLE_LINES and not any(line.width >= PROSE for line in lines)
        by_line = len(found) == 1 or opening
        if is_contents_title(lines):
            title += lines
            continue
        pictures = list(drawn(lines, expected=patience > 0 or bool(title)))
        listed = any(picture.contents for picture in pictures)
        patience = PATIENCE if listed else patience - 1
        if title and listed:
            left_out += (Omission(line.text, Reason.BOILERPLATE) for line in title)
        elif title:
            yield from _written(title, margin, hyphens, by_line=False)
        title = []
        at = 0
        for picture in pictures:
            yield from _written(lines[at : picture.start], margin, hyphens, by_line=by_line)
            yield from picture.blocks
            left_out += picture.left_out
            at = picture.end
        shown = image(" ".join(line.text for line in lines)) if not pictures else None
        if isinstance(shown, Omission):
            left_out.append(shown)
        elif shown is not None:
            yield shown
        else:
            yield from _written(lines[at:], margin, hyphens, by_line=by_line)
    if title:
        yield from _written(title, 0, hyphens, by_line=False)


def _written(lines: Sequence[Line], margin: int, hyphens: Hyphens, *, by_line: bool) -> Iterator[Part]:
    """Headings with their underlines, rules, and text."""
    for part in _of_chunk(lines):
        if isinstance(part, list):
            yield from _text(part, margin, hyphens, by_line=by_line)
        else:
            yield part


def _of_chunk(lines: Sequence[Line]) -> Iterator[list[Line] | Block]:
    """The lines of text in a chunk, the headings with an underline, and the rules."""
    text: list[Line] = []
    index = 0
    while index < len(lines):
        line, after = lines[index], lines[index + 1] if index + 1 < len(lines) else None
        if after is not None and _underlines(after, line):
            yield text
            text = []
            yield paragraph(line.text, line.indent, underline=after.text[0])
            index += 2
            continue
        if _RULE.fullmatch(line.text):
            yield text
            text = []
            if not (after is not None and index + 2 < len(lines) and lines[index + 2].text == line.text):
                yield Break()
        else:
            text.append(line)
        index += 1
    yield text


def _underlines(line: Line, above: Line) -> bool:
    """Whether a line is the underline of the one above: one sign, about as long as the text."""
    if not _UNDERLINE.fullmatch(line.text) or _RULE.fullmatch(above.text):
        return False
    length = columns(above.text)
    return 0.5 * length <= len(line.text) <= 1.5 * length + 4


def _text(lines: Sequence[Line], margin: int, hyphens: Hyphens, *, by_line: bool) -> Iterator[Part]:
    """Paragraphs, and entries of lists."""
    if len(lines) >= 3 and all(NUMBERED.match(line.text) and line.width < PROSE for line in lines):
        yield ListBlock(tuple((paragraph(line.text, line.indent, context=("li",)),) for line in lines))
        return
    together: list[Run] = []
    for number, run in enumerate(runs(lines, margin, hyphens)):
        entry = entry_of(run, apart=not number)
        heading = not together and len(lines) > len(run.lines) and run.heading
        if entry is not None or run.prose or heading or by_line:
            yield from _verse(together)
            together = []
            yield entry or run
        else:
            together.append(run)
    yield from _verse(together)


def _verse(found: Sequence[Run]) -> Iterator[Paragraph]:
    """Short lines that their author ended stay together, with the line ends kept."""
    if found:
        yield paragraph("\n".join(run.text for run in found), found[0].indent)


def is_prose(text: str) -> bool:
    """Whether preformatted text is prose, as in mail and old books, and not code: words, and few of the signs of code."""
    letters = sum(character.isalpha() or character.isspace() for character in text)
    signs = len(_CODE_SIGN.findall(text))
    return len(text) >= PROSE and letters >= 0.8 * len(text) and signs <= 0.01 * len(text)
