"""Plain text into paragraphs and lists: what its lines and the blank lines between them mean.

Text is either wrapped by hand, so that a line ends where the next word had no room, or a line is a paragraph. Where a line ends
although the next word would have fitted, its author ended it: a heading, a verse, a signature. Such ends are kept.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from chaptercast.document.model import Block, Break, ListBlock, Origin, Paragraph, Span
from chaptercast.document.reading import Reading

WRAP = (40, 120)
"""Columns between which lines are wrapped by hand; longer ones are paragraphs of their own."""
WINDOW = 12
"""Columns by which wrapped lines fall short of the margin."""
SHORTEST = 30
"""Columns below which a line says nothing about where lines are wrapped."""
REACHING = 0.4
"""Share of lines that come near the margin where lines are wrapped."""
MOSTLY = 0.6
"""Share of lines that end a sentence where a line is a paragraph."""
SLACK = 8
"""Columns by which a wrapped line may have had room for the next word all the same."""
PROSE = 60
"""Columns from which on a single line is prose and not a verse, an address or a heading."""
TITLE_LINES = 3
"""Short lines at the very beginning: title, subtitle, author."""
TAB = 8

_SENTENCE_ENDS = tuple(".!?。！？…：:")
_CLOSING = "\"'”’」』）)»"
_RULE = re.compile(r"([-*_=~#+.─━═—―·•＊◆☆★])(?:\s*\1){2,}")
_UNDERLINE = re.compile(r"([-=~^\"'#*+_.:`])\1{2,}")
_BULLET = re.compile(r"([-*+•‣▪●○◦·])\s+(?=\S)")
_NUMBER = re.compile(r"(?:[(（](\d{1,3})[)）]|(\d{1,3})[.)、．](?!\d))\s*(?=\S)")
_NUMBERED = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*[.)、．]?|[IVXLC]+[.)]|[(（]?[一二三四五六七八九十百]+[)）、.]|第[一二三四五六七八九十百\d]+(?:[章节節回部篇条條讲講]|[，、：])"
    r"|(?:chapter|part|section|kapitel|teil|chapitre|partie|capítulo|parte)\s+[\dIVXLC]+[.:]?)\s*(?=\S)",
    re.IGNORECASE,
)
_CODE_SIGN = re.compile(r"[{}<>=\[\]|\\$#@_;]|\(\)|::|->|//")
_WORD_PARTED = re.compile(r"\w-$")


class _Line(Struct, frozen=True):
    text: str
    indent: int
    """Columns of white space before it."""
    width: int
    """Columns, indent included."""
    full_width_indent: bool = False


class _Run(Struct):
    """Lines that belong together: one, or several that were wrapped."""

    lines: list[_Line]

    @property
    def prose(self) -> bool:
        return len(self.lines) > 1 or self.lines[0].width >= PROSE

    @property
    def text(self) -> str:
        parts = [self.lines[0].text]
        for line in self.lines[1:]:
            closed = _is_wide(parts[-1][-1]) and _is_wide(line.text[0])
            parts += [line.text] if closed or _WORD_PARTED.search(parts[-1][-2:]) else [" ", line.text]
        return "".join(parts)


def read_plain_text(text: str) -> Reading:
    """The blocks of a plain text."""
    return Reading(tuple(plain_blocks(text)))


def plain_blocks(text: str) -> list[Block]:
    """The paragraphs, lists and breaks of a plain text."""
    chunks = list(_chunks(text.expandtabs(TAB).split("\n")))
    margin = _margin(chunks)
    blocks: list[Block] = []
    for chunk in chunks:
        title = chunk is chunks[0] and len(chunk) <= TITLE_LINES and not any(line.width >= PROSE for line in chunk)
        blocks += _blocks(chunk, margin, by_line=len(chunks) == 1 or title)
    return list(_lists_joined(blocks))


def columns(text: str) -> int:
    """How many columns a text takes; an East Asian character takes two."""
    return len(text) if text.isascii() else sum(1 + _is_wide(character) for character in text)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _chunks(lines: Iterable[str]) -> Iterator[list[_Line]]:
    """Lines without a blank one between them."""
    chunk: list[_Line] = []
    for raw in lines:
        text = raw.strip()
        if text:
            before = raw[: len(raw) - len(raw.lstrip())]
            indent = columns(before)
            chunk.append(_Line(text, indent, indent + columns(text), "\u3000" in before))
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _margin(chunks: Sequence[Sequence[_Line]]) -> int:
    """The column at which lines are wrapped, as near as many of them come to it; 0 if a line is a paragraph."""
    lines = [line for chunk in chunks for line in chunk[:-1] if line.width >= SHORTEST]
    if sum(line.text.rstrip(_CLOSING)[-1:] in _SENTENCE_ENDS for line in lines) > MOSTLY * len(lines):
        return 0
    widths = sorted((line.width for line in lines), reverse=True)
    enough = max(1, len(widths) // 10)
    start = 0
    for end, width in enumerate(widths):
        while widths[start] - width > WINDOW:
            start += 1
        if end - start + 1 >= enough:
            margin = widths[start]
            reaching = sum(width >= margin - 2 * WINDOW for width in widths)
            return margin if WRAP[0] <= margin <= WRAP[1] and reaching >= REACHING * len(widths) else 0
    return 0


def _blocks(chunk: Sequence[_Line], margin: int, *, by_line: bool) -> Iterator[Block]:
    """Headings with their underlines, rules, lists and paragraphs of one chunk."""
    text: list[_Line] = []
    index = 0
    while index < len(chunk):
        line, after = chunk[index], chunk[index + 1] if index + 1 < len(chunk) else None
        if after is not None and _underlines(after, line):
            yield from _text_blocks(text, margin, by_line=by_line)
            text = []
            yield _paragraph(line.text, line.indent, underline=after.text[0])
            index += 2
            continue
        if _RULE.fullmatch(line.text):
            yield from _text_blocks(text, margin, by_line=by_line)
            text = []
            if not (after is not None and index + 2 < len(chunk) and chunk[index + 2].text == line.text):
                yield Break()
        else:
            text.append(line)
        index += 1
    yield from _text_blocks(text, margin, by_line=by_line)


def _underlines(line: _Line, above: _Line) -> bool:
    """Whether a line is the underline of the one above: one sign, about as long as the text."""
    if not _UNDERLINE.fullmatch(line.text) or _RULE.fullmatch(above.text):
        return False
    length = columns(above.text)
    return 0.5 * length <= len(line.text) <= 1.5 * length + 4


def _text_blocks(lines: Sequence[_Line], margin: int, *, by_line: bool) -> Iterator[Block]:
    """Paragraphs, and lists where two lines or more begin with a mark."""
    items = [index for index, line in enumerate(lines) if _mark(line)]
    if len(items) >= 2 and _is_list(lines, items):
        yield from _paragraphs(lines[: items[0]], margin, by_line=by_line)
        yield _list(lines[items[0] :])
    elif (
        len(lines) >= 3
        and all(_NUMBERED.match(line.text) for line in lines)
        and not any(line.width >= PROSE for line in lines)
    ):
        yield ListBlock(tuple((_paragraph(line.text, line.indent, context=("li",)),) for line in lines))
    else:
        yield from _paragraphs(lines, margin, by_line=by_line)


def _mark(line: _Line) -> "re.Match[str] | None":
    return _BULLET.match(line.text) or _NUMBER.match(line.text)


def _is_list(lines: Sequence[_Line], items: Sequence[int]) -> bool:
    """Whether marked lines are items: of one kind of mark, with nothing between them but lines that are indented or run on."""
    kinds = {bool(_BULLET.match(lines[index].text)) for index in items}
    first = lines[items[0]]
    marked = set(items)
    loose = [
        line
        for index, line in enumerate(lines)
        if index > items[0] and index not in marked and line.indent <= first.indent
    ]
    return len(kinds) == 1 and len(loose) < len(items)


def _list(lines: Sequence[_Line]) -> ListBlock:
    ordered = _BULLET.match(lines[0].text) is None
    runs: list[_Run] = []
    for line in lines:
        mark = _mark(line)
        if mark:
            runs.append(_Run([_Line(line.text[mark.end() :], line.indent, line.width)]))
        else:
            runs[-1].lines.append(line)
    number = _NUMBER.match(lines[0].text) if ordered else None
    start = int(number[1] or number[2]) if number else 1
    return ListBlock(
        tuple((_paragraph(run.text, run.lines[0].indent, context=("li",)),) for run in runs),
        ordered=ordered,
        start=start,
    )


def _paragraphs(lines: Sequence[_Line], margin: int, *, by_line: bool) -> Iterator[Paragraph]:
    """Runs of wrapped lines; short lines that their author ended stay together, with the line ends kept."""
    together: list[_Run] = []
    for run in _runs(lines, margin):
        heading = not together and len(lines) > len(run.lines) and _looks_like_heading(run)
        if run.prose or heading or by_line:
            yield from _verse(together)
            together = []
            yield _paragraph(run.text, run.lines[0].indent)
        else:
            together.append(run)
    yield from _verse(together)


def _verse(runs: Sequence[_Run]) -> Iterator[Paragraph]:
    if runs:
        yield _paragraph("\n".join(run.text for run in runs), runs[0].lines[0].indent)


def _looks_like_heading(run: _Run) -> bool:
    text = run.text
    letters = [character for character in text if character.isalpha()]
    capitals = len(letters) > 1 and text.upper() == text and text.lower() != text
    return capitals or _NUMBERED.match(text) is not None


def _runs(lines: Sequence[_Line], margin: int) -> Iterator[_Run]:
    base = min((line.indent for line in lines), default=0)
    run: _Run | None = None
    for line in lines:
        if (
            run is not None
            and _goes_on(run.lines[-1], line, margin, base)
            and not (len(run.lines) == 1 and _stands_alone(run, line))
        ):
            run.lines.append(line)
            continue
        if run is not None:
            yield run
        run = _Run([line])
    if run is not None:
        yield run


def _stands_alone(run: _Run, after: _Line) -> bool:
    """Whether a line in capitals is followed by one that is not."""
    text = run.text
    return text.upper() == text and text.lower() != text and after.text.upper() != after.text


def _goes_on(line: _Line, after: _Line, margin: int, base: int) -> bool:
    """Whether a line ended because the next word had no room."""
    if not margin or after.full_width_indent or (after.indent >= base + 2 and after.indent > line.indent):
        return False
    word = after.text.split(None, 1)[0]
    room = 4 if _is_wide(after.text[0]) else 1 + columns(word)
    return line.width + room > margin - SLACK


def _paragraph(text: str, indent: int, *, underline: str = "", context: tuple[str, ...] = ()) -> Paragraph:
    return Paragraph((Span(text),), origin=Origin(underline=underline, indent=indent, context=context))


def _lists_joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Bulleted paragraphs in a row, each between blank lines, are one list."""
    row: list[Paragraph] = []
    for block in blocks:
        bulleted = (
            isinstance(block, Paragraph) and _BULLET.match(block.inlines[0].text) and "\n" not in block.inlines[0].text
        )
        if isinstance(block, Paragraph) and bulleted:
            row.append(block)
            continue
        yield from _row(row)
        row = []
        yield block
    yield from _row(row)


def _row(row: Sequence[Paragraph]) -> Iterator[Block]:
    if len(row) < 2:
        yield from row
        return
    items = []
    for paragraph in row:
        text = _BULLET.sub("", paragraph.inlines[0].text, count=1)
        items.append((_paragraph(text, paragraph.origin.indent, context=("li",)),))
    yield ListBlock(tuple(items))


def is_prose(text: str) -> bool:
    """Whether preformatted text is prose, as in mail and old books, and not code: words, and few of the signs of code."""
    letters = sum(character.isalpha() or character.isspace() for character in text)
    signs = len(_CODE_SIGN.findall(text))
    return len(text) >= PROSE and letters >= 0.8 * len(text) and signs <= 0.01 * len(text)
