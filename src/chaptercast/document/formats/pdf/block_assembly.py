"""Assembles the pages of a PDF into the blocks of a document."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from chaptercast.common.language_tags import normalised
from chaptercast.common.units import LanguageTag
from chaptercast.document.formats.pdf.blocks import MARKER, Grid, blocks_of
from chaptercast.document.formats.pdf.blocks import Block as Part
from chaptercast.document.formats.pdf.bookmarks import mark_chapters, usable
from chaptercast.document.formats.pdf.captions import mark_captions
from chaptercast.document.formats.pdf.contents_pages import contents_lines, places_of_lines
from chaptercast.document.formats.pdf.definitions import DEFINITION, TERM, mark_definitions
from chaptercast.document.formats.pdf.heading_styles import LARGER, Style, heading_styles, stands, style_of
from chaptercast.document.formats.pdf.headings import (
    is_item,
    mark_cover,
    mark_items,
    mark_title,
    may_head,
    with_whole_titles,
)
from chaptercast.document.formats.pdf.notes import Notes, take_marked, take_notes
from chaptercast.document.formats.pdf.page import Facts, Line, Page
from chaptercast.document.formats.pdf.paragraph_joining import joined
from chaptercast.document.formats.pdf.program_text import listing, mark_code
from chaptercast.document.formats.pdf.run_in_heads import with_run_in_heads
from chaptercast.document.formats.pdf.running_heads import Furniture, body_size, find_furniture
from chaptercast.document.formats.pdf.running_text import Verbalizer, with_page
from chaptercast.document.formats.pdf.side_notes import with_feet_last, with_side_notes
from chaptercast.document.formats.pdf.tables import table_at
from chaptercast.document.formats.pdf.tagged_pages import tagged_blocks
from chaptercast.document.model import (
    Block,
    Cell,
    CodeBlock,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    Note,
    Omission,
    Origin,
    Paragraph,
    Quote,
    Reason,
    Span,
    Table,
)

_BULLET = re.compile(r"[^\w\s]{1,2}|[o§]")
_COUNTED = re.compile(r"\(?\d{1,3}[.)]?")
_ELEMENTS = {TERM: "dt", DEFINITION: "dd"}
_REASONS = {
    "hidden": Reason.HIDDEN,
    "outside": Reason.HIDDEN,
    "unknown": Reason.UNSPEAKABLE,
    "excess": Reason.UNSPEAKABLE,
    "unreadable": Reason.UNSPEAKABLE,
    "sideways": Reason.PAGE,
    "numbers": Reason.PAGE,
    "artifact": Reason.PAGE,
    "stamp": Reason.PAGE,
    "replaced": Reason.REPEATED,
    "remark": Reason.REMARK,
}


class Assembled(Struct):
    """The result of assembling pages."""

    blocks: list[Block] = field(default_factory=list)
    left_out: list[Omission] = field(default_factory=list)


def assembled(pages: Sequence[Page], facts: Facts, first_page: int = 1) -> Assembled:
    """Returns the text of pages. Only headings in the file's own outline are marked; the outline stage judges all other text.

    `first_page` is the number of the page that counts as the first.
    """
    furniture = find_furniture([replace(page, lines=()) if page.leaves else page for page in pages])
    result = Assembled(left_out=list(furniture.left_out))
    result.left_out += [Omission(bad.text, _REASONS[bad.why]) for page in pages for bad in page.bad]
    places = places_of_lines([page for page in pages if not page.leaves])
    texts = [_text_of(page, index, furniture, places, result) for index, page in enumerate(pages)]
    body = body_size(texts)
    notes = Notes()
    parts: list[Part] = []
    chapters = usable(facts.chapters)
    for index, page in enumerate(pages):
        if page.leaves:
            parts += take_marked(tagged_blocks(page, result.left_out), page.number, notes)
            continue
        blocks = take_notes(page, with_whole_titles(blocks_of(texts[index], page.number), body), body, notes)
        mark_definitions(blocks, body)
        mark_captions(blocks, body)
        if page.number == 1:
            mark_title(blocks, body, page.height)
            if len(pages) > 1:
                mark_cover(blocks, body)
        parts += with_feet_last(with_side_notes(blocks, body), body, page.height)
    mark_chapters(parts, chapters, pages)
    parts = _without_rest(parts)
    result.left_out += [Omission(part.text, Reason.FIGURES) for part in parts if part.role == "figure"]
    parts = mark_code(parts)
    parts = joined(_with_tables([part for part in parts if part.role != "figure"]), body)
    parts = with_run_in_heads(parts, body)
    mark_items(parts, body)
    styles = heading_styles(parts, body)
    writer = _Writer(
        Verbalizer(pages), notes, body, first_page, styles, normalised(facts.language) if facts.language else None
    )
    result.blocks = list(writer.blocks(parts))
    return result


def _text_of(
    page: Page, index: int, furniture: Furniture, places: Mapping[str, set[int]], result: Assembled
) -> list[Line]:
    """Returns the lines of a page without those that are not text."""
    if page.leaves:
        return list(page.lines)
    lines = [line for i, line in enumerate(page.lines) if (index, i) not in furniture.lines]
    entries = contents_lines(lines, places, page.number)
    result.left_out += [Omission(lines[i].text, Reason.BOILERPLATE) for i in sorted(entries)]
    return [line for i, line in enumerate(lines) if i not in entries]


def _without_rest(parts: Sequence[Part]) -> list[Part]:
    """Returns the blocks after splitting those whose first lines are a heading in the file's outline."""
    result: list[Part] = []
    for part in parts:
        count = int(part.extra.get("rest", "0"))
        if not count:
            result.append(part)
            continue
        rest = Part(part.lines[count:], part.page, part.column)
        part.lines = part.lines[:count]
        result += [part, rest]
    return result


def _with_tables(parts: Sequence[Part]) -> list[Part]:
    """Returns the blocks, with consecutive rows of cells joined into tables."""
    result: list[Part] = []
    index = 0
    while index < len(parts):
        found = table_at(parts, index)
        if found is None:
            result.append(parts[index])
            index += 1
            continue
        end, grid = found
        lines = [line for part in parts[index:end] for line in part.lines]
        table = Part(lines, parts[index].page, parts[index].column, role="table")
        table.grid = grid
        result.append(table)
        index = end
    return result


class _Writer:
    """Writes the blocks of the document."""

    def __init__(
        self,
        wording: Verbalizer,
        notes: Notes,
        body: float,
        first_page: int,
        styles: frozenset[Style],
        usual: LanguageTag | None,
    ) -> None:
        self._wording = wording
        self._notes = notes
        self._body = body
        self._styles = styles
        self._larger = any(style[0] >= LARGER * body for style in styles)
        self._usual = usual
        """The language that the file gives for all of it."""
        self._told: set[str] = set()
        self._before = first_page - 1
        self._page = self._before
        """The last page that has begun."""

    def blocks(self, parts: Sequence[Part]) -> Iterator[Block]:
        """Yields the blocks of the document. Notes come after the page that refers to them."""
        index, page = 0, parts[0].page if parts else 0
        while index < len(parts):
            part = parts[index]
            if part.page != page:
                yield from self._notes_before(part.page)
                page = part.page
            end = _end_of_list(parts, index, self._body)
            if end > index:
                yield self._list(parts[index:end])
                index = end
                continue
            yield self._block(part)
            index += 1
        yield from self._notes_before(None)

    def _notes_before(self, page: int | None) -> Iterator[Block]:
        for identity, part in self._notes.blocks.items():
            if identity in self._told or (page is not None and part.page >= page):
                continue
            self._told.add(identity)
            marks = self._notes.by_page.get(part.page, {})
            paragraph = Paragraph(self._wording.inlines(part.lines, marks), origin=Origin(tag="p"))
            yield Note(identity, (paragraph,), self._notes.labels[identity])

    def _inlines(self, part: Part) -> Inlines:
        marks = self._notes.by_page.get(part.page, {})
        turns = {index: page - self._before for index, page in part.turns.items()}
        found = self._wording.inlines(part.lines, marks, turns=turns)
        if part.page > self._page:
            found = tuple(with_page(found, part.page - self._before))
        self._page = max(self._page, part.page, *part.turns.values())
        return found

    def _block(self, part: Part) -> Block:
        special = _special(part, self._wording)
        if isinstance(special, Table) and part.page > self._page:
            self._page = part.page
            return _with_page(special, part.page - self._before)
        if special is not None:
            return special
        inlines, language = self._inlines(part), self._language(part)
        match part.role:
            case "marked":
                return Heading(inlines, int(part.extra["level"]), language=language, origin=self._origin(part))
            case "heading":
                level = min(part.level + 1, 6)
                return Heading(inlines, level, language=language, origin=Origin(tag=f"h{level}", depth=part.level))
            case "caption":
                return Figure(caption=inlines)
        paragraph = Paragraph(inlines, language, self._origin(part))
        return Quote((paragraph,)) if part.role == "quote" else paragraph

    def _language(self, part: Part) -> LanguageTag | None:
        """Returns the language that the file gives for a block. Browsers give that of the whole again for each: this says nothing of it."""
        tag = part.extra.get("language", "")
        given = normalised(tag) if tag else None
        return None if given == self._usual else given

    def _origin(self, part: Part) -> Origin:
        first = part.lines[0]
        before, after = first.x0 - first.left, first.right - first.x1
        centred = before > 2 * first.size and abs(before - after) < 1.5 * first.size
        may = may_head(part, self._body, larger=self._larger)
        context = () if may else ("li",) if is_item(part, self._body, larger=self._larger) else ("aside",)
        percent = max(1, round(100 * part.size / self._body))
        style = style_of(part)
        is_headline = not part.role and style in self._styles and stands(part, small=True)
        headline = " ".join(map(str, style)) if is_headline else ""
        return Origin(
            headline=headline, tag=_ELEMENTS.get(part.role, "p"), centred=centred, font_percent=percent, context=context
        )

    def _list(self, parts: Sequence[Part]) -> Block:
        items: list[tuple[Block, ...]] = []
        first = MARKER.match(_opening(parts[0]))
        ordered = bool(first and first["number"])
        for part in parts:
            match = MARKER.match(part.text)
            keeps = match is not None and not (match["number"] or match["bullet"] or match["dash"])
            inlines = self._inlines(part)
            label = part.extra.get("label")
            if label is not None:
                text = (
                    inlines if _BULLET.fullmatch(label) or _COUNTED.fullmatch(label) else (Span(f"{label} "), *inlines)
                )
            else:
                text = inlines if keeps else without_marker(inlines)
            items.append((Paragraph(text, self._language(part), Origin(tag="li")),))
        return ListBlock(tuple(items), ordered, int(first["number"]) if first and ordered else 1)


def _special(part: Part, wording: Verbalizer) -> Block | None:
    """Returns a block that is not running text."""
    if part.grid is not None:
        return _table(part.grid, wording)
    if part.role == "code":
        return CodeBlock(listing(part.lines))
    return _pictured(part) if part.role == "pictured" else None


def _pictured(part: Part) -> Block:
    formula = Paragraph((Span(part.alt, math=True),), origin=Origin(tag="p"))
    return formula if part.tag == "Formula" else Figure(part.alt)


def _table(grid: Grid, wording: Verbalizer) -> Table:
    """Returns a table. The text of a cell may have several lines."""

    def said(text: str) -> Inlines:
        return wording.joined(text.split("\n")) if "\n" in text else (Span(text),) if text else ()

    rows = (
        tuple(Cell(said(text), header=grid.header and index == 0) for text in row)
        for index, row in enumerate(grid.rows)
    )
    return Table(tuple(rows))


def _with_page(table: Table, number: int) -> Table:
    """Returns a table that begins a page: its first cell with text does."""
    rows = [list(row) for row in table.rows]
    place = next(((r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.inlines), None)
    if place is not None:
        cell = rows[place[0]][place[1]]
        rows[place[0]][place[1]] = replace(cell, inlines=tuple(with_page(cell.inlines, number)))
    return replace(table, rows=tuple(tuple(row) for row in rows))


def without_marker(inlines: Inlines) -> Inlines:
    """Returns the text of an item without its marker."""
    match = MARKER.match("".join(span.text for span in inlines))
    left = match.end() if match else 0
    result: list[Span] = []
    page = 0
    for span in inlines:
        cut = min(left, len(span.text))
        left -= cut
        page = max(page, span.page)
        if len(span.text) > cut:
            result.append(replace(span, text=span.text[cut:], page=page))
            page = 0
    return tuple(result)


def _opening(part: Part) -> str:
    """Returns the beginning of a block. An item that the file marks as one begins with its label."""
    label = part.extra.get("label")
    return part.text if label is None else f"{label} {part.text}"


def _end_of_list(parts: Sequence[Part], start: int, body: float) -> int:
    """Returns where the list that begins at `start` ends; `start` itself if no list begins there."""
    first = parts[start]
    opened = _marker(first, body)
    if opened is None:
        return start
    kind, number = opened
    end = start + 1
    while end < len(parts):
        following = _marker(parts[end], body)
        if following is None or following[0] != kind or (kind == "number" and following[1] != number + end - start):
            break
        if parts[end].page > parts[end - 1].page + 1:
            break
        end += 1
    return end if end - start > 1 or kind == "bullet" else start


def _marker(part: Part, body: float) -> tuple[str, int] | None:
    """Returns the kind of marker at the beginning of an item, and its number."""
    match = MARKER.match(_opening(part))
    if match is None and "label" in part.extra and part.role == "item":
        return "label", 0
    if match is None or part.role not in ("", "item") or part.grid is not None:
        return None
    if part.size > 1.15 * body and not match["bullet"]:
        return None
    if match["number"]:
        return None if part.bold and not part.text.rstrip().endswith(":") else ("number", int(match["number"]))
    if match["bullet"] or match["dash"]:
        return "bullet", 0
    return None if part.bold or match["source"] else ("label", 0)
