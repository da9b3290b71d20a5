"""Finds the headings on the pages that belong to the chapters in the file's own outline."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from chaptercast.document.formats.pdf.blocks import Block
from chaptercast.document.formats.pdf.page import Chapter, Line, Page, Run

_MOST = 5000
_TOGETHER = 4
"""One title may be spread over this many blocks."""
_LIKE = 0.85
_NO_TITLE = re.compile(r"(?:page|seite|slide|folie|diapositiv[ae]|página)?\s*\W?\d{1,4}\W?|\W*", re.IGNORECASE)


def key(text: str) -> str:
    """Returns the letters and digits of a text, to compare a title with the heading on the page."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def usable(chapters: Sequence[Chapter]) -> list[Chapter]:
    """Returns the outline entries that have a usable name."""
    named = [each for each in chapters[:_MOST] if not _NO_TITLE.fullmatch(each.title) and each.page]
    return named if 2 * len(named) > len(chapters) else []


def mark_chapters(blocks: list[Block], chapters: Sequence[Chapter], pages: Sequence[Page]) -> int:
    """Marks the blocks in the outline as headings, and inserts the headings that are on no page. Returns the number of inserted ones."""
    by_page: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        by_page[block.page].append(block)
    inserted = 0
    gone: set[int] = set()
    least = min((chapter.depth for chapter in chapters), default=1)
    for chapter in chapters:
        found = None
        for page in (chapter.page, chapter.page + 1, chapter.page - 1):
            found = _find(by_page[page], chapter, gone)
            if found is not None:
                break
        if found is None:
            found = _inserted(by_page[chapter.page], blocks, chapter, pages)
            inserted += 1
        found.role, found.level = "heading", chapter.depth - least + 1
        found.extra["outline"] = chapter.title
    blocks[:] = [block for block in blocks if id(block) not in gone]
    return inserted


def _find(blocks: list[Block], chapter: Chapter, gone: set[int]) -> Block | None:
    wanted = key(chapter.title)
    bare = key(re.sub(r"^\W*(?:[\divxIVX]{1,5}[.)]?)+\s+", "", chapter.title)) or wanted
    order = sorted(range(len(blocks)), key=lambda i: _distance(blocks[i], chapter))
    for index in order:
        block = blocks[index]
        if block.level or block.role in ("note", "table") or id(block) in gone:
            continue
        text = ""
        for end in range(index, min(index + _TOGETHER, len(blocks))):
            if end > index and (blocks[end].level or blocks[end].column != block.column):
                break
            text += key(blocks[end].text)
            if text in (wanted, bare) or _alike(text, wanted):
                for other in blocks[index + 1 : end + 1]:
                    block.lines.extend(other.lines)
                    gone.add(id(other))
                return block
            if len(text) > len(wanted) + 20:
                break
    return _first_lines(blocks, order, (wanted, bare))


def _distance(block: Block, chapter: Chapter) -> float:
    first = block.lines[0]
    return abs(first.y - first.size - chapter.y) if chapter.y is not None and block.page == chapter.page else first.y


def _alike(text: str, wanted: str) -> bool:
    """Returns whether two texts differ only by a number or a few letters."""
    shorter, longer = sorted((text, wanted), key=len)
    if longer.endswith(shorter) and longer[: -len(shorter)].isdigit() and shorter:
        return True
    if len(shorter) < 6:
        return False
    return longer.endswith(shorter) and len(shorter) >= _LIKE * len(longer)


def _first_lines(blocks: list[Block], order: Sequence[int], wanted: tuple[str, str]) -> Block | None:
    """Returns a title that is the first lines of a block. These lines become a block of their own."""
    for index in order:
        block = blocks[index]
        if block.level or block.role:
            continue
        text = ""
        for count, line in enumerate(block.lines[:3], 1):
            text += key(line.text)
            if text in wanted and count < len(block.lines):
                block.extra["rest"] = str(count)
                return block
    return None


def _inserted(near: list[Block], blocks: list[Block], chapter: Chapter, pages: Sequence[Page]) -> Block:
    """Returns a new heading for a chapter that has none on its page."""
    below = [b for b in near if chapter.y is None or b.lines[0].y >= chapter.y - b.lines[0].size]
    later = below[0] if below else next((b for b in blocks if b.page > chapter.page), None)
    at = blocks.index(later) if later is not None else len(blocks)
    y = chapter.y or 0.0
    width = next((page.width for page in pages if page.number == chapter.page), 500.0)
    block = Block([Line((Run(chapter.title),), 0, width, y, 10.0)], chapter.page, 0)
    block.extra["inserted"] = "1"
    blocks.insert(at, block)
    near.insert(near.index(later) if later in near else len(near), block)
    return block
